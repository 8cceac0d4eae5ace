"""Steps 8 to 11 of the story: what neighbours think, the days that are left, two people who decide, the euro back to the wish; and paying.

"Begin opnieuw" undoes what was decided here.
"""

import re

from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws
from tests.browser.visiting import begin_again, look_as, path_of

PLAN = re.compile("Wilgentuin")


def test_the_money_of_the_wilgentuin_goes_from_the_neighbours_to_the_bank_and_back_to_the_wish(visit):
    page = visit("/initiatieven/wilgentuin/")
    neighbours = page.locator("section", has=page.locator("#h-neighbours")).last.inner_text()
    for number in ("84", "6", "14"):
        assert re.search(rf"\b{number}\b", neighbours)

    # Priya sees the days that are left and what is not paid; deciding is not hers.
    look_as(page, "Priya Ramdin")
    page.goto("/werk/fonds/")
    expect(page.get_by_text("nog 9 dagen").first).to_be_visible()
    page.get_by_role("link", name=PLAN).first.click()
    assert flaws(page) == []
    page.get_by_role("link", name="Bekijk het voorstel").click()
    expect(page.get_by_text("Eten en drinken betaalt het fonds niet.").first).to_be_visible()
    expect(page.get_by_role("button", name="Beslis zo")).to_have_count(0)

    # Bas decides with one click, and sends the letter.
    look_as(page, "Bas Hoekstra")
    page.goto("/werk/fonds/besluiten/")
    page.get_by_role("link", name=PLAN).first.click()
    assert flaws(page) == []
    page.get_by_role("button", name="Beslis zo").click()
    expect(page.get_by_role("link", name="Lees de brief (PDF)")).to_be_visible()
    # Until the letter went out nobody else knows.
    page.goto("/wensen/ZO-42/")
    expect(page.get_by_text("11.900 voor Wilgentuin")).to_have_count(0)
    page.goto("/werk/fonds/besluiten/")
    page.get_by_role("link", name=PLAN).first.click()
    page.get_by_label("per post").check()
    page.get_by_role("button", name="De brief gaat weg").click()
    expect(page.get_by_text("Het besluit is bekendgemaakt")).to_be_visible()

    # Wouter makes a list for the bank; he cannot release it, Ria can.
    look_as(page, "Wouter Kuiper")
    page.goto("/werk/betalen/")
    page.get_by_label(PLAN).check()
    page.get_by_role("button", name="Maak hiervan een lijst").click()
    listed = path_of(page)
    expect(page.get_by_role("button", name="Deze lijst klopt: geef vrij")).to_have_count(0)
    look_as(page, "Ria")
    page.goto(listed)
    assert flaws(page) == []
    page.get_by_role("button", name="Deze lijst klopt: geef vrij").click()
    expect(page.get_by_text("11.900").first).to_be_visible()

    # Click the euro and stand at the wish; nobody is named.
    page.goto("/wensen/ZO-42/")
    expect(page.get_by_text("11.900 voor Wilgentuin")).to_be_visible()
    assert "Aydin" not in page.locator("main").inner_text()
    begin_again(page)
