"""Telling who signed up, in their own way and language; and one line in the record."""

import datetime
from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.access import duty_here
from buurtdraad.agendas.meetings.models import Meeting, SignUp
from buurtdraad.agendas.meetings.queries.seats import own_path
from buurtdraad.agendas.meetings.states import Seat
from buurtdraad.audit.actions import record
from buurtdraad.messages.actions import tell
from buurtdraad.messages.states import Kind as About
from buurtdraad.places import queries as places

# Gives subject and body, in the language of the moment.
type Words = Callable[[], tuple[str, str]]


def when(meeting: Meeting) -> str:
    """Day and time in the language of the moment: "donderdag 3 december 2026, 19:30"."""
    return date_format(localtime(meeting.starts_at), "l j F Y, H:i")


def where(meeting: Meeting) -> str:
    """Place and address in one line."""
    return ", ".join(part for part in (meeting.place, " ".join(meeting.address.split())) if part)


def facts_of(meeting: Meeting) -> str:
    """When and where, as one paragraph of a message."""
    return _("When: %(when)s. Where: %(where)s.") % {"when": when(meeting), "where": where(meeting)}


def told(sign_ups: QuerySet[SignUp]) -> QuerySet[SignUp]:
    """Those whom we can tell something, each with the contact."""
    return sign_ups.filter(contact__isnull=False).select_related("contact__person", "meeting__area")


def expected(meeting: Meeting) -> QuerySet[SignUp]:
    """Who comes or waits, and whom we can tell something."""
    return told(SignUp.objects.filter(meeting=meeting, stage__in=(Seat.SIGNED, Seat.WAITING)))


def tell_each(meeting: Meeting, sign_ups: Iterable[SignUp], words: Words, *, by: Person | None, at: datetime.datetime) -> int:
    """Tell each of these the same, in their own language; how many were told."""
    number = 0
    for sign_up in sign_ups:
        if sign_up.contact is None:
            continue
        with override(sign_up.contact.language):
            subject, body = words()
        message = tell(
            sign_up.contact, kind=About.MEETING, subject=subject, body=body, link=own_path(sign_up), area=meeting.area,
            thing=sign_up.thing, by=by.uuid if by else None, at=at,
        )  # fmt: skip
        number += message is not None
    return number


def note(
    verb: str, meeting: Meeting, *, by: Person | None, at: datetime.datetime, channel: str = "web", payload: dict | None = None,
    touches: bool = True,
) -> None:  # fmt: skip
    """One line in the record about a meeting; where everybody sees the difference, the pages of its area are made anew."""
    record(
        verb, room="agendas", thing=meeting.thing, by=by.uuid if by else None, duty=duty_here(by, meeting.area) if by else "", at=at,
        channel="" if by else channel, touches=places.touched_by([meeting.area.code]) if touches and meeting.is_on_site else (),
        payload=payload,
    )  # fmt: skip
