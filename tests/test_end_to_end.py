"""The whole product on real files, through its commands and its web server: Utrecht, Haarlem in a data folder of its own, bad files."""

import gzip
import json
import re
import urllib.error
import urllib.request

import pytest

from buurtdraad.lib.tests.waiting import PATIENCE, until
from buurtdraad.places.tests.shared import CONTRACTS, PLACES, needs_shared
from buurtdraad.running.tests.serving import Folder

pytestmark = [pytest.mark.slow, needs_shared]
DOM = "BU03440611"


class City:
    """A city as its visitors and its administrator meet it."""

    def __init__(self):
        self.folder = Folder()
        self.run = self.folder.serve(DEMO=0, ADDRESS_SERVICE_URL="").ready()

    def visit(self, path):
        """Status, address after redirects, and text of a page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.run.port}{path}", timeout=PATIENCE) as answer:
                return answer.status, "/" + answer.url.split("/", 3)[3], answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, path, refused.read().decode()

    def text(self, path):
        status, _, text = self.visit(path)
        assert status == 200, (path, status)
        return " ".join(text.split())

    def command(self, *words):
        return self.folder.command(*map(str, words), DEMO=0)

    def load(self, *words):
        ended = self.command(*words)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def figures(self, code):
        """The open data of an area: (indicator, year) -> value."""
        rows = json.loads(self.text(f"/buurten/{code}/cijfers.json"))["figures"]
        return {(row["indicator"], row["year"]): row["value"] for row in rows}

    def codes(self):
        """Every area that the city's list leads to."""
        return set(re.findall(r'href="/buurten/((?:BU|WK|GM)\d+)/"', self.text("/buurten/")))


@pytest.fixture(scope="module")
def utrecht():
    """Boundaries of gemeente, wijken and buurten, and both tables, loaded while the site is being visited."""
    city = City()
    try:
        assert "Er staan nog geen buurten op deze website" in city.text("/buurten/")
        for name in ("gemeente", "wijken", "buurten"):
            city.load("load_places", PLACES / f"{name}.geojson", "--year", 2025)
        city.load("load_figures", PLACES / "kwb_2020.csv", "--year", 2020)
        city.load("load_figures", PLACES / "kwb_2025.csv", "--year", 2025)
        yield city
    finally:
        city.folder.remove()


@pytest.fixture(scope="module")
def haarlem():
    """A second city in an empty folder, as the README tells it: no name and no code are set."""
    city = City()
    try:
        city.load("load_places", PLACES / "GM0392_haarlem_buurten.geojson")
        yield city
    finally:
        city.folder.remove()


# --- Utrecht -------------------------------------------------------------------------------------


def test_what_is_loaded_is_seen_by_visitors_soon(utrecht):
    until(lambda: len(utrecht.codes()) == 1 + 10 + 111)


def test_every_area_has_its_page_with_figures_and_a_real_map(utrecht):
    codes = utrecht.codes()
    assert len(codes) == 122
    addresses = [f"/buurten/{code}/" for code in codes] + [f"{language}/buurten/{DOM}/" for language in ("/en", "/nl-x-simpel")]
    for address in addresses:
        page = utrecht.text(address)
        assert '<svg class="buurt-map"' in page, address
        assert 'class="buurt-kpis"' in page, address
        assert "chematic map" not in page, address
        assert "Schematische kaart" not in page, address


@pytest.mark.parametrize(
    ("code", "indicator", "year", "value"),
    [
        ("GM0344", "inwoners", 2025, 376_757),
        ("WK034401", "inwoners", 2020, 29_270),
        (DOM, "inwoners", 2020, 2_415),
        (DOM, "inwoners", 2025, 2_515),
        (DOM, "woz", 2025, 589_000),
        (DOM, "huurwoningen", 2025, 75),
        ("GM0344", "autos-per-huishouden", 2020, 0.7),
        ("BU03440911", "inwoners", 2025, 0),
        ("BU03440911", "huurwoningen", 2025, None),
    ],
)
def test_the_figures_on_the_site_are_those_of_the_table(utrecht, code, indicator, year, value):
    assert utrecht.figures(code)[indicator, year] == value


def test_origin_and_benefits_are_nowhere_unless_the_city_shows_them(utrecht):
    assert not {indicator for indicator, _ in utrecht.figures("GM0344")} & {"bijstand", "herkomst-nederland", "westers", "niet-westers"}
    assert "bijstand" not in utrecht.text("/cijfers/").lower()


