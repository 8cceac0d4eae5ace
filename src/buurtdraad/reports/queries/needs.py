"""How large the need of each neighbourhood is for each challenge, from the figures that `rules.NEEDS` names."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from buurtdraad.challenges.models import Challenge
from buurtdraad.figures.models import Indicator, Measurement
from buurtdraad.reports import rules
from buurtdraad.reports.queries.ground import Ground

PEOPLE = "inwoners"


@dataclass
class Need:
    """How large, and which figures say so."""

    level: int | None = None
    figures: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """A figure in its last year, over the neighbourhoods."""

    name: str
    kind: str
    decimals: int
    unit: str
    year: int
    values: dict[int, Decimal]


def needs(ground: Ground) -> dict[tuple[int, int], Need]:
    """By neighbourhood and challenge (ids). Only neighbourhoods with 150 inhabitants or more take part."""
    measured = last_figures(ground)
    people = measured.get(PEOPLE)
    counted = {area for area, number in people.values.items() if number >= rules.LEAST_INHABITANTS} if people else set()
    found: dict[tuple[int, int], Need] = defaultdict(Need)
    for pk, code in Challenge.objects.values_list("pk", "code"):
        scored: dict[int, list[float]] = defaultdict(list)
        for says in rules.NEEDS.get(code, ()):
            known = of_figure(says, measured)
            if known is None:
                continue
            values = {area: value for area, value in known.values.items() if area in counted}
            by_area = rules.scores(values, side=says.side, kind=known.kind, decimals=known.decimals)
            for area, score in by_area.items():
                scored[area].append(score)
                found[area, pk].figures.append(
                    {"code": says.code, "name": known.name, "value": str(values[area]), "unit": known.unit, "year": known.year,
                     "asks": score > 0}
                )  # fmt: skip
        for area, numbers in scored.items():
            found[area, pk].level = rules.need_of(numbers)
    return found


def of_figure(says: rules.Says, measured: dict[str, Known]) -> Known | None:
    """A figure, or for a count its share of another (in percent)."""
    known = measured.get(says.code)
    if known is None or not says.per:
        return known
    base = measured.get(says.per)
    if base is None:
        return None
    values = {
        area: (100 * value / base.values[area]).quantize(Decimal("0.1")) for area, value in known.values.items() if base.values.get(area)
    }
    return Known(known.name, "share", 1, "%", known.year, values)


def last_figures(ground: Ground) -> dict[str, Known]:
    """Every figure that a rule names, in the last year in which most neighbourhoods have it. Two queries.

    A base is taken in its own last year: a share may be off a little, which the rounding of CBS is too.
    """
    codes = {name for figures in rules.NEEDS.values() for says in figures for name in (says.code, says.per) if name} | {PEOPLE}
    indicators = {one.pk: one for one in Indicator.objects.filter(code__in=codes)}
    inside = [row.area_id for row in ground.rows]
    table: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
    rows = Measurement.objects.filter(indicator__in=indicators, area__in=inside, value__isnull=False)
    for area, indicator, year, value in rows.values_list("area_id", "indicator_id", "year", "value"):
        table[indicator, year][area] = value  # type: ignore[assignment]
    most = Counter[int]()
    for (indicator, _year), values in table.items():
        most[indicator] = max(most[indicator], len(values))
    found: dict[str, Known] = {}
    for (indicator, year), values in sorted(table.items()):
        one = indicators[indicator]
        if 2 * len(values) >= most[indicator]:
            found[one.code] = Known(one.name, one.kind, one.decimals, one.unit, year, values)
    return found
