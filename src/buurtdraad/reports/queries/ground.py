"""The neighbourhoods of the city as they are now, and in which of them an area lies: a district, a working area, or one of before."""

from collections import defaultdict
from dataclasses import dataclass

from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaChange, Membership
from buurtdraad.places.queries import Drawn


@dataclass(frozen=True)
class Ground:
    """The neighbourhoods of now, and by id of any area the ids of those that lie in it.

    The city as a whole lies in none: what holds everywhere says nothing about one neighbourhood.
    """

    city: str
    rows: list[Drawn]
    inside: dict[int, tuple[int, ...]]

    def of(self, areas: tuple[int, ...] | list[int]) -> tuple[int, ...]:
        """The neighbourhoods in these areas, each once, by id."""
        return tuple(sorted({one for area in areas for one in self.inside.get(area, ())}))


def ground() -> Ground:
    """In four queries, however many areas."""
    city = places.city_code()
    rows = places.neighbourhoods_of(city) if city else []
    inside: dict[int, set[int]] = defaultdict(set)
    now = {row.area_id for row in rows}
    for row in rows:
        inside[row.area_id].add(row.area_id)
        if row.parent_id:
            inside[row.parent_id].add(row.area_id)
    for working_area, neighbourhood in Membership.objects.values_list("working_area", "neighbourhood"):
        if neighbourhood in now:
            inside[working_area].add(neighbourhood)
    # The newest change first, so that what came of an area of long ago is known when that area is asked.
    for before, after in AreaChange.objects.order_by("-year", "-id").values_list("from_area", "to_area"):
        if before not in now and before != after:
            inside[before] |= inside.get(after, set())
    for whole in Area.objects.filter(code=city).values_list("pk", flat=True):
        inside.pop(whole, None)
    return Ground(city, rows, {area: tuple(sorted(found)) for area, found in inside.items() if found})
