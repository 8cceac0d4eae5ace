"""Which area somebody means: by its name, a street or a postcode. What they typed is kept nowhere."""

from dataclasses import dataclass, field

from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear, Kind
from buurtdraad.places.sources.address import AddressServiceUnavailable, neighbourhood_of_address

LEAST_LETTERS, LONGEST, MOST = 2, 100, 12
# Where a wish can be given: not for a whole city, for then nobody in particular would answer.
SMALL = (Kind.NEIGHBOURHOOD, Kind.WORKING_AREA, Kind.DISTRICT)


@dataclass
class Places:
    """The areas that may be meant, by code; `exact` when there is no doubt; `unavailable`: no address can be looked up now."""

    found: dict[str, str] = field(default_factory=dict)
    exact: str = ""
    unavailable: bool = False


def area_named(code: str) -> AreaYear | None:
    """An area of this city where a wish can be given; None for any other code."""
    if not code.isprintable() or len(code) > LONGEST:
        return None
    here = places.area_in(code)
    if here is None or here.area.kind not in SMALL:
        return None
    return here if in_this_city(here) else None


def in_this_city(here: AreaYear) -> bool:
    return here.municipality is None or here.municipality.code == places.city_code()


def area_of_point(latitude: float, longitude: float) -> AreaYear | None:
    """The neighbourhood of this city that a point lies in; None outside it, and for what is no point."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # also refuses NaN
        return None
    here = places.area_at(latitude, longitude)
    return here if here and in_this_city(here) else None


def find_area(text: str) -> Places:
    """Areas of this city for what somebody typed: a name, else a street or postcode."""
    text = " ".join(text.split())[:LONGEST]
    if len(text) < LEAST_LETTERS:
        return Places()
    named = [place for place in places.search(text, places.city_code()) if place.area.kind in SMALL]
    if named:
        wanted = places.search_key(text)
        same = [place for place in named if places.search_key(place.name) == wanted]
        sure = named if len(named) == 1 else same if len(same) == 1 else []
        return Places({place.code: named_with_kind(place) for place in named[:MOST]}, exact=sure[0].code if sure else "")
    return find_by_address(text)


def named_with_kind(place: AreaYear) -> str:
    """A name as it stands in a choice: of two areas with one name one sees which is which."""
    return place.name if place.area.kind == Kind.NEIGHBOURHOOD else f"{place.name} ({Kind(place.area.kind).label})"


def find_by_address(text: str) -> Places:
    code = places.city_code()
    if not code:
        return Places()
    try:
        hits = neighbourhood_of_address(text, municipality_code=code)
    except AddressServiceUnavailable:
        return Places(unavailable=True)
    codes = dict.fromkeys(hit.area_code for hit in hits if hit.area_code)
    names = places.names_of(codes)
    found = {code: names[code] for code in codes if code in names}
    certain = len(found) == 1 and not any(hit.whole_postcode for hit in hits)
    return Places(found, exact=next(iter(found)) if certain else "")


def all_areas() -> dict[str, str]:
    """Every neighbourhood of this city by code, by name: to choose from a list."""
    code = places.city_code()
    return dict(sorted(((place.code, place.name) for place in places.neighbourhoods_of(code)), key=lambda pair: pair[1])) if code else {}
