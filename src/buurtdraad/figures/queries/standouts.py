"""What stands out in one neighbourhood."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from buurtdraad.figures import rules, sentences
from buurtdraad.figures.models import Indicator, Measurement
from buurtdraad.figures.queries.place import Place, place_of
from buurtdraad.places.models import AreaYear, Kind

PEOPLE = "inwoners"


@dataclass(frozen=True)
class StandOut:
    """Something in which an area differs from most of its municipality. `word`: better, worse, more or less."""

    indicator: Indicator
    word: rules.Word
    year: int
    sentence: str


def standouts(area_code: str) -> list[StandOut]:
    """At most three, good ones first (method: `rules.stands_out`). Only for neighbourhoods (4 queries)."""
    place = place_of(area_code)
    if place is None or place.kind != Kind.NEIGHBOURHOOD or not place.municipality:
        return []
    own = {one.indicator.code: one for one in latest_of(place)}
    people = own.pop(PEOPLE, None)
    table = values_of(place, [*own.values(), *([people] if people else [])])
    counted = {area for area, value in table[people.indicator_id].items() if value >= rules.LEAST_INHABITANTS} if people else set()
    spreads = [spread_of(one.indicator, table[one.indicator_id], counted) for one in own.values()]
    return [
        StandOut(
            indicator=own[seen.code].indicator,
            word=seen.word,
            year=own[seen.code].year,
            sentence=sentences.outlier_in_words(seen, own[seen.code].indicator, place.municipality.name),
        )
        for seen in rules.stands_out(str(place.id), spreads)
    ]


def latest_of(place: Place) -> QuerySet[Measurement]:
    """The last value of each indicator of an area that can stand out, and of its inhabitants."""
    fit = Q(indicator__shown=True, indicator__compared=True, indicator__kind__in=rules.COMPARABLE) | Q(indicator__code=PEOPLE)
    known = Measurement.objects.filter(fit, area=place.id, value__isnull=False)
    return known.select_related("indicator").order_by("indicator_id", "-year").distinct("indicator_id")


def values_of(place: Place, latest: Iterable[Measurement]) -> Mapping[int, Mapping[int, Decimal]]:
    """By indicator: the value of every neighbourhood of the municipality in the year that the place has."""
    assert place.municipality is not None
    by_year: dict[int, list[int]] = defaultdict(list)
    for one in latest:
        by_year[one.year].append(one.indicator_id)
    table: dict[int, dict[int, Decimal]] = defaultdict(dict)
    if not by_year:
        return table
    wanted = Q()
    for year, indicators in by_year.items():
        wanted |= Q(year=year, indicator__in=indicators)
    neighbours = AreaYear.objects.filter(municipality=place.municipality.id, area__kind=Kind.NEIGHBOURHOOD).values("area")
    known = Measurement.objects.filter(wanted, area__in=neighbours, value__isnull=False)
    for area, indicator, value in known.values_list("area_id", "indicator_id", "value"):
        table[indicator][area] = value
    return table


def spread_of(indicator: Indicator, values: Mapping[int, Decimal], counted: set[int]) -> rules.Spread:
    """The values of the neighbourhoods where enough people live."""
    enough = {str(area): value for area, value in values.items() if area in counted}
    return rules.Spread(indicator.code, indicator.kind, indicator.good, indicator.decimals, enough)
