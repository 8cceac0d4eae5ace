"""What a browser sees of the programme, a challenge and a Buurtcheck: accessible, and nothing sticks out."""

import datetime

import pytest
from django.conf import settings
from django.test import Client

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.challenges import actions
from buurtdraad.pages.programme.tests.conftest import NOW, TODAY
from buurtdraad.ui.tests.looking import flaws_of
from buurtdraad.works.actions import checks
from buurtdraad.works.models import WorkMoney

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
LONG = "Allerlangstewoordenvandegemeentelijkeafdelingen"
PAGES = (
    "/programma/",
    "/en/opgaven/jongeren/",
    "/nl-x-simpel/opgaven/jongeren/",
    "/werk/buurtcheck/",
    "/werk/buurtcheck/nieuw/",
    "/werk/buurtcheck/{begun}/",
    "/werk/buurtcheck/{finished}/",
    "/werk/buurtcheck/{begun}/wijzigen/",
    "/werk/buurtcheck/{begun}/weg/",
    "/werk/buurtcheck/afdelingen/",
)


@pytest.fixture
def filled(topic, make_work, noor):
    """A challenge with a work, money and promises; a check that was begun and one that is finished."""
    challenge, area = topic.challenge, topic.version.area
    work = make_work(LONG, challenge=challenge, department=LONG)
    WorkMoney.objects.create(work=work, source="municipality", year=2026, planned=1_234_567, committed=890_000, spent=1)
    late = {"ambition": challenge.ambition, "challenge": challenge, "due_on": TODAY - datetime.timedelta(days=1)}
    actions.add_aim(what=LONG, told="De bouw liep uit.", by=noor, at=NOW, **late)
    actions.add_pledge(kind="motion", number="M-1", what=LONG, made_on=TODAY, ambition=challenge.ambition, by=noor, at=NOW)
    begun, finished = (checks.start(title=LONG, department=LONG, areas=[area], by=noor, at=NOW) for _ in range(2))
    checks.answer(finished, asks=LONG, does=LONG, spoke_with=LONG, finish=True, by=noor, at=NOW)
    return {"begun": begun.uuid, "finished": finished.uuid}


def test_the_pages_are_accessible_and_fit(browser, live_server, filled, noor):
    cookie = sign_in(Client(), noor).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    assert flaws_of(context.new_page(), [address.format(**filled) for address in PAGES]) == {}
    context.close()
