"""What every row of a source must satisfy before anything is loaded; all that is wrong is told at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from buurtdraad.lib.bad_source import Problem
from buurtdraad.places import geometry
from buurtdraad.places.models import Kind
from buurtdraad.places.sources.rows import CODES, AreaRow, municipality_of, plain_name

if TYPE_CHECKING:
    from shapely import Geometry

# Boundaries of two editions differ by 10 to 50 m (CBS): so much of a neighbourhood may lie outside its municipality.
OUTSIDE = 0.05
# Neighbourhoods of one municipality lie together; islands and exclaves stay within this distance of the next one.
APART_KM = 25


def checked(rows: Sequence[AreaRow]) -> tuple[list[AreaRow], list[Problem]]:
    """The rows that are sound, tidied and with mended boundaries, and what is wrong with the others."""
    sound: list[AreaRow] = []
    problems: list[Problem] = []
    first: dict[str, AreaRow] = {}
    for row in rows:
        tidied = replace(row, code=row.code.strip(), name=plain_name(row.name), parent_code=row.parent_code.strip())
        wrong = _wrong(tidied)
        other = first.setdefault(tidied.code, tidied)
        if other is not tidied:
            wrong.append(f"the same code as {other.row or 'an earlier row'}")
        try:
            shape = geometry.mend(tidied.geometry) if tidied.geometry is not None else None
        except geometry.Unmendable as unmendable:
            wrong.append(str(unmendable))
            shape = None
        if shape is not None and not geometry.in_the_netherlands(shape):
            wrong.append(_elsewhere(shape))
        problems += [tidied.problem(cause) for cause in wrong]
        if not wrong:
            sound.append(_measured(replace(tidied, geometry=shape)))
    return sound, problems


def _wrong(row: AreaRow) -> list[str]:
    wrong = []
    shape = CODES.get(Kind(row.kind))
    if shape is None or not shape.match(row.code):
        wrong.append(f"{row.code!r} is not the code of a {row.kind}, such as BU03440111, WK034401 or GM0344")
    if not row.name:
        wrong.append("it has no name")
    if len(row.name) > 120:
        wrong.append("its name is longer than 120 characters")
    if shape and row.municipality_code != (row.code if row.kind == Kind.MUNICIPALITY else municipality_of(row.code)):
        wrong.append(f"its code belongs to another municipality than {row.municipality_code or 'none'}")
    return wrong


def _elsewhere(shape: Geometry) -> str:
    west, south, east, north = shape.bounds
    where = f"it lies at {west:.5g}, {south:.5g}"
    if max(abs(number) for number in (west, south, east, north)) > 1000:
        return f"{where}: these are metres (EPSG:28992?), expected degrees of longitude and latitude (WGS84)"
    if west >= 50 and 2 <= south <= 8:
        return f"{where}: latitude and longitude are swapped, longitude comes first"
    return f"{where}, outside the Netherlands: expected degrees of longitude and latitude (WGS84)"


def _measured(row: AreaRow) -> AreaRow:
    """The row with its area and a point inside, taken from the boundary where the source gives none."""
    if row.geometry is None:
        return row
    area = row.area_ha if row.area_ha is not None else round(geometry.hectares(row.geometry), 1)
    if row.latitude is not None and row.longitude is not None:
        return replace(row, area_ha=area)
    latitude, longitude = geometry.point_inside(row.geometry)
    return replace(row, area_ha=area, latitude=latitude, longitude=longitude)


def outside(rows: Sequence[AreaRow], municipalities: Mapping[str, Geometry]) -> list[Problem]:
    """Neighbourhoods and districts that do not lie in their municipality, or far from all others of it.

    `municipalities` holds the boundaries that are known apart from these rows, by code.
    """
    import shapely

    problems = []
    together: dict[str, list[AreaRow]] = defaultdict(list)
    for row in rows:
        if row.geometry is None or row.kind == Kind.MUNICIPALITY:
            continue
        if row.kind == Kind.NEIGHBOURHOOD:
            together[row.municipality_code].append(row)
        around = municipalities.get(row.municipality_code)
        if around is not None:
            share = row.geometry.difference(around).area / row.geometry.area
            if share > OUTSIDE:
                problems.append(row.problem(f"{share:.0%} of it lies outside its municipality {row.municipality_code}"))
    for code, group in together.items():
        if code in municipalities or len(group) < 2:
            continue
        flat = geometry.in_frame([row.geometry for row in group])
        (near, _), _ = shapely.STRtree(flat).query_nearest(flat, max_distance=APART_KM * 100, exclusive=True, return_distance=True)
        together_with = set(near.tolist())
        for number, row in enumerate(group):
            if number not in together_with:
                problems.append(row.problem(f"it lies more than {APART_KM} km from every other neighbourhood of its municipality {code}"))
    return problems
