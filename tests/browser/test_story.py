"""The steps of the five-minute story that can be walked today, in order, as the demo page tells them."""

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws
from tests.browser.visiting import begin_again, path_of

VOICE = """
window.spoken = [];
const voice = {lang: "nl-NL"};
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [voice], addEventListener: () => {}, cancel: () => {}, speak: (it) => window.spoken.push(it.text)}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } addEventListener() {} };
"""


def test_the_story_is_walked_from_the_question_to_one_figure_for_all(visit):
    page = visit("/demo/")
    page.add_init_script(VOICE)

    # 1. The question, and the name of a neighbourhood.
    page.get_by_role("link", name="Ga erheen").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Wat speelt er in uw buurt?"
    page.get_by_label("Uw straat, postcode of buurt").fill("Geuzenwijk")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buurten/BU03440241/")

    # 2. One sentence, three figures with source and year; read aloud.
    assert "3.925" in page.locator(".utrecht-paragraph--lead").inner_text()
    figures = page.locator("#h-cijfers >> xpath=ancestor::section >> css=.buurt-kpis").first.locator("> li")
    assert figures.count() == 3
    for source in figures.locator(".buurt-kpi__source").all_text_contents():
        assert source.strip().startswith("Bron: CBS")
        assert "2025" in source
    page.get_by_role("button", name="Lees voor").click()
    assert page.evaluate("window.spoken.join(' ')").count("Geuzenwijk") >= 1

    # 3. The working area that it belongs to: its agenda, and from there its page.
    page.get_by_role("link", name="Buurtagenda Zuilen-Oost").click()
    assert path_of(page) == "/agenda/zuilen-oost/"
    page.get_by_role("link", name="Pagina van de buurt").click()
    assert path_of(page) == "/buurten/zuilen-oost/"
    inside = page.locator("#h-hierin >> xpath=ancestor::section").get_by_role("link")
    assert inside.all_inner_texts() == ["Geuzenwijk", "Schaakbuurt en omgeving", "Queeckhovenplein en omgeving"]

    # 4. One figure for all neighbourhoods.
    page.goto("/demo/")
    page.get_by_role("link", name="Ga erheen").last.click()
    assert path_of(page) == "/cijfers/corporatiewoningen/"
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(112)
    expect(page.get_by_text("Deze lijst is geen ranglijst")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_one_click_looks_as_somebody_and_one_begins_again(visit, javascript):
    page = visit("/demo/", javascript=javascript, width=390)
    page.get_by_role("button", name="Kijk als Joris Bakker").click()
    expect(page.get_by_role("status").filter(has_text="U kijkt nu als Joris Bakker.")).to_be_visible()
    assert flaws(page) == [] if javascript else True
    page.goto("/buurten/BU03440241/")
    assert page.get_by_role("heading", level=1).inner_text() == "Geuzenwijk"
    page.goto("/demo/")
    begin_again(page)
    expect(page.get_by_role("button", name="Kijk als Joris Bakker")).to_be_visible()


def test_every_page_says_that_this_is_an_example(visit):
    page = visit("/")
    page.get_by_role("link", name="Kijk als iemand anders").click()
    assert path_of(page) == "/demo/"
