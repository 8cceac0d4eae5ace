"""The working method from beginning to end: a step further in Overvecht, a lesson that becomes a new version, and a third area."""

import re

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws
from tests.browser.visiting import begin_again, look_as, path_of

RUN = "/werk/werkwijze/gebied/WK034403/"
WAYS = pytest.mark.parametrize(("javascript", "width"), [(False, 390), (True, 1280)])


@pytest.fixture
def noor(visit, javascript, width):
    """Noor on the first day, at the run of Overvecht, which she found from her page of work."""
    page = visit("/demo/", javascript=javascript, width=width)
    begin_again(page)  # the whole story is made anew
    look_as(page, "Noor de Graaf")
    page.goto("/werk/")
    page.locator("main").get_by_role("link", name="Hoe ver elk gebied is met de werkwijze").click()
    page.locator("main").get_by_role("link", name="Overvecht", exact=True).click()
    assert path_of(page) == RUN
    return page


def says(page, words):
    page.get_by_role("status").filter(has_text=words).wait_for()


def fit(page, javascript):
    """axe runs in the page, so it needs JavaScript; the width does not."""
    if javascript:
        assert flaws(page) == []
    else:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def on_to_the_last_step(page):
    """What people answer is there; what the data do not say is passed over with a reason."""
    now = page.locator("#h-now >> xpath=ancestor::section")
    while now.get_by_role("button", name="Dit is er:").count():
        now.get_by_role("button", name="Dit is er:").first.click()
        says(page, "Dit is opgeslagen.")
    while now.get_by_role("link", name="Overslaan met een reden").count():
        now.get_by_role("link", name="Overslaan met een reden").first.click()
        page.get_by_label("Waarom gaat u verder zonder dit?").fill("Wij vertellen het in elke hal, en niet op een avond.")
        page.get_by_role("button", name="Opslaan").click()
        says(page, "Dit is opgeslagen.")
    page.get_by_role("button", name="Verder naar: Leren en vernieuwen").click()
    says(page, "De volgende stap is begonnen.")


def write_a_lesson(page):
    page.get_by_role("link", name="Schrijf een les op").click()
    assert page.get_by_label("Waar leerde u dit?").locator("option:checked").inner_text().startswith("Overvecht")
    assert page.get_by_label("Over welke stap gaat het?").locator("option:checked").inner_text() == "Leren en vernieuwen"
    page.get_by_label("Wat gebeurde er?").fill("Wij maakten een foto van de wijk, en daarna vroegen wij alles nog een keer.")
    page.get_by_label("Wat zouden wij de volgende keer anders doen?").fill("De foto en het kiezen doen wij op dezelfde avonden.")
    page.get_by_role("button", name="Bewaar de les").click()
    says(page, "De les staat in de lijst.")
    return path_of(page)


def make_it_part_of_the_method(page):
    """Into the draft, where the lesson lies beside the steps; then in use."""
    page.get_by_role("button", name="Zet in het voorstel voor de volgende versie").click()
    says(page, "De les staat in het voorstel")
    page.get_by_role("link", name="Versie 2 van de werkwijze").click()
    assert "De foto en het kiezen doen wij op dezelfde avonden." in page.locator("main").text_content()
    page.get_by_role("link", name="Eruit halen: Foto van de wijk").click()
    page.get_by_role("button", name="Eruit halen").click()
    page.get_by_role("link", name="Veranderen: Samen kiezen").click()
    page.get_by_label("Hoe heet de stap?").fill("Samen kijken en kiezen")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Bekijk het verschil en zet in gebruik").click()
    assert "Foto van de wijk" in page.locator("main").inner_text()
    page.get_by_label("Wat is er nieuw in deze versie?").fill("Kijken en kiezen doen wij op dezelfde avonden.")
    page.get_by_role("button", name="In gebruik zetten").click()
    says(page, "Deze versie is nu in gebruik.")


@WAYS
def test_from_a_step_to_a_lesson_to_a_new_version_to_which_the_area_moves(noor, javascript):
    page = noor
    fit(page, javascript)
    on_to_the_last_step(page)
    lesson = write_a_lesson(page)
    make_it_part_of_the_method(page)
    page.goto(lesson)
    expect(page.get_by_text("Deel van de werkwijze", exact=True)).to_be_visible()

    # The area still works with what it began with, until Noor saw what changes.
    page.goto(RUN)
    assert "Stap 7 van 7: Leren en vernieuwen" in page.locator("main").inner_text()
    page.get_by_role("link", name="Bekijk wat hier verandert").click()
    fit(page, javascript)
    difference = page.locator("main").inner_text()
    for words in ("Eerst heette deze stap: Samen kiezen", "Kijken en kiezen doen wij op dezelfde avonden."):
        assert words in difference, words
    gone = page.get_by_role("listitem").filter(has_text="Foto van de wijk")
    assert "staat niet meer in de werkwijze, en blijft wel bewaard" in gone.inner_text().lower()
    page.get_by_role("button", name="Ga naar versie 2").click()
    says(page, "Dit gebied werkt nu met versie 2.")
    assert "Stap 6 van 6: Leren en vernieuwen" in page.locator("main").inner_text()
    fit(page, javascript)

    # Everybody reads it, and what was done stays on record.
    page.get_by_role("link", name="Bekijk het op de site").click()
    read = page.locator("main").inner_text()
    assert re.search(r"Samen kijken en kiezen.*Uit een vorige versie.*Foto van de wijk", read, re.DOTALL)
    fit(page, javascript)


@WAYS
def test_a_third_area_begins_like_overvecht_with_one_button_from_what_will_be_made(noor, javascript):
    page = noor
    page.get_by_role("link", name="Start dit in een andere wijk").click()
    assert page.get_by_label("Zoals welk gebied?").locator("option:checked").inner_text().startswith("Overvecht")
    page.get_by_label("In welk gebied?").select_option("WK034402")
    page.get_by_role("button", name="Laat zien wat er wordt gemaakt").click()
    made = page.locator("#h-made >> xpath=ancestor::section")
    steps = made.get_by_role("list").first.get_by_role("listitem")
    assert steps.count() == 7
    fit(page, javascript)
    page.get_by_role("button", name="Start in Noordwest").click()
    says(page, "Het is begonnen.")
    assert path_of(page) == "/werk/werkwijze/gebied/WK034402/"
    assert "Stap 1 van 7: Signaleren" in page.locator("main").inner_text()
    expect(page.get_by_role("link", name="Het begon zoals Overvecht")).to_be_visible()
    fit(page, javascript)
    page.goto("/werkwijze/")
    # A table, or lines where the screen is small; what is hidden is no text.
    shown = page.locator("main").inner_text()
    assert [place for place in ("Noordwest", "Overvecht", "Zuilen-Oost") if place not in shown] == []
