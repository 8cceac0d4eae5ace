"""Files with lines and areas on the map, by the command; and the map as a file again."""

import gzip
import json

import pyproj
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.utils import timezone

from buurtdraad.places.models import AreaYear
from buurtdraad.works.geometry import as_geojson
from buurtdraad.works.models import Register, RegisterLoad, Work
from buurtdraad.works.sources.shapes import of_geojson, of_texts
from buurtdraad.works.states import WorkKind

pytestmark = pytest.mark.django_db
# Two squares side by side, Geuzenwijk in the west and Schaakbuurt in the east; Taagdreef lies far off.
SQUARES = {"BU03440241": (5.08, 52.11), "BU03440242": (5.09, 52.11), "BU03440321": (5.12, 52.12)}
INSIDE = [[5.081, 52.111], [5.085, 52.112]]
ACROSS = [[5.085, 52.115], [5.095, 52.115]]
# A hair over the border.
BARELY = [[5.081, 52.115], [5.09005, 52.115]]


@pytest.fixture(autouse=True)
def drawn(areas):
    for code, (west, south) in SQUARES.items():
        AreaYear.objects.filter(area__code=code).update(boundary=shapely.to_wkb(shapely.box(west, south, west + 0.01, south + 0.01)))


def feature(number, line, **said):
    facts = {"soort": f"Asfalt {number}", "eind": "2027-10-01"} | said
    return {"type": "Feature", "id": number, "properties": facts, "geometry": {"type": "LineString", "coordinates": line}}


@pytest.fixture
def load(tmp_path, capsys):
    def loaded(features, *options, name="werk.geojson", crs=None):
        path = tmp_path / name
        content = json.dumps({"type": "FeatureCollection", "features": features} | ({"crs": crs} if crs else {})).encode()
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        usual = ["--register", "Straatwerk", "--department", "Stadsbedrijven", "--map", "title=soort", "--map", "until_on=eind"]
        call_command("load_works", str(path), *usual, *options)
        return capsys.readouterr().out

    return loaded


def places(number):
    return {one.area.code for one in Work.objects.get(external=str(number)).work_areas.all()}


def test_street_works_lie_where_their_line_lies(load):
    load([feature(1, INSIDE), feature(2, ACROSS), feature(3, BARELY)])
    assert [places(number) for number in (1, 2, 3)] == [{"BU03440241"}, {"BU03440241", "BU03440242"}, {"BU03440241"}]
    work = Work.objects.get(external="1")
    assert (work.title, work.kind, work.department) == ("Asfalt 1", WorkKind.MAINTENANCE, "Stadsbedrijven")
    assert as_geojson(bytes(work.shape)) == {"type": "LineString", "coordinates": INSIDE}


def test_metres_of_the_netherlands_become_degrees(load):
    to_metres = pyproj.Transformer.from_crs(4326, 28992, always_xy=True).transform
    line = [list(to_metres(*point)) for point in INSIDE]
    load([feature(1, line)], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}, name="werk.geojson.gz")
    assert places(1) == {"BU03440241"}
    assert as_geojson(bytes(Work.objects.get().shape))["coordinates"] == INSIDE


def test_the_mapping_is_kept_and_the_year_after_only_what_differs_changes(load):
    load([feature(1, INSIDE), feature(2, ACROSS)])
    assert Register.objects.get().mapping == {"title": "soort", "until_on": "eind"}
    told = load([feature(1, ACROSS), feature(3, INSIDE)])
    assert "1 added, 1 changed, 0 same, 0 refused, 1 gone" in told
    assert "no longer in the file, and not done: 2 Asfalt 2" in told
    assert places(1) == {"BU03440241", "BU03440242"}
    assert RegisterLoad.objects.count() == 2


def test_a_dry_run_makes_no_register(load):
    assert "1 added" in load([feature(1, INSIDE)], "--dry-run")
    assert not Register.objects.exists()
    assert not Work.objects.exists()


def test_what_is_wrong_is_named_and_the_rest_is_loaded(load):
    bad = {"type": "Feature", "properties": {"soort": "Brug", "eind": "2027"}, "geometry": {"type": "LineString", "coordinates": [[1]]}}
    with pytest.raises(CommandError) as told:
        load([feature(1, INSIDE), bad, feature(3, [[5.5, 52.5], [5.6, 52.5]]), feature(4, [[0, 0], [1, 1]])])
    assert "3 rows are not loaded" in str(told.value)
    assert "row 2: De lijn of het vlak op de kaart is niet te lezen." in str(told.value)
    assert "row 3: De lijn of het vlak op de kaart ligt buiten de stad." in str(told.value)
    assert Work.objects.count() == 1


def test_a_table_with_wkt_is_taken_in_too(tmp_path):
    path = tmp_path / "vlakken.csv"
    square = "POLYGON ((5.081 52.111, 5.082 52.111, 5.082 52.112, 5.081 52.111))"
    path.write_text(f"nummer;wat;tot wanneer;wkt\n7;Plein;2027;{square}\n")
    call_command("load_works", str(path), "--register", "Pleinen", "--department", "Ruimte", "--kind", "project")
    assert places(7) == {"BU03440241"}


def test_headings_that_nothing_stands_for_are_asked(load):
    with pytest.raises(CommandError, match="No heading stands for: until_on"):
        load([{"type": "Feature", "properties": {"soort": "x"}, "geometry": None}])


@pytest.mark.parametrize("content", [b"{", b'{"features": 3}', b'{"features": []}', b'{"features": [{"properties": null}]}', b"\x00\x01"])
def test_what_is_no_file_is_refused(tmp_path, content):
    path = tmp_path / "x.geojson"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing is loaded"):
        call_command("load_works", str(path), "--register", "x", "--department", "y")


def test_every_kind_of_shape_can_be_read_back():
    for wkt in (
        "POINT (5 52)", "MULTIPOINT ((5 52), (5.1 52.1))", "LINESTRING (5 52, 5.1 52)", "MULTILINESTRING ((5 52, 5.1 52), (5 52, 5 52.1))",
        "POLYGON ((5 52, 5.1 52, 5.1 52.1, 5 52), (5.05 52.01, 5.06 52.01, 5.06 52.02, 5.05 52.01))",
        "MULTIPOLYGON (((5 52, 5.1 52, 5.1 52.1, 5 52)))", "GEOMETRYCOLLECTION (POINT (5 52), LINESTRING (5 52, 5.1 52))",
    ):  # fmt: skip
        [(wkb, problem)] = of_texts([wkt])
        assert not problem
        assert shapely.from_geojson(json.dumps(as_geojson(wkb))).equals(shapely.from_wkt(wkt))


def test_nothing_is_no_shape_and_height_is_left_out():
    assert of_texts([""]) == [(b"", "")]
    [(wkb, _problem)] = of_geojson([{"type": "Point", "coordinates": [5, 52, 3]}], rd=False)
    assert as_geojson(wkb) == {"type": "Point", "coordinates": [5, 52]}


def test_the_map_is_a_file_again(client, tom, signed_in, make_work):
    make_work(shape=shapely.to_wkb(shapely.LineString(INSIDE))), make_work("Zonder lijn")
    found = json.loads(signed_in(tom).get("/werk/projecten/bestand.geojson").getvalue())
    assert [one["geometry"] for one in found["features"]] == [{"type": "LineString", "coordinates": INSIDE}, None]
    assert found["features"][0]["properties"]["tot wanneer"] > timezone.localdate().isoformat()