def test_every_link_to_a_figure_leads_to_its_page_and_its_table(utrecht):
    found = set(re.findall(r'href="/cijfers/([\w-]+)/"', utrecht.text("/cijfers/")))
    assert {"inwoners", "huurwoningen", "woz"} <= found
    for code in ("GM0344", "WK034401", DOM):
        assert set(re.findall(r'href="/cijfers/([\w-]+)/"', utrecht.text(f"/buurten/{code}/"))) <= found
    for code in found:
        assert utrecht.text(f"/cijfers/{code}/").count("<tbody") == 1
        assert utrecht.text(f"/cijfers/{code}/cijfers.csv").count("BU0344") == 111


@pytest.mark.parametrize("path", ["/buurten/hier/?lat=52.0907&lon=5.1214", "/buurten/?q=52.0907,+5.1214", "/buurten/?q=domplein"])
def test_the_dom_is_found_by_point_and_by_name(utrecht, path):
    assert utrecht.visit(path)[:2] == (200, f"/buurten/{DOM}/")


def test_the_same_files_again_change_nothing(utrecht):
    before = utrecht.figures(DOM)
    assert "0 new, 0 changed, 0 gone, 122 unchanged" in utrecht.load("load_places", PLACES / "buurten.geojson", "--year", 2025)
    utrecht.load("load_figures", PLACES / "kwb_2025.csv", "--year", 2025)
    assert utrecht.figures(DOM) == before


def test_recorded_answers_of_cbs_give_the_same_figures_as_the_table(utrecht):
    before = utrecht.figures(DOM)
    utrecht.load("load_figures", CONTRACTS / "cbs_odata_v3_84799NED_TypedDataSet_utrecht.json")
    after = utrecht.figures(DOM)
    assert after["inwoners", 2020] == 2_415
    assert {key: after[key] for key in before} == before


# --- Haarlem -------------------------------------------------------------------------------------


def test_a_second_city_has_its_own_name_list_map_and_pages(haarlem):
    codes = haarlem.codes()
    assert len([code for code in codes if code.startswith("BU0392")]) == 111
    assert not [code for code in codes if "0344" in code]
    list_page = haarlem.text("/buurten/")
    assert "gemeente Haarlem" in list_page
    assert "Utrecht" not in list_page
    assert list_page.count('class="buurt-map__area') == 111
    for code in codes:
        page = haarlem.text(f"/buurten/{code}/")
        assert "Utrecht" not in page, code
        assert '<svg class="buurt-map"' in page, code


@pytest.mark.parametrize("path", ["/buurten/?q=stationsbuurt", "/buurten/hier/?lat=52.3875&lon=4.6385", "/en/buurten/?q=Stationsbuurt"])
def test_a_second_city_is_searched_by_name_and_point(haarlem, path):
    assert haarlem.visit(path)[:2] == (200, f"{'/en' if path.startswith('/en') else ''}/buurten/BU03920101/")


def test_a_second_city_has_no_demo(haarlem):
    assert haarlem.visit("/demo/")[0] == 404
    assert "voorbeeld" not in haarlem.text("/").lower()
    assert haarlem.visit("/buurten/BU03440611/")[0] == 404


# --- bad files -----------------------------------------------------------------------------------


def real():
    """The real neighbourhoods, to be spoiled."""
    return json.loads((PLACES / "buurten.geojson").read_text())


def double(stad):
    stad["features"].append(stad["features"][0])


def empty(stad):
    stad["features"][4]["geometry"] = None


