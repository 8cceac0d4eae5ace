"""Meetings for a calendar: each keeps its UID, a move raises SEQUENCE, and a cancelled one stays in and says so."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.messages import calendars
from buurtdraad.messages.rules import one_line

EVERY = datetime.timedelta(hours=4)


def calendar(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """These meetings as one file, in the language of the moment."""
    made = calendars.calendar((event(meeting) for meeting in meetings), of="Bijeenkomsten")
    made.add("x-wr-calname", one_line(name))
    made.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", EVERY, parameters={"VALUE": "DURATION"})
    return made.to_ical()


def event(meeting: Meeting):
    """One meeting."""
    cancelled = meeting.stage == Stage.CANCELLED
    said = calendars.event(
        meeting.uuid, meeting.title, meeting.starts_at, meeting.ends_at, off=cancelled,
        path=reverse("agendas:meeting", args=[meeting.pk]), place=", ".join(part for part in (meeting.place, meeting.address) if part),
        lines=[meeting.why if cancelled else "", meeting.text],
    )  # fmt: skip
    said.add("sequence", meeting.sequence)
    said.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    said.add("dtstamp", meeting.changed_at.astimezone(datetime.UTC))
    said.add("last-modified", meeting.changed_at.astimezone(datetime.UTC))
    if meeting.latitude is not None:
        said.add("geo", (meeting.latitude, meeting.longitude))
    return said


def file_name(meeting: Meeting | None = None) -> str:
    return f"bijeenkomst-{meeting.pk}.ics" if meeting else "bijeenkomsten.ics"


def host() -> str:
    """The site without https, as people read it on paper."""
    return settings.SITE_URL.partition("//")[2]
