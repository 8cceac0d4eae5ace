"""What the pages show that look at several rooms at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from buurtdraad.figures.models import Import
from buurtdraad.figures.queries import KeyFigure, Place, StandOut, indicators_shown, profile, standouts
from buurtdraad.figures.queries.place import MOVED, Beside
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.queries import AreaPage
from buurtdraad.places.sources.address import AddressServiceUnavailable, neighbourhood_of_address

# "52.0907, 5.1214": latitude and longitude, as maps and telephones write them.
COORDINATES = re.compile(r"^\s*(-?\d{1,2}[.]\d+)\s*[,; ]\s*(-?\d{1,3}[.]\d+)\s*$")
LEAST_LETTERS = 2


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
    text = " ".join(text.split())[:100]
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
    names = {place.area.code: place for place in places.neighbourhoods_of(code)}
    found: dict[str, Hit] = {}
    for hit in hits:
        if hit.area_code in names:
            found.setdefault(hit.area_code, as_hit(names[hit.area_code], address=hit.label, may_be_more=hit.whole_postcode))
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


def as_hit(place: AreaYear, **of_address: Any) -> Hit:
    return Hit(place.area.code, place.name, place.area.kind, **of_address)


@dataclass
class CityPlaces:
    """The city's places as they stand now, for the list, the map and the home page."""

    municipality: AreaYear
    districts: list[tuple[AreaYear, list[AreaYear]]]
    working_areas: list[AreaYear]

    @property
    def neighbourhoods(self) -> list[AreaYear]:
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


def by_parent(place: AreaYear) -> int:
    return place.parent_id or 0


@dataclass
class AreaFacts:
    """All that the page of an area says."""

    places: AreaPage
    around: list[AreaYear]
    figures: list[KeyFigure]
    standouts: list[StandOut]

    @property
    def headline(self) -> list[KeyFigure]:
        """The three shown first: those marked, filled up with the first that have a value."""
        told = [figure for figure in self.figures if figure.value is not None]
        marked = [figure for figure in told if figure.indicator.headline]
        return (marked + [figure for figure in told if figure not in marked])[:3]

    @property
    def more(self) -> list[tuple[str, list[KeyFigure]]]:
        """The other figures by theme, in the order of the indicators."""
        first = self.headline
        return by_theme(figure for figure in self.figures if figure not in first)

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(figure.source_line for figure in self.figures))


def by_theme(figures: Iterable[KeyFigure]) -> list[tuple[str, list[KeyFigure]]]:
    themes: dict[str, list[KeyFigure]] = {}
    for figure in figures:
        themes.setdefault(figure.indicator.theme, []).append(figure)
    return list(themes.items())


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


def around(page: AreaPage) -> list[AreaYear]:
    """What the map of an area shows: what lies inside it, or for a neighbourhood all of its city."""
    if page.here.area.kind == Kind.MUNICIPALITY:
        return places.neighbourhoods_of(page.here.area.code, page.here.year)
    if page.here.municipality is None:
        return page.children or [page.here]
    return places.neighbourhoods_of(page.here.municipality.code, page.here.year)


def indicator_groups() -> list[tuple[str, list]]:
    """The indicators that are shown, by theme."""
    themes: dict[str, list] = {}
    for indicator in indicators_shown():
        themes.setdefault(indicator.theme, []).append(indicator)
    return list(themes.items())


def origins() -> list[Import]:
    """Where the figures on the site come from: the last load of each table or file."""
    last: dict[tuple[str, str], Import] = {}
    for load in Import.objects.order_by("loaded_at"):
        last[load.source, load.table or load.file] = load
    return list(last.values())
