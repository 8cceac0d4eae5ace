"""The levels that a source leaves out: districts and municipalities, joined from the areas inside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from buurtdraad.places import geometry
from buurtdraad.places.models import Kind
from buurtdraad.places.sources.rows import AreaRow

if TYPE_CHECKING:
    from shapely import Geometry

ABOVE = {Kind.NEIGHBOURHOOD: Kind.DISTRICT, Kind.DISTRICT: Kind.MUNICIPALITY}


def completed(rows: Sequence[AreaRow]) -> list[AreaRow]:
    """The rows, with a row for every district and municipality that they name and the source does not hold.

    Such a row is the union of the areas inside it (no seams) and bears the name that those give it, or else
    its code. Rows that are there are left as they are.
    """
    everything = list(rows)
    for kind, above in ABOVE.items():
        known = {row.code for row in everything if row.kind == above}
        inside: dict[str, list[AreaRow]] = defaultdict(list)
        for row in everything:
            if row.kind == kind and row.parent_code and row.parent_code not in known:
                inside[row.parent_code].append(row)
        everything += [_around(code, above, inside[code]) for code in sorted(inside)]
    return everything


def _around(code: str, kind: Kind, inside: list[AreaRow]) -> AreaRow:
    first = inside[0]
    shapes = [row.geometry for row in inside if row.geometry is not None]
    shape = geometry.joined(shapes) if shapes else None
    latitude, longitude = geometry.point_inside(shape) if shape is not None else (first.latitude, first.longitude)
    sizes = [row.area_ha for row in inside]
    is_district = kind == Kind.DISTRICT
    return replace(
        first,
        code=code,
        kind=kind,
        name=(first.parent_name if is_district else first.municipality_name) or code,
        parent_code=first.municipality_code if is_district else "",
        parent_name=first.municipality_name if is_district else "",
        geometry=shape,
        latitude=latitude,
        longitude=longitude,
        area_ha=None if None in sizes else round(sum(size for size in sizes if size is not None), 1),
        row="",
    )


def drawn(rows: Sequence[AreaRow]) -> dict[str, tuple[str, geometry.Frame]]:
    """The outline and frame of every row with a boundary, by code.

    Areas of one level are simplified together; a district or municipality whose parts are among the rows is
    the union of their outlines, so that the lines of all levels lie on each other.
    """
    shapes: dict[str, Geometry] = {}
    for kind in (Kind.NEIGHBOURHOOD, Kind.DISTRICT, Kind.MUNICIPALITY):
        level = sorted((row for row in rows if row.kind == kind and row.geometry is not None), key=lambda row: row.code)
        parts: dict[str, list[Geometry]] = defaultdict(list)
        for row in rows:
            if row.code in shapes and row.parent_code:
                parts[row.parent_code].append(shapes[row.code])
        bare = [row for row in level if row.code not in parts]
        shapes |= simplified(bare)
        shapes |= {row.code: geometry.joined(parts[row.code]) for row in level if row.code in parts}
    return {code: geometry.outline(shape) for code, shape in shapes.items()}


def simplified(rows: Sequence[AreaRow]) -> dict[str, Geometry]:
    """The simplified boundaries of areas of one level, by code; an overlap in one municipality spoils only that one."""
    import shapely

    shapes = [row.geometry for row in rows]
    if not shapes or shapely.coverage_is_valid(geometry.in_frame(shapes)):
        return dict(zip((row.code for row in rows), geometry.simplified_together(shapes), strict=True))
    groups: dict[str, list[AreaRow]] = defaultdict(list)
    for row in rows:
        groups[row.municipality_code].append(row)
    return {
        row.code: shape
        for group in groups.values()
        for row, shape in zip(group, geometry.simplified_together([row.geometry for row in group]), strict=True)
    }
