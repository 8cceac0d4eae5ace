"""The quick note with a bad connection: kept in the browser, sent later, once, and then gone from it."""

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws_of
from tests.browser.visiting import look_as


@pytest.fixture
def note_page(visit):
    """Joris, with his phone, on the page of the quick note. Each test writes of a thing of its own, so none begins the demo anew."""

    def looking(**options):
        page = visit("/demo/", width=390, **options)
        look_as(page, "Joris Bakker")
        page.goto("/werk/notitie/")
        return page

    return looking


def write(page, text, name="Mevrouw Aydin", phone="06 12345678"):
    page.get_by_label("Wat wil of mist iemand?").fill(text)
    page.get_by_label("Waar is het?").select_option(index=1)
    page.get_by_label("Aan de deur").check()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Telefoonnummer").fill(phone)
    page.get_by_role("button", name="Bewaar als nieuwe wens").click()


def kept(page):
    return page.evaluate("localStorage.getItem('buurtdraad.notes')")


def wishes_saying(page, words):
    page.goto(f"/werk/wensen/?stand=all&q={words}")
    return page.locator("input[name=wens]").count()


def test_a_note_without_a_connection_is_kept_sent_once_later_and_then_gone(note_page):
    page = note_page(bad_connection=True)
    page.context.set_offline(True)
    write(page, "Een glijbaan bij de vijver")
    page.get_by_text("Geen verbinding").wait_for()
    write(page, "Een hinkelbaan bij de vijver")
    page.get_by_role("heading", name="Nog te versturen (2)").wait_for()
    assert page.get_by_label("Naam").input_value() == ""
    assert "06 12345678" in kept(page)
    page.context.set_offline(False)
    page.get_by_text("Het is opgeschreven als").wait_for()
    page.get_by_role("heading", name="Nog te versturen").wait_for(state="hidden")
    assert kept(page) is None
    expect(page.locator("[data-note-says] a")).to_have_count(2)
    assert wishes_saying(page, "glijbaan") == wishes_saying(page, "hinkelbaan") == 1


def test_an_answer_that_got_lost_on_the_way_makes_no_second_wish(note_page):
    page = note_page(bad_connection=True)
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost and "deed" not in (route.request.post_data or ""):
            lost.append(route.fetch())
            route.abort()
        else:
            route.fallback()

    page.route("**/werk/notitie/", lose)
    write(page, "Een kabelbaan bij de vijver")
    page.get_by_text("Geen verbinding").wait_for()
    assert lost[0].status == 200
    page.get_by_role("button", name="Verstuur nu").click()
    page.get_by_text("Het is opgeschreven als").wait_for()
    assert wishes_saying(page, "kabelbaan") == 1


def test_who_is_not_signed_in_any_more_reads_that_and_keeps_the_note(note_page):
    page = note_page()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies([cookie for cookie in cookies if "csrf" in cookie["name"]])
    write(page, "Een zandbak bij de vijver")
    page.get_by_text("U bent niet meer ingelogd").wait_for()
    assert "zandbak" in kept(page)
    page.context.add_cookies(cookies)
    page.goto("/werk/notitie/")
    page.get_by_text("Het is opgeschreven als").wait_for()
    assert kept(page) is None


def test_a_note_that_cannot_be_kept_so_says_why_and_is_changed(note_page):
    page = note_page()
    write(page, "Een wipkip bij de vijver", phone="12")
    page.get_by_text("Dit is geen telefoonnummer").wait_for()
    page.get_by_role("button", name="Verander dit").click()
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.get_by_role("button", name="Bewaar als nieuwe wens").click()
    page.get_by_text("Het is opgeschreven als").wait_for()
    assert wishes_saying(page, "wipkip") == 1


def test_the_same_without_javascript(note_page):
    page = note_page(javascript=False)
    write(page, "Een fietsenrek bij de vijver")
    page.get_by_text("Het is opgeschreven als").wait_for()
    page.get_by_label("Wat wil of mist iemand?").fill("Fietsenrek bij de vijver graag")
    page.get_by_role("button", name="Is het er al?").click()
    page.get_by_role("button", name="Hoort bij").first.click()
    page.get_by_role("link", name="Bekijk deze wens").click()
    page.get_by_text("2 mensen willen dit").wait_for()


def test_the_pages_of_wishes_for_staff_are_accessible_and_fit(note_page):
    page = note_page()
    write(page, "Een fontein bij de vijver")
    page.get_by_text("Het is opgeschreven als").wait_for()
    assert flaws_of(page, ["/werk/notitie/", "/werk/lezen/", "/werk/wensen/?stand=all", "/werk/groepen/"]) == {}
