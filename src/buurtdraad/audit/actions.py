"""Recording what happened, and sealing it."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from buurtdraad.audit.models import LOOKED, Event, Seal
from buurtdraad.audit.rules import chained

# Everybody who records holds this lock shared until the commit; who seals holds it alone. So a seal
# never skips an event that was numbered before it and committed after it.
SEALING_LOCK = 0x6275757274
CHANNEL = "touched"
# A notification holds at most 8,000 bytes.
CODES_A_NOTE = 100
EVERYTHING = "*"


@transaction.atomic
def record(
    verb: str,
    *,
    room: str,
    thing: str,
    by: UUID | None,
    at: datetime.datetime,
    touches: Iterable[str] = (),
    duty: str = "",
    channel: str = "",
    payload: dict | None = None,
) -> Event:
    """Write down one deed, last in the transaction that does it, and tell every process which places it touches.

    `by` is the public id of the person, or None with a `channel` for somebody unknown. `touches` are area codes
    with their parents and working areas (ask `places.queries.touched_by`), or `EVERYTHING`. `payload` holds
    no personal values. Ballots, looks and drafts touch nothing.
    """
    codes = sorted(set(touches))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEALING_LOCK])
    event = Event.objects.create(
        verb=verb, room=room, thing=thing, actor=by, at=at, touches=codes, duty=duty, channel=channel, payload=payload or {}
    )
    touch(codes)
    return event


def record_look(*, room: str, thing: str, by: UUID, at: datetime.datetime, duty: str = "", why: str = "") -> Event:
    """Write down that somebody of the staff saw personal data of a thing. Touches nothing.

    The view calls it once a page, for what the page shows (`person:<uuid>`), from which duty, and why where that was asked.
    """
    return record(LOOKED, room=room, thing=thing, by=by, at=at, duty=duty, payload={"why": why} if why else None)


def touch(codes: list[str]) -> None:
    """Bump the revisions of these areas (sorted, so that two transactions never wait for each other) and tell all processes on commit."""
    if not codes:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_revision (code, number) SELECT unnest(%s::varchar[]), 1"
            " ON CONFLICT (code) DO UPDATE SET number = audit_revision.number + 1",
            [sorted(codes)],
        )
        for start in range(0, len(codes), CODES_A_NOTE):
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, " ".join(codes[start : start + CODES_A_NOTE])])


@transaction.atomic
def seal(*, at: datetime.datetime, most: int = 10_000) -> Seal | None:
    """Seal the events that no seal covers yet, at most `most` of them. None when there is nothing to seal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING_LOCK])
    previous = Seal.objects.last()
    batch = list(Event.objects.filter(id__gt=previous.last_event if previous else 0)[:most])
    if not batch:
        return None
    return Seal.objects.create(
        first_event=batch[0].id,
        last_event=batch[-1].id,
        events=len(batch),
        hash=chained(previous.hash if previous else "", batch),
        sealed_at=at,
    )


@transaction.atomic
def forget(*, before: datetime.datetime, at: datetime.datetime, by: UUID | None = None, channel: str = "") -> int:
    """Drop the oldest events, under whole seals only, all of them from before a moment; returns how many. The seals stay.

    An event that happened later ends it: nothing behind that one is dropped. Only the owner of the tables can do this.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING_LOCK])
        cursor.execute("SET LOCAL buurtdraad.retention = 'on'")
    kept = Event.objects.filter(at__gte=before).first()
    seals = Seal.objects.filter(last_event__lt=kept.id) if kept else Seal.objects.all()
    last = seals.last()
    number = Event.objects.filter(id__lte=last.last_event).delete()[0] if last else 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL buurtdraad.retention = 'off'")
    if number and last:
        payload = {"before": before.isoformat(), "events": number, "last": last.last_event}
        record("audit.forgotten", room="audit", thing="audit:events", by=by, at=at, channel=channel, payload=payload)
    return number
