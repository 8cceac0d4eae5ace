"""The money of a challenge per year: planned, committed and spent."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from buurtdraad.challenges.models import Challenge
from buurtdraad.money.models import Commitment
from buurtdraad.pages.programme.belongs import Parts
from buurtdraad.works.models import WorkMoney
from buurtdraad.works.states import MoneySource

ZERO = Decimal(0)


@dataclass(frozen=True)
class Euros:
    """Three amounts in euros."""

    planned: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    def __add__(self, other: "Euros") -> "Euros":
        return Euros(self.planned + other.planned, self.committed + other.committed, self.spent + other.spent)

    def __bool__(self) -> bool:
        return bool(self.planned or self.committed or self.spent)


@dataclass(frozen=True)
class YearMoney:
    """Of one year."""

    year: int
    euros: Euros


@dataclass(frozen=True)
class ChallengeMoney:
    """Each year of the ambition, and of others with money; all together; and what was given in work or goods."""

    years: list[YearMoney]
    all: Euros
    in_kind: Decimal


def money_of(challenge: Challenge, parts: Parts, on: datetime.date) -> ChallengeMoney:
    """What sheets of works say, and what pots promised to works, agreements and plans of the challenge. Only what everybody may know.

    Of a work in a year both its sheet and a pot can tell: the larger amount counts, so nothing counts twice. Two queries.
    """
    sheets = WorkMoney.objects.filter(work__in=parts.works.values("pk")).order_by().values_list("work", "year")
    counted: dict[tuple[int | None, int], Euros] = {}
    in_kind = ZERO
    given = Q(source=MoneySource.IN_KIND)
    sums = {f"{name}_in_all": Sum(name, filter=~given, default=ZERO) for name in ("planned", "committed", "spent")}
    for work, year, planned_in_kind, *amounts in sheets.annotate(in_kind=Sum("planned", filter=given, default=ZERO), **sums):
        in_kind += planned_in_kind
        counted[work, year] = Euros(*amounts)
    for work, year, amount, paid in promised_to(parts):
        sheet = counted.get((work, year), Euros())
        committed, spent = (
            (max(sheet.committed, amount), max(sheet.spent, paid)) if work else (sheet.committed + amount, sheet.spent + paid)
        )
        counted[work, year] = Euros(sheet.planned, committed, spent)
    return laid_out(counted, years_of(challenge, on), in_kind)


def promised_to(parts: Parts) -> Iterable[tuple[int | None, int, Decimal, Decimal]]:
    """Work (None for an agreement or a plan), year of the pot, promised and paid."""
    belongs = (
        Q(work__in=parts.works.values("pk")) | Q(agreement__in=parts.agreements.values("pk")) | Q(initiative__in=parts.plans.values("pk"))
    )
    return Commitment.objects.public().filter(belongs).order_by().values_list("work", "pot__year").annotate(Sum("amount"), Sum("paid"))


def laid_out(counted: dict[tuple[int | None, int], Euros], years: Iterable[int], in_kind: Decimal) -> ChallengeMoney:
    by_year: dict[int, Euros] = defaultdict(Euros, {year: Euros() for year in years})
    for (_work, year), euros in counted.items():
        by_year[year] += euros
    rows = [YearMoney(year, by_year[year]) for year in sorted(by_year)]
    return ChallengeMoney(rows, sum((row.euros for row in rows), Euros()), in_kind)


def years_of(challenge: Challenge, on: datetime.date) -> range:
    """The years of its ambition; of one without an end until this year."""
    ambition = challenge.ambition
    return range(ambition.from_on.year, (ambition.until_on or max(on, ambition.from_on)).year + 1)
