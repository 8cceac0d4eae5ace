"""What the pages show that look at several rooms at once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Exists, OuterRef

from buurtdraad.figures.models import Import, Measurement, Missing
from buurtdraad.figures.queries import KeyFigure, Place, StandOut, as_rows, indicators_shown, profile, standouts
from buurtdraad.figures.queries.place import MOVED, Beside
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.queries import AreaPage, Drawn
from buurtdraad.places.sources.address import AddressServiceUnavailable, neighbourhood_of_address

# "52.0907, 5.1214": latitude and longitude, as maps and telephones write them.
COORDINATES = re.compile(r"^\s*(-?\d{1,2}[.]\d+)\s*[,; ]\s*(-?\d{1,3}[.]\d+)\s*$")
LEAST_LETTERS = 2
LONGEST_SEARCH = 100


@dataclass
class Found:
    """An answer to a search: the places, or that the address service does not answer."""

    places: list["Hit"] = field(default_factory=list)
    exact: str = ""
    unavailable: bool = False


def find(text: str, *, typing: bool = False) -> Found:
    """Places for what a person typed: a name, a point, or (not while typing) a street or postcode.

    `exact` is the code of the one place that is meant without doubt. An address goes to the address service and is kept nowhere.
    """
    text = " ".join(text.split())[:LONGEST_SEARCH]
    if point := COORDINATES.match(text):
        here = places.area_at(float(point[1]), float(point[2]))
        return Found([as_hit(here)], exact=here.area.code) if here else Found()
    if len(text) < LEAST_LETTERS:
        return Found()
    named = places.search(text, places.city_code())
    if named:
        wanted = places.search_key(text)
        same = [place for place in named if places.search_key(place.name) == wanted]
        # A working area and a neighbourhood may share a name: then the person chooses.
        exact = named[0].area.code if len(named) == 1 else same[0].area.code if len(same) == 1 else ""
        return Found([as_hit(place) for place in named[:20]], exact=exact)
    return Found() if typing else find_address(text)


def find_address(text: str) -> Found:
    """The neighbourhoods of a street or postcode, each once."""
    code = places.city_code()
    if not code:
        return Found()
    try:
        hits = neighbourhood_of_address(text, municipality_code=code)
    except AddressServiceUnavailable:
        return Found(unavailable=True)
    names = {place.code: place.name for place in places.neighbourhoods_of(code)}
    found: dict[str, Hit] = {}
    for hit in hits:
        if hit.area_code in names:
            found.setdefault(
                hit.area_code,
                Hit(hit.area_code, names[hit.area_code], Kind.NEIGHBOURHOOD, address=hit.label, may_be_more=hit.whole_postcode),
            )
    certain = len(found) == 1 and not any(place.may_be_more for place in found.values())
    return Found(list(found.values()), exact=next(iter(found)) if certain else "")


@dataclass(frozen=True)
class Hit:
    """A place that was found; for an address what the service calls it, and whether it may lie in more neighbourhoods."""

    code: str
    name: str
    kind: str
    address: str = ""
    may_be_more: bool = False


def as_hit(place: AreaYear) -> Hit:
    return Hit(place.code, place.name, place.area.kind)


@dataclass
class CityPlaces:
    """The city's places as they stand now, for the list, the map and the home page."""

    municipality: AreaYear
    districts: list[tuple[AreaYear, list[Drawn]]]
    working_areas: list[AreaYear]

    @property
    def neighbourhoods(self) -> list[Drawn]:
        return [place for _, inside in self.districts for place in inside]


def city_places() -> CityPlaces | None:
    """Districts with their neighbourhoods, and the working areas; None for a city without places."""
    municipality = places.city()
    if municipality is None:
        return None
    code, year = municipality.area.code, municipality.year
    neighbourhoods = places.neighbourhoods_of(code, year)
    inside = {key: list(group) for key, group in groupby(sorted(neighbourhoods, key=by_parent), key=by_parent)}
    districts = [(district, inside.get(district.area_id, [])) for district in places.children(code, year)]
    return CityPlaces(municipality, districts, places.working_areas_of(code, year))


def by_parent(place: Drawn) -> int:
    return place.parent_id or 0


