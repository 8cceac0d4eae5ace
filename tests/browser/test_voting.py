"""Voting as people do: the code, the plans, looking once more, the receipt, and changing it; with a script and without. And paper by three.

The codes are those that the demo shows to everybody. "Begin opnieuw" undoes what was cast here.
"""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws
from tests.browser.visiting import begin_again, look_as

CODES = {True: "B0RT-0000-0001T", False: "B0RT-0000-00028"}
ON_PAPER = "B0RT-0000-00036"
CHEAP, OTHER = ("Bloemen langs de stoep", "Een plek om koffie te drinken achter de flats", "Bankjes voor wie wandelt met de buren"), (
    "Bloemen langs de stoep", "Veilig naar school", "Bankjes voor wie wandelt met de buren"
)  # fmt: skip


def heading(page):
    return page.locator("h1").inner_text()


def type_code(page, code):
    page.goto("/stemmen/")
    page.get_by_label("Uw code").or_(page.locator("[name=code]")).first.fill(code)
    page.get_by_role("button", name="Ga verder").click()
    assert heading(page) == "Kies uw plannen"


def choose(page, titles=None):
    """Exactly these plans, or all of them. The box is covered by its label, as wide as the card."""
    expect(page.locator(".buurt-pick")).not_to_have_count(0)
    for card in page.locator(".buurt-pick").all():
        wanted = titles is None or card.locator("h3").inner_text() in titles
        if card.locator("input[type=checkbox]").is_checked() != wanted:
            card.locator(".buurt-pick__choose label").click()


def look_again(page):
    page.get_by_role("button", name="Kijk mijn keuze na").click()


def cast(page):
    page.get_by_role("button", name="Ja, dit is mijn stem").click()
    return page.locator(".buurt-vote__number").inner_text()


def seen(page, found):
    """Whether all of it is in the window, above the basket."""
    box, basket = found.bounding_box(), page.locator(".buurt-basket").bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= basket["y"]


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_votes_with_a_code_and_changes_it_with_the_same_code(visit, javascript):
    page = visit("/", width=390, javascript=javascript)
    look = (lambda: flaws(page)) if javascript else list  # axe needs a script
    type_code(page, CODES[javascript])
    assert look() == []
    # The first plan is on the first screen.
    assert seen(page, page.locator(".buurt-pick__number").first)

    # More than there is: said in the basket, and at the top with the keyboard there.
    choose(page)
    if javascript:
        page.locator("#basket .is-too-much").wait_for()
    else:
        page.get_by_role("button", name="Tel op wat ik koos").click()
        assert "te veel" in page.locator("#basket").inner_text()
    look_again(page)
    alert = page.get_by_role("alert")
    assert "te veel. Haal er een weg" in alert.inner_text()
    assert seen(page, alert.locator("h2"))
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert look() == []

    choose(page, CHEAP)
    look_again(page)
    assert heading(page) == "Klopt dit?"
    for title in CHEAP:
        expect(page.get_by_text(title)).to_be_visible()
    assert look() == []
    page.get_by_role("button", name="Nee, ik wil iets veranderen").click()
    expect(page.locator(".buurt-pick input:checked")).to_have_count(len(CHEAP))
    look_again(page)
    receipt = cast(page)
    assert heading(page) == "Uw stem is binnen"
    assert re.fullmatch(r"[0-9A-Z-]{8,}", receipt)
    assert look() == []
    # Receipt and choice never stand together, and the code is in no address and no cookie.
    assert not any(title in page.content() for title in CHEAP)
    assert "B0RT" not in page.content() + page.url + str(page.context.cookies())

    page.get_by_role("link", name="Verander mijn stem").click()
    type_code(page, CODES[javascript])
    expect(page.get_by_text("U stemde al")).to_be_visible()
    choose(page, OTHER)
    look_again(page)
    assert heading(page) == "Klopt dit?"
    expect(page.get_by_text(OTHER[1])).to_be_visible()
    assert cast(page) == receipt
    assert heading(page) == "Uw stem is veranderd"


def test_two_type_a_paper_ballot_and_a_third_decides_where_they_differ(visit):
    page = visit("/budgetten/")
    slug = page.get_by_role("link", name=re.compile("Ondiep")).first.get_attribute("href").strip("/").split("/")[-1]

    def typed(numbers):
        page.goto(f"/werk/budgetten/{slug}/papier/")
        page.get_by_label("Stapel").first.fill("Doos 1")
        page.get_by_label("Code op het stembiljet").fill(ON_PAPER)
        page.get_by_label("Aangekruiste plannen").fill(numbers)
        page.get_by_role("button", name="Bewaar, en de volgende").click()
        return page.locator("main").inner_text()

    look_as(page, "Joris Bakker")
    # What is too much is said at once: it may be a mistake in typing.
    assert "te veel. Haal er een weg" in typed("1 2 3 4 5 6")
    assert "Kijk nog eens" not in typed("1 5 6")
    assert flaws(page) == []
    look_as(page, "Hamid")
    assert "1 verschillend" in typed("1 2 6")
    look_as(page, "Priya Ramdin")
    assert "1 papieren stembiljet telt" in typed("1 5 6")
    # Who votes by the code of that ballot sees what it says.
    type_code(page, ON_PAPER)
    expect(page.locator(".buurt-pick input:checked")).to_have_count(3)


def test_the_rules_are_made_known_and_from_then_on_nobody_takes_the_money_away(visit):
    today = timezone.localdate()
    page = visit("/")
    look_as(page, "Samira")
    page.goto("/werk/budgetten/")
    page.get_by_role("link", name=re.compile("Overvecht")).first.click()
    at_work = page.url
    page.get_by_role("link", name=re.compile("Er mist nog een dag")).click()
    for name, days in (("propose_from", 1), ("propose_until", 30), ("list_on", 50), ("paper_until", 73), ("result_on", 80)):
        page.locator(f"[name={name}]").fill((today + datetime.timedelta(days=days)).isoformat())
    for name, days in (("vote_from", 55), ("vote_until", 70)):
        page.locator(f"[name={name}]").fill(f"{today + datetime.timedelta(days=days)}T12:00")
    assert flaws(page) == []
    page.locator("main form button[type=submit]").click()
    page.goto(at_work)
    page.get_by_role("link", name="Schrijf wie de uitslag vaststelt").click()
    page.locator("[name=decides]").fill("het college van burgemeester en wethouders")
    page.locator("main form button[type=submit]").click()
    page.goto(at_work)
    page.get_by_role("button", name=re.compile("[Mm]aak.*bekend")).click()
    expect(page.get_by_text("Iedereen kan de spelregels nu lezen")).to_be_visible()
    assert flaws(page) == []

    look_as(page, "Noor de Graaf")
    page.goto("/werk/geld/")
    page.get_by_role("link", name=re.compile("Buurtbudget Overvecht")).click()
    expect(page.get_by_text("Bewoners verdelen dit geld")).to_be_visible()
    expect(page.get_by_role("link", name="Haal er geld uit")).to_have_count(0)
    page.goto(page.url + "eruit/")
    page.locator("[name=amount]").fill("500")
    page.locator("[name=why]").fill("Toch iets anders")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("hoort bij een buurtbudget").first).to_be_visible()
    assert flaws(page) == []
    begin_again(page)
