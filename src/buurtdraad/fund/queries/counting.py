"""The requests of the fund counted by the database, for the evaluation: by year, area and how they ended, and how long they took."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BooleanField, Case, Count, DurationField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from buurtdraad.fund.models import Application, Decision, Scheme, Settlement
from buurtdraad.fund.older.queries import HISTORY
from buurtdraad.fund.states import YES, Stage

NOTHING = Decimal(0)
IN_HAND, WITHDRAWN, REFERRED = "in_hand", "withdrawn", "referred"
# These ends are steps, whatever was decided before.
LEFT = (Stage.WITHDRAWN, Stage.REFERRED)
YEAR, AREA = "application__received_on__year", "application__initiative__area__code"


@dataclass
class Group:
    """Requests of one year and area that ended in one way, and their euros. `final`: what is known of it."""

    year: int
    area: str
    end: str
    number: int = 0
    asked: Decimal = NOTHING
    granted: Decimal = NOTHING
    final: Decimal = NOTHING


@dataclass(frozen=True)
class Length:
    """How many first decisions of a year were made known after so many days; `in_time` is None without a term."""

    year: int
    days: int
    in_time: bool | None
    number: int


def sent(scheme: Scheme, years: Sequence[int]) -> QuerySet[Application]:
    """What came in here. What an older system decided has no days and no money of ours to count."""
    # As days, of which the database knows how many rows there are: of a year taken out of them it guesses a handful, and plans for that.
    days = datetime.date(years[0], 1, 1), datetime.date(years[-1], 12, 31)
    came = Application.objects.filter(rules__scheme=scheme, received_on__range=days)
    return came.exclude(HISTORY).exclude(stage=Stage.DRAFT)


def groups_of(scheme: Scheme, years: Sequence[int]) -> list[Group]:
    """Every request that came in, in exactly one group, by its present decision that was made known. Two queries."""
    found: dict[tuple[int, str, str], Group] = {}

    def group(year: int, area: str, end: str) -> Group:
        return found.setdefault((year, area, end), Group(year, area, end))

    end = Case(When(stage__in=LEFT, then=F("stage")), default=Value(IN_HAND))
    came = sent(scheme, years).order_by().annotate(end=end).values_list("received_on__year", "initiative__area__code", "end")
    for year, area, ended, number, asked in came.annotate(number=Count("pk"), euros=Sum("asked")):
        one = group(year, area, ended)
        one.number += number
        one.asked += asked
    for year, area, outcome, number, granted, final in decided(scheme, years):
        group(year, area, IN_HAND).number -= number
        one = group(year, area, outcome)
        one.number += number
        if outcome in YES:
            one.granted += granted
            one.final += final or NOTHING
    return list(found.values())


def without_area(groups: Iterable[Group]) -> list[Group]:
    """The same of the whole city, which are a few dozen at most."""
    found: dict[tuple[int, str], Group] = {}
    for each in groups:
        one = found.setdefault((each.year, each.end), Group(each.year, "", each.end))
        one.number += each.number
        one.asked += each.asked
        one.granted += each.granted
        one.final += each.final
    return list(found.values())


def decided(scheme: Scheme, years: Sequence[int]) -> QuerySet:
    """How many requests of a year and area have which outcome now, with the euros granted and the final amounts that are known."""
    settled = Settlement.objects.filter(application=OuterRef("application"), known_on__isnull=False).order_by("-pk")
    at_once = known(OuterRef("application")).filter(at_once=True).order_by("-taken_at", "-pk")
    now = known(sent(scheme, years).exclude(stage__in=LEFT)).order_by("application_id", "-taken_at", "-pk").distinct("application_id")
    counting = Decision.objects.filter(pk__in=now.values("pk")).order_by()
    here = Case(When(at_once=True, then=F("amount")))  # spares a look at the decisions before it
    final = Coalesce(Subquery(settled.values("amount")[:1]), here, Subquery(at_once.values("amount")[:1]))
    rows = counting.annotate(final=final).values_list(YEAR, AREA, "outcome")
    return rows.annotate(number=Count("pk"), euros=Sum("amount"), finals=Sum("final"))


def known(applications: QuerySet[Application] | OuterRef) -> QuerySet[Decision]:
    """Their decisions that were made known."""
    of = {"application": applications} if isinstance(applications, OuterRef) else {"application__in": applications}
    return Decision.objects.filter(**of, known_on__isnull=False)


def lengths_of(scheme: Scheme, years: Sequence[int]) -> list[Length]:
    """How long first decisions took. One query."""
    first = known(sent(scheme, years)).order_by("application_id", "taken_at", "pk").distinct("application_id")
    in_time = Case(
        When(application__decide_by=None, then=Value(None)), When(known_on__lte=F("application__decide_by"), then=Value(True)),
        default=Value(False), output_field=BooleanField(null=True),
    )  # fmt: skip
    days = ExpressionWrapper(F("known_on") - F("application__received_on"), output_field=DurationField())
    rows = Decision.objects.filter(pk__in=first.values("pk")).order_by().annotate(days=days, in_time=in_time)
    counted = rows.values_list(YEAR, "days", "in_time").annotate(number=Count("pk"))
    return [Length(year, taken.days, within, number) for year, taken, within, number in counted]


def middle_of(lengths: Iterable[Length]) -> int | float | None:
    """The middle number of days; of an even number of decisions what lies between both in the middle."""
    counted: dict[int, int] = defaultdict(int)
    for one in lengths:
        counted[one.days] += one.number
    number, seen, low = sum(counted.values()), 0, None
    for days in sorted(counted):
        seen += counted[days]
        if low is None and seen * 2 >= number:
            low = days
        if low is not None and seen * 2 > number:
            return days if number % 2 else (low + days) / 2
    return None


def share_in_time(lengths: Iterable[Length]) -> int | None:
    """Percent of those that have a term."""
    told = [one for one in lengths if one.in_time is not None]
    return round(100 * sum(one.number for one in told if one.in_time) / sum(one.number for one in told)) if told else None
