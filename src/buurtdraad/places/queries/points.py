"""Which neighbourhood a point lies in: a tree of all boundaries, kept by each process and built anew when they change.

Shapely is imported at the first question; a process that is never asked stays small.
"""

import threading
from dataclasses import dataclass
from typing import Any

from django.db import connection

from buurtdraad.places import geometry
from buurtdraad.places.models import AreaYear, Kind


@dataclass(frozen=True)
class Points:
    """The boundaries of all neighbourhoods in one situation, sorted by code so that a shared border has one answer."""

    seen: tuple
    ids: list[int]
    tree: Any
    found: dict[int, AreaYear]


_built: dict[int | None, Points] = {}
_building = threading.Lock()


def area_at(latitude: float, longitude: float, year: int | None = None) -> AreaYear | None:
    """The neighbourhood that a point (degrees, WGS84) lies in, in a year, or in the last year of each municipality.

    On a shared border it is the one with the lower code, always the same. None when the point lies in none.
    Read only: the same object answers the next question about that neighbourhood.
    """
    import shapely

    points = _points(year)
    if points is None:
        return None
    hits = points.tree.query(shapely.Point(longitude, latitude), predicate="intersects")
    if not len(hits):
        return None
    here = points.ids[min(hits)]
    if here not in points.found:
        points.found[here] = AreaYear.objects.for_pages().get(pk=here)
    return points.found[here]


def forget_points() -> None:
    """Drop what this process keeps; the next question reads the boundaries again."""
    _built.clear()


def _points(year: int | None) -> Points | None:
    """The tree as of now; whether it is of now is asked each time, on two indexes, past the ORM because that is most of the time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), max(loaded_at) FROM places_areayear")
        seen = cursor.fetchone()
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
    return Points(seen, [row[0] for row in rows], shapely.STRtree(geometry.from_stored(row[3] for row in rows)), {})
