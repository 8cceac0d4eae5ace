import pytest
import shapely
from django.core.management import CommandError, call_command

from buurtdraad.places import queries
from buurtdraad.places.actions import load, make_working_area
from buurtdraad.places.models import AreaChange
from buurtdraad.places.rules import Overlap, what_became
from buurtdraad.places.sources import geojson
from buurtdraad.places.tests.shapes import city, row, square
from buurtdraad.places.tests.shared import NATIONAL, PLACES, at, needs_shared

pytestmark = pytest.mark.django_db


def loaded(rows, **facts):
    return load(rows, by=None, at=at(), **facts)


def test_an_unknown_or_malformed_code_is_nothing():
    loaded(city())
    for code in ("BU99999999", "", "'; DROP TABLE", "<b>", "x" * 500):
        assert queries.area_page(code) is None
        assert queries.latest_year(code) is None
        assert queries.children(code) == queries.ancestors(code) == queries.working_areas_of(code) == []
    assert queries.area_page("BU03440101", 1999) is None


def test_a_page_names_what_lies_around_and_inside():
    loaded(city())
    make_working_area("oost", "Oost", ["BU03440101"], by=None, at=at())
    page = queries.area_page("BU03440101")
    assert [place.area.code for place in page.ancestors] == ["GM0344", "WK034401"]
    assert [place.name for place in page.working_areas] == ["Oost"]
    assert [place.name for place in queries.working_areas_of("GM0344")] == ["Oost"]
    assert [place.area.code for place in queries.area_page("GM0344").children] == ["WK034401"]
    assert [place.name for place in queries.ancestors("oost")] == ["Utrecht"]


QUESTIONS = [
    lambda: queries.area_page("WK034401"),
    lambda: [(place.code, place.name) for place in queries.neighbourhoods_of("GM0344")],
    lambda: [place.area.code for place in queries.children("oost")],
    lambda: [(place.area.code, place.municipality.code) for place in queries.search("buurt", "GM0344")],
    lambda: queries.touched_by([f"BU034401{number:02}" for number in range(1, 4)]),
    lambda: queries.working_areas_of("GM0344"),
    lambda: queries.surroundings(["WK034401", "oost", "GM0344"]),
]


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_one_and_three_areas_take_the_same_queries(number, django_assert_max_num_queries):
    counts = []
    for count in (1, 3):
        loaded(city(count))
        make_working_area("oost", "Oost", [f"BU034401{member:02}" for member in range(1, count + 1)], by=None, at=at())
        with django_assert_max_num_queries(6) as seen:
            QUESTIONS[number]()
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("code", ["GM0344", "WK034401", "oost", "BU03440101", "BU03440103"])
def test_what_lies_around_many_areas_is_what_lies_around_each(code):
    loaded(city(3))
    make_working_area("oost", "Oost", ["BU03440101", "BU03440102"], by=None, at=at())
    found = queries.surroundings([code, "WK034401", "oost"])[code]
    assert found.inside == queries.inside([code])[code]
    assert found.working_areas == queries.working_areas_with({code} | found.inside)
    assert found.around == queries.touched_by([code]) | found.inside


@pytest.mark.parametrize(("code", "questions", "number"), [("GM0344", 3, 6), ("WK034401", 2, 6), ("BU03440103", 2, 3)])
def test_everything_is_around_a_municipality_alone(code, questions, number, django_assert_num_queries):
    loaded(city(3))
    make_working_area("oost", "Oost", ["BU03440101", "BU03440102"], by=None, at=at())
    with django_assert_num_queries(questions):
        assert len(queries.around([code])) == number


def test_names_are_found_whatever_the_accents_and_capitals():
    loaded(
        [row(1, name="Máximapark"), row(2, name="Geuzenwijk"), row(3, name="2e Daalsebuurt en omgeving"), row(4, name="Nieuwe Geuzenhof")]
    )

    def found(text):
        return [place.name for place in queries.search(text, "GM0344")]

    assert found("maximapark") == found("MÁXIMA") == ["Máximapark"]
    assert found("geuzen") == ["Geuzenwijk", "Nieuwe Geuzenhof"]
    assert found("omgeving 2e") == ["2e Daalsebuurt en omgeving"]
    assert found("enwij") == ["Geuzenwijk"]
    assert found("utrecht") == ["Utrecht"]
    assert found("") == found("%") == found("geuzen nergens") == []


def test_a_point_on_a_shared_border_has_one_answer():
    loaded(city(3))
    assert queries.area_at(52.005, 5.015).area.code == "BU03440101"
    assert queries.area_at(52.005, 5.02).area.code == "BU03440101"
    assert queries.area_at(52.005, 5.03).area.code == "BU03440102"


def test_a_point_outside_everything_lies_nowhere():
    assert queries.area_at(52.005, 5.015) is None
    loaded(city(3))
    assert queries.area_at(53.0, 6.0) is None


def test_the_point_index_follows_a_load_and_a_removal():
    loaded(city(3))
    assert queries.area_at(52.005, 5.045) is None
    loaded([row(1), row(2), row(4)])
    assert queries.area_at(52.005, 5.045).area.code == "BU03440104"
    assert queries.area_at(52.005, 5.035) is None


