import gzip
import json
import sqlite3
import struct

import pytest
import shapely

from buurtdraad.lib.bad_source import BadSource
from buurtdraad.places.models import Kind
from buurtdraad.places.sources import any_file, geojson, geopackage
from buurtdraad.places.tests.shapes import collection, feature, square
from buurtdraad.places.tests.shared import GEOPACKAGE, NATIONAL, PLACES, needs_shared


def written(folder, content, name="stad.geojson"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


@needs_shared
@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("buurten.geojson", Kind.NEIGHBOURHOOD, 111),
        ("buurten_licht.geojson", Kind.NEIGHBOURHOOD, 111),
        ("wijken.geojson", Kind.DISTRICT, 10),
        ("gemeente.geojson", Kind.MUNICIPALITY, 1),
        ("GM0392_haarlem_buurten.geojson", Kind.NEIGHBOURHOOD, 111),
    ],
)
def test_real_geojson_gives_its_areas(name, kind, count):
    rows = geojson.read(PLACES / name)
    assert len(rows) == count
    assert {row.kind for row in rows} == {kind}
    assert all(row.name and row.geometry is not None for row in rows)


@needs_shared
def test_the_number_before_a_district_is_left_out():
    names = {row.code: row.name for row in geojson.read(PLACES / "wijken.geojson")}
    assert names["WK034401"] == "West"
    assert {row.parent_name for row in geojson.read(PLACES / "buurten.geojson")} == set(names.values())


@needs_shared
def test_a_real_geopackage_gives_the_same_areas_as_geojson():
    rows = {row.code: row for row in geopackage.read(GEOPACKAGE)}
    assert len(rows) == 122
    for same in geojson.read(PLACES / "buurten.geojson"):
        row = rows[same.code]
        assert (row.name, row.parent_code, row.year) == (same.name, same.parent_code, 2025)
        assert row.geometry.symmetric_difference(same.geometry).area < 1e-4 * same.geometry.area


@needs_shared
@pytest.mark.slow
def test_the_whole_country_is_read():
    assert len(geojson.read(NATIONAL)) == 12_198


def test_padded_codes_and_names_are_stripped(tmp_path):
    path = written(
        tmp_path, collection(feature(buurtcode="BU03440101  ", buurtnaam=" Wijk C ", wijkcode="WK034401  ", gemeentecode="GM0344    "))
    )
    row = geojson.read(path)[0]
    assert (row.code, row.name, row.parent_code, row.municipality_code) == ("BU03440101", "Wijk C", "WK034401", "GM0344")


def test_land_goes_before_water_of_the_same_code(tmp_path):
    water = feature(water="JA", geometry=json.loads(shapely.to_geojson(square(50))))
    outside = feature(water="JA", buurtcode="BU03449997")
    rows = geojson.read(written(tmp_path, collection(water, feature(), outside)))
    assert [(row.code, row.geometry.equals(square(1))) for row in rows] == [("BU03440101", True)]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "cut off|not JSON"),
        (json.dumps(collection(feature(), feature(2))).encode()[:-40], "cut off"),
        (b"<!DOCTYPE html><p>Sorry", "HTML"),
        (b"\xff\xfe\x00", "UTF-8"),
        ({"type": "Topology"}, "not a GeoJSON FeatureCollection"),
        ([1], "not a GeoJSON FeatureCollection"),
        (collection(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}), "28992"),
        (
            collection({"type": "Feature", "properties": {"naam": "x"}, "geometry": None}),
            "no property buurtcode, wijkcode or gemeentecode; found: naam",
        ),
        (collection(feature() | {"geometry": None}), "boundary is empty"),
        (collection(feature(geometry={"type": "LineString", "coordinates": [[5, 52], [6, 53]]})), "LineString"),
        (collection(feature(geometry={"type": "Polygon", "coordinates": "x"})), "cannot be read"),
        (collection(feature(geometry={"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52]]]})), "cannot be read"),
        (collection("x"), "not a feature"),
    ],
)
def test_a_bad_geojson_file_names_itself_and_the_cause(tmp_path, content, cause):
    with pytest.raises(BadSource, match=cause) as wrong:
        geojson.read(written(tmp_path, content))
    assert {problem.file for problem in wrong.value.problems} == {"stad.geojson"}


def test_every_bad_feature_is_told_of_with_its_row(tmp_path):
    path = written(tmp_path, collection(feature(), feature(2) | {"geometry": None}, "x"))
    with pytest.raises(BadSource) as wrong:
        geojson.read(path)
    assert [problem.row for problem in wrong.value.problems] == ["feature 3", "feature 2 (BU03440102)"]


def test_half_a_gzip_file_is_refused(tmp_path):
    whole = gzip.compress(json.dumps(collection(feature())).encode())
    with pytest.raises(BadSource, match="cut off"):
        geojson.read(written(tmp_path, whole[:-20], "stad.geojson.gz"))


def test_a_file_of_another_kind_or_none_is_refused(tmp_path):
    with pytest.raises(BadSource, match="no such file"):
        any_file.read(tmp_path / "weg.geojson")
    with pytest.raises(BadSource, match="ends in"):
        any_file.read(written(tmp_path, b"x", "stad.docx"))
    with pytest.raises(BadSource, match="no area of GM0599"):
        any_file.read(written(tmp_path, collection(feature())), municipality="GM0599")


def geopackage_file(folder, *, srs=4326, layer="buurten", blobs=None):
    path = folder / "stad.gpkg"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)")
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", [layer, srs])
    connection.execute(
        f"CREATE TABLE {layer} (fid INTEGER PRIMARY KEY, geom BLOB, buurtcode TEXT, buurtnaam TEXT, water TEXT, gemeentecode TEXT)"
    )
    header = b"GP\x00\x01" + struct.pack("<i", srs)
    for number, blob in enumerate(blobs or [header + square(1).wkb], start=1):
        connection.execute(f"INSERT INTO {layer} VALUES (?, ?, ?, 'Buurt', 'NEE', 'GM0344')", [number, blob, f"BU034401{number:02}"])
    connection.commit()
    connection.close()
    return path


def test_a_geopackage_in_degrees_is_read_as_it_is(tmp_path):
    assert geopackage.read(geopackage_file(tmp_path))[0].geometry.equals(square(1))


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({"srs": 3857}, "EPSG:3857"),
        ({"layer": "straten"}, "no layer buurten"),
        ({"blobs": [b"XX"]}, "buurten row 1.*does not begin"),
        ({"blobs": [b"GP\x00\x01" + b"\0" * 4 + square(1).wkb[:30]]}, "buurten row 1.*cannot be read"),
        ({"blobs": [None]}, "boundary is empty"),
    ],
)
def test_a_bad_geopackage_names_the_cause(tmp_path, facts, cause):
    with pytest.raises(BadSource, match=cause):
        geopackage.read(geopackage_file(tmp_path, **facts))


