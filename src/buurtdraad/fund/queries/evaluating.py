"""How the fund worked, over five years, for the evaluation of the scheme (Awb 4:24): every number with how it was counted.

A request is counted in the year in which it came in, whatever happened to it later. Nobody stands in it by name.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from buurtdraad.figures.models import Measurement
from buurtdraad.fund.models import (
    Account,
    DefaultNotice,
    Ease,
    Objection,
    ObjectionNotice,
    PenaltyRate,
    Scheme,
)
from buurtdraad.fund.queries.clock import decide_by
from buurtdraad.fund.queries.counting import (
    IN_HAND,
    NOTHING,
    REFERRED,
    WITHDRAWN,
    Group,
    Length,
    groups_of,
    lengths_of,
    middle_of,
    sent,
    share_in_time,
    without_area,
)
from buurtdraad.fund.queries.ease import FEWEST
from buurtdraad.fund.queries.lateness import late_until
from buurtdraad.fund.rules import DAY, penalty
from buurtdraad.fund.states import YES, ObjectionOutcome, Outcome
from buurtdraad.places import queries as places
from buurtdraad.ui.euros import euros, to_cents
from buurtdraad.ui.numbers import as_text

YEARS = 5

type Value = int | float | Decimal | None


@dataclass(frozen=True)
class Line:
    """One number for each year and for all years together. `how`: how it was counted. None: nothing to count, or too few to say."""

    name: str
    how: str
    values: Sequence[Value]
    total: Value
    show: Callable[[Value], str] = as_text

    @property
    def texts(self) -> list[str]:
        return [self.show(value) for value in (*self.values, self.total)]


@dataclass(frozen=True)
class AreaLine:
    """A part of the city over all years. `inhabitants`: the last number that is known; None where no figure is."""

    name: str
    received: int
    granted: int
    amount: Decimal
    inhabitants: int | None

    @property
    def a_head(self) -> Decimal | None:
        return to_cents(self.amount / self.inhabitants) if self.inhabitants else None


@dataclass(frozen=True)
class Evaluation:
    scheme: Scheme
    years: list[int]
    parts: list[tuple[str, list[Line]]]
    areas: list[AreaLine]
    made_on: datetime.date


def evaluation(scheme: Scheme, last_year: int, *, today: datetime.date) -> Evaluation:
    """The numbers of the five years until and with `last_year`. The same number of queries, however much there is."""
    years = list(range(last_year - YEARS + 1, last_year + 1))
    groups = groups_of(scheme, years)
    of_city = without_area(groups)
    parts = [
        (_("What came in and how it ended"), endings(of_city, years)),
        (_("The money"), money(of_city, years)),
        (_("How long it took"), lengths(scheme, years)),
        (_("How easy people found it"), [ease(years)]),
        (_("What the plans brought"), results(scheme, years)),
        (_("Objections"), objections(scheme, years)),
        (_("Deciding too late"), penalties(scheme, years, today)),
    ]
    return Evaluation(scheme, years, parts, areas(groups, last_year), today)


# --- the requests --------------------------------------------------------------------------------------


def line[Counted: (Group, Length)](  # noqa: PLR0917 (as columns of a table)
    name: str, how: str, counted: Sequence[Counted], years: Sequence[int], count: Callable[[list[Counted]], Value],
    show: Callable[[Value], str] = as_text,
) -> Line:  # fmt: skip
    """A number that is counted from what there is of each year, and from all of it."""
    return Line(name, how, [count([one for one in counted if one.year == year]) for year in years], count(list(counted)), show)


def endings(groups: Sequence[Group], years: Sequence[int]) -> list[Line]:
    ways = [
        (Outcome.GRANTED, _("Granted"), _("The last decision that was made known gives all that was asked.")),
        (Outcome.PARTLY, _("Partly granted"), _("The last decision that was made known gives a part.")),
        (Outcome.REFUSED, _("Refused"), _("The last decision that was made known gives nothing.")),
        (Outcome.NOT_PROCESSED, _("Not processed"), _("Something was missing and did not come (Awb 4:5).")),
        (WITHDRAWN, _("Withdrawn"), _("Who asked took it back, before or after the decision.")),
        (REFERRED, _("Sent to another desk"), _("It was no question for the fund.")),
        (IN_HAND, _("Not decided yet"), _("No decision was made known yet.")),
    ]
    how = _("Requests that were sent, by the day on which we got them. Drafts do not count.")
    found = [line(_("Received"), how, groups, years, requests)]
    return found + [line(name, why, groups, years, ended(end)) for end, name, why in ways]


def in_euros(value: Value) -> str:
    return euros(value if isinstance(value, Decimal) else Decimal(value or 0))


def requests(groups: list[Group]) -> int:
    return sum(one.number for one in groups)


def ended(end: str) -> Callable[[list[Group]], Value]:
    return lambda groups: sum(one.number for one in groups if one.end == end)


def money(groups: Sequence[Group], years: Sequence[int]) -> list[Line]:
    return [
        line(_("Euros asked"), _("What the requests asked together."), groups, years, total(lambda one: one.asked), in_euros),
        line(
            _("Euros granted"), _("What the last decisions that were made known give."), groups, years,
            total(lambda one: one.granted), in_euros,
        ),
        line(
            _("Euros of final amounts"), _("Final amounts that are known. Who still has to show what they did is not in it."), groups,
            years, total(lambda one: one.final), in_euros,
        ),
    ]  # fmt: skip


def total(amount: Callable[[Group], Decimal]) -> Callable[[list[Group]], Value]:
    return lambda groups: sum((amount(one) for one in groups), NOTHING)


def lengths(scheme: Scheme, years: Sequence[int]) -> list[Line]:
    middle = _("Half of the first decisions took as long or shorter: from the day we got it until the letter went out.")
    share = _("First decisions that were made known on the last day of the term or before, of all that have a term.")
    found = lengths_of(scheme, years)
    return [
        line(
            _("Days, the middle one"), middle, found, years, middle_of, lambda value: as_text(value, 0 if value == int(value or 0) else 1)
        ),
        line(_("In time, percent"), share, found, years, share_in_time),
    ]


# --- what stands in other tables -----------------------------------------------------------------------


def ease(years: Sequence[int]) -> Line:
    """What people said after applying. One query."""
    found = Ease.objects.filter(given_on__year__range=(years[0], years[-1])).values(year=ExtractYear("given_on"))
    rows = {row["year"]: (row["said"], row["all"]) for row in found.annotate(said=Count("pk"), all=Sum("how")).order_by()}

    def mean(of: Iterable[int]) -> Value:
        said, points = (sum(rows[year][n] for year in of if year in rows) for n in (0, 1))
        return round(points / said, 1) if said >= FEWEST else None

    how = _("The mean of what people said after asking, from 1 (hard) to 5 (easy). Below five answers we show nothing.")
    return Line(_("How easy, of 5"), how, [mean([year]) for year in years], mean(years), lambda value: as_text(value, 1))


def results(scheme: Scheme, years: Sequence[int]) -> list[Line]:
    """What those who got money told of it. One query."""
    told = Account.objects.filter(application__in=sent(scheme, years), given_at__isnull=False)
    rows = told.order_by().values_list("application__received_on__year").annotate(plans=Count("pk"), came=Sum("people"))
    plans, people = Counter[int](), Counter[int]()
    for year, number, came in rows:
        plans[year], people[year] = number, came or 0
    how = _("Requests of which somebody showed afterwards what they did. Small amounts do not have to.")
    return [by_year(_("Plans that told what they did"), how, plans, years), by_year(
        _("People who came or joined in"), _("Added up from what they told; who came twice counts twice."), people, years
    )]  # fmt: skip


def objections(scheme: Scheme, years: Sequence[int]) -> list[Line]:
    """Objections by the day on which they came in, and how they ended. One query."""
    found = Objection.objects.filter(decision__application__rules__scheme=scheme, received_on__year__range=(years[0], years[-1]))
    rows = list(found.order_by().values_list("received_on__year", "outcome").annotate(number=Count("pk")))
    how = _("Objections to a decision or a final amount, by the day on which we got them.")
    lines = [by_year(_("Objections received"), how, counted(rows), years)]
    for outcome in ObjectionOutcome:
        ends = counted(row for row in rows if row[1] == outcome)
        name = _("Objections: %(outcome)s") % {"outcome": outcome.label}
        lines.append(by_year(name, _("How objections of that year ended, as it stands today."), ends, years))
    return lines


def counted(rows: Iterable[tuple[int, str, int]]) -> Counter[int]:
    """By year, of rows of a year, an outcome and a number."""
    found = Counter[int]()
    for year, _outcome, number in rows:
        found[year] += number
    return found


def penalties(scheme: Scheme, years: Sequence[int], today: datetime.date) -> list[Line]:
    """Notices that we were late, and what we owed for it (Awb 4:17). Five queries."""
    found = DefaultNotice.objects.filter(application__rules__scheme=scheme, received_on__year__range=(years[0], years[-1]), rejected_why="")
    notices = list(found.select_related("application__rules").prefetch_related("application__clock", "application__decisions"))
    rates = list(PenaltyRate.objects.all())
    numbers = Counter(notice.received_on.year for notice in notices)
    amounts: dict[int, Decimal] = defaultdict(Decimal)
    for notice in notices:
        amounts[notice.received_on.year] += penalty_of(notice, rates, today)
    of_scheme = {"objection__decision__application__rules__scheme": scheme, "received_on__year__range": (years[0], years[-1])}
    for each in ObjectionNotice.objects.filter(**of_scheme, rejected_why="").select_related("objection__letter"):
        numbers[each.received_on.year] += 1
        amounts[each.received_on.year] += penalty(
            term_ended_on=each.objection.decide_by, notice_on=each.received_on, until=late_until(each.objection, today), rates=rates
        )
    return [
        by_year(_("Notices that we were late"), _("Notices of default that were right, by the day on which we got them."), numbers, years),
        by_year(
            _("Euros of penalty"), _("What the law makes us pay for each day, until the day before the letter."), amounts, years, in_euros
        ),
    ]


def penalty_of(notice: DefaultNotice, rates: Sequence[PenaltyRate], today: datetime.date) -> Decimal:
    known = [one.known_on for one in notice.application.decisions.all() if one.known_on]
    ended_on = decide_by(notice.application, until=today)
    if ended_on is None:
        return NOTHING
    until = min(known) - DAY if known else today
    return penalty(term_ended_on=ended_on, notice_on=notice.received_on, until=until, rates=rates)


def by_year(
    name: str, how: str, counted: Mapping[int, int | Decimal], years: Sequence[int], show: Callable[[Value], str] = as_text
) -> Line:
    values = [counted.get(year, 0) for year in years]
    return Line(name, how, values, sum(values), show)


# --- where ---------------------------------------------------------------------------------------------


def areas(groups: Sequence[Group], last_year: int) -> list[AreaLine]:
    """By district of the city over all years, with its inhabitants; and what is of no district. Four queries."""
    districts = {one.area.code: one.name for one in places.children(places.city_code())}
    within = places.inside(districts)
    of = {code: district for district, codes in within.items() for code in codes} | {code: code for code in districts}
    people = inhabitants_of(districts, last_year)
    found: dict[str, list[Group]] = defaultdict(list)
    for one in groups:
        found[of.get(one.area, "")].append(one)
    names = districts | ({"": _("In more districts, or elsewhere")} if found.get("") else {})
    return [area_line(name, found.get(code, []), people.get(code)) for code, name in names.items()]


def area_line(name: str, groups: Sequence[Group], inhabitants: int | None) -> AreaLine:
    granted = [one for one in groups if one.end in YES]
    return AreaLine(
        name,
        sum(one.number for one in groups),
        sum(one.number for one in granted),
        sum((one.granted for one in granted), NOTHING),
        inhabitants,
    )


def inhabitants_of(codes: Iterable[str], last_year: int) -> dict[str, int]:
    """The last number of inhabitants of each area until and with this year."""
    known = Measurement.objects.filter(indicator__code="inwoners", area__code__in=list(codes), year__lte=last_year, value__isnull=False)
    return {code: int(value) for code, value in known.order_by("year").values_list("area__code", "value") if value}
