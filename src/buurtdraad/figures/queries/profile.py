"""The figures of one area."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from buurtdraad.figures import rules, sentences
from buurtdraad.figures.models import Break, Import, Indicator, Measurement, Missing
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
    origin: Import | None = None

    @property
    def name(self) -> str:
        return self.indicator.label


def profile(area_code: str, year: int | None = None) -> list[KeyFigure]:
    """Every figure of an area that may be shown, as it was in `year` or the last year before it that has one (4 queries).

    A working area has no figures of its own: its counts are the sum of its neighbourhoods, told as "about"; shares and
    averages are left out, for they cannot be added. An unknown code gives an empty list.
    """
    place = place_of(area_code)
    if place is None:
        return []
    around = {found.id for found in (place.parent, place.municipality) if found}
    measured = Measurement.objects.filter(area__in={place.id, *around, *place.members}).select_related("indicator", "origin")
    if year is not None:
        measured = measured.filter(year__lte=year)
    table: dict[int, dict[int, dict[int, Measurement]]] = defaultdict(lambda: defaultdict(dict))
    indicators: dict[int, Indicator] = {}
    for one in measured.order_by("year"):
        indicators[one.indicator_id] = one.indicator
        table[one.indicator_id][one.area_id][one.year] = one
    breaks: dict[int, list[int]] = defaultdict(list)
    for indicator_id, at in Break.objects.values_list("indicator_id", "year"):
        breaks[indicator_id].append(at)
    bases = {indicator.code: table[key] for key, indicator in indicators.items()}
    figures = (
        key_figure(place, indicator, table[key], bases.get(indicator.base, {}), [*breaks[key], *place.moved])
        for key, indicator in indicators.items()
        if indicator.shown
    )
    return sorted((figure for figure in figures if figure), key=lambda figure: (figure.indicator.position, figure.indicator.code))


def key_figure(
    place: Place,
    indicator: Indicator,
    measured: dict[int, dict[int, Measurement]],
    base: dict[int, dict[int, Measurement]],
    breaks: list[int],
) -> KeyFigure | None:
    """One figure from the measurements of one indicator (by area id and year); None where the area has none."""
    own = sum_of_members(place, indicator, measured) if place.members else measured.get(place.id, {})
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
        source_line=sentences.source_in_words(indicator, now.origin, year),
        series=series,
        origin=now.origin,
    )
    if indicator.compared and now.value is not None:
        add_trend(figure, breaks)
        add_comparisons(figure, place, measured)
    return figure


def sum_of_members(place: Place, indicator: Indicator, measured: dict[int, dict[int, Measurement]]) -> dict[int, Measurement]:
    """The counts of a working area by year: only years in which every one of its neighbourhoods has a value."""
    if indicator.kind != "count":
        return {}
    by_year: dict[int, list[Measurement]] = defaultdict(list)
    for member in place.members:
        for year, one in measured.get(member, {}).items():
            if one.value is not None:
                by_year[year].append(one)
    return {
        year: Measurement(
            area_id=place.id,
            indicator=indicator,
            year=year,
            value=rules.total((one.value for one in all_of_them), rounded=bool(indicator.rounded_to)).value,  # type: ignore[misc]
            origin=all_of_them[-1].origin,
        )
        for year, all_of_them in sorted(by_year.items())
        if len(all_of_them) == len(place.members)
    }


def without_too_few(one: Measurement, base: Measurement | None, indicator: Indicator) -> Measurement:
    """The measurement, or a secret one where it rests on fewer people or homes than its source allows."""
    if one.value is None or not base or not rules.rests_on_too_few(base.value, indicator.base_least):
        return one
    return Measurement(area_id=one.area_id, indicator=indicator, year=one.year, missing=Missing.SECRET, origin=one.origin)


def as_series(measured: dict[int, Measurement]) -> Series:
    return [(year, one.value) for year, one in sorted(measured.items())]


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


def add_comparisons(figure: KeyFigure, place: Place, measured: dict[int, dict[int, Measurement]]) -> None:
    """District and city beside the figure, in its own year; a district that is the city itself stands there once."""
    indicator = figure.indicator
    if place.municipality:
        figure.municipality_series = as_series(measured.get(place.municipality.id, {}))
    for there in dict.fromkeys(found for found in (place.parent, place.municipality) if found):
        one = measured.get(there.id, {}).get(figure.year)
        if one is None or one.value is None or figure.value is None:
            continue
        if there == place.parent:
            figure.parent_value = one.value
        word = rules.comparison(figure.value, one.value, kind=indicator.kind, decimals=indicator.decimals)
        if word:
            text = sentences.with_unit(one.value, indicator)
            sentence = sentences.comparison_in_words(word, one.value, there.name, indicator)
            figure.comparisons.append(Compared(there.code, there.name, one.value, text, sentence))
