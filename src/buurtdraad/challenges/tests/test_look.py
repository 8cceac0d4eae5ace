"""What a browser sees of the programme: accessible, and nothing sticks out."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.challenges import actions
from buurtdraad.challenges.tests.programme import FROM, make_programme, samira
from buurtdraad.ui.tests.test_look import RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
PAGES = [
    "/werk/opgaven/",
    "/nl-x-simpel/werk/opgaven/nieuw/",
    "/werk/opgaven/ambitie/nieuw/",
    "/en/werk/opgaven/ambitie/maatwerk/wijzigen/",
    "/werk/opgaven/minder-armoede/stoppen/",
    "/werk/opgaven/inlezen/",
    "/werk/opgaven/beloften/",
    "/en/werk/opgaven/beloften/nieuw/",
    "/nl-x-simpel/werk/opgaven/toezeggingen/nieuw/",
    "/werk/opgaven/toezeggingen/{pledge}/klaar/",
    "/werk/opgaven/toezeggingen/{pledge}/weg/",
    "/werk/opgaven/beloften/inlezen/",
]


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_accessible_and_fit(browser, live_server, width):
    from axe_playwright_python.sync_playwright import Axe

    by = samira()
    first, *_rest = make_programme(by)
    owner = "Maatschappelijke-Ontwikkelingsafdelingen"
    actions.add_challenge(ambition=first, name="Allerlangsteopgavennaamvandestad", owner=owner, from_on=FROM, by=by, at=timezone.now())
    facts = {"kind": "motion", "made_on": FROM, "ambition": first, "told": "Het loopt.", "by": by, "at": timezone.now()}
    pledge = actions.add_pledge(number="M-2026-123456789", what="Allerlangstemotienaamvandegemeenteraad", **facts)
    done = actions.add_aim(ambition=first, what="Drie loketten", due_on=FROM, by=by, at=timezone.now())
    actions.finish_promise(done, done_on=FROM, told="Ze zijn open.", by=by, at=timezone.now())
    cookie = sign_in(Client(), by).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    wrong = {}
    for address in PAGES:
        page.goto(live_server.url + address.format(pledge=pledge.pk))
        expect(page.locator("h1")).to_have_count(1)
        found = [violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append("sticks out")
        if found:
            wrong[address] = found
    context.close()
    assert wrong == {}
