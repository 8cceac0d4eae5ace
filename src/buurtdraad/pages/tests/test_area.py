"""The page of a municipality, district, neighbourhood or working area."""

import pytest

from buurtdraad.pages.tests.small_city import CITY, DISTRICT, FIRST, LANGUAGES, NO_CODES, code, load_city, load_places
from buurtdraad.places.actions import save_changes
from buurtdraad.places.rules import Became
from buurtdraad.places.tests.shared import at

pytestmark = pytest.mark.django_db
EVERY_KIND = [CITY, DISTRICT, FIRST, "west-zuid"]


@pytest.fixture
def page_of(client):
    return lambda code, language="nl": " ".join(client.get(f"{LANGUAGES[language]}/buurten/{code}/").text.split())


@pytest.mark.parametrize("path", ["/buurten/{}/", "/buurten/{}/cijfers.csv", "/buurten/{}/cijfers.json", "/en/buurten/{}/"])
def test_what_is_no_code_of_ours_is_not_there(client, path):
    load_city()
    assert {code: client.get(path.format(code)).status_code for code in NO_CODES} == dict.fromkeys(NO_CODES, 404)


def test_a_code_in_small_letters_leads_to_the_area(client):
    load_places()
    assert client.get(f"/buurten/{FIRST.lower()}/")["Location"] == f"/buurten/{FIRST}/"


@pytest.mark.parametrize("code", EVERY_KIND)
def test_an_area_without_figures_says_so_and_keeps_its_place(page_of, code):
    load_places()
    page = page_of(code)
    assert "Er zijn hier nog geen cijfers" in page
    assert '<svg class="buurt-map"' in page


@pytest.mark.parametrize(("code", "name"), [(CITY, "Utrecht"), (DISTRICT, "West"), (FIRST, "Buurt 1"), ("west-zuid", "West-Zuid")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_area_has_its_page_in_every_language(page_of, code, name, language):
    load_city()
    page = page_of(code, language)
    assert f'<h1 class="utrecht-heading-1">{name}</h1>' in page
    assert f'<html lang="{language}"' in page
    assert 'id="h-cijfers"' in page


def test_a_neighbourhood_stands_in_its_district_and_city(page_of):
    load_city()
    page = page_of(FIRST)
    assert "Buurt in wijk West" in page
    crumbs = page.partition('<nav class="buurt-crumbs"')[2].partition("</nav>")[0]
    assert [crumbs.index(name) for name in (">Utrecht<", ">West<", ">Buurt 1<")] == sorted(
        crumbs.index(name) for name in (">Utrecht<", ">West<", ">Buurt 1<")
    )
    assert "Buurtagenda West-Zuid" in page


@pytest.mark.parametrize("code", [CITY, DISTRICT, "west-zuid"])
def test_what_lies_inside_is_listed(page_of, code):
    load_city()
    inside = page_of(code).partition('id="h-hierin"')[2].partition("</section>")[0]
    assert (">West<" if code == CITY else ">Buurt 3<") in inside


def test_the_own_area_is_marked_on_the_map(page_of):
    load_city()
    assert f'href="/buurten/{FIRST}/" class="buurt-map__area buurt-map__area--plain" aria-current="true"' in page_of(FIRST)


def test_a_figure_has_a_number_a_sentence_a_table_a_source_and_a_year(page_of):
    load_city()
    page = page_of(FIRST)
    figure = page.partition('href="/cijfers/inwoners/"')[2].partition("</li>")[0]
    assert "5.025" in figure
    assert "Ongeveer 5.025 mensen wonen hier." in figure
    assert "5.020" in figure
    assert '<th scope="row" class="utrecht-table__cell">2020</th>' in figure
    assert "Bron: CBS 85984NED, 2025 (CC BY 4.0)" in figure


@pytest.mark.parametrize(("missing", "words"), [("secret", "geen cijfer"), ("not_applicable", "past hier niet")])
def test_a_missing_figure_says_why(page_of, missing, words):
    load_city(missing=missing)
    figure = page_of(code(3)).partition('href="/cijfers/huurwoningen/"')[2].partition("</li>")[0]
    assert words in figure


def test_a_moved_border_is_told_beside_the_figures(page_of):
    load_city()
    assert "De grens of de code van dit gebied is veranderd" not in page_of(FIRST)
    save_changes([Became(FIRST, code(2), "border_moved", 0.2)], year=2025, by=None, at=at())
    assert "De grens of de code van dit gebied is veranderd" in page_of(FIRST)


def test_hostile_names_are_shown_as_text(page_of):
    load_places(names=["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% debug %}"])
    for number in range(1, 4):
        page = page_of(code(number))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "{{ 7*7 }}{% debug %}" in page_of(code(3))


def test_the_parts_that_are_still_to_come_say_so(page_of):
    load_places(working_area=False)
    page = page_of(FIRST)
    for words in ("geen bijeenkomst", "nog geen wensen", "nog geen afspraken"):
        assert words in page