def crossing(stad):
    stad["features"][4]["geometry"] = {"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52.1], [5.1, 52], [5, 52.1], [5, 52]]]}


def turned(stad):
    stad["features"][4]["geometry"] = {"type": "Polygon", "coordinates": [[[52, 5], [52.1, 5], [52.1, 5.1], [52, 5]]]}


def national_grid(stad):
    stad["features"][4]["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[136_000, 455_000], [137_000, 455_000], [137_000, 456_000], [136_000, 455_000]]],
    }


def elsewhere(stad):
    stad["features"][4]["properties"]["gemeentecode"] = "GM0392"


def no_code(stad):
    stad["features"][4]["properties"]["buurtcode"] = "Oog in Al"


def nameless(stad):
    stad["features"][4]["properties"]["buurtnaam"] = " "


SPOILED = [
    (double, "BU03440111"),
    (empty, "BU03440121.*boundary is empty"),
    (crossing, "BU03440121"),
    (turned, "BU03440121.*latitude and longitude are swapped"),
    (national_grid, "BU03440121.*these are metres"),
    (elsewhere, "BU03440121.*GM0392"),
    (no_code, "Oog in Al"),
    (nameless, "BU03440121.*no name"),
]


def state(city):
    """All that a half-done load would change."""
    return city.text("/buurten/"), city.figures(DOM), city.figures("GM0344"), city.text("/open-data/")


def refused(city, *words):
    """What the command says when it refuses; nothing may have changed."""
    before = state(city)
    ended = city.command(*words)
    assert ended.returncode == 1, ended.stdout
    assert "Traceback" not in ended.stderr
    assert state(city) == before
    return ended.stderr


@pytest.mark.parametrize(("spoil", "cause"), SPOILED, ids=[spoil.__name__ for spoil, _ in SPOILED])
def test_bad_boundaries_are_refused_with_file_row_and_cause(utrecht, tmp_path, spoil, cause):
    stad = real()
    spoil(stad)
    file = tmp_path / "bedorven.geojson"
    file.write_text(json.dumps(stad))
    said = refused(utrecht, "load_places", file, "--year", 2025)
    assert "Nothing is loaded." in said
    assert re.search(cause, said), said
    assert "bedorven.geojson" in said


@pytest.mark.parametrize(
    ("name", "spoil", "cause"),
    [
        ("half.geojson", lambda whole: whole[: len(whole) // 2], "cut off"),
        ("half.geojson.gz", lambda whole: gzip.compress(whole)[:-2000], "cut off"),
        ("pagina.geojson", lambda whole: b"<!DOCTYPE html><title>Bad gateway</title>", "HTML"),
        ("leeg.geojson", lambda whole: b"", "not JSON|cut off|empty"),
        ("leeg.gpkg", lambda whole: b"", "GeoPackage"),
        ("stad.shp", lambda whole: whole, "expected a file that ends in"),
    ],
)
def test_a_file_that_is_broken_or_something_else_is_refused(utrecht, tmp_path, name, spoil, cause):
    file = tmp_path / name
    file.write_bytes(spoil((PLACES / "buurten.geojson").read_bytes()))
    said = refused(utrecht, "load_places", file, "--year", 2025)
    assert name in said
    assert re.search(cause, said), said


def test_padded_codes_are_read_and_a_column_that_moved_is_found_by_its_name(utrecht, tmp_path):
    stad = real()
    for place in stad["features"]:
        place["properties"] = {key: f"{text}  " if key.endswith("code") else text for key, text in place["properties"].items()}
    padded = tmp_path / "buurten.geojson"
    padded.write_text(json.dumps(stad))
    assert "0 new, 0 changed, 0 gone, 122 unchanged" in utrecht.load("load_places", padded, "--year", 2025)
    lines = [line.split(",") for line in (PLACES / "kwb_2025.csv").read_text().splitlines() if '"' not in line]
    moved = tmp_path / "moved.csv"
    moved.write_text("\n".join(",".join([line[0], *reversed(line[1:])]) for line in lines))
    before = utrecht.figures("GM0344")
    utrecht.load("load_figures", moved, "--year", 2025)
    assert utrecht.figures("GM0344") == before


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("code,a_inw\nGM0344,1000\nGM0344,2000\n", "GM0344.*twice"),
        ("code,a_inw\nGM0344,heel veel\n", "heel veel"),
        ("kleur,a_inw\nrood,3\n", "code|kleur"),
        ("", "row 1: the first line holds no names"),
        ("code,a_inw\nGM0344,\0\n", "kapot.csv"),
    ],
)
def test_a_bad_table_is_refused_with_file_row_and_cause(utrecht, tmp_path, text, cause):
    file = tmp_path / "kapot.csv"
    file.write_text(text)
    said = refused(utrecht, "load_figures", file, "--year", 2025)
    assert "kapot.csv" in said
    assert re.search(cause, said), said


def test_a_table_without_a_year_is_refused(utrecht):
    assert "--year" in refused(utrecht, "load_figures", PLACES / "kwb_2025.csv")


def test_a_file_that_is_not_there_is_refused(utrecht):
    assert "nergens.geojson" in refused(utrecht, "load_places", "nergens.geojson")
    assert "nergens.csv" in refused(utrecht, "load_figures", "nergens.csv", "--year", 2025)
