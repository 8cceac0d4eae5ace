"""The shapes of areas: mending, simplifying, drawing in the map frame, and drawing a map out of points.

Plain functions on shapely geometries in WGS84, longitude first. Shapely (and with it numpy) is imported inside
the functions: a web worker that never looks a point up stays small.

**The map frame** is one plane for the whole of the Netherlands: whole units of 10 m, x to the east, y *downward* as in
SVG, so that outlines of any two areas fit together without a calculation. It is equirectangular, true to scale at
52.15 degrees north; at the edges of the country a length is off by less than 3 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely import Geometry

# North-west of every place in the Netherlands, so that the frame holds no negative numbers.
WEST, NORTH = 3.2, 53.7
METRES_A_DEGREE = 111_195.0
UNIT_METRES = 10.0
UNITS_A_DEGREE_NORTH = METRES_A_DEGREE / UNIT_METRES
UNITS_A_DEGREE_EAST = UNITS_A_DEGREE_NORTH * math.cos(math.radians(52.15))

# Longitude and latitude between which every place of the European Netherlands lies, the sea included.
NETHERLANDS = (2.5, 50.6, 7.4, 55.8)

# A triangle smaller than the square of this many units is left out of an outline: Utrecht's neighbourhoods
# keep about thirty corners each.
SIMPLER = 1.4

Frame = tuple[int, int, int, int]


class Unmendable(ValueError):  # noqa: N818 (an answer about a boundary, not a programming error)
    """A boundary that cannot be made valid without changing what it encloses; the message says why."""


def to_frame(longitude: float, latitude: float) -> tuple[int, int]:
    """The place of a point in the map frame: x to the east and y to the south, in whole units of 10 m."""
    return round((longitude - WEST) * UNITS_A_DEGREE_EAST), round((NORTH - latitude) * UNITS_A_DEGREE_NORTH)


def in_frame(geometry: Geometry) -> Geometry:
    """The geometry in the map frame, not yet rounded: for distances and areas that are the same in every direction."""
    import shapely

    return shapely.transform(geometry, _scaled)


def out_of_frame(geometry: Geometry) -> Geometry:
    """The way back: from the map frame to longitude and latitude."""
    import numpy
    import shapely

    return shapely.transform(
        geometry, lambda at: numpy.column_stack((WEST + at[:, 0] / UNITS_A_DEGREE_EAST, NORTH - at[:, 1] / UNITS_A_DEGREE_NORTH))
    )


def _scaled(at):
    import numpy

    return numpy.column_stack(((at[:, 0] - WEST) * UNITS_A_DEGREE_EAST, (NORTH - at[:, 1]) * UNITS_A_DEGREE_NORTH))


def outline(geometry: Geometry) -> tuple[str, Frame]:
    """The boundary as a compact SVG path and its bounds (min x, min y, max x, max y), both in the map frame.

    Holes and further parts are further rings of the same path: fill it with `fill-rule="evenodd"`. A ring that is
    too small to have three corners in the frame is left out, unless nothing else would be left: then one unit square.
    """
    rings = [corners for ring in _rings(geometry) if len(corners := _corners(ring)) >= 3]
    if not rings:
        point = geometry.representative_point()
        x, y = to_frame(point.x, point.y)
        rings = [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]]
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return "".join(_path(ring) for ring in rings), (min(xs), min(ys), max(xs), max(ys))


def _rings(geometry: Geometry):
    for part in _polygons(geometry):
        yield part.exterior
        yield from part.interiors


def _polygons(geometry: Geometry) -> list:
    """All polygons in a geometry, however deep it is nested; lines and points are left out."""
    if hasattr(geometry, "geoms"):
        return [polygon for part in geometry.geoms for polygon in _polygons(part)]
    return [geometry] if geometry.geom_type == "Polygon" else []


def _corners(ring) -> list[tuple[int, int]]:
    """The corners of a ring in the frame, without a corner twice in a row and without the closing one."""
    corners: list[tuple[int, int]] = []
    for longitude, latitude, *_ in ring.coords:
        at = to_frame(longitude, latitude)
        if not corners or corners[-1] != at:
            corners.append(at)
    while len(corners) > 1 and corners[-1] == corners[0]:
        corners.pop()
    return corners


def _path(corners: list[tuple[int, int]]) -> str:
    (x, y), *others = corners
    steps = []
    for to_x, to_y in others:
        steps.append(f"{to_x - x}{'' if to_y < y else ' '}{to_y - y}")
        x, y = to_x, to_y
    moves = "".join(step if number == 0 or step[0] == "-" else f" {step}" for number, step in enumerate(steps))
    return f"M{corners[0][0]} {corners[0][1]}l{moves}z"


def mend(geometry: Geometry) -> Geometry:
    """The boundary as a valid polygon or multipolygon in two dimensions.

    A small fault (a spike, a ring that touches itself, a loose line beside the polygon) is mended when what is
    enclosed changes by less than 1 %; anything worse raises `Unmendable` with the reason and the place.
    """
    import numpy
    import shapely

    if geometry is None or geometry.is_empty:
        raise Unmendable("the boundary is empty")
    if geometry.geom_type not in {"Polygon", "MultiPolygon", "GeometryCollection"} or not _polygons(geometry):
        raise Unmendable(f"the boundary is a {geometry.geom_type}, not a polygon")
    geometry = shapely.force_2d(geometry)
    if not numpy.isfinite(shapely.get_coordinates(geometry)).all():
        raise Unmendable("the boundary has a corner without coordinates")
    if geometry.geom_type == "GeometryCollection":
        geometry = shapely.MultiPolygon(_polygons(geometry))
    if geometry.is_valid and geometry.area > 0:
        return geometry
    reason = shapely.is_valid_reason(geometry)
    mended = shapely.union_all(_polygons(shapely.make_valid(geometry)))
    if mended.is_empty or mended.area == 0:
        raise Unmendable(f"the boundary encloses nothing ({reason})")
    if abs(mended.area - geometry.area) >= 0.01 * mended.area:
        raise Unmendable(f"the boundary crosses itself and mending it would change its area by 1 % or more ({reason})")
    return mended


def simplified_together(geometries: Sequence[Geometry], *, tolerance: float = SIMPLER) -> list[Geometry]:
    """The boundaries with fewer corners, in the same order; a border that two of them share stays shared.

    `tolerance` is in units of the frame (see `SIMPLER`). Where the boundaries overlap they are not one coverage:
    then each is simplified by itself and borders may gape by about that tolerance. A boundary never vanishes.
    """
    import shapely

    if not len(geometries):
        return []
    flat = in_frame(list(geometries))
    if shapely.coverage_is_valid(flat):
        simpler = shapely.coverage_simplify(flat, tolerance)
    else:
        simpler = shapely.simplify(flat, tolerance / 2, preserve_topology=True)
    return list(out_of_frame([after if after.area > 0 else before for before, after in zip(flat, simpler, strict=True)]))


def joined(geometries: Sequence[Geometry]) -> Geometry:
    """One boundary around all of them, without the seams between them."""
    import shapely

    return shapely.union_all(list(geometries))


def from_stored(boundaries: Iterable) -> list[Geometry]:
    """Boundaries as the database holds them (WKB, as bytes or a view of them), in the same order."""
    import shapely

    return list(shapely.from_wkb([bytes(boundary) for boundary in boundaries]))


def in_the_netherlands(geometry: Geometry) -> bool:
    """Whether every corner has a longitude and latitude (in that order) of the European Netherlands."""
    west, south, east, north = geometry.bounds
    return NETHERLANDS[0] <= west and NETHERLANDS[1] <= south and east <= NETHERLANDS[2] and north <= NETHERLANDS[3]


def hectares(geometry: Geometry) -> float:
    """The area within a boundary in hectares, by the scale at its own latitude (WGS84; off by less than 0.5 %)."""
    latitude = math.radians((geometry.bounds[1] + geometry.bounds[3]) / 2)
    north = 111_132.954 - 559.822 * math.cos(2 * latitude) + 1.175 * math.cos(4 * latitude)
    east = 111_412.84 * math.cos(latitude) - 93.5 * math.cos(3 * latitude)
    return geometry.area * north * east / 10_000


def point_inside(geometry: Geometry) -> tuple[float, float]:
    """Latitude and longitude of a point that surely lies inside, to a metre."""
    point = geometry.representative_point()
    return round(point.y, 6), round(point.x, 6)


# --- a map out of points ---------------------------------------------------------------------------

# Corners of the circle that stands for a place.
AROUND = 24
# Borders meet on this grid (units): 10 cm.
GRID = 0.01


def voronoi(points: Sequence[tuple[float, float]], outline: Geometry, *, sizes: Sequence[float] | None = None) -> list[Geometry]:
    """Divide the outline among the points (longitude, latitude): each gets what lies nearest to it, in the order given.

    With `sizes` (hectares) a place reaches further the larger it is, and borders curve gently around the small ones.
    The cells share their borders, cover the outline, do not overlap, and the same input gives the same cells.
    Raises `ValueError` when two points are one, or when a point lies outside the outline.
    """
    import shapely

    flat = in_frame(shapely.points(list(points)))
    within = in_frame(outline)
    if len(set(points)) < len(points):
        raise ValueError("two places have the same point")
    if not shapely.contains(within, flat).all():
        raise ValueError("a point lies outside the outline")
    if len(points) == 1:
        return [outline]
    reach = [0.0] * len(points) if sizes is None else _reaches(flat, sizes)
    return list(out_of_frame(_parted(within, flat, reach)))


def _reaches(flat, sizes: Sequence[float]) -> list[float]:
    """The radius (units) of the circle that stands for each place: by its size, yet never touching another circle."""
    import shapely

    tree = shapely.STRtree(flat)
    wanted = [0.9 * math.sqrt(size * 100 / math.pi) for size in sizes]
    reach = list(wanted)
    widest = max(wanted)
    for number, point in enumerate(flat):
        for other in tree.query(point, predicate="dwithin", distance=2 * widest + 1):
            if other != number:
                share = wanted[number] / (wanted[number] + wanted[other])
                reach[number] = min(reach[number], 0.85 * share * point.distance(flat[other]))
    return reach


def _parted(within: Geometry, flat, reach: list[float]) -> list[Geometry]:
    """The outline cut along the Voronoi borders of the circles, on one grid, so that borders meet corner to corner."""
    import shapely

    corners, owner = _circles(flat, reach)
    borders = shapely.voronoi_polygons(shapely.MultiPoint(corners), extend_to=within.buffer(10), only_edges=True)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([borders, within.boundary], grid_size=GRID)]))
    middles = shapely.point_on_surface(faces)
    nearest = shapely.STRtree(shapely.points(corners)).nearest(middles)
    mine: list[list] = [[] for _ in flat]
    for face, is_inside, corner in zip(faces, shapely.contains(within, middles), nearest, strict=True):
        if is_inside:
            mine[owner[corner]].append(face)
    return [shapely.coverage_union_all(parts) for parts in mine]


def _circles(flat, reach: list[float]) -> tuple[list[tuple[float, float]], list[int]]:
    """Corners of the circles around the points (or the bare points), and the number of the point that each belongs to."""
    corners: list[tuple[float, float]] = []
    owner: list[int] = []
    for number, (point, radius) in enumerate(zip(flat, reach, strict=True)):
        around = AROUND if radius > 0 else 1
        for step in range(around):
            turn = 2 * math.pi * (step + 0.5) / around
            corners.append((point.x + radius * math.cos(turn), point.y + radius * math.sin(turn)))
            owner.append(number)
    return corners, owner


def soft_outline(points: Sequence[tuple[float, float]], sizes: Sequence[float] | None = None) -> Geometry:
    """A soft line around points (longitude, latitude), as if each were a disc of its size in hectares.

    Without sizes each disc reaches to the nearest other point. Bays and gaps between discs are filled, so that
    the result is one polygon without holes.
    """
    import shapely

    flat = in_frame(shapely.points(list(points)))
    if sizes is None:
        tree = shapely.STRtree(flat)
        near = [tree.query_nearest(point, exclusive=True, return_distance=True)[1] for point in flat]
        reach = [float(found[0]) if len(found) else 100.0 for found in near]
    else:
        reach = [0.95 * math.sqrt(size * 100 / math.pi) for size in sizes]
    discs = shapely.union_all([point.buffer(max(radius, 5.0), quad_segs=8) for point, radius in zip(flat, reach, strict=True)])
    step = max(reach)
    shape = discs
    while True:
        shape = discs.buffer(step, quad_segs=6).buffer(-step, quad_segs=6)
        if shape.geom_type == "Polygon":
            break
        step *= 1.5
    softer = shapely.Polygon(shape.exterior).buffer(-min(reach) / 2).buffer(min(reach) / 2)
    if softer.geom_type != "Polygon" or not shapely.contains(softer, flat).all():
        softer = shapely.Polygon(shape.exterior)
    return out_of_frame(shapely.simplify(softer, 2.0) if shapely.contains(shapely.simplify(softer, 2.0), flat).all() else softer)
