"""One area on one A4, for who goes there: what is asked, what was agreed, what is late, money, and whom to call. No residents."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.promise import promise_of
from buurtdraad.partners.queries.contacts import in_areas, shown
from buurtdraad.places import queries as places
from buurtdraad.reports.queries.figures import Counting, Period, Row
from buurtdraad.ui.euros import euros

MOST = 5
HALF_A_YEAR = datetime.timedelta(days=183)


@dataclass(frozen=True)
class Call:
    name: str
    what: str
    phone: str


@dataclass(frozen=True)
class Brief:
    """`parts` are titles with lines of (words, address)."""

    name: str
    lead: str
    parts: list[tuple[str, list[tuple[str, str]]]]
    calls: list[Call]


def brief_of(code: str, today: datetime.date) -> Brief | None:
    """The last half year of an area up to today; None for an unknown code. A fixed number of queries."""
    here = places.area_in(code)
    if here is None:
        return None
    counting = Counting(Period(today - HALF_A_YEAR, today, today))
    reach = counting.reach(code)
    promise = promise_of(reach, today)
    told = {"in_time": promise.in_time, "due": promise.due, "open": promise.open}
    lead = _("%(in_time)s of the %(due)s wishes got an answer in time. %(open)s still have time.") % told
    agreements = counting.behind("afspraken", area=code)
    late = [row for row in [*agreements, *counting.behind("werken", area=code)] if {"te-laat", "later", "staat-stil"} & set(row.tags)]
    parts = [
        (_("What people ask most"), asked(reach)),
        (_("What the agenda is about"), [(row.words, row.path) for row in counting.behind("onderwerpen", area=code)[:MOST]]),
        (_("What was agreed"), [agreed(row) for row in agreements if "klaar" not in row.tags][:MOST]),
        (_("What is done"), [(row.words, row.path) for row in agreements if "klaar" in row.tags][:MOST]),
        (_("What is late or stands still"), [agreed(row) for row in late[:MOST]]),
        (_("Projects of the municipality"), [agreed(row) for row in counting.behind("werken-open", area=code)[:MOST]]),
        (_("Money"), [(money(counting, code), "")]),
    ]
    return Brief(here.name, lead, [(title, lines) for title, lines in parts if lines], calls(code, today))


def asked(reach: frozenset[str]) -> list[tuple[str, str]]:
    """The wishes on the site that most people want and that are not done, by number."""
    wanted = Count("supporters", filter=Q(supporters__wants=True))
    found = Wish.objects.on_site().heads().within(reach).exclude(stage__in=["done", "not_done"]).annotate(people=wanted)
    rows = found.defer("search", "stems").order_by("-people", "-given_at", "-pk")[:MOST]
    return [(f"{one.reference}: {one.title}", f"/wensen/{one.reference}/") for one in rows]


def agreed(row: Row) -> tuple[str, str]:
    words = f"{row.words} ({date_format(row.on, 'j F Y')})" if row.on else row.words
    return (f"{words}. {row.note}" if row.note else words), row.path


def money(counting: Counting, code: str) -> str:
    promised, paid = (counting.count(name, area=code).value or 0 for name in ("geld-beloofd", "geld-betaald"))
    return _("Pots promised %(promised)s here, and paid %(paid)s.") % {"promised": euros(promised), "paid": euros(paid)}


def calls(code: str, today: datetime.date) -> list[Call]:
    """Who stands on the site for this area, and for what it lies in and what lies in it; with a phone number first."""
    near = places.touched_by([code]) | places.inside([code])[code]
    found = in_areas(shown(today), near)
    rows = [Call(f"{one.first_name} ({one.organisation.whole.name})", one.does or one.helps_with, one.phone) for one in found]
    return sorted(rows, key=lambda one: (not one.phone, one.name))[: MOST + 1]
