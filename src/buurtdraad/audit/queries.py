"""What happened to a thing, what the record holds, whether it is whole, and how far it is sealed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from buurtdraad.audit.models import Event, EventQuerySet, Seal
from buurtdraad.audit.rules import as_line, chained

AT_ONCE = 2_000


# --- reading it -------------------------------------------------------------------------------


def timeline(thing: str, *, most: int = 100) -> list[Event]:
    """What was done to a thing (`kind:id`), the last deed first; looks are left out. One query."""
    return list(Event.objects.deeds().filter(thing=thing).order_by("-id")[:most])


@dataclass(frozen=True)
class Wanted:
    """Which events somebody looks for: empty means all. Days are those of the city's clock."""

    thing: str = ""
    actor: UUID | None = None
    room: str = ""
    from_on: datetime.date | None = None
    until_on: datetime.date | None = None
    looks: bool = True


def deeds_with(thing: str, verb: str, **payload: object) -> EventQuerySet:
    """What was done with a thing, of one kind, and with these facts on record."""
    return Event.objects.deeds().filter(thing=thing, verb=verb, payload__contains=payload)


def events(wanted: Wanted) -> EventQuerySet:
    """The events that somebody looks for, the first one first. A person is found as who did it and as whom it was done to."""
    found = Event.objects.all() if wanted.looks else Event.objects.deeds()
    if wanted.thing:
        found = found.filter(concerns(wanted.thing))
    if wanted.actor:
        found = found.filter(Q(actor=wanted.actor) | Q(thing=f"person:{wanted.actor}"))
    if wanted.room:
        found = found.filter(room=wanted.room)
    if wanted.from_on:
        found = found.filter(at__gte=midnight(wanted.from_on))
    if wanted.until_on:
        found = found.filter(at__lt=midnight(wanted.until_on + datetime.timedelta(days=1)))
    return found.order_by("id")


def newest_about(uuid: UUID, most: int) -> EventQuerySet:
    """The last events of what a person did and what was done to them, the last one first. One query.

    Two lists, for each of which an index has the order: asked at once, the database reads back through the whole record.
    """
    by_them, to_them = Event.objects.filter(actor=uuid), Event.objects.filter(thing=f"person:{uuid}").exclude(actor=uuid)
    first = by_them.order_by("-id")[:most]
    return first.union(to_them.order_by("-id")[:most], all=True).order_by("-id")[:most]


def concerns(thing: str) -> Q:
    """What was done to a thing (`kind:id`), touches it, or names it among its facts: `about` in whole, an area or person by its id."""
    of_it = thing.partition(":")[2] or thing
    named = Q(payload__contains={"about": thing}) | Q(payload__contains={"area": of_it}) | Q(payload__contains={"instead_of": of_it})
    return Q(thing=thing) | Q(touches__contains=[of_it]) | named


def page_of(wanted: Wanted, *, before: int | None = None, number: int = 50) -> tuple[list[Event], int | None]:
    """A page of them, the last one first, from before an event; and from where the next page goes on (None: there is none).

    Costs the same wherever one is in the record: no page is counted.
    """
    found = events(wanted).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    page = list(found[: number + 1])
    return page[:number], page[number - 1].id if len(page) > number else None


def as_lines(found: EventQuerySet) -> Iterator[str]:
    """The events as lines of JSON, just as they are sealed; a few thousand in memory at a time."""
    for event in found.iterator(chunk_size=AT_ONCE):
        yield as_line(event)


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


# --- whether it is whole ------------------------------------------------------------------------


@dataclass
class Verdict:
    """What recomputing every seal brought to light. `altered` holds a sentence per seal that is not right."""

    seals: int = 0
    events: int = 0
    dropped: int = 0  # seals whose events retention has removed, all of them, oldest first
    altered: list[str] = field(default_factory=list)
    last_hash: str = ""


def verify() -> Verdict:
    """Recompute every seal over the events that it covers and the seal before it; a few thousand events in memory at a time.

    A seal without any event left counts as dropped by retention only while all seals before it are so too.
    """
    verdict = Verdict()
    last_event = 0
    for seal in Seal.objects.iterator():
        sealed = Reading(Event.objects.filter(id__gt=last_event, id__lte=seal.last_event))
        found = chained(verdict.last_hash, sealed)
        if not sealed.number and verdict.dropped == verdict.seals:
            verdict.dropped += 1
        elif found != seal.hash:
            verdict.altered.append(f"seal {seal} of {seal.sealed_at:%Y-%m-%d %H:%M}: {sealed.number} events now, {seal.events} were sealed")
        verdict.seals += 1
        verdict.events += sealed.number
        verdict.last_hash = seal.hash
        last_event = seal.last_event
    return verdict


class Reading:
    """Events one by one, counted on the way."""

    def __init__(self, events) -> None:
        self.events, self.number = events, 0

    def __iter__(self) -> Iterator[Event]:
        for event in self.events.order_by("id").iterator(chunk_size=AT_ONCE):
            self.number += 1
            yield event


def unsealed() -> tuple[int, datetime.datetime | None]:
    """How many events no seal covers yet, and since when the oldest of them stands."""
    last = Seal.objects.last()
    tail = Event.objects.filter(id__gt=last.last_event if last else 0)
    oldest = tail.first()
    return tail.count(), oldest.at if oldest else None
