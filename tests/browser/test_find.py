"""A stranger finds their neighbourhood: by typing, list, map, point and keyboard, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import LANGUAGES, path_of, tab_to

GEUZENWIJK = "/buurten/BU03440241/"
FIELD = {"nl": "Uw straat, postcode of buurt", "en": "Your street, postcode or neighbourhood"}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request):
    return request.param


def test_the_list_comes_while_typing_and_a_click_leads_there(visit):
    page = visit("/", width=390)
    page.get_by_label(FIELD["nl"]).press_sequentially("schaak", delay=20)
    page.locator("#gevonden").get_by_role("link", name="Schaakbuurt").click()
    page.wait_for_url("**/buurten/BU03440242/")
    assert page.get_by_role("heading", level=1).inner_text() == "Schaakbuurt en omgeving"


def test_a_name_and_enter_lead_there(visit, javascript):
    page = visit("/", javascript=javascript)
    page.get_by_label(FIELD["nl"]).fill("Geuzenwijk")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{GEUZENWIJK}")


def test_a_part_of_a_name_gives_a_list_to_choose_from(visit, javascript):
    page = visit("/", javascript=javascript, width=390)
    page.get_by_label(FIELD["nl"]).fill("zuilen")
    page.get_by_role("button", name="Zoeken").click()
    page.wait_for_url("**/buurten/?q=zuilen")
    page.locator("#gevonden").get_by_role("link", name="Zuilen-Oost").click()
    assert path_of(page) == "/buurten/zuilen-oost/"


def test_a_name_that_is_none_says_what_else_works(visit, javascript):
    page = visit("/buurten/?q=Nergenshuizen", javascript=javascript)
    page.locator("#gevonden").get_by_role("link", name="Kies op de kaart").click()
    assert path_of(page) == "/buurten/#kaart"


def test_the_list_leads_there(visit, javascript):
    page = visit("/", javascript=javascript, width=390)
    page.get_by_role("link", name="Kies op de kaart").click()
    page.locator(".buurt-districts").get_by_role("link", name="Geuzenwijk", exact=True).click()
    assert path_of(page) == GEUZENWIJK


def test_the_map_leads_there(visit, javascript):
    page = visit("/buurten/", javascript=javascript)
    # A click in the middle of the area, as a finger does it; names lie over the areas and may not catch it.
    page.locator(f'svg.buurt-map a[href="{GEUZENWIJK}"]').scroll_into_view_if_needed()
    box = page.locator(f'svg.buurt-map a[href="{GEUZENWIJK}"] path').bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"**{GEUZENWIJK}")


def test_the_point_of_the_device_leads_there(visit):
    page = visit("/", place=(52.1114, 5.0966), width=390)
    page.get_by_role("button", name="Gebruik mijn plek").click()
    page.wait_for_url(f"**{GEUZENWIJK}")


def test_a_point_outside_the_city_says_so(visit):
    page = visit("/", place=(51.44, 5.47))
    page.get_by_role("button", name="Gebruik mijn plek").click()
    page.get_by_role("alert").get_by_text("Deze plek ligt niet in Utrecht").wait_for()


def test_a_device_that_keeps_its_place_says_what_else_works(visit):
    page = visit("/")
    page.get_by_role("button", name="Gebruik mijn plek").click()
    page.get_by_text("Typ uw straat of kies uit de lijst.").wait_for()


def test_without_javascript_there_is_no_button_that_does_nothing(visit):
    page = visit("/", javascript=False)
    expect(page.get_by_role("button", name="Gebruik mijn plek")).to_be_hidden()
    expect(page.get_by_role("button", name="Lees voor")).to_be_hidden()


def test_the_keyboard_is_enough_to_find_a_neighbourhood_by_name(visit):
    page = visit("/")
    tab_to(page, FIELD["nl"])
    page.keyboard.type("Geuzenwijk")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{GEUZENWIJK}")


def test_the_keyboard_is_enough_on_the_map_and_in_the_list(visit):
    page = visit("/buurten/")
    tab_to(page, "Oog in Al")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buurten/BU03440112/")


def test_the_first_tab_skips_to_the_content(visit):
    page = visit("/buurten/")
    tab_to(page, "Naar de inhoud", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_figures_in_a_table_are_opened_by_keyboard(visit):
    page = visit(GEUZENWIJK)
    tab_to(page, "In een tabel", most=200)
    page.keyboard.press("Enter")
    page.get_by_role("cell", name="3.925").first.wait_for()


def test_the_switch_gives_the_same_page_in_each_language(visit, javascript):
    page = visit(GEUZENWIJK, javascript=javascript, width=390)
    for name, code in (("English", "en"), ("Makkelijk Nederlands", "nl-x-simpel"), ("Nederlands", "nl")):
        page.locator(".buurt-lang summary").click()
        page.locator(".buurt-lang__list").get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**{LANGUAGES[code]}{GEUZENWIJK}")
        assert page.locator("html").get_attribute("lang") == code


def test_an_english_reader_finds_it_in_english(visit):
    page = visit("/", language="en", javascript=False)
    page.get_by_label(FIELD["en"]).fill("Geuzenwijk")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(f"**/en{GEUZENWIJK}")
    expect(page.get_by_text("Neighbourhood in district Noordwest")).to_have_count(1)
