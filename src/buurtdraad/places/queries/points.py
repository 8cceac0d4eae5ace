"""Which neighbourhood a point lies in: a tree of all boundaries, kept by each process and built anew when they change.

Shapely is imported at the first question; a process that is never asked stays small.
"""

import threading
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from buurtdraad.places.models import AreaYear, Kind


@dataclass(frozen=True)
class Points:
    """The boundaries of all neighbourhoods in one situation, sorted by code so that a shared border has one answer."""

    seen: tuple
    ids: list[int]
    tree: Any


_built: dict[int | None, Points] = {}
_building = threading.Lock()


def area_at(latitude: float, longitude: float, year: int | None = None) -> AreaYear | None:
    """The neighbourhood that a point (degrees, WGS84) lies in, in a year, or in the last year of each municipality.

    On a shared border it is the one with the lower code, always the same. None when the point lies in none.
    """
    import shapely

    points = _points(year)
    if points is None:
        return None
    hits = points.tree.query(shapely.Point(longitude, latitude), predicate="intersects")
    if not len(hits):
        return None
    return AreaYear.objects.for_pages().filter(pk=points.ids[min(hits)]).first()


def forget_points() -> None:
    """Drop what this process keeps; the next question reads the boundaries again."""
    _built.clear()


def _points(year: int | None) -> Points | None:
    """The tree as of now. Whether it is of now costs one query on two indexes (0.2 ms)."""
    seen = tuple(AreaYear.objects.aggregate(last=Max("id"), loaded=Max("loaded_at")).values())
    points = _built.get(year)
    if points is None or points.seen != seen:
        with _building:
            points = _built.get(year)
            if points is None or points.seen != seen:
                points = _built[year] = _build(seen, year)
    return points if points.ids else None


def _build(seen: tuple, year: int | None) -> Points:
    import shapely

    found = AreaYear.objects.filter(area__kind=Kind.NEIGHBOURHOOD, boundary__isnull=False).order_by("area__code", "id")
    if year is not None:
        found = found.filter(year=year)
    rows = list(found.values_list("id", "municipality_id", "year", "boundary"))
    last: dict[int, int] = {}
    for _, municipality, in_year, _ in rows:
        last[municipality] = max(in_year, last.get(municipality, 0))
    rows = [row for row in rows if row[2] == last[row[1]]]
    boundaries = shapely.from_wkb([bytes(boundary) for *_, boundary in rows])
    return Points(seen, [row[0] for row in rows], shapely.STRtree(boundaries))
