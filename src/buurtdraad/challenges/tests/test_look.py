"""What a browser sees of the programme: accessible, and nothing sticks out."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.challenges import actions
from buurtdraad.challenges.tests.programme import FROM, make_programme, samira
from buurtdraad.ui.tests.looking import flaws_of

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


def test_the_pages_are_accessible_and_fit(browser, live_server):
    by = samira()
    first, *_rest = make_programme(by)
    owner = "Maatschappelijke-Ontwikkelingsafdelingen"
    actions.add_challenge(ambition=first, name="Allerlangsteopgavennaamvandestad", owner=owner, from_on=FROM, by=by, at=timezone.now())
    facts = {"kind": "motion", "made_on": FROM, "ambition": first, "told": "Het loopt.", "by": by, "at": timezone.now()}
    pledge = actions.add_pledge(number="M-2026-123456789", what="Allerlangstemotienaamvandegemeenteraad", **facts)
    done = actions.add_aim(ambition=first, what="Drie loketten", due_on=FROM, by=by, at=timezone.now())
    actions.finish_promise(done, done_on=FROM, told="Ze zijn open.", by=by, at=timezone.now())
    cookie = sign_in(Client(), by).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    assert flaws_of(context.new_page(), [address.format(pledge=pledge.pk) for address in PAGES]) == {}
    context.close()