def test_the_last_year_of_each_municipality_counts_unless_asked():
    loaded([row(1, municipality="0392", year=2016, geometry=square(9))])
    loaded(city(3, year=2016))
    loaded([row(1, geometry=square(2)), row(2, geometry=square(1)), row(3)])
    assert queries.area_at(52.005, 5.015).area.code == "BU03440102"
    assert queries.area_at(52.005, 5.015, 2016).area.code == "BU03440101"
    assert queries.area_at(52.005, 5.095).area.code == "BU03920101"


@needs_shared
@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (52.0907, 5.1214, "BU03440611"),
        (52.116, 5.113, "BU03440321"),
        (52.073, 5.094, "BU03440831"),
        (52.08206803, 5.17636456, "BU03440533"),
    ],
)
def test_known_points_of_utrecht_lie_where_they_should(latitude, longitude, code):
    loaded(geojson.read(PLACES / "buurten.geojson"), year=2025)
    assert queries.area_at(latitude, longitude).area.code == code


def test_the_command_locates_a_point(capsys):
    loaded(city(3))
    call_command("locate", "52.005", "5.015")
    assert capsys.readouterr().out == "BU03440101 Buurt 1 (West, Utrecht), 2025\n"
    with pytest.raises(CommandError, match="no neighbourhood"):
        call_command("locate", "53", "6")


@needs_shared
@pytest.mark.slow
def test_the_whole_country_loads_and_a_city_of_it_twice_without_a_change():
    rows = geojson.read(NATIONAL)
    first = loaded(rows)
    assert len([code for code in first.new if code.startswith("BU")]) == 12_198
    assert loaded([row for row in rows if row.code[2:6] == "0344"]).codes == []
    assert queries.area_at(52.0907, 5.1214).area.code == "BU03440611"


# --- what became of areas ------------------------------------------------------------------------


def became(*overlaps):
    names = {f"{letter}{number}": "Aa" for letter in "ab" for number in range(1, 4)}
    return [
        (change.from_code, change.to_code, change.kind)
        for change in what_became([Overlap(*each) for each in overlaps], old=names, new=names)
    ]


@pytest.mark.parametrize(
    ("overlaps", "expected"),
    [
        ([("a1", "a1", 1, 1)], [("a1", "a1", "unchanged")]),
        ([("a1", "b1", 0.99, 1)], [("a1", "b1", "recoded")]),
        ([("a1", "a1", 0.7, 1), ("a1", "a2", 0.3, 1)], [("a1", "a1", "split"), ("a1", "a2", "split")]),
        ([("a1", "b1", 1, 0.4), ("a2", "b1", 1, 0.6)], [("a1", "b1", "joined"), ("a2", "b1", "joined")]),
        (
            [("a1", "a1", 0.9, 1), ("a1", "a2", 0.1, 0.1), ("a2", "a2", 1, 0.9)],
            [("a1", "a1", "border_moved"), ("a1", "a2", "border_moved"), ("a2", "a2", "border_moved")],
        ),
        ([("a1", "a1", 0.99, 0.99), ("a1", "a2", 0.01, 0.01)], [("a1", "a1", "unchanged")]),
        ([("a1", "a2", 0.01, 0.01)], []),
    ],
)
def test_land_tells_what_became_of_an_area(overlaps, expected):
    assert became(*overlaps) == expected


def test_another_name_on_the_same_land_is_renamed():
    changes = what_became([Overlap("a1", "a1", 1, 1)], old={"a1": "De Uithof"}, new={"a1": "Utrecht Science Park"})
    assert [change.kind for change in changes] == ["renamed"]


def test_compared_years_are_listed_and_kept_once(capsys):
    loaded(city(4, year=2016))
    half = shapely.box(5.03, 52.0, 5.035, 52.01)
    loaded([
        row(1),
        row(2, name="Sterrenwijk"),
        row(3, geometry=half),
        row(5, geometry=square(3).difference(half)),
        row(6, geometry=square(4)),
    ])  # fmt: skip
    call_command("compare_places", 2016, 2025, save=True)
    told = capsys.readouterr().out
    assert "1 recoded, 1 renamed, 2 split, 1 unchanged" in told
    assert "4 changes saved" in told
    assert AreaChange.objects.count() == 4
    call_command("compare_places", 2016, 2025, save=True)
    assert "0 changes saved" in capsys.readouterr().out
    assert [(change.to_area.code, float(change.share)) for change in queries.changes_of("BU03440103")] == [
        ("BU03440103", 0.5),
        ("BU03440105", 0.5),
    ]


def test_years_without_boundaries_cannot_be_compared():
    loaded(city())
    with pytest.raises(CommandError, match="for 2016"):
        call_command("compare_places", 2016, 2025)


@needs_shared
def test_a_rougher_edition_of_the_same_map_is_the_same_map(capsys):
    loaded(geojson.read(PLACES / "buurten.geojson"), year=2025)
    loaded(geojson.read(PLACES / "buurten_licht.geojson"), year=2024)
    call_command("compare_places", 2024, 2025, municipality="GM0344")
    assert capsys.readouterr().out == "111 unchanged\n"
