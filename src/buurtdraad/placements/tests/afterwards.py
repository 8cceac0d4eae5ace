"""A neighbourhood meal in Overvecht at which Tom was, for the tests of what comes after it."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.conftest import wish  # noqa: F401 (Mevrouw Aydin's)
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.partners.models import Kind, Organisation
from buurtdraad.placements.actions.lessons import Told, mark_of, read_lesson, share
from buurtdraad.placements.models import Host, Placement, Shift
from buurtdraad.placements.states import ShiftStage, Stage, Theme

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
LEARNED = "Voor een bankje moeten bewoners twee formulieren invullen, met twee keer dezelfde vragen."
RULE, PROPOSAL = "Twee formulieren voor een bankje", "Maak er een formulier van, met vijf vragen."
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def host(areas):
    partner = Organisation.objects.create(name="Buurtkeuken Overvecht", kind=Kind.WELFARE, from_on=TODAY)
    return Host.objects.create(
        organisation=partner, area=areas["WK034403"], name="Buurtmaaltijd De Dreef", address="Dreef 1", tasks="Koken en opdienen",
        contact_email="keuken@example.nl", from_on=TODAY - 100 * DAY,
    )  # fmt: skip


@pytest.fixture
def make_shift(host):
    """A shift that was, so many days ago."""

    def make(days_ago=1, stage=ShiftStage.HELD, **facts):
        starts_at = NOW - days_ago * DAY
        return Shift.objects.create(
            host=host, starts_at=starts_at, ends_at=starts_at + 3 * HOUR, seats=4, tasks="Koken", stage=stage, made_at=NOW, **facts
        )

    return make


@pytest.fixture
def make_placement(make_shift):
    """Somebody in a shift; without one in a shift of yesterday."""

    def make(person, *, shift=None, stage=Stage.ATTENDED, department="Stadsingenieurs"):
        over_at = NOW if stage == Stage.ATTENDED else None
        return Placement.objects.create(
            shift=shift or make_shift(), person=person, department=department, stage=stage, since=NOW - 10 * DAY, over_at=over_at
        )

    return make


@pytest.fixture
def placement(tom, make_placement):
    """Tom was there."""
    return make_placement(tom)


@pytest.fixture
def colleagues(areas):
    """Makes so many people who work for the municipality."""
    return lambda number: [member_of_staff(f"Collega {n}", f"collega{n}@utrecht.example", None, Duty.EMPLOYEE) for n in range(number)]


@pytest.fixture
def told(areas):
    return Told(LEARNED, Theme.RULES, areas["WK034403"], RULE, PROPOSAL)


@pytest.fixture
def lesson(placement, told, tom):
    """Tom's lesson, that waits to be read."""
    return share(placement, told, by=tom, at=NOW)


@pytest.fixture
def shared(lesson, noor):
    """Tom's lesson, shared."""
    read_lesson(lesson, yes=True, was=mark_of(lesson), by=noor, at=NOW)
    return lesson


@pytest.fixture
def rule(shared):
    return shared.rule


@pytest.fixture
def mails(db):
    """What waits to be mailed: address and text, the oldest first."""

    def waiting():
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'to', args->>'text' FROM procrastinate_jobs WHERE task_name = 'messages.post' ORDER BY id")
            return cursor.fetchall()

    return waiting


@pytest.fixture
def token_in(mails):
    """The token of the last mail whose address holds a piece of path."""
    return lambda piece: next(text for _to, text in reversed(mails()) if piece in text).split(piece)[1].split("/")[0]
