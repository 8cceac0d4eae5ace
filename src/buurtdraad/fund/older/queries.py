"""What came from an older system: whether a request is history, and all of them as a table."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet

from buurtdraad.audit.models import Event
from buurtdraad.fund.models import Application
from buurtdraad.fund.older.states import WORDS, State
from buurtdraad.fund.states import OVER, Channel
from buurtdraad.ui.csv import Cell

# Ended in an older system: nothing was decided here, and nothing follows here.
HISTORY = Q(channel=Channel.OLDER, stage__in=sorted(OVER), decisions=None)


def example() -> Iterator[list[Cell]]:
    """The decisions that were taken in, in the order of the columns. No people."""
    found = Application.objects.filter(channel=Channel.OLDER, older_decision__isnull=False)
    for one in found.select_related("older_decision", "initiative__area").order_by("received_on", "pk"):
        told, nobody = one.older_decision, ("", "", "", "")
        yield [
            str(one.number).removeprefix("O-"), one.initiative.title, one.initiative.area.code, one.asked,
            one.received_on.isoformat() if one.received_on else "",
            WORDS[State(told.outcome)][0], told.amount or "", told.decided_on.isoformat(), told.final if told.final is not None else "",
            *nobody,
        ]  # fmt: skip


def tables() -> QuerySet[Application, Any]:
    """The tables that were taken in, the last one first: their moment (`saved_at`) and how many requests of them are here (`requests`)."""
    found = Application.objects.filter(channel=Channel.OLDER).order_by().values("saved_at")
    return found.annotate(requests=Count("pk")).order_by("-saved_at")


def untouched(applications: Iterable[Application], since: datetime.datetime) -> list[Application]:
    """Those with which, and with whose plan, nobody did anything since they came in. Looking is no deed."""
    found = list(applications)
    things = [thing for one in found for thing in (one.thing, one.initiative.thing)]
    worked = set(Event.objects.deeds().filter(thing__in=things, at__gt=since).values_list("thing", flat=True))
    return [one for one in found if worked.isdisjoint({one.thing, one.initiative.thing})]