@dataclass
class AreaFacts:
    """All that the page of an area says."""

    places: AreaPage
    around: Sequence[AreaYear | Drawn]
    figures: list[KeyFigure]
    standouts: list[StandOut]

    @property
    def headline(self) -> list[KeyFigure]:
        """The three shown first: those marked, then those that can be compared with the city, then any that has a value."""
        told = [figure for figure in self.figures if figure.value is not None]
        return sorted(told, key=headline_order)[:3]

    @property
    def more(self) -> list[tuple[str, list[KeyFigure]]]:
        """The other figures by theme, in the order of the indicators."""
        first = self.headline
        return by_theme(figure for figure in self.figures if figure not in first)


def headline_order(figure: KeyFigure) -> int:
    if figure.indicator.headline:
        return 0
    return 1 if figure.comparisons else 2


def by_theme(figures: Iterable[KeyFigure]) -> list[tuple[str, list[KeyFigure]]]:
    themes: dict[str, list[KeyFigure]] = {}
    for figure in figures:
        themes.setdefault(figure.indicator.theme, []).append(figure)
    return list(themes.items())


COLUMNS = ("area", "place", "indicator", "name", "year", "value", "missing", "unit", "source", "licence", "note")
SUMMED = "sum of rounded counts"


def open_rows(code: str) -> list[dict] | None:
    """The figures of one area as open data, each with the same columns; None for an unknown area.

    A working area has none of its own: its rows are the sums that its page shows, and say so.
    """
    here = places.area_in(code)
    if here is None:
        return None
    if here.area.kind != Kind.WORKING_AREA:
        return [in_columns(row, here.name) for row in as_rows([code])]
    return [
        in_columns(
            {
                "area": code,
                "indicator": figure.indicator.code,
                "name": figure.name,
                "year": year,
                "value": value,
                "missing": "",
                "unit": figure.indicator.unit,
                "source": figure.indicator.source,
                "licence": figure.indicator.licence,
            },
            here.name,
            note=SUMMED,
        )
        for figure in profile(code)
        for year, value in figure.series
        if value is not None
    ]


def in_columns(row: dict, place: str, note: str = "") -> dict:
    """A row with all columns, its value as a number as programs expect it: 5020 and 2.1, not "5020.000"."""
    value = row["value"]
    plain = None if value is None else int(value) if value == int(value) else float(value)
    return {name: (row | {"place": place, "value": plain, "note": note})[name] for name in COLUMNS}


def area_facts(code: str) -> AreaFacts | None:
    """The facts of one area, or None for a code that is not known."""
    page = places.area_page(code)
    if page is None:
        return None
    place = as_place(page)
    return AreaFacts(page, around(page), profile(place), standouts(place))


def as_place(page: AreaPage) -> Place:
    """The area as figures need it, from what the page asked already: four queries less than asking for it by code."""
    here = page.here
    above = {place.area_id: Beside(place.area_id, place.area.code, place.name) for place in page.ancestors}
    return Place(
        id=here.area_id,
        code=here.area.code,
        kind=here.area.kind,
        name=here.name,
        parent=above.get(here.parent_id or 0),
        municipality=above.get(here.municipality_id or 0),
        members=[place.area_id for place in page.children] if here.area.kind == Kind.WORKING_AREA else [],
        moved=[change.year for change in page.changes if change.to_area_id == here.area_id and change.kind in MOVED],
    )


def around(page: AreaPage) -> Sequence[AreaYear | Drawn]:
    """What the map of an area shows: what lies inside it, or for a neighbourhood all of its city."""
    if page.here.area.kind == Kind.MUNICIPALITY:
        return places.neighbourhoods_of(page.here.area.code, page.here.year)
    if page.here.municipality is None:
        return page.children or [page.here]
    return places.neighbourhoods_of(page.here.municipality.code, page.here.year)


def indicator_groups(city: str) -> list[tuple[str, list]]:
    """The indicators that have a page, by theme: those that are shown, and have figures of the city's neighbourhoods."""
    neighbourhoods = AreaYear.objects.filter(municipality__code=city, area__kind=Kind.NEIGHBOURHOOD).values("area")
    measured = Measurement.objects.filter(indicator=OuterRef("pk"), area__in=neighbourhoods).exclude(missing=Missing.NOT_YET)
    themes: dict[str, list] = {}
    for indicator in indicators_shown().filter(Exists(measured)):
        themes.setdefault(indicator.theme, []).append(indicator)
    return list(themes.items())


def origins() -> list[Import]:
    """Where the figures on the site come from: the last load of each table or file."""
    last: dict[tuple[str, str], Import] = {}
    for load in Import.objects.order_by("loaded_at"):
        last[load.source, load.table or load.file] = load
    return list(last.values())
