"""A resident tells a wish on a phone, with and without JavaScript; the pages pass axe and fit."""

import re

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws
from tests.browser.visiting import go_back, path_of

NEW = "/wensen/nieuw/?buurt=BU03440241"
TOLD = "Er mist een bankje op het Molenplein, en mevrouw Jansen vindt dat ook."


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request):
    return request.param


@pytest.mark.parametrize("width", [1280, 390])
def test_two_screens_and_the_wish_is_told(visit, javascript, width):
    page = visit(NEW, width=width, javascript=javascript)
    page.get_by_label("Wat wilt of mist u in uw buurt?").fill(TOLD)
    page.get_by_role("button", name="Ga verder").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Bijna klaar"
    expect(page.locator('[name="phone"]')).to_be_hidden()
    page.get_by_label("Bel mij").check()
    page.get_by_label("Uw telefoonnummer").fill("06 12345678")
    page.wait_for_timeout(3_000)  # a person reads; who is quicker counts as a program
    page.get_by_role("button", name="Versturen").click()
    assert path_of(page).startswith("/wensen/nieuw/bedankt/")
    assert re.search(r"[A-Z]{2}-\d+", page.locator("[role=status]").first.inner_text())
    assert page.locator(".buurt-slip").inner_text()


def test_while_typing_a_neighbour_says_the_same(visit):
    page = visit(NEW, width=390)
    field = page.get_by_label("Wat wilt of mist u in uw buurt?")
    with page.expect_response("**/wensen/nieuw/lijkt-op/") as asked:
        field.press_sequentially("bankje op het Molenplein", delay=10)
    assert asked.value.status == 200


def test_who_types_a_place_sees_at_once_what_others_told_there(visit):
    page = visit("/wensen/nieuw/", width=390)
    page.get_by_label("Wat wilt of mist u in uw buurt?").press_sequentially("Ik wil graag een bank op de Wilgenhof", delay=20)
    page.locator("#alike li").first.wait_for()
    assert "Wilgenhof" in page.locator("#alike li").first.inner_text()


@pytest.mark.parametrize("start", ["/wensen/nieuw/", NEW])
def test_who_goes_back_loses_nothing(visit, javascript, start):
    page = visit(start, width=390, javascript=javascript)
    page.get_by_label("Wat wilt of mist u in uw buurt?").fill(TOLD)
    if start != NEW:
        page.get_by_label("In welke buurt?").fill("Geuzenwijk")
    page.get_by_role("button", name="Ga verder").click()
    go_back(page)
    assert page.get_by_label("Wat wilt of mist u in uw buurt?").input_value() == TOLD
    if start != NEW:
        assert page.get_by_label("In welke buurt?").input_value() == "Geuzenwijk"
    page.get_by_role("button", name="Ga verder").click()
    page.locator("[name=way]").last.check()
    page.wait_for_timeout(3_000)
    page.get_by_role("button", name="Versturen").click()
    assert path_of(page).startswith("/wensen/nieuw/bedankt/")
    go_back(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Bijna klaar"


@pytest.mark.parametrize("width", [1280, 320])
def test_each_screen_fits_and_has_no_flaw(visit, width):
    page = visit("/wensen/nieuw/", width=width)
    assert flaws(page) == []
    page.get_by_role("button", name="Ga verder").click()
    assert flaws(page) == []
    page.get_by_label("Wat wilt of mist u in uw buurt?").fill(TOLD)
    page.get_by_label("In welke buurt?").fill("Geuzenwijk")
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_text("Een foto erbij").click()
    assert flaws(page) == []
    page.get_by_role("button", name="Versturen").click()
    assert flaws(page) == []
