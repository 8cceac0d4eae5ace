"""A stored shape (WKB) as GeoJSON, without a library: exports are made in a web worker."""

import struct
from collections.abc import Callable
from itertools import batched
from typing import Any

NAMES = {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}
COLLECTION = 7
# To 0.1 m.
DECIMALS = 6


class Reader:
    """Reads numbers one after another."""

    def __init__(self, wkb: bytes) -> None:
        self.wkb, self.place, self.order = wkb, 0, "<"

    def read(self, kind: str) -> tuple:
        found = struct.unpack_from(self.order + kind, self.wkb, self.place)
        self.place += struct.calcsize(self.order + kind)
        return found

    def count(self) -> int:
        return self.read("I")[0]

    def point(self) -> list[float]:
        return [round(number, DECIMALS) for number in self.read("2d")]

    def many(self, one: Callable[[], Any]) -> list:
        return [one() for _each in range(self.count())]

    def line(self) -> list:
        numbers = [round(number, DECIMALS) for number in self.read(f"{2 * self.count()}d")]
        return [list(point) for point in batched(numbers, 2)]

    def shape(self) -> dict[str, Any]:
        self.order = "<" if self.wkb[self.place] else ">"
        self.place += 1
        kind = self.count()
        if kind == COLLECTION:
            return {"type": "GeometryCollection", "geometries": self.many(self.shape)}
        reads = {1: self.point, 2: self.line, 3: lambda: self.many(self.line)}
        inside = reads.get(kind) or (lambda: self.many(lambda: self.shape()["coordinates"]))
        return {"type": NAMES[kind], "coordinates": inside()}


def as_geojson(wkb: bytes) -> dict[str, Any]:
    """The geometry in two dimensions, as a GeoJSON object."""
    return Reader(wkb).shape()
