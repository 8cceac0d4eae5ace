"""One area on one A4, for who goes there: what is asked, what was agreed, what is late, money, and whom to call. No residents."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.wishes.models import Supporter, Wish
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.queries.promise import promise_of
from buurtdraad.partners.queries.contacts import in_areas, shown
from buurtdraad.places import queries as places
from buurtdraad.reports.queries.figures import Counting, Period, Row, neighbourhood, programme
from buurtdraad.reports.queries.figures import euros as figures
from buurtdraad.reports.queries.figures.rows import path_to
from buurtdraad.ui.euros import euros
from buurtdraad.works.models import Work, WorkArea
from buurtdraad.works.states import Stage

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
    period = Period(today - HALF_A_YEAR, today, today)
    reach = Counting(period).reach(code)
    promise = promise_of(reach, today)
    told = {"in_time": promise.in_time, "due": promise.due, "open": promise.open}
    lead = _("%(in_time)s of the %(due)s wishes got an answer in time. %(open)s still have time.") % told
    agreements = neighbourhood.agreements(period, reach)
    works = programme.works_of(period).open().filter(pk__in=WorkArea.objects.filter(area__code__in=reach).values("work"))
    works = works.only("uuid", "title", "stage", "why", "until_on")
    # What stands in a part is cut in the database: an area can have thousands of works.
    late = [row for row in agreements if {"te-laat", "later"} & set(row.tags)][:MOST]
    late_works = works.filter(Q(until_on__lt=today) | Q(stage=Stage.PAUSED))[: MOST - len(late)]
    parts = [
        (_("What people ask most"), asked(reach)),
        (_("What the agenda is about"), [(row.words, row.path) for row in neighbourhood.topics(period, reach)[:MOST]]),
        (_("What was agreed"), [agreed(row) for row in agreements if "klaar" not in row.tags][:MOST]),
        (_("What is done"), [(row.words, row.path) for row in agreements if "klaar" in row.tags][:MOST]),
        (_("What is late or stands still"), [*map(agreed, late), *(worked(work, today) for work in late_works)]),
        (_("Projects of the municipality"), [worked(work, today) for work in works[:MOST]]),
        (_("Money"), [(money(period, reach), "")]),
    ]
    return Brief(here.name, lead, [(title, lines) for title, lines in parts if lines], calls(code, reach, today))


def asked(reach: frozenset[str]) -> list[tuple[str, str]]:
    """The wishes on the site that most people want and that are not done, each with how many want it."""
    wanted = Supporter.objects.filter(wish=OuterRef("pk"), wants=True).order_by().values("wish").values(people=Count("*"))
    order = (Coalesce(Subquery(wanted), 0).desc(), "-given_at", "-pk")
    found = Wish.objects.on_site().heads().within(reach).exclude(stage__in=["done", "not_done"])
    # First which ones, then what they say: nobody reads thousands of texts for five.
    most = Wish.objects.filter(pk__in=found.order_by(*order).values("pk")[:MOST]).order_by(*order)
    wishes = list(most.only("reference", "text", "head"))
    people = people_of(wishes)
    wishes.sort(key=lambda one: -people[one.pk])
    return [(wanted_by(one, people[one.pk]), path_to("pages:wish", one.reference)) for one in wishes]


def wanted_by(wish: Wish, people: int) -> str:
    words = f"{wish.reference}: {wish.title}"
    return ngettext("%(wish)s (%(n)s person)", "%(wish)s (%(n)s people)", people) % {"wish": words, "n": people} if people else words


def agreed(row: Row) -> tuple[str, str]:
    words = f"{row.words} ({date_format(row.on, 'j F Y')})" if row.on else row.words
    return (f"{words}. {row.note}" if row.note else words), row.path


def worked(work: Work, today: datetime.date) -> tuple[str, str]:
    late = work.until_on < today
    words = f"{work.title} ({date_format(work.until_on, 'j F Y')})"
    note = programme.work_note(work, late=late) if late or work.stage == Stage.PAUSED else ""
    return (f"{words}. {note}" if note else words), path_to("works:public_work", work.uuid)


def money(period: Period, reach: frozenset[str]) -> str:
    promised = figures.commitments_of(period).filter(area__code__in=reach).aggregate(all=Sum("amount"))["all"] or 0
    paid = figures.payments_of(period).filter(commitment__area__code__in=reach).aggregate(all=Sum("amount"))["all"] or 0
    facts = {"day": date_format(period.from_on, "j F Y"), "promised": euros(promised), "paid": euros(paid)}
    return _("Since %(day)s pots promised %(promised)s here, and paid %(paid)s.") % facts


def calls(code: str, reach: frozenset[str], today: datetime.date) -> list[Call]:
    """Who stands on the site for this area, and for what it lies in and what lies in it; with a phone number first."""
    found = in_areas(shown(today), places.touched_by([code]) | reach)
    rows = [Call(f"{one.first_name} ({one.organisation.whole.name})", one.does or one.helps_with, one.phone) for one in found]
    return sorted(rows, key=lambda one: (not one.phone, one.name))[: MOST + 1]
