"""One's own page on a phone: seen, a name changed, the data saved, and erased; with and without JavaScript."""

import json

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws, flaws_of
from tests.browser.visiting import LANGUAGES, begin_again, look_as, path_of

PAGES = ["/mijn/", "/mijn/naam/", "/mijn/e-mailadres/", "/mijn/gegevens/", "/mijn/wissen/", "/mijn/alles/taken/", "/gewist/"]


def as_somebody(visit, name, **options):
    """A visitor who looks as one of the cast of the demo."""
    page = visit("/demo/", **options)
    look_as(page, name)
    return page


@pytest.mark.parametrize("name", ["Emine Aydin", "Joris Bakker"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_at_every_width_in_every_language(visit, path, name):
    page = as_somebody(visit, name)
    assert flaws_of(page, [before + path for before in LANGUAGES.values()]) == {}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_resident_finds_the_page_in_the_header_takes_the_data_along_and_goes(visit, javascript):
    page = as_somebody(visit, "Kees Vermeer", width=390, javascript=javascript)
    page.get_by_role("link", name="Mijn pagina").click()
    assert path_of(page) == "/mijn/"

    page.get_by_role("link", name="Verander uw naam").click()
    page.get_by_label("Hoe mogen wij u noemen?").fill("Kees")
    page.get_by_role("button", name="Opslaan").click()
    assert page.get_by_role("status").inner_text() == "Opgeslagen. Wij noemen u Kees."

    page.get_by_role("link", name="Bekijk wat wij van u weten").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar het bestand").click()
    assert json.loads(download.value.path().read_text())["account"]["naam"] == "Kees"

    page.goto("/mijn/")
    page.get_by_role("link", name="Wis mij").click()
    page.get_by_role("button", name="Wis mij voorgoed").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert flaws(page) == [] if javascript else True
    page.get_by_label("Ja, ik wil dat u mij wist.").check()
    page.get_by_role("button", name="Wis mij voorgoed").click()
    assert path_of(page) == "/gewist/"
    expect(page.get_by_role("link", name="Inloggen")).to_be_visible()

    page.goto("/demo/")
    begin_again(page)
    expect(page.get_by_role("button", name="Kijk als Kees Vermeer")).to_be_visible()


def test_staff_read_that_they_hand_over_first(visit):
    page = as_somebody(visit, "Joris Bakker", width=390)
    page.goto("/mijn/wissen/")
    expect(page.get_by_role("heading", name="Draag eerst uw taken over")).to_be_visible()
    expect(page.get_by_role("button", name="Wis mij voorgoed")).to_have_count(0)
