"""Meetings in a real browser: accessible, fitting, and every deed without JavaScript; with it the screen follows by itself."""

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import expect

from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.actions import Evening
from buurtdraad.agendas.meetings.models import SignUp, Sticker
from buurtdraad.agendas.meetings.queries.seats import own_path
from buurtdraad.agendas.meetings.states import Band, Seat
from buurtdraad.agendas.wishes import actions as wish_actions
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.messages.states import Way
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evening(areas, going_on, meeting, make_meeting, joris, come, settings):  # noqa: PLR0917
    """One meeting going on with wishes and stickers, one full, one rounded off."""
    settings.CITY_CODE = "GM0344"
    wish_actions.choose(areas["BU03440241"], answer_within=21, read_first=False, comments=False, by=joris, duty="", at=timezone.now())
    wishes = [
        actions.give_wish(going_on, text, theme, at=timezone.now())
        for text, theme in (
            ("Een bank en schaduw op de Wilgenhof, want ouderen kunnen daar nu nergens zitten", Theme.GREEN),
            ("Veilig oversteken bij de school", Theme.TRAFFIC),
            ("Een plek voor jongeren die ook in de winter open is", Theme.YOUTH),
        )
    ]
    actions.give_wish(going_on, "Mijn buurman maakt lawaai", Theme.NUISANCE, at=timezone.now())
    actions.set_voting(going_on, True, by=joris, at=timezone.now())
    actions.put_sticker(going_on, "somebody", wishes[0].pk)
    come(going_on, "Emine", way=Way.CALL, phone="06 12345678", needs="Een plek voor mijn rolstoel")
    full = make_meeting(title="Wandelen", capacity=1, offers=["food", "child_care"], text="Wij lopen.\n\nKom mee.")
    come(full, "Noor"), come(full, "Ria")
    over = make_meeting(title="Soep en praten")
    over.starts_at = timezone.now()
    actions.round_off(
        over, Evening(Band.MANY, ["65+"], "jongeren", "Er zijn banken nodig."), told_back="Wij kijken ernaar.", by=joris, at=timezone.now()
    )
    return {"on": going_on, "soon": meeting, "full": full, "over": over}


def test_the_pages_are_accessible_and_fit(browser, live_server, evening, signed_in, joris):
    on, full = evening["on"], evening["full"]
    waits = SignUp.objects.get(stage=Seat.WAITING)
    visitor = [
        "/bijeenkomsten/", f"/bijeenkomsten/{full.pk}/", f"/bijeenkomsten/{evening['over'].pk}/", f"/bijeenkomsten/{full.pk}/aanmelden/",
        own_path(waits), "/m/", f"/m/{on.code}/", f"/m/{on.code}/stickers/", f"/m/{on.code}/scherm/", "/m/ZZZZZZ/",
        "/bijeenkomsten/briefje/",
    ]  # fmt: skip
    work = ["", "nieuw/", *(f"{on.pk}/{rest}" for rest in ("", "wijzig/", "aanmeldingen/", "zaal/", "afronden/"))]
    key = signed_in(joris).cookies[django_settings.SESSION_COOKIE_NAME].value
    for addresses, session in ((visitor, None), ([f"/werk/bijeenkomsten/{rest}" for rest in work], key)):
        context = browser.new_context(base_url=live_server.url)
        if session:
            context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        assert flaws_of(context.new_page(), addresses) == {}
        context.close()


def test_everything_works_without_javascript_on_a_phone(browser, live_server, evening):
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/bijeenkomsten/{evening['soon'].pk}/")
    page.get_by_role("link", name="Ik kom").click()
    page.get_by_label("Wat is uw voornaam?").fill("Noor")
    page.get_by_label("Het hoeft niet").check()
    page.get_by_role("button", name="Ik kom").click()
    assert page.get_by_role("heading", level=1).inner_text() == "U staat op de lijst. Welkom!"
    page.get_by_role("button", name="Ik kan niet komen").click()
    assert SignUp.objects.get(name="Noor", meeting=evening["soon"]).stage == Seat.CANCELLED
    page.goto(f"{live_server.url}/m/")
    page.get_by_label("Welke code staat op het scherm?").fill(evening["on"].code.lower())
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Wat wilt u, of wat mist u").fill("Meer bomen in de straat")
    page.get_by_role("button", name="Stuur mijn wens").click()
    assert page.get_by_role("status").first.inner_text() == "Bedankt! Uw wens staat op het scherm."
    page.get_by_role("link", name="Plak uw stickers").click()
    page.get_by_role("button", name="Meer bomen in de straat").click()
    assert page.get_by_role("button", name="Meer bomen in de straat").get_attribute("aria-pressed") == "true"
    assert Sticker.objects.count() == 2
    page.goto(f"{live_server.url}/m/{evening['on'].code}/scherm/")
    expect(page.get_by_text("Meer bomen in de straat")).to_be_visible()
    context.close()


def test_the_screen_shows_a_new_wish_by_itself(browser, live_server, evening):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/m/{evening['on'].code}/scherm/")
    actions.give_wish(evening["on"], "Een moestuin voor iedereen", Theme.GREEN, at=timezone.now())
    page.get_by_text("Een moestuin voor iedereen").wait_for(timeout=20_000)
    context.close()
