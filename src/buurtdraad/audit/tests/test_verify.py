import datetime
import tracemalloc
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from buurtdraad.audit.actions import record, seal
from buurtdraad.audit.models import Event, Seal
from buurtdraad.audit.queries import verify

pytestmark = pytest.mark.django_db


def tell(thing="area:1"):
    return record("area.loaded", room="places", thing=thing, by=None, at=timezone.now(), payload={"year": 2025})


@pytest.fixture
def sealed():
    """Three seals of two events each."""
    for number in range(6):
        tell(f"area:{number}")
        if number % 2:
            seal(at=timezone.now())
    return list(Event.objects.all())


def as_superuser(statement, *values):
    """What somebody could do who has the whole database in hand."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def test_a_record_that_nobody_touched_is_whole(sealed):
    verdict = verify()
    assert (verdict.seals, verdict.events, verdict.altered) == (3, 6, [])
    assert verdict.last_hash == Seal.objects.last().hash


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET verb = 'forged' WHERE id = %s",
        "UPDATE audit_event SET payload = '{}' WHERE id = %s",
        "UPDATE audit_event SET at = at + interval '1 microsecond' WHERE id = %s",
        "DELETE FROM audit_event WHERE id = %s",
    ],
)
def test_an_altered_or_removed_event_is_found(sealed, statement):
    as_superuser(statement, sealed[2].id)
    (flaw,) = verify().altered
    assert flaw.startswith(f"seal {sealed[2].id}-{sealed[3].id}")


def test_an_event_slipped_in_between_is_found():
    tell()
    seal(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_event_id_seq')")
        gap = cursor.fetchone()[0]
    tell()
    seal(at=timezone.now())
    assert verify().altered == []
    Event.objects.create(id=gap, at=timezone.now(), verb="forged", room="places", thing="area:1")
    assert len(verify().altered) == 1


def test_what_retention_dropped_is_counted_and_not_called_altered(sealed):
    as_superuser("DELETE FROM audit_event WHERE id <= %s", sealed[1].id)
    verdict = verify()
    assert (verdict.dropped, verdict.altered) == (1, [])
    as_superuser("DELETE FROM audit_event WHERE id > %s", sealed[3].id)
    assert len(verify().altered) == 1, "events that are gone from the end were not dropped by retention"


def test_the_command_ends_with_one_when_something_was_altered(sealed):
    told = StringIO()
    call_command("verify_audit", stdout=told)
    assert "Nothing was altered" in told.getvalue()
    as_superuser("UPDATE audit_event SET thing = 'area:2' WHERE id = %s", sealed[0].id)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=told, stderr=told)
    assert ended.value.code == 1
    assert "ALTERED" in told.getvalue()


def test_the_tail_without_a_seal_is_told(sealed):
    tell()
    told = StringIO()
    call_command("verify_audit", stdout=told)
    assert "1 events not sealed yet" in told.getvalue()


@pytest.mark.slow
def test_thirty_thousand_events_are_verified_in_little_memory():
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    Event.objects.bulk_create([Event(at=at, verb="area.loaded", room="places", thing=f"area:{n}") for n in range(30_000)], batch_size=5_000)
    while seal(at=at):
        pass
    tracemalloc.start()
    verdict = verify()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (verdict.events, verdict.seals, verdict.altered) == (30_000, 3, [])
    assert most < 20_000_000
