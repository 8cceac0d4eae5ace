"""One indicator over all areas."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from buurtdraad.figures import rules, sentences
from buurtdraad.figures.models import Indicator, Measurement, Missing
from buurtdraad.places.models import AreaYear, Kind


def indicators_shown() -> QuerySet[Indicator]:
    """The indicators that pages and open data may show, in their order (1 query)."""
    return Indicator.objects.filter(shown=True)


@dataclass(frozen=True)
class AreaFigure:
    """One area on the page of an indicator. `shade` is its class on the map (0 lightest to 3), None without a value."""

    code: str
    name: str
    value: Decimal | None
    missing: str
    text: str
    shade: int | None


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator over all areas of one kind, by name: a list to look things up in, not a ranking."""

    indicator: Indicator
    year: int
    years: list[int]
    areas: list[AreaFigure]
    bounds: list[Decimal]
    legend: list[str]
    source_line: str


def indicator_page(code: str, municipality: str, year: int | None = None, *, kind: str = Kind.NEIGHBOURHOOD) -> IndicatorPage | None:
    """The areas of a municipality with their value for an indicator in `year`, or its last (4 queries).

    None for an indicator that is not shown or has no figures here, or a year without any.
    """
    indicator = indicators_shown().filter(code=code).first()
    stood = AreaYear.objects.filter(municipality__code=municipality, area__kind=kind).order_by("area", "-year").distinct("area")
    names = {row[0]: row[1:] for row in stood.values_list("area_id", "area__code", "name")}
    if indicator is None or not names:
        return None
    measured = Measurement.objects.filter(indicator=indicator, area__in=names)
    years = list(measured.exclude(missing=Missing.NOT_YET).order_by("-year").values_list("year", flat=True).distinct())
    year = year or (years[0] if years else None)
    if year not in years:
        return None
    found = {one.area_id: one for one in measured.filter(year=year).select_related("origin")}
    origin = next(iter(found.values())).origin
    bounds = rules.quantile_classes(one.value for one in found.values() if one.value is not None)
    areas = [area_figure(indicator, *names[area], found.get(area), bounds) for area in names]
    return IndicatorPage(
        indicator=indicator,
        year=year,
        years=years,
        areas=sorted(areas, key=lambda area: (area.name.casefold(), area.code)),
        bounds=bounds,
        legend=legend(indicator, bounds, [one.value for one in found.values() if one.value is not None]),
        source_line=sentences.source_in_words(indicator, year, source=origin.source, table=origin.table, licence=origin.licence),
    )


def area_figure(indicator: Indicator, code: str, name: str, one: Measurement | None, bounds: Sequence[Decimal]) -> AreaFigure:
    if one is None or one.value is None:
        missing = one.missing if one else Missing.NOT_YET
        text = sentences.in_words(rules.as_sentence(indicator.code, kind=indicator.kind, value=None, missing=missing), indicator)
        return AreaFigure(code, name, None, missing, text, None)
    return AreaFigure(code, name, one.value, "", sentences.with_unit(one.value, indicator), rules.class_of(one.value, bounds))


def legend(indicator: Indicator, bounds: Sequence[Decimal], values: Sequence[Decimal]) -> list[str]:
    """What each class of the map holds: "11% - 31%", lightest first."""
    classes: dict[int, list[Decimal]] = defaultdict(list)
    for value in values:
        classes[rules.class_of(value, bounds)].append(value)
    return [
        " - ".join(sentences.with_unit(edge, indicator) for edge in dict.fromkeys((min(held), max(held))))
        for _, held in sorted(classes.items())
    ]


def measurements_shown() -> QuerySet[Measurement]:
    """The measurements that open data may give: those of indicators that are shown."""
    return Measurement.objects.filter(indicator__shown=True)


def as_rows(area_codes: Iterable[str]) -> Iterator[dict]:
    """Open data: every shown measurement of these areas, one row each, the same columns for CSV and JSON (1 query)."""
    measured = measurements_shown().filter(area__code__in=list(area_codes))
    for one in measured.select_related("area", "indicator", "origin").order_by("area__code", "indicator__position", "year"):
        yield {
            "area": one.area.code,
            "indicator": one.indicator.code,
            "name": one.indicator.label,
            "year": one.year,
            "value": one.value,
            "missing": one.missing,
            "unit": one.indicator.unit,
            "source": str(one.origin),
            "licence": one.origin.licence or one.indicator.licence,
        }
