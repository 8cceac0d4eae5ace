"""Linda opens the mail in the outbox, says what is so on a phone with and without JavaScript, and it stands on the agreement's page."""

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws, flaws_at_each_width, keep_picture
from tests.browser.visiting import look_as, path_of, tab_to

DINNER, TREES = "Elke laatste vrijdag samen eten in het buurthuis", "Twaalf bomen in de straten rond de Wilgenhof"
PARTS = {"page": "", "words": "?wat={thing}&zegt=stuck", "people": "wie-werkt-waar/", "refused": "x/"}


@pytest.fixture
def from_the_mail(visit):
    """Linda's page, by the link in her mail of this month."""

    def opened(*, width=390, javascript=True):
        page = visit("/demo/post/", width=width, javascript=javascript)
        link = page.locator("main a[href*='/klopt-het/']").first
        for _again in range(60):
            if link.count():
                break
            page.wait_for_timeout(500)
            page.reload()
        page.goto("/" + link.get_attribute("href").split("/", 3)[3])
        return page

    return opened


def one(page, title):
    return page.locator("article").filter(has=page.get_by_role("heading", name=title))


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_mail_in_the_outbox_to_the_agreement_in_one_press(from_the_mail, javascript):
    page = from_the_mail(javascript=javascript)
    assert page.get_by_role("heading", level=1).inner_text() == "Klopt dit nog? De Vechtoever"
    assert page.get_by_role("link", name="Inloggen").count() > 0, "nobody is signed in"
    one(page, DINNER).get_by_role("button", name="Klopt").click()
    page.get_by_text("We hebben het opgeschreven").wait_for()
    one(page, DINNER).get_by_role("link", name=DINNER, exact=True).click()
    page.get_by_text("Bevestigd door De Vechtoever op").wait_for()
    page.goto("/agenda/zuilen-oost/")
    row = page.get_by_role("listitem").filter(has_text=DINNER)
    assert "Bevestigd door De Vechtoever op" in row.inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_who_is_stuck_says_why_and_the_programme_manager_answers(from_the_mail, visit, javascript):
    page = from_the_mail(javascript=javascript)
    here = path_of(page)
    one(page, DINNER).get_by_role("link", name="Ik loop vast").click()
    page.get_by_role("button", name="Versturen", exact=True).click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Waarom loopt u vast?").fill("De keuken is stuk")
    page.get_by_label("Wie bent u?").fill("Linda, beheer")
    page.get_by_role("button", name="Versturen", exact=True).click()
    page.get_by_text("We hebben het opgeschreven").wait_for()
    assert "U krijgt antwoord, niet later dan" in one(page, DINNER).inner_text()

    noor = visit("/demo/", width=390, javascript=javascript)
    look_as(noor, "Noor de Graaf")
    noor.goto("/werk/")
    noor.get_by_role("link", name="Een partner loopt vast").first.click()
    noor.get_by_label("Uw antwoord").fill("Morgen komt de monteur")
    noor.get_by_label("Laat de woorden van de partner").check()
    noor.get_by_role("button", name="Stuur het antwoord").click()
    noor.get_by_text("De partner krijgt uw antwoord per mail").wait_for()

    page.goto(here)
    assert "Morgen komt de monteur" in one(page, DINNER).inner_text()
    one(page, DINNER).get_by_role("link", name=DINNER, exact=True).click()
    page.get_by_text("De keuken is stuk").first.wait_for()
    expect(page.get_by_text("Linda")).to_have_count(0)


def test_step_seven_the_late_agreement_shows_who_was_stuck_and_the_answer(visit):
    page = visit("/agenda/zuilen-oost/", width=390)
    page.get_by_role("link", name=TREES).click()
    for words in ("Levering bomen", "De Vechtoever liep vast", "Mogen wij de boomgaten alvast maken", "Ja, dat mag"):
        expect(page.get_by_text(words).first).to_be_visible()
    assert flaws(page) == []
    keep_picture(page, "confirm-late")


@pytest.mark.parametrize("part", PARTS)
def test_each_page_of_a_partner_is_accessible_and_fits(from_the_mail, part):
    page = from_the_mail()
    thing = one(page, DINNER).locator("input[name=thing]").get_attribute("value")
    here = path_of(page) if part != "refused" else "/klopt-het/"
    page.goto(here + PARTS[part].format(thing=thing))
    assert flaws_at_each_width(page) == []
    keep_picture(page, f"confirm-{part}")


@pytest.mark.parametrize("name", ["Noor de Graaf", "Joris Bakker"])
def test_what_partners_say_is_accessible_and_fits(visit, name):
    page = visit("/demo/")
    look_as(page, name)
    page.goto("/werk/klopt-het/")
    expect(page.get_by_text("twee maanden niet nagekeken").first).to_be_visible()
    assert flaws_at_each_width(page) == []
    keep_picture(page, f"confirm-work-{name.split()[0]}")
    page.get_by_role("link", name=TREES).last.click()
    assert flaws(page) == []
    keep_picture(page, "confirm-answer")


def test_the_keyboard_is_enough(from_the_mail):
    page = from_the_mail(width=1280)
    tab_to(page, "Klopt")
    page.keyboard.press("Enter")
    page.get_by_text("We hebben het opgeschreven").wait_for()
