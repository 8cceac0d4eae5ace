"""Everything planned and done in an area that everybody may see, by year. For its page, on paper too."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.money.models import Commitment
from buurtdraad.places import queries as places
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address
from buurtdraad.works.models import Work
from buurtdraad.works.states import Stage, WorkKind

MOST = 300
WORK, AGREEMENT, PLAN, MEETING, AGENDA = (
    _("work of the municipality"), _("agreement"), _("plan of residents"), _("meeting"), _("neighbourhood agenda"),
)  # fmt: skip
MONEY, UPKEEP = _("money"), _("upkeep")


@dataclass(frozen=True)
class Entry:
    """One thing in the time: its first and last day, and whether it is over."""

    first: datetime.date
    last: datetime.date
    title: str
    url: str
    kind: str | Promise
    state: str | Promise = ""
    over: bool = False

    def within(self, year: int) -> tuple[float, float]:
        """Where its bar begins in a year and how long it is, in percent; at least one, so that a day is seen."""
        start, days = datetime.date(year, 1, 1), 366 if year % 4 == 0 else 365
        begin = max(0, (self.first - start).days)
        end = min(days, (self.last - start).days + 1)
        length = max(1.0, 100 * (end - begin) / days)
        return min(99.0, round(100 * begin / days, 2)), round(length, 2)


@dataclass(frozen=True)
class Timeline:
    year: int
    years: list[tuple[int, int]]
    entries: list[Entry]
    more: int


def timeline(code: str, year: int) -> Timeline:
    """The entries of a year, the first one first, and how many each year has. Seven queries, however much there is."""
    codes = places.around([code]) - {places.city_code()}
    every = sorted(
        [*works(codes), *agreements(codes), *plans(codes), *meetings(codes), *agendas(codes), *money(codes)],
        key=lambda entry: (entry.first, entry.last, entry.title),
    )
    counts = Counter(at for entry in every for at in range(entry.first.year, min(entry.last.year, entry.first.year + 20) + 1))
    here = [entry for entry in every if entry.first.year <= year <= entry.last.year]
    return Timeline(year, sorted(counts.items()), here[:MOST], max(0, len(here) - MOST))


def works(codes: set[str]) -> Iterator[Entry]:
    found = Work.objects.public().exclude(stage=Stage.STOPPED).filter(areas__code__in=codes).distinct()
    names = ("uuid", "title", "kind", "stage", "from_on", "started_on", "until_on", "done_on")
    for uuid, title, kind, stage, from_on, started_on, until_on, done_on in found.values_list(*names):
        last = done_on or until_on
        first = min(started_on or from_on or last, last)
        shown = UPKEEP if kind == WorkKind.MAINTENANCE else WORK
        yield Entry(first, last, title, address("works:public_work", uuid), shown, Stage(stage).label, stage == Stage.DONE)


def agreements(codes: set[str]) -> Iterator[Entry]:
    found = Agreement.objects.public().exclude(stage=AgreementStage.STOPPED).filter(area__code__in=codes)
    for pk, what, stage, start_on, due_on, done_on, made_at in found.values_list(
        "pk", "what", "stage", "start_on", "due_on", "done_on", "made_at"
    ):
        first = start_on or localdate(made_at)
        last = max(first, done_on or due_on or first)
        yield Entry(first, last, what, reverse("agendas:agreement", args=[pk]), AGREEMENT, AgreementStage(stage).label, bool(done_on))


def plans(codes: set[str]) -> Iterator[Entry]:
    found = Initiative.objects.on_site().exclude(stage=PlanStage.STOPPED).filter(area__code__in=codes)
    for slug, title, stage, from_on, until_on, done_on, made_at in found.values_list(
        "slug", "title", "stage", "from_on", "until_on", "done_on", "made_at"
    ):
        first = from_on or localdate(made_at)
        last = max(first, until_on or done_on or first)
        yield Entry(first, last, title, address("initiatives:initiative", slug), PLAN, PlanStage(stage).label, bool(done_on))


def meetings(codes: set[str]) -> Iterator[Entry]:
    for pk, title, starts_at, stage in (
        Meeting.objects.on_site().filter(area__code__in=codes).values_list("pk", "title", "starts_at", "stage")
    ):
        day = localdate(starts_at)
        yield Entry(day, day, title, reverse("agendas:meeting", args=[pk]), MEETING, "", stage == "held")


def agendas(codes: set[str]) -> Iterator[Entry]:
    for code, number, valid_from in (
        AgendaVersion.objects.public().filter(area__code__in=codes).values_list("area__code", "number", "valid_from")
    ):
        url = reverse("agendas:version", args=[code, number])
        yield Entry(valid_from, valid_from, str(AGENDA), url, AGENDA, "", True)  # type: ignore[arg-type]


def money(codes: set[str]) -> Iterator[Entry]:
    """Money that everybody may know of, on the day since when."""
    found = Commitment.objects.public().filter(area__code__in=codes).select_related("initiative", "agreement", "work")
    for one in found:
        thing = one.initiative or one.agreement or one.work
        title = one.words or str(thing)
        url = address("initiatives:initiative", one.initiative.slug) if one.initiative else ""
        yield Entry(one.told_on, one.told_on, title, url, MONEY, euros(one.amount), True)  # type: ignore[arg-type]
