"""Everything planned and done in an area that everybody may see, by year. For its page, on paper too."""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, CharField, Count, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, ExtractYear, Greatest, Least, NullIf, TruncDate
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.money.models import Commitment
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address
from buurtdraad.works.models import Work, WorkArea
from buurtdraad.works.states import Stage, WorkKind

ON_A_PAGE = 25
# Beyond this a thing that goes on and on stands among the years no more.
MOST_YEARS = 20
WORDS = {
    "work": _("work of the municipality"), "upkeep": _("upkeep"), "agreement": _("agreement"), "plan": _("plan of residents"),
    "meeting": _("meeting"), "agenda": _("neighbourhood agenda"), "money": _("money"),
}  # fmt: skip
COLUMNS = ("first", "last", "said", "sort", "key", "state", "over")


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
    """A page of the entries of one year, and how many there are in each year."""

    year: int
    years: list[tuple[int, int]]
    page: Page
    entries: list[Entry]


def timeline(codes: set[str], year: int, number: int) -> Timeline:
    """The entries of a year in these areas, the first one first, in pages. Raises `EmptyPage` for one that is not there.

    Two queries, however much there is: the database counts, and cuts the page.
    """
    kinds = [works(codes), agreements(codes), plans(codes), meetings(codes), agendas(codes), money(codes)]
    spans = {"from_year": ExtractYear("first"), "until_year": ExtractYear("last")}
    # An order of the rows themselves would part the groups.
    grouped = [found.order_by().values(**spans).annotate(number=Count("pk")).values_list(*spans, "number") for found in kinds]
    counts: Counter[int] = Counter()
    for first, last, found in union(grouped):
        for at in range(first, min(last, first + MOST_YEARS) + 1):
            counts[at] += found
    page = Paginator(range(counts[year]), ON_A_PAGE).page(number)
    inside = Q(first__lte=datetime.date(year, 12, 31), last__gte=datetime.date(year, 1, 1))
    rows = union([found.order_by().filter(inside).values_list(*COLUMNS) for found in kinds]).order_by(*COLUMNS[:3], "key")
    start = (number - 1) * ON_A_PAGE
    return Timeline(year, sorted(counts.items()), page, [entry(row) for row in rows[start : start + ON_A_PAGE]])


def union(lists: list[QuerySet]) -> QuerySet:
    return lists[0].union(*lists[1:], all=True).order_by()


def entry(row: tuple) -> Entry:
    """One row of `COLUMNS`."""
    first, last, words, kind, key, state, over = row
    title = str(WORDS[kind]) if kind == "agenda" else words
    return Entry(first, last, title, LINKS[kind](key), WORDS[kind], STATES[kind](state), over)


LINKS: dict[str, Callable[[str], str]] = {
    "work": lambda key: address("works:public_work", key),
    "upkeep": lambda key: address("works:public_work", key),
    "agreement": lambda key: reverse("agendas:agreement", args=[key]),
    "plan": lambda key: address("initiatives:initiative", key),
    "meeting": lambda key: reverse("agendas:meeting", args=[key]),
    "agenda": lambda key: reverse("agendas:version", args=key.split()),
    "money": lambda key: address("initiatives:initiative", key) if key else "",
}
STATES: dict[str, Callable[[str], str | Promise]] = {
    "work": lambda state: Stage(state).label,
    "upkeep": lambda state: Stage(state).label,
    "agreement": lambda state: AgreementStage(state).label,
    "plan": lambda state: PlanStage(state).label,
    "meeting": lambda _state: "",
    "agenda": lambda _state: "",
    "money": lambda state: euros(Decimal(state)),
}


# --- what there is, each kind with the same columns -----------------------------------------------------------


def rows(found: QuerySet, *, kind: Any, first: Any, last: Any, words: Any, key: Any, state: Any, over: Any) -> QuerySet:
    """The same columns for every kind. `key` is what its address needs."""
    given = {"sort": kind, "said": words, "key": key, "state": state}
    texts = {name: Cast(Value(value) if isinstance(value, str) else value, CharField()) for name, value in given.items()}
    return found.annotate(first=first).annotate(last=last, over=ExpressionWrapper(over, BooleanField()), **texts)


def works(codes: set[str]) -> QuerySet:
    found = Work.objects.public().exclude(stage=Stage.STOPPED).filter(pk__in=WorkArea.objects.filter(area__code__in=codes).values("work"))
    last = Coalesce("done_on", "until_on")
    return rows(
        found, kind=Case(When(kind=WorkKind.MAINTENANCE, then=Value("upkeep")), default=Value("work")),
        first=Least(Coalesce("started_on", "from_on", last), last), last=last, words=F("title"), key=F("uuid"), state=F("stage"),
        over=Q(stage=Stage.DONE),
    )  # fmt: skip


def agreements(codes: set[str]) -> QuerySet:
    found = Agreement.objects.public().exclude(stage=AgreementStage.STOPPED).filter(area__code__in=codes)
    return rows(
        found, kind="agreement", first=Coalesce("start_on", TruncDate("made_at")),
        last=Greatest("first", Coalesce("done_on", "due_on", "first")), words=F("what"), key=F("pk"), state=F("stage"),
        over=Q(done_on__isnull=False),
    )  # fmt: skip


def plans(codes: set[str]) -> QuerySet:
    found = Initiative.objects.on_site().exclude(stage=PlanStage.STOPPED).filter(area__code__in=codes)
    return rows(
        found, kind="plan", first=Coalesce("from_on", TruncDate("made_at")),
        last=Greatest("first", Coalesce("until_on", "done_on", "first")), words=F("title"), key=F("slug"),
        state=F("stage"), over=Q(done_on__isnull=False),
    )  # fmt: skip


def meetings(codes: set[str]) -> QuerySet:
    found = Meeting.objects.on_site().filter(area__code__in=codes)
    day = TruncDate("starts_at")
    return rows(found, kind="meeting", first=day, last=day, words=F("title"), key=F("pk"), state="", over=Q(stage=MeetingStage.HELD))


def agendas(codes: set[str]) -> QuerySet:
    found = AgendaVersion.objects.public().filter(area__code__in=codes)
    key = Concat("area__code", Value(" "), Cast("number", CharField()))
    return rows(found, kind="agenda", first=F("valid_from"), last=F("valid_from"), words="", key=key, state="", over=Value(True))


def money(codes: set[str]) -> QuerySet:
    """Money that everybody may know of, on the day since when."""
    found = Commitment.objects.public().filter(area__code__in=codes)
    thing = Coalesce(NullIf("words", Value("")), "initiative__title", "agreement__what", "work__title", output_field=CharField())
    return rows(
        found, kind="money", first=F("told_on"), last=F("told_on"), words=thing, key=Coalesce("initiative__slug", Value("")),
        state=F("amount"), over=Value(True),
    )  # fmt: skip
