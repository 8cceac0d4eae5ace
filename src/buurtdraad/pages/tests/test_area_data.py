"""The figures of an area as open data."""

import csv
import io

import pytest

from buurtdraad.accounts.actions import system_person
from buurtdraad.figures.actions import show
from buurtdraad.pages.tests.small_city import FIRST, code, load_city, load_places
from buurtdraad.places.tests.shared import at

pytestmark = pytest.mark.django_db


def table(response, delimiter):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=delimiter))


def test_csv_and_json_hold_the_same_rows(client):
    load_city()
    rows = table(client.get(f"/en/buurten/{FIRST}/cijfers.csv"), ",")
    figures = client.get(f"/buurten/{FIRST}/cijfers.json").json()
    assert figures["area"] == FIRST
    assert [(row["indicator"], int(row["year"]), float(row["value"])) for row in rows] == [
        (row["indicator"], row["year"], float(row["value"])) for row in figures["figures"]
    ]
    assert {(row["indicator"], int(row["year"])) for row in rows} == {
        (of, year) for of in ("inwoners", "woningen", "huurwoningen") for year in (2020, 2025)
    }
    assert {row["licence"] for row in rows} == {"CC BY 4.0"}
    assert {row["value"] for row in figures["figures"] if row["indicator"] == "inwoners"} == {5020, 5025}


def test_a_dutch_csv_opens_in_a_dutch_spreadsheet(client):
    load_city()
    response = client.get(f"/buurten/{FIRST}/cijfers.csv")
    assert response["Content-Disposition"] == f'attachment; filename="cijfers-{FIRST.lower()}.csv"'
    assert len(table(response, ";")) == 6


def test_a_missing_figure_is_an_empty_cell_with_the_reason(client):
    load_city(missing="secret")
    rows = client.get(f"/buurten/{code(3)}/cijfers.json").json()["figures"]
    assert [(row["value"], row["missing"]) for row in rows if (row["indicator"], row["year"]) == ("huurwoningen", 2025)] == [
        (None, "secret")
    ]


def test_an_area_without_figures_gives_an_empty_table(client):
    load_places()
    assert client.get(f"/buurten/{FIRST}/cijfers.json").json() == {"area": FIRST, "figures": []}
    assert table(client.get(f"/buurten/{FIRST}/cijfers.csv"), ";") == []


def test_a_hidden_figure_is_in_no_download(client):
    load_city()
    show("huurwoningen", shown=False, by=system_person("hide_indicator"), at=at())
    for path in (f"/buurten/{FIRST}/cijfers.json", f"/buurten/{FIRST}/cijfers.csv", f"/buurten/{FIRST}/"):
        assert "huurwoningen" not in client.get(path).text
    assert client.get("/cijfers/huurwoningen/").status_code == 404
    assert client.get("/cijfers/huurwoningen/cijfers.csv").status_code == 404


def test_a_working_area_gives_the_sums_that_its_page_shows_and_says_so(client):
    load_city()
    rows = table(client.get("/en/buurten/west-zuid/cijfers.csv"), ",")
    assert {row["note"] for row in rows} == {"sum of rounded counts"}
    assert "inwoners" in {row["indicator"] for row in rows}


def test_an_area_without_figures_has_the_head_of_the_table(client):
    load_places()
    assert client.get(f"/en/buurten/{FIRST}/cijfers.csv").content.decode("utf-8-sig").startswith("area,place,indicator,name,year,value")
