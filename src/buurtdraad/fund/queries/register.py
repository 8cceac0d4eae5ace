"""Who got money: every grant that was made known and still counts. Of people without an organisation nothing but that it was a resident."""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund.models import Decision, Draw, Settlement
from buurtdraad.fund.states import YES, Activity, Stage, Who
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.states import Source
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import Cell

AT_ONCE = 2_000  # rows read at a time


class Line(NamedTuple):
    """One grant. `slug`: of the initiative, where it stands on the site. Amounts in euros; `determined` None: not known yet."""

    year: int
    decided_on: datetime.date
    scheme: str
    theme: str
    applicant: str
    plan: str
    slug: str
    asked: Decimal
    granted: Decimal
    determined: Decimal | None
    code: str
    area: str
    source: str
    taken_back: bool


class Facts(NamedTuple):
    """What a line is made of, as the database has it."""

    known_on: datetime.date | None
    taken_at: datetime.datetime
    asked: Decimal
    amount: Decimal
    at_once: bool
    settled: Decimal | None
    stage: str
    who: str
    organisation: str
    activity: str
    scheme: str
    title: str
    slug: str
    theme: str
    showing: str
    code: str
    year: int | None
    source: str | None


COLUMNS = (
    "known_on", "taken_at", "asked", "amount", "at_once", "settled",
    *(f"application__{name}" for name in ("stage", "who", "organisation_name", "activity", "rules__scheme__name")),
    *(f"application__initiative__{name}" for name in ("title", "slug", "theme", "showing", "area__code")),
    "commitment__pot__year", "commitment__pot__source",
)  # fmt: skip


def granted_decisions() -> QuerySet[Decision]:
    """Grants that were made known, without those that a new decision came in the place of."""
    settled = Settlement.objects.filter(application=OuterRef("application"), known_on__isnull=False).order_by("-pk").values("amount")[:1]
    known = Decision.objects.filter(outcome__in=sorted(YES), known_on__isnull=False)
    counting = known.filter(~Exists(Decision.objects.filter(replaces=OuterRef("pk"), known_on__isnull=False)))
    related = ("application__initiative__area", "application__rules__scheme", "commitment__pot")
    return counting.select_related(*related).annotate(settled=Subquery(settled)).order_by("-known_on", "-pk")


class Together(NamedTuple):
    """How many grants there are, and their euros together."""

    number: int = 0
    euros: Decimal = Decimal(0)


def by_year() -> dict[int, Together]:
    """The years of which the register holds grants, the newest first, with those of each together. One query."""
    rows = granted_decisions().order_by().values_list("commitment__pot__year").annotate(Count("pk"), Sum("amount"))
    return {year: Together(number, euros) for year, number, euros in sorted(rows, reverse=True)}


def together(found: QuerySet[Decision]) -> Together:
    """These grants together. One query."""
    return Together(*found.order_by().aggregate(number=Count("pk"), total=Sum("amount", default=Decimal(0))).values())


def granted_in(year: int | None = None, code: str = "") -> QuerySet[Decision]:
    """The grants of a year of the fund, or of all; of one area and what lies in it (a query), or everywhere."""
    found = granted_decisions()
    if year:
        found = found.filter(commitment__pot__year=year)
    if code:
        inside = {code} | places.inside([code]).get(code, set())
        found = found.filter(application__initiative__area__code__in=inside)
    return found


def register() -> Iterator[Line]:
    """All of them as lines, read a part at a time, in the language of who asked: three queries, however many there are."""
    names = places.names_of(Initiative.objects.order_by().values_list("area__code", flat=True).distinct())
    words, found = Words.now(), facts_of(granted_decisions())
    return (line_of(Facts(*row), names, words) for row in found.iterator(chunk_size=AT_ONCE))


def facts_of(found: QuerySet[Decision]) -> QuerySet[Decision, tuple[Any, ...]]:
    """What lines of these grants are made of, as plain rows."""
    return found.values_list(*COLUMNS)


def lines_of(page: Iterable[tuple[Any, ...]]) -> list[Line]:
    """Some `facts_of` grants as lines, all at once (2 queries)."""
    rows = [Facts(*row) for row in page]
    names, words = places.names_of({row.code for row in rows}), Words.now()
    return [line_of(row, names, words) for row in rows]


class Words(NamedTuple):
    """The fixed words of a line, looked up once: a file is sent when the language of who asked is not there any more."""

    themes: dict[str, str]
    activities: dict[str, str]
    sources: dict[str, str]
    resident: str

    @classmethod
    def now(cls) -> "Words":
        themes, activities, sources = ({value: str(label) for value, label in kind.choices} for kind in (Theme, Activity, Source))
        return cls(themes, activities, sources, _("resident"))


def line_of(facts: Facts, names: dict[str, str], words: Words) -> Line:
    shown = facts.showing == Showing.SHOWN
    return Line(
        year=facts.year or facts.taken_at.year,
        decided_on=facts.known_on or facts.taken_at.date(),
        scheme=facts.scheme,
        theme=words.themes.get(facts.theme, facts.theme),
        applicant=facts.organisation if facts.who == Who.ORGANISATION else words.resident,
        plan=facts.title if shown else words.activities.get(facts.activity, facts.activity),
        slug=facts.slug if shown else "",
        asked=facts.asked,
        granted=facts.amount,
        determined=final_of(facts.amount, facts.settled, at_once=facts.at_once),
        code=facts.code,
        area=names.get(facts.code, facts.code),
        source=words.sources.get(facts.source, facts.source) if facts.source else "",
        taken_back=facts.stage == Stage.REVOKED,
    )


def final_amount(decision: Decision) -> Decimal | None:
    """The amount that was determined, at once or later; None while it is not known."""
    settled = decision.settled  # type: ignore[attr-defined] # of `granted_decisions`
    return final_of(decision.amount, settled, at_once=decision.at_once)


def final_of(granted: Decimal, settled: Decimal | None, *, at_once: bool) -> Decimal | None:
    return granted if settled is None and at_once else settled


def head() -> list[str]:
    """The columns that municipalities have in their registers of subsidies, with the code of the area."""
    return [
        _("Year of the fund"), _("Year of the decision"), _("Made known on"), _("Scheme"), _("Policy field"), _("Kind"), _("Who got it"),
        _("What for"), _("How often"), _("Asked (euros)"), _("Granted (euros)"), _("Final amount (euros)"), _("Whose money"),
        _("Code of the area"), _("Area"), _("Taken back"),
    ]  # fmt: skip


def cells(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """The rows of the CSV file, in the language of who asked."""
    grant, once = _("grant"), _("once")
    return (
        [
            line.year, line.decided_on.year, line.decided_on.isoformat(), line.scheme, line.theme, grant, line.applicant,
            line.plan, once, line.asked, line.granted, line.determined, line.source, line.code, line.area, line.taken_back,
        ]
        for line in lines
    )  # fmt: skip


def draws() -> list[Draw]:
    """The draws that were held, the newest first."""
    return list(Draw.objects.select_related("pot").order_by("-on", "-drawn_at"))
