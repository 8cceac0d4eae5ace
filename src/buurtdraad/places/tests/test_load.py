import datetime

import pytest
import shapely
from django.core.management import CommandError, call_command

from buurtdraad.audit.models import Event, Revision
from buurtdraad.lib.bad_source import BadSource
from buurtdraad.places import queries
from buurtdraad.places.actions import NotAWorkingArea, load, make_working_area
from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.places.sources.rows import AreaRow
from buurtdraad.places.tests.shapes import city, row, square
from buurtdraad.places.tests.shared import GEOPACKAGE, PLACES, at, needs_shared

pytestmark = pytest.mark.django_db


def loaded(rows, **facts):
    return load(rows, **({"by": None, "at": at()} | facts))


def test_two_loads_of_one_source_change_nothing_and_record_nothing():
    loaded(city())
    report = loaded(list(reversed(city())), at=at() + datetime.timedelta(days=1))
    assert (report.codes, report.unchanged) == ([], 5)
    assert Event.objects.count() == 1
    assert set(AreaYear.objects.values_list("loaded_at", flat=True)) == {at()}


def test_levels_that_are_left_out_are_joined_without_seams():
    loaded(city())
    district = AreaYear.objects.get(area__code="WK034401")
    assert (district.name, district.parent.code, district.area.kind) == ("West", "GM0344", Kind.DISTRICT)
    shape = shapely.from_wkb(bytes(district.boundary))
    assert shape.geom_type == "Polygon"
    assert shape.equals(shapely.box(5.01, 52.0, 5.04, 52.01))


def test_new_changed_and_gone_areas_are_told():
    loaded(city(3))
    report = loaded([row(1), row(2, name="Sterrenwijk"), row(4)])
    assert report.new == ["BU03440104"]
    assert "name" in report.changed["BU03440102"]
    assert report.gone == ["BU03440103"]
    assert queries.area_page("BU03440103") is None
    assert Area.objects.filter(code="BU03440103").exists()


def test_a_load_tells_the_pages_that_it_touches():
    loaded(city(3))
    make_working_area("zuilen-oost", "Zuilen-Oost", ["BU03440102"], by=None, at=at())
    Revision.objects.all().delete()
    loaded([row(1), row(2, name="Sterrenwijk"), row(3)])
    assert set(Revision.objects.values_list("code", flat=True)) == {"BU03440102", "WK034401", "GM0344", "zuilen-oost"}


def test_each_year_stands_by_itself():
    loaded(city(3, year=2016))
    loaded([row(1, name="Nieuwe naam"), row(2), row(3)])
    assert queries.years_of("BU03440101") == [2025, 2016]
    assert [queries.area_in("BU03440101", year).name for year in (2016, 2025)] == ["Buurt 1", "Nieuwe naam"]


def test_the_year_of_the_command_goes_before_that_of_the_source():
    report = loaded(city(year=2016), year=2025)
    assert report.year == 2025
    assert "2016" in report.notes[0]


@pytest.mark.parametrize(("rows", "cause"), [
    ([], "no area"),
    (city(year=None), "no year"),
    ([row(1, year=2016), row(2)], "the years 2016, 2025"),
    (city(year=1066), "not a year"),
    ([row(1), row(1, row="feature 2")], "feature 2 .*: the same code as feature 1"),
    ([row(1, code="BU0344010")], "not the code"),
    ([row(1, name=" ")], "no name"),
    ([row(1, name="x" * 121)], "longer than 120"),
    ([row(1, municipality_code="GM0392")], "another municipality"),
    ([row(1, geometry=shapely.Polygon())], "empty"),
    ([row(1, geometry=shapely.Polygon([(5, 52), (5.1, 52.1), (5.1, 52), (5, 52.1)]))], "crosses itself"),
    ([row(1, geometry=shapely.box(136000, 455000, 137000, 456000))], "metres"),
    ([row(1, geometry=shapely.box(52.0, 5.0, 52.1, 5.1))], "swapped"),
    ([row(1, geometry=shapely.box(10, 52.0, 10.1, 52.1))], "outside the Netherlands"),
    ([row(1, parent_code="")], "not known: not given"),
    ([*city(3), row(4, geometry=square(0, south=52.5))], "more than 25 km from every other"),
])  # fmt: skip
def test_what_cannot_be_loaded_names_file_and_cause_and_leaves_nothing(rows, cause):
    with pytest.raises(BadSource, match=cause) as wrong:
        loaded(rows)
    assert not rows or {problem.file for problem in wrong.value.problems} == {"stad.geojson"}
    assert not Area.objects.exists()
    assert not Event.objects.exists()


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(BadSource) as wrong:
        loaded([row(1, name=""), row(2, geometry=shapely.Polygon()), row(3)])
    assert [problem.row for problem in wrong.value.problems] == ["feature 1 (BU03440101)", "feature 2 (BU03440102)"]


