"""What a browser sees of the pages about duties and of the logbook: accessible, nothing sticks out, no script needed."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import administrator, holds, make_city, sign_in, someone
from buurtdraad.audit.actions import record_look
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def office(live_server):
    """The cookie of an administrator, and the pages to look at."""
    areas = make_city()
    ria, joris = administrator(), someone("Joris van den Allerlangste-Achternaamstraat", email=f"{'joris' * 9}@example.nl")
    held = holds(joris, Duty.AREA_ADVISER, areas["zuilen-oost"], days=(-3, 40))
    holds(someone("Samira"), Duty.AREA_ADVISER, areas["zuilen-oost"], days=(1, 9), stand_in_for=held)
    record_look(room="accounts", thing=f"person:{joris.uuid}", by=ria.uuid, at=held.given_at, why="Vraag van Joris zelf")
    cookie = sign_in(Client(), ria).cookies[settings.SESSION_COOKIE_NAME].value
    return cookie, {"uuid": joris.uuid, "pk": held.pk}


PAGES = [
    "/werk/taken/",
    "/werk/taken/?taak=keizer",
    "/nl-x-simpel/werk/taken/{uuid}/",
    "/werk/taken/{uuid}/geven/",
    "/en/werk/taken/{pk}/stoppen/",
    "/werk/taken/{pk}/vervanger/",
    "/werk/taken/nieuw/",
    "/werk/logboek/",
    "/werk/logboek/?wie=niemand",
    "/mijn/taken/",
]


def test_the_pages_are_accessible_and_fit(browser, live_server, office):
    cookie, names = office
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    assert flaws_of(context.new_page(), [address.format(**names) for address in PAGES]) == {}
    context.close()


def test_a_duty_is_ended_on_a_phone_without_a_script(browser, live_server, office):
    cookie, names = office
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/werk/taken/{names['uuid']}/")
    page.get_by_role("link", name="Stoppen").click()
    page.get_by_role("button", name="Stop deze taak").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Waarom?").fill("Andere baan")
    page.get_by_role("button", name="Stop deze taak").click()
    assert "De taak is gestopt." in page.get_by_role("status").first.inner_text()
    context.close()
