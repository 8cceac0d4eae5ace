"""Buurtmaaltijd De Dreef in Overvecht, and a shift there in ten days."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.partners.models import Kind, Organisation
from buurtdraad.placements.actions import hosts, offering, shifts
from buurtdraad.placements.actions.hosts import HostFacts

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
STARTS = (timezone.localtime(NOW) + 10 * DAY).replace(hour=17, minute=0, second=0, microsecond=0)
MANAGER = "petra@utrecht.example"


@pytest.fixture
def host_facts(areas):
    """Facts of a host: `host_facts(most_seats=3)`."""
    organisation = Organisation.objects.create(name="Stichting De Dreef", kind=Kind.RESIDENTS, from_on=TODAY - 99 * DAY)

    def made(**more):
        usual = {
            "organisation": organisation, "area": areas["BU03440321"], "name": "Buurtmaaltijd De Dreef", "address": "Dreefplein 1",
            "tasks": "Koken en serveren", "from_on": TODAY - 99 * DAY, "house_rules": "Schone handen.", "languages": "Turks, Arabisch",
            "physical": ["standing"], "asks_for": "Een schort", "contact_name": "Ans", "contact_email": "ans@dreef.example",
            "contact_phone": "0612345678",
        }  # fmt: skip
        return HostFacts(**(usual | more))

    return made


@pytest.fixture
def host(host_facts, noor):
    return hosts.add_host(host_facts(), by=noor, at=NOW)


@pytest.fixture
def offer(host):
    """Offers one shift: `offer(seats=1)`; `days` from the usual day."""

    def made(*, days=0, hours=3, seats=2, at=None, of=None, weeks=1):
        start = STARTS + days * DAY
        facts = {"starts_at": start, "ends_at": start + hours * HOUR, "seats": seats, "tasks": "Soep uitdelen", "weeks": weeks}
        return offering.offer(of or host, **facts, by=None, at=at or min(NOW, start - DAY))[0]

    return made


@pytest.fixture
def shift(offer):
    return offer()


@pytest.fixture
def colleague(areas):
    """Makes somebody who works for the municipality: `colleague(3)`."""
    return lambda number: member_of_staff(f"Collega{number} de Boer", f"collega{number}@utrecht.example", None, Duty.EMPLOYEE)


@pytest.fixture
def ask(tom):
    """Asks for a seat: `ask(shift)` is Tom."""

    def made(shift, person=None, at=None):
        facts = {"department": "Verkeer", "manager_email": MANAGER, "motivation": "Ik wil zien hoe het gaat."}
        return shifts.sign_up(shift, person=person or tom, **facts, at=at or min(NOW, shift.starts_at - DAY))

    return made


@pytest.fixture
def expected(ask):
    """Somebody who is expected at a shift: the manager and the host said yes."""

    def made(shift, person=None):
        placement = ask(shift, person)
        shifts.agree(placement, by=None, at=placement.since)
        shifts.confirm(placement, by=None, at=placement.since)
        return placement

    return made


@pytest.fixture
def mails(db):
    """The mails that wait, the oldest first: pairs of address and text."""

    def waiting():
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'to', args->>'text' FROM procrastinate_jobs WHERE task_name = 'messages.post' ORDER BY id")
            return cursor.fetchall()

    return waiting


@pytest.fixture
def token_of(mails):
    """The token in the last mail whose address holds a piece of path: `token_of("/gastheer/")`."""
    return lambda piece: [text for _to, text in mails() if piece in text][-1].split(piece)[1].split("/")[0]