def test_half_a_geopackage_is_refused(tmp_path):
    path = geopackage_file(tmp_path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(BadSource, match="cut off or broken"):
        geopackage.read(path)
    with pytest.raises(BadSource, match="not a GeoPackage"):
        geopackage.read(written(tmp_path, b"half", "half.gpkg"))


CSV = "code,name,parent,lat,lon\nBU03440101,Aa,WK034401,52.01,5.01\nBU03440102,Bé,WK034401,52.02,5.03\nBU03440203,Cc,WK034402,52.03,5.05\n"


def test_a_table_without_boundaries_becomes_a_schematic_map(tmp_path):
    rows = any_file.read(written(tmp_path, CSV.encode(), "stad.csv"), municipality_name="Utrecht")
    assert [row.code for row in rows if row.kind != Kind.NEIGHBOURHOOD] == ["WK034401", "WK034402", "GM0344"]
    assert all(row.schematic and row.geometry is not None for row in rows)
    assert rows[-1].name == "Utrecht"


def test_a_table_of_a_dutch_spreadsheet_is_read_too(tmp_path):
    dutch = CSV.replace(".", "#").replace(",", ";").replace("#", ",")
    rows = any_file.read(written(tmp_path, b"\xef\xbb\xbf" + dutch.encode(), "stad.csv"))
    assert (rows[0].latitude, rows[0].longitude) == (52.01, 5.01)


def test_a_table_names_its_own_districts_and_city(tmp_path):
    more = CSV + "WK034401,Wijk 01 West,GM0344,,\nGM0344,Utrecht,,,\n"
    names = {row.code: row.name for row in any_file.read(written(tmp_path, more.encode(), "stad.csv"))}
    assert (names["WK034401"], names["GM0344"], names["WK034402"]) == ("West", "Utrecht", "WK034402")


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (("lat", "breedte"), "column lat"),
        (("52.02", "noord"), r"stad.csv, row 3 \(BU03440102\): lat is 'noord', not a number"),
        (("52.02", ""), "no point"),
        (("52.02,5.03", "455000,136000"), "outside the Netherlands"),
        (("BU03440102", "BU03440101"), r"stad.csv, row 3 \(BU03440101\): the same code as row 2"),
        (("52.02,5.03", "52.01,5.01"), "same point as row 2"),
        (("BU03440102", "BU03920102"), "one municipality, found GM0344, GM0392"),
        (("BU03440102", "buurt 2"), "not a code such as"),
        (("Bé", ""), "no name"),
        (("52.03,5.05\n", "52.03"), "fewer fields"),
    ],
)
def test_a_bad_table_names_row_and_cause(tmp_path, change, cause):
    with pytest.raises(BadSource, match=cause):
        any_file.read(written(tmp_path, CSV.replace(*change).encode(), "stad.csv"))


@pytest.mark.parametrize(
    ("content", "cause"), [(b"", "no row"), (b"code,name,lat,lon\n", "no row"), (b"code,name,lat,lon\n\xe9,x,1,2\n", "UTF-8")]
)
def test_an_empty_or_odd_table_is_refused(tmp_path, content, cause):
    with pytest.raises(BadSource, match=cause):
        any_file.read(written(tmp_path, content, "stad.csv"))
