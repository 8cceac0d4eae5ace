"""How many wishes each part of a place has: what the map of wishes shows, at most one circle for each part."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear, Kind


@dataclass(frozen=True)
class Part:
    """One part of a place: how it stands, and its wishes."""

    place: AreaYear
    wishes: int


@dataclass(frozen=True)
class Spread:
    """A place and the wishes of its parts. `whole` counts those that are of no one part: of a working area or of all of the place."""

    here: AreaYear
    parts: list[Part]
    whole: int
    current: str = ""

    @property
    def wishes(self) -> int:
        return self.whole + sum(part.wishes for part in self.parts)


def spread_over(here: AreaYear) -> Spread:
    """The wishes of a place by district (a city), by neighbourhood (a district, a working area), for a neighbourhood beside its neighbours.

    At most seven queries, whatever the number of wishes.
    """
    holder = holder_of(here)
    parts = parts_of(holder)
    codes = codes_of(holder.area.code)
    counted = Wish.objects.on_site().heads().within(codes).values_list("area__code").annotate(wishes=Count("pk")).order_by()
    counts = dict(counted)
    inside = places.inside([part.area.code for part in parts if part.area.kind == Kind.DISTRICT])
    found = [
        Part(part, sum(counts.pop(code, 0) for code in {part.area.code, *inside.get(part.area.code, ())}))
        for part in sorted(parts, key=lambda part: part.name)
    ]
    return Spread(holder, found, sum(counts.values()), here.area.code if holder is not here else "")


def holder_of(here: AreaYear) -> AreaYear:
    """What the map is of: for a neighbourhood the district that it lies in."""
    if here.area.kind != Kind.NEIGHBOURHOOD or here.parent is None:
        return here
    return places.area_in(here.parent.code) or here


def parts_of(holder: AreaYear) -> Sequence[AreaYear]:
    """The parts of a place. A city of one district is shown by neighbourhood."""
    parts = places.children(holder.area.code)
    if holder.area.kind == Kind.MUNICIPALITY and len(parts) == 1:
        return places.children(parts[0].area.code)
    return parts or [holder]
