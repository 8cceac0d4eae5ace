"""The figures of one area."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from buurtdraad.figures import rules, sentences
from buurtdraad.figures.models import Break, Indicator, Measurement, Missing
from buurtdraad.figures.queries.place import Place, place_of
from buurtdraad.places.models import Kind

Series = list[tuple[int, Decimal | None]]


@dataclass(frozen=True)
class Compared:
    """The district or the city beside a figure: its name, its value in that year, and the sentence."""

    code: str
    place: str
    value: Decimal
    text: str
    sentence: str


@dataclass
class KeyFigure:
    """One figure of one area, ready to show: number, sentences, series and source, in the language of now."""

    indicator: Indicator
    year: int
    value: Decimal | None
    missing: str
    about: bool
    text: str
    sentence: str
    source_line: str
    series: Series = field(default_factory=list)
    municipality_series: Series = field(default_factory=list)
    parent_value: Decimal | None = None
    trend: rules.Trend | None = None
    trend_sentence: str = ""
    comparisons: list[Compared] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.indicator.label


class Measured(NamedTuple):
    """A measurement as a page needs it; light, for a page reads hundreds."""

    value: Decimal | None
    missing: str
    source: str = ""
    table: str = ""
    licence: str = ""


ByYear = dict[int, Measured]
ByArea = dict[int, ByYear]


def profile(area: str | Place, year: int | None = None) -> list[KeyFigure]:
    """Every figure of an area that may be shown, as it was in `year` or the last year before it that has one (4 queries).

    A working area has no figures of its own: its counts are the sum of its neighbourhoods, told as "about"; shares and
    averages are left out, for they cannot be added. An unknown code gives an empty list. `area` is a code, or the
    answer of `place_of` (then 2 queries).
    """
    place = place_of(area) if isinstance(area, str) else area
    if place is None:
        return []
    indicators = {indicator.pk: indicator for indicator in with_their_bases()}
    table = measured(place, indicators, year)
    bases = {indicator.code: table[key] for key, indicator in indicators.items()}
    figures = (
        key_figure(place, indicator, table[key], bases.get(indicator.base, {})) for key, indicator in indicators.items() if indicator.shown
    )
    return [figure for figure in figures if figure]


def with_their_bases() -> QuerySet[Indicator]:
    """The indicators that may be shown and the counts that they rest on, with the years of their breaks (`broken`)."""
    bases = Indicator.objects.filter(shown=True).values("base")
    broken = ArraySubquery(Break.objects.filter(indicator=OuterRef("pk")).values("year"))
    return Indicator.objects.filter(Q(shown=True) | Q(code__in=bases)).annotate(broken=broken)


def measured(place: Place, indicators: Collection[int], year: int | None) -> dict[int, ByArea]:
    """By indicator, area and year: the place itself, what is around it, and what belongs to it."""
    around = {found.id for found in (place.parent, place.municipality) if found}
    found = Measurement.objects.filter(area__in={place.id, *around, *place.members}, indicator__in=indicators)
    if year is not None:
        found = found.filter(year__lte=year)
    table: dict[int, ByArea] = defaultdict(lambda: defaultdict(dict))
    columns = ("indicator_id", "area_id", "year", "value", "missing", "origin__source", "origin__table", "origin__licence")
    for indicator, area, at, *rest in found.order_by("year").values_list(*columns):
        table[indicator][area][at] = Measured(*rest)
    return table


def key_figure(
    place: Place,
    indicator: Indicator,
    table: ByArea,
    base: ByArea,
) -> KeyFigure | None:
    """One figure from the measurements of one indicator (by area id and year); None where the area has none."""
    own = sum_of_members(place, indicator, table) if place.members else table.get(place.id, {})
    if not own:
        return None
    own = {year: without_too_few(one, base.get(place.id, {}).get(year), indicator) for year, one in own.items()}
    told = [year for year, one in own.items() if one.missing != Missing.NOT_YET]
    year = max(told or own)
    now = own[year]
    exact = place.kind in {Kind.MUNICIPALITY, Kind.COUNTRY}
    said = rules.as_sentence(
        indicator.code, kind=indicator.kind, value=now.value, missing=now.missing, rounded_to=indicator.rounded_to, exact=exact
    )
    series = as_series(own)
    figure = KeyFigure(
        indicator=indicator,
        year=year,
        value=now.value,
        missing=now.missing,
        about=said.about,
        text="" if now.value is None else sentences.with_unit(now.value, indicator, about=said.about),
        sentence=sentences.in_words(said, indicator),
        source_line=sentences.source_in_words(indicator, year, source=now.source, table=now.table, licence=now.licence),
        series=series,
    )
    if indicator.compared and now.value is not None:
        add_trend(figure, [*indicator.broken, *place.moved])  # type: ignore[attr-defined]
        add_comparisons(figure, place, table)
    return figure


def sum_of_members(place: Place, indicator: Indicator, table: ByArea) -> ByYear:
    """The counts of a working area by year: only years in which every one of its neighbourhoods has a value."""
    if indicator.kind != "count":
        return {}
    years: dict[int, list[Measured]] = defaultdict(list)
    for member in place.members:
        for year, one in table.get(member, {}).items():
            if one.value is not None:
                years[year].append(one)
    return {
        year: ones[-1]._replace(value=rules.total((one.value or 0 for one in ones), rounded=bool(indicator.rounded_to)).value)
        for year, ones in sorted(years.items())
        if len(ones) == len(place.members)
    }


def without_too_few(one: Measured, base: Measured | None, indicator: Indicator) -> Measured:
    """The measurement, or a secret one where it rests on fewer people or homes than its source allows."""
    if one.value is None or not base or not rules.rests_on_too_few(base.value, indicator.base_least):
        return one
    return one._replace(value=None, missing=Missing.SECRET)


def as_series(years: ByYear) -> Series:
    return [(year, one.value) for year, one in sorted(years.items())]


def add_trend(figure: KeyFigure, breaks: Iterable[int]) -> None:
    indicator = figure.indicator
    figure.trend = rules.trend(
        [(year, value) for year, value in figure.series if year <= figure.year],
        kind=indicator.kind,
        good=indicator.good,
        decimals=indicator.decimals,
        rounded_to=indicator.rounded_to,
        breaks=breaks,
    )
    if figure.trend:
        figure.trend_sentence = sentences.trend_in_words(figure.trend, indicator)


def add_comparisons(figure: KeyFigure, place: Place, table: ByArea) -> None:
    """District and city beside the figure, in its own year; a district that is the city itself stands there once."""
    indicator = figure.indicator
    if place.municipality:
        figure.municipality_series = as_series(table.get(place.municipality.id, {}))
    for there in dict.fromkeys(found for found in (place.parent, place.municipality) if found):
        one = table.get(there.id, {}).get(figure.year)
        if one is None or one.value is None or figure.value is None:
            continue
        if there == place.parent:
            figure.parent_value = one.value
        word = rules.comparison(figure.value, one.value, kind=indicator.kind, decimals=indicator.decimals)
        if word:
            text = sentences.with_unit(one.value, indicator)
            sentence = sentences.comparison_in_words(word, one.value, there.name, indicator)
            figure.comparisons.append(Compared(there.code, there.name, one.value, text, sentence))
