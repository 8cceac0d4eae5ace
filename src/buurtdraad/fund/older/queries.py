"""What came from an older system: whether a request is history, and all of them as a table, or else an example of one."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from buurtdraad.audit.models import Event
from buurtdraad.fund.models import Application
from buurtdraad.fund.older.states import WORDS, State
from buurtdraad.fund.states import OVER, Channel
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import Cell

# Ended in an older system: nothing was decided here, and nothing follows here.
HISTORY = Q(channel=Channel.OLDER, stage__in=sorted(OVER), decisions=None)


def example() -> Iterator[list[Cell]]:
    """The decisions that were taken in, in the order of the columns. No people. As long as there are none, two that are made up."""
    there = decisions()
    first = next(there, None)
    yield from made_up() if first is None else chain([first], there)


def made_up() -> Iterator[list[Cell]]:
    """Two rows that show what to fill in, and say of themselves that they are an example. They are good in a city that has a fund."""
    area = next((one.code for one in places.neighbourhoods_of(places.city_code())), "")
    leave_out = _("This row is an example. Take it out.")
    granted, refused = WORDS[State.GRANTED][0], WORDS[State.REFUSED][0]
    nobody = ("", "")
    yield [
        "VOORBEELD-1", _("Example: summer party"), area, 1200, "2021-03-01", granted, 1200, "2021-04-01", 1100, "2021-10-01", "", "",
        "2021-07-03", "2021-07-03", _("Example association"), *nobody, leave_out,
    ]  # fmt: skip
    yield [
        "VOORBEELD-2", _("Example: flower boxes"), area, 350, "2021-05-03", refused, "", "2021-06-07", "", "2021-06-07", "", "", "", "",
        "", *nobody, leave_out,
    ]  # fmt: skip


def decisions() -> Iterator[list[Cell]]:
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
