"""Whether the record is whole, and how far it is sealed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from buurtdraad.audit.models import Event, Seal
from buurtdraad.audit.rules import chained

AT_ONCE = 2_000


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
