"""Meetings for a list: those to come by month, those that were, in an area and around it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.meetings.access import within
from buurtdraad.agendas.meetings.models import Meeting, MeetingQuerySet, SignUp
from buurtdraad.agendas.meetings.queries.seats import Seats, seats_of
from buurtdraad.agendas.meetings.states import Seat, Stage
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear, Kind


@dataclass(frozen=True)
class Row:
    """One meeting in a list, with its places. `full` counts only where somebody can still sign up."""

    meeting: Meeting
    seats: Seats


@dataclass(frozen=True)
class Month:
    first: datetime.date
    rows: list[Row]


def around(code: str) -> frozenset[str] | None:
    """The areas whose meetings matter in this one: itself, what lies in it, and the working areas and district it lies in. None: all."""
    codes = codes_of(code)
    if codes is None or not code.startswith("BU"):
        return codes
    above = (*places.ancestors(code), *places.working_areas_of(code))
    return codes | {place.area.code for place in above if place.area.kind != Kind.MUNICIPALITY}


def rows_of(meetings: Iterable[Meeting]) -> list[Row]:
    """Each with its places. One query more than those of the meetings."""
    meetings = list(meetings)
    seats = seats_of(meetings)
    return [Row(meeting, seats[meeting.pk]) for meeting in meetings]


def months(rows: Iterable[Row]) -> list[Month]:
    """Rows in order of time, by the month in Amsterdam."""
    found = groupby(rows, key=lambda row: localtime(row.meeting.starts_at).date().replace(day=1))
    return [Month(first, list(inside)) for first, inside in found]


def on_site(codes: frozenset[str] | None) -> MeetingQuerySet:
    return Meeting.objects.on_site().within(codes).with_place()


def areas_with_meetings(city: str) -> list[AreaYear]:
    """What somebody can choose: the working areas and neighbourhoods of the city with this code."""
    return [*places.working_areas_of(city), *places.neighbourhoods_of(city)] if city else []  # type: ignore[list-item] # drawn ones are like it


# --- for staff -------------------------------------------------------------------------------------------


def hosted(reach: Reach) -> MeetingQuerySet:
    """All meetings where somebody works."""
    return within(Meeting.objects.with_place(), reach)


def to_round_off(reach: Reach, at: datetime.datetime) -> MeetingQuerySet:
    """What ended and was not rounded off, the oldest first."""
    ended = hosted(reach).filter(stage__in=(Stage.ANNOUNCED, Stage.HELD), ends_at__lt=at)
    return ended.order_by("ends_at", "pk")


def asking_for_somebody(reach: Reach, at: datetime.datetime) -> MeetingQuerySet:
    """What ended and was not rounded off, then what is still to come and has a waiting list (`waits`), the first one first. One query."""
    waits = Exists(SignUp.objects.filter(meeting=OuterRef("pk"), stage=Seat.WAITING))
    over = Q(stage__in=(Stage.ANNOUNCED, Stage.HELD), ends_at__lt=at)
    full = Q(stage=Stage.ANNOUNCED, ends_at__gte=at, waits=True)
    return hosted(reach).annotate(waits=waits).filter(over | full).order_by("ends_at", "pk")
