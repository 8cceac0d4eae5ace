"""One figure for all neighbourhoods, on a map and in a list by name."""

import csv
import io
import re

import pytest

from buurtdraad.pages.tests.small_city import CITY, FIRST, LANGUAGES, load_city, load_figures, load_places

pytestmark = pytest.mark.django_db


def test_a_city_without_figures_says_so(client):
    assert "Er staan nog geen cijfers op deze website" in client.get("/cijfers/").text
    load_places()
    assert client.get("/cijfers/inwoners/").status_code == 404


def test_the_list_holds_the_figures_that_have_a_page_and_no_other(client):
    load_city()
    codes = re.findall(r'href="/cijfers/([\w-]+)/"', client.get("/cijfers/").text)
    assert codes == ["inwoners", "woningen", "huurwoningen"]
    assert {client.get(f"/cijfers/{code}/").status_code for code in codes} == {200}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_has_its_page_in_every_language(client, language):
    load_city()
    page = client.get(f"{LANGUAGES[language]}/cijfers/huurwoningen/").text
    assert f'lang="{language}"' in page
    assert "2025" in page


def test_the_list_is_by_name_and_no_ranking(client):
    load_places(names=["Zuilen", "Abstede", "Lunetten"])
    load_figures()
    page = client.get("/cijfers/inwoners/").text
    body = page.partition("<tbody")[2]
    assert sorted(("Zuilen", "Abstede", "Lunetten"), key=body.index) == ["Abstede", "Lunetten", "Zuilen"]
    assert "Deze lijst is geen ranglijst" in page


def test_another_year_shows_the_figures_of_that_year(client):
    load_city()
    page = client.get("/cijfers/inwoners/?jaar=2020").text
    assert "5.020" in page
    assert "5.025" not in page
    assert '<a href="?jaar=2020" aria-current="page">' in page


NO_YEARS = ["x", "20", "20250", "2019", "-2020", "+2025", "2025%00", "%D9%A2%D9%A0%D9%A2%D9%A5", "2025.0", "0000", "9" * 5000]
NO_FIGURES = ["bestaat-niet", "INWONERS", "%00", "..", "x" * 5000, "<b>", "é"]


@pytest.mark.parametrize("path", ["/cijfers/inwoners/", "/cijfers/inwoners/cijfers.csv"])
def test_a_year_that_is_none_is_not_there(client, path):
    load_city()
    assert {year: client.get(f"{path}?jaar={year}").status_code for year in NO_YEARS} == dict.fromkeys(NO_YEARS, 404)


@pytest.mark.parametrize("path", ["/cijfers/{}/", "/cijfers/{}/cijfers.csv"])
def test_a_figure_that_is_none_is_not_there(client, path):
    load_city()
    assert {code: client.get(path.format(code)).status_code for code in NO_FIGURES} == dict.fromkeys(NO_FIGURES, 404)


def test_a_neighbourhood_without_a_figure_is_hatched_and_says_why(client):
    load_city(missing="secret")
    page = " ".join(client.get("/cijfers/huurwoningen/").text.split())
    assert "buurt-map__area--0" in page
    assert page.partition("<tbody")[2].count("%") == 2


def test_hostile_names_are_shown_as_text(client):
    load_places(names=["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "B"])
    load_figures()
    assert "<script>alert" not in client.get("/cijfers/inwoners/").text
    table = client.get("/en/cijfers/inwoners/cijfers.csv").content.decode("utf-8-sig")
    names = {row["area"]: row["place"] for row in csv.DictReader(io.StringIO(table))}
    assert names[FIRST] == "<script>alert(1)</script>"
    assert names["BU03440102"].startswith("'=")


def test_the_list_as_csv_is_the_list_of_the_page(client):
    load_city()
    table = client.get("/en/cijfers/inwoners/cijfers.csv?jaar=2020").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["place"], row["year"], row["value"]) for row in rows] == [
        ("Buurt 1", "2020", "5020"),
        ("Buurt 2", "2020", "6020"),
        ("Buurt 3", "2020", "7020"),
    ]
    assert CITY not in table