def test_a_neighbourhood_outside_its_municipality_is_refused_and_a_rough_border_is_not():
    around = AreaRow("GM0344", Kind.MUNICIPALITY, "Utrecht", "", "GM0344", 2025, shapely.box(5.01, 52, 5.0399, 52.01), file="stad.geojson")
    loaded([*city(3), around])
    with pytest.raises(BadSource, match="100% of it lies outside its municipality GM0344"):
        loaded([*city(4), around])
    assert AreaYear.objects.filter(area__kind=Kind.NEIGHBOURHOOD).count() == 3


def test_a_part_of_a_source_does_not_take_the_rest_away():
    loaded(city(8))
    with pytest.raises(BadSource, match="lacks 7 areas"):
        loaded(city(1))
    assert AreaYear.objects.count() == 10


def test_a_hostile_name_is_kept_as_text():
    loaded([row(1, name="<script>alert(1)</script>'; DROP TABLE")])
    assert queries.area_in("BU03440101").name == "<script>alert(1)</script>'; DROP TABLE"


def test_a_working_area_follows_its_members():
    loaded(city(3))
    make_working_area("oost", "Oost", ["BU03440101", "BU03440102"], by=None, at=at())
    loaded([row(1), row(2, geometry=shapely.union(square(2), square(2, 1))), row(3)])
    here = AreaYear.objects.get(area__code="oost")
    assert shapely.from_wkb(bytes(here.boundary)).equals(shapely.union_all([square(1), square(2), square(2, 1)]))
    loaded(city(3, year=2026))
    assert queries.years_of("oost") == [2026, 2025]


def test_a_working_area_can_get_other_members_and_another_name():
    loaded(city(3))
    make_working_area("oost", "Oost", ["BU03440101"], by=None, at=at())
    make_working_area("oost", "Zuilen-Oost", ["BU03440102", "BU03440103"], by=None, at=at())
    assert [place.area.code for place in queries.children("oost")] == ["BU03440102", "BU03440103"]
    assert queries.area_in("oost").name == "Zuilen-Oost"
    assert Event.objects.filter(verb="working_area.changed").count() == 1


@pytest.mark.parametrize(("slug", "name", "codes"), [
    ("Oost!", "Oost", ["BU03440101"]),
    ("oost", " ", ["BU03440101"]),
    ("oost", "Oost", []),
    ("oost", "Oost", ["BU03449999"]),
    ("oost", "Oost", ["WK034401"]),
    ("oost", "Oost", ["BU03440101", "BU03920101"]),
])  # fmt: skip
def test_a_working_area_that_cannot_be_is_refused(slug, name, codes):
    loaded([*city(3), row(1, municipality="0392")])
    with pytest.raises(NotAWorkingArea):
        make_working_area(slug, name, codes, by=None, at=at())
    assert not Area.objects.filter(kind=Kind.WORKING_AREA).exists()


@needs_shared
def test_the_real_boundaries_take_the_place_of_the_schematic_ones(capsys):
    call_command("load_places", PLACES / "buurten.geojson", year=2025)
    call_command("load_places", GEOPACKAGE)
    told = capsys.readouterr()
    assert "2025: 122 new, 0 changed, 0 gone, 0 unchanged" in told.out
    outlines = AreaYear.objects.filter(area__kind=Kind.NEIGHBOURHOOD).values_list("outline", flat=True)
    assert sum(map(len, outlines)) <= 40_000


@needs_shared
def test_haarlem_loads_by_one_command(capsys):
    call_command("load_places", PLACES / "GM0392_haarlem_buurten.geojson")
    assert queries.area_page("GM0392").here.name == "Haarlem"
    assert len(queries.neighbourhoods_of("GM0392")) == 111


@needs_shared
def test_the_command_tells_what_is_missing():
    with pytest.raises(CommandError, match="Give a FILE"):
        call_command("load_places", municipality="GM0344")
    with pytest.raises(CommandError, match=r"Nothing is loaded.*\n.*buurten.geojson: it names no year"):
        call_command("load_places", PLACES / "buurten.geojson")
