"""Lines, areas and points of a file, in WGS84 or in RD, as WKB in WGS84. For a command or a job: shapely and pyproj are large."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

RD, WGS84 = 28992, 4326
# Within these metres lies all that is drawn in RD; degrees are far smaller numbers.
RD_BOUNDS, WGS84_BOUNDS = (-10_000, 289_000, 310_000, 640_000), (2.5, 50.6, 7.4, 55.8)

type Shape = tuple[bytes, str]  # WKB, and what is wrong


def of_texts(texts: Sequence[str]) -> list[Shape]:
    """Of WKT; an empty text has no shape."""
    import shapely  # noqa: PLC0415

    return as_wgs84(texts, lambda text: shapely.from_wkt(text.split(";")[-1]), rd=False)


def of_geojson(geometries: Sequence[Any], *, rd: bool) -> list[Shape]:
    """Of the geometries of features; None has no shape. In metres when the file says that it is `rd`, or shows it."""
    import shapely  # noqa: PLC0415

    return as_wgs84(geometries, lambda one: shapely.from_geojson(json.dumps(one)), rd=rd)


def as_wgs84(given: Sequence[Any], read: Callable[[Any], Any], *, rd: bool) -> list[Shape]:
    """Each as WKB, or why not. Whether it is in metres or in degrees, its own numbers show; `rd` decides for the rest."""
    import numpy  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    found: list[Any] = []
    wrong: list[str] = []
    for one in given:
        shape, problem = None, ""
        if one:
            try:
                shape = read(one)
            except (shapely.errors.ShapelyError, ValueError, TypeError):
                problem = _("The line or area on the map cannot be read.")
        found.append(shape)
        wrong.append(problem)
    shapes = numpy.array(found, dtype=object)
    bounds = shapely.bounds(shapes)
    metres = in_bounds(bounds, RD_BOUNDS)
    degrees = in_bounds(bounds, WGS84_BOUNDS) & (not rd)
    there = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    moved = numpy.flatnonzero(there & metres)
    if len(moved):
        shapes[moved] = from_rd(shapes[moved])
    good = there & (metres | degrees)
    wkb = shapely.to_wkb(shapely.force_2d(shapes))
    outside = _("The line or area on the map lies outside the Netherlands, or its coordinates are of another kind.")
    return [
        (bytes(wkb[n]), "") if good[n] else (b"", wrong[n] or (outside if there[n] else ""))
        for n in range(len(shapes))
    ]  # fmt: skip


def in_bounds(bounds: Any, within: tuple[float, float, float, float]) -> Any:
    west, south, east, north = within
    return (bounds[:, 0] >= west) & (bounds[:, 1] >= south) & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)


def from_rd(shapes: Any) -> Any:
    """From metres to longitude and latitude, rounded to 0.1 m."""
    import numpy  # noqa: PLC0415
    import pyproj  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    to_degrees = pyproj.Transformer.from_crs(RD, WGS84, always_xy=True).transform
    return shapely.transform(shapes, lambda at: numpy.round(numpy.column_stack(to_degrees(at[:, 0], at[:, 1])), 6))
