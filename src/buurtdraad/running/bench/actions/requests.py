"""Many requests for money at once, for measuring; and who handles them. Only on a throw-away copy."""

import datetime
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.fund.actions.loading import load_schemes
from buurtdraad.fund.models import Application
from buurtdraad.fund.queries.rules import our_scheme, rules_on
from buurtdraad.fund.states import IN_HAND, Stage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.places.models import Area, Kind

STAGES = [*sorted(IN_HAND), Stage.GRANTED, Stage.PARTLY, Stage.REFUSED, Stage.CLOSED]
BATCH = 2_000


@transaction.atomic
def make_requests(count: int) -> int:
    """Bring the copy to `count` made-up requests over the neighbourhoods, each of a plan of its own; how many are new."""
    at, today = timezone.now(), timezone.localdate()
    load_schemes(at=at)
    scheme = our_scheme()
    assert scheme, "the rules of our own fund were loaded"
    rules = rules_on(scheme, today)
    areas = list(Area.objects.filter(kind=Kind.NEIGHBOURHOOD).order_by("code"))
    known = Application.objects.filter(number__startswith="BN-").count()
    numbers = iter(range(known + 1, count + 1))
    while some := list(islice(numbers, BATCH)):
        plans = Initiative.objects.bulk_create(
            Initiative(slug=f"bn-{number}", title=f"Plan {number}", area=areas[number % len(areas)], theme="green", made_at=at)
            for number in some
        )
        Application.objects.bulk_create(
            Application(
                number=f"BN-{number}", initiative=plan, rules=rules, stage=STAGES[number % len(STAGES)], asked=100 + number % 12_000,
                made_at=at, saved_at=at, submitted_at=at, received_on=today, complete_on=today,
                decide_by=today + datetime.timedelta(days=number % 60 - 10),
            )
            for number, plan in zip(some, plans, strict=True)
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE initiatives_initiative, fund_application")
    return max(0, count - known)


def handler_session() -> str:
    """The key of a session of somebody who handles requests in the whole city."""
    person, _new = Person.objects.get_or_create(email="bench@example.org", defaults={"name": "Bench", "confirmed_at": timezone.now()})
    DutyHeld.objects.get_or_create(
        person=person, duty=Duty.FUND_HANDLER, area=None, from_on=datetime.date(2020, 1, 1), defaults={"given_at": timezone.now()}
    )
    client = Client()
    client.force_login(person)
    session = client.session
    session[SECOND_FACTOR] = timezone.now().isoformat()
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def queries_of(session: str, path: str) -> int:
    """How many queries a page takes for that session, once the templates are loaded."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(path, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as captured:
        client.get(path, headers={"host": "localhost"})
    return len(captured)
