"""The fund of this year in a few figures: what there is, what was granted, and where; so that one sees who is not reached."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, IntegerField, Q, Subquery, Sum, Value

from buurtdraad.budgets.queries.tracking import CameOf, told_of
from buurtdraad.figures.models import Measurement
from buurtdraad.initiatives.models import Initiative
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.states import Kind, Source
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaYear

ZERO = Decimal(0)
INHABITANTS = "inwoners"


@dataclass(frozen=True)
class District:
    """What the fund gave in one district: how many plans, how many euros, and euros for each thousand inhabitants."""

    code: str
    name: str
    plans: int
    euros: Decimal
    inhabitants: int | None

    @property
    def a_thousand(self) -> Decimal | None:
        """Euros for each 1,000 inhabitants, to the cent; None where nobody lives or nobody counted."""
        return (self.euros * 1000 / self.inhabitants).quantize(Decimal("0.01")) if self.inhabitants else None


@dataclass(frozen=True)
class Fund:
    """The fund of a year, in euros. `ceiling` is what the whole year has; `elsewhere`: grants that lie in no district."""

    year: int
    ceiling: Decimal
    granted: Decimal
    plans: int
    districts: list[District]
    elsewhere: District | None

    @property
    def free(self) -> Decimal:
        return self.ceiling - self.granted

    @property
    def part(self) -> float:
        """Which part of the ceiling was granted, from 0 to 1."""
        return float(self.granted / self.ceiling) if self.ceiling else 0.0

    @property
    def reached(self) -> int:
        """In how many districts the fund gave money."""
        return sum(1 for one in self.districts if one.plans)


def years_of_the_fund() -> list[int]:
    """The years of which there is a pot of the fund, the last first."""
    return list(Pot.objects.filter(source=Source.FUND).order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class City:
    """The districts of the city by code, in which of them each area lies, and how many people live there."""

    districts: list[AreaYear]
    home: dict[str, str]
    inhabitants: dict[str, int]


def city_now() -> City:
    """As it is drawn now. Four queries."""
    drawn = places.children(places.city_code())
    codes = [one.area.code for one in drawn]
    home = {code: district for district, inside in places.inside(codes).items() for code in {district, *inside}}
    return City(drawn, home, inhabitants_of(codes))


def fund_of(year: int, city: City | None = None) -> Fund:
    """What the fund did in a year. Six queries, however many grants there are; two with the `city` that was read for another year."""
    pots = Pot.objects.filter(source=Source.FUND, year=year)
    ceiling = pots.filter(within__isnull=True).aggregate(all=Sum("amount"))["all"] or ZERO
    given = Commitment.objects.public().filter(pot__source=Source.FUND, pot__year=year, kind=Kind.GRANT)
    rows = given.values("area__code").annotate(plans=Count("initiative", distinct=True), euros=Sum("amount"))
    found = {row["area__code"]: (row["plans"], row["euros"]) for row in rows}
    districts, elsewhere = by_district(found, city or city_now())
    return Fund(
        year=year,
        ceiling=ceiling,
        granted=sum((euros for _plans, euros in found.values()), ZERO),
        plans=sum(plans for plans, _euros in found.values()),
        districts=districts,
        elsewhere=elsewhere,
    )


def by_district(found: dict[str, tuple[int, Decimal]], city: City) -> tuple[list[District], District | None]:
    """The districts of the city by code, each with what was given in it; and what lies in none of them."""
    sums: dict[str, tuple[int, Decimal]] = defaultdict(lambda: (0, ZERO))
    for code, (plans, euros) in found.items():
        before = sums[city.home.get(code, "")]
        sums[city.home.get(code, "")] = (before[0] + plans, before[1] + euros)
    districts = [District(one.area.code, one.name, *sums[one.area.code], city.inhabitants.get(one.area.code)) for one in city.districts]
    rest = sums.get("")
    return districts, District("", "", *rest, None) if rest else None


def inhabitants_of(codes: list[str]) -> dict[str, int]:
    """How many people live in each of these areas, in the last year that was measured. One query."""
    newest = (
        Measurement.objects.filter(Q(value__isnull=False), indicator__code=INHABITANTS, area__code__in=codes)
        .order_by("area", "-year")
        .distinct("area")
    )
    return {code: int(value) for code, value in newest.values_list("area__code", "value") if value is not None}


@dataclass(frozen=True)
class InShort:
    """Of an area: how many plans of residents stand on the site, how many euros were promised, and what came of its last budget round."""

    plans: int = 0
    money: Decimal = ZERO
    budget: CameOf | None = None


def in_short(codes: set[str]) -> InShort:
    """What residents and money do in these areas, of every pot. One query."""
    one = Value(1, IntegerField())
    plans = Initiative.objects.on_site().filter(area__code__in=codes).order_by().values(one=one).annotate(all=Count("pk"))
    money = Commitment.objects.public().filter(area__code__in=codes).order_by().values(one=one).annotate(all=Sum("amount"))
    asked = (Subquery(plans.values("all")), Subquery(money.values("all")), Subquery(told_of(codes)[:1]))
    count, euros, told = Area.objects.filter(code__in=codes).values_list(*asked).first() or (0, ZERO, None)
    return InShort(count or 0, euros or ZERO, CameOf(**told) if told else None)
