"""Facts as a template shows them: shapes for the map, figures with their drawing and table, crumbs and titles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.figures.models import Indicator, Missing, Theme
from buurtdraad.figures.queries import IndicatorPage, KeyFigure
from buurtdraad.figures.rules import Word
from buurtdraad.figures.sentences import UNITS, number, with_unit
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.queries import Drawn
from buurtdraad.ui.charts import sparkline
from buurtdraad.ui.maps import Shape, area_map

THEMES: dict[str, str | Promise] = {
    Theme.PEOPLE: gettext_lazy("People"),
    Theme.HOMES: gettext_lazy("Homes"),
    Theme.WORK: gettext_lazy("Work and money"),
    Theme.NEARBY: gettext_lazy("Close by"),
    Theme.SPACE: gettext_lazy("Space"),
    Theme.ORIGIN: gettext_lazy("Origin"),
    Theme.OTHER: gettext_lazy("Other"),
}
KINDS: dict[str, str | Promise] = {
    Kind.COUNTRY: gettext_lazy("Country"),
    Kind.MUNICIPALITY: gettext_lazy("Municipality"),
    Kind.DISTRICT: gettext_lazy("District"),
    Kind.NEIGHBOURHOOD: gettext_lazy("Neighbourhood"),
    Kind.WORKING_AREA: gettext_lazy("Area with a neighbourhood agenda"),
}
INSIDE: dict[str, str | Promise] = {
    Kind.MUNICIPALITY: gettext_lazy("Districts"),
    Kind.DISTRICT: gettext_lazy("Neighbourhoods"),
    Kind.WORKING_AREA: gettext_lazy("Neighbourhoods"),
}
NO_FIGURE: dict[str, str | Promise] = {
    Missing.SECRET: gettext_lazy("no figure"),
    Missing.NOT_YET: gettext_lazy("follows later"),
    Missing.NOT_APPLICABLE: gettext_lazy("does not apply"),
}
TONES = {Word.BETTER: "good", Word.WORSE: "bad"}


def tone_of(days_left: int | None) -> str:
    """The colour beside a number of days: late, within three days, or more."""
    if days_left is None or days_left > 3:
        return "neutral"
    return "bad" if days_left < 0 else "watch"


def url_of(code: str) -> str:
    return reverse("pages:area", args=[code])


@dataclass
class Row:
    """A line of the table under a figure."""

    year: int
    own: str
    other: str


@dataclass
class Figure:
    """One figure with its drawing, its table and the words beside it."""

    key: KeyFigure
    number: str
    unit: str
    sentence: str
    chart: SafeString | str
    beside: bool
    rows: list[Row]
    other_text: str
    trend: str
    tone: str
    comparison: str


def as_figure(key: KeyFigure, newest: int) -> Figure:
    """A key figure ready for the template. The city stands beside it only where a comparison says something.

    A figure of before `newest`, the last year on the page, says its year in its sentence.
    """
    other = dict(key.municipality_series) if key.indicator.compared and key.indicator.kind != "count" else {}
    own = dict(key.series)
    years = sorted(own)
    beside = [other.get(year) for year in years]
    told = [value for value in own.values() if value is not None]
    return Figure(
        key=key,
        number="–" if key.value is None else number(key.value, key.indicator) + ("%" if key.indicator.unit == "%" else ""),
        unit="" if key.indicator.unit == "%" or key.value is None else str(UNITS.get(key.indicator.unit, key.indicator.unit)),
        sentence=key.sentence if key.year == newest else f"{key.year}: {key.sentence}",
        beside=any(value is not None for value in beside),
        chart=sparkline(numbers(own[year] for year in years), sentence=key.sentence, beside=numbers(beside)) if len(told) > 1 else "",
        rows=[
            Row(year, in_cell(own[year], key.indicator, key.missing), in_cell(other.get(year), key.indicator)) for year in reversed(years)
        ],
        other_text=with_unit(value, key.indicator) if (value := other.get(key.year)) is not None else "",
        trend=key.trend_sentence,
        tone=TONES.get(key.trend.word, "same") if key.trend else "",
        comparison=key.comparisons[0].sentence if key.comparisons else "",
    )


def in_cell(value: Decimal | None, indicator: Indicator, missing: str = "") -> str:
    return with_unit(value, indicator) if value is not None else str(NO_FIGURE.get(missing, NO_FIGURE[Missing.SECRET]))


def numbers(values: Iterable[Decimal | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


PART = 3  # the shade of what belongs to the area that a page is about


def plain_map(
    places: Sequence[AreaYear | Drawn], *, title: str, here: AreaYear | None = None, parts: Sequence[AreaYear] = ()
) -> SafeString:
    """A map without figures: each area is a link. `here` is what the page is about, `parts` the areas that it is made of."""
    within = {part.code for part in parts}
    shapes = shapes_of(places, lambda code: (PART if code in within else None, ""))
    return area_map(
        shapes,
        title=title,
        current=here.code if here and not within else None,
        classes=[(PART, here.name)] if here and within else [],
        schematic=any(place.schematic for place in places),
    )


def shapes_of(places: Sequence[AreaYear | Drawn], shade: Callable[[str], tuple[int | None, str]]) -> list[Shape]:
    """The areas as shapes; `shade` tells of a code its level and its value in words. The address is looked up once, not for each."""
    start, _place, end = url_of("-").rpartition("-")
    return [
        Shape(place.code, place.name, f"{start}{place.code}{end}", place.outline, *shade(place.code), frame=place.frame) for place in places
    ]


def figure_map(page: IndicatorPage, places: Sequence[Drawn], *, title: str) -> SafeString:
    """A map in four shades of one figure, hatched where there is none."""
    figures = {figure.code: figure for figure in page.areas}

    def shade(code: str) -> tuple[int, str]:
        figure = figures.get(code)
        if figure is None:
            return 0, str(NO_FIGURE[Missing.NOT_YET])
        return 0 if figure.shade is None else figure.shade + 1, figure.text

    shapes = shapes_of(places, shade)
    classes = list(enumerate(page.legend, start=1))
    return area_map(shapes, title=title, classes=classes, schematic=any(place.schematic for place in places))


def crumbs_to(ancestors: Sequence[AreaYear]) -> list[tuple[str, str]]:
    """The way to an area: all neighbourhoods, the municipality, the district."""
    return [(_("Neighbourhoods"), reverse("pages:areas")), *((place.name, url_of(place.code)) for place in ancestors)]


def kicker(here: AreaYear, ancestors: Sequence[AreaYear]) -> str:
    """What kind of area it is, and where: "Buurt in wijk Noordwest"."""
    within = ancestors[-1] if ancestors else None
    match here.area.kind, within:
        case Kind.NEIGHBOURHOOD, AreaYear():
            return _("Neighbourhood in district %(name)s") % {"name": within.name}
        case Kind.DISTRICT, AreaYear():
            return _("District of %(name)s") % {"name": within.name}
        case _other:
            return str(KINDS[here.area.kind])
