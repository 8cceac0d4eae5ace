"""How events are sealed: a hash over a run of them and over the seal before, so that altering one breaks all that follow."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID


class Entry(Protocol):
    """An event, as far as its seal depends on it."""

    id: int
    at: datetime.datetime
    actor: UUID | None
    duty: str
    channel: str
    verb: str
    room: str
    thing: str
    touches: list[str]
    payload: dict


def chained(previous_hash: str, events: Iterable[Entry]) -> str:
    """SHA-256 over the seal before and one canonical line of JSON per event, as 64 hexadecimal digits."""
    digest = hashlib.sha256(previous_hash.encode())
    for event in events:
        digest.update(as_line(event).encode())
    return digest.hexdigest()


def as_line(event: Entry) -> str:
    """The event as one line of JSON, the same for ever: sorted keys, times in UTC."""
    facts = {
        "id": event.id,
        "at": event.at.astimezone(datetime.UTC).isoformat(),
        "actor": str(event.actor) if event.actor else None,
        "duty": event.duty,
        "channel": event.channel,
        "verb": event.verb,
        "room": event.room,
        "thing": event.thing,
        "touches": event.touches,
        "payload": event.payload,
    }
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
