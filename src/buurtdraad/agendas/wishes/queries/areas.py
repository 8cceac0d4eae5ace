"""The areas that say something about the wishes of an area, and those whose wishes its page shows."""

from typing import NamedTuple

from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind


class Above(NamedTuple):
    """An area on the way from a neighbourhood to its city."""

    code: str
    name: str
    kind: str

    @property
    def holds_series(self) -> bool:
        """Whether wishes are counted here: in a working area, else in a district."""
        return self.kind in (Kind.WORKING_AREA, Kind.DISTRICT, Kind.MUNICIPALITY)


def areas_above(area: Area) -> list[Above]:
    """The area itself, then its working areas, its district and its municipality. At most three queries, asked once for this object."""
    kept = area.__dict__
    if "_areas_above" not in kept:
        kept["_areas_above"] = asked_above(area)
    return kept["_areas_above"]


def asked_above(area: Area) -> list[Above]:
    here = places.area_in(area.code)
    if here is None:
        return [Above(area.code, area.code, area.kind)]
    found = [here, *(places.working_areas_of(area.code) if area.kind == Kind.NEIGHBOURHOOD else []), *reversed(places.ancestors(area.code))]
    return [Above(place.area.code, place.name, place.area.kind) for place in found]


def codes_of(code: str) -> frozenset[str] | None:
    """The areas whose wishes stand with this one: itself and the neighbourhoods in it; None (all) for the city itself."""
    # The city is asked for only where it can be meant.
    if places.is_municipality(code) and code == places.city_code():
        return None
    inside = places.inside([code])[code]
    return frozenset({code, *inside, *places.working_areas_with(inside)}) if code.startswith("WK") else frozenset({code, *inside})
