"""A map as SVG made on the server: each area is a link, and beside the map stands the same as a list."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# What `places` writes: an outline is drawing commands and integers, and nothing else.
OUTLINE = re.compile(r"[MLHVZmlhvz\d\s,.-]+")
POINT = re.compile(r"(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)")
CHARACTER = 0.56  # mean width of a character, in parts of the font size
LABELS_ACROSS = 46  # the width of the map in font sizes

type Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shape:
    """One area of a map.

    `outline` is an SVG path in the map frame (integers, y downward), empty when the boundary is not known: then the
    area is in the list only. `level` is 1 to 4, the class of its figure, 0 when it has none, None on a map without figures.
    `frame` holds the bounds of the outline (min x, min y, max x, max y); without it they are read from the outline.
    """

    code: str
    name: str
    url: str
    outline: str = ""
    level: int | None = None
    value_text: str = ""
    frame: Sequence[int] | None = None


@dataclass(frozen=True)
class Label:
    """A name that fits inside its area."""

    text: str
    x: float
    y: float
    level: int | None
    current: bool


def area_map(
    shapes: Sequence[Shape],
    *,
    title: str,
    current: str | None = None,
    classes: Sequence[tuple[int, str]] = (),
    schematic: bool = False,
    list_open: bool = False,
) -> SafeString:
    """A figure with the map, its legend and the list of the same areas.

    `current` is the code of the area that the page is about. `classes` names each level: `[(1, "below 6.8"), ...]`.
    `schematic` says on the map that the boundaries are drawn, not official. The list is closed unless `list_open`.
    Works without a map when no shape has an outline.
    """
    drawn = [shape for shape in shapes if is_outline(shape.outline)]
    # The current area last, so that its edge lies over those of its neighbours.
    drawn.sort(key=lambda shape: shape.code == current)
    bounds = union([frame_of(shape) for shape in drawn])
    size = (bounds[2] - bounds[0]) / LABELS_ACROSS
    facts = {
        "title": title,
        "shapes": drawn,
        "listed": sorted(shapes, key=lambda shape: shape.name.casefold()),
        "current": current,
        "classes": classes,
        "without_figure": any(shape.level == 0 for shape in shapes),
        "schematic": schematic and drawn,
        "list_open": list_open or not drawn,
        "view_box": view_box(bounds, margin=size),
        "hatch": f"hatch-{zlib.crc32(title.encode()):x}",
        "hatch_size": round(size * 0.9, 2),
        "hatch_line": round(size * 0.25, 2),
        "font_size": f"{size:.1f}",
        "labels": labels_that_fit(drawn, current, size),
    }
    return render_to_string("ui/map.html", facts)


def is_outline(outline: str) -> bool:
    return bool(OUTLINE.fullmatch(outline)) and len(POINT.findall(outline)) > 2


def frame_of(shape: Shape) -> Box:
    if shape.frame:
        a, b, c, d = shape.frame
        return a, b, c, d
    points = [(float(x), float(y)) for x, y in POINT.findall(shape.outline)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def union(frames: Sequence[Box]) -> Box:
    if not frames:
        return 0, 0, 1, 1
    return min(f[0] for f in frames), min(f[1] for f in frames), max(f[2] for f in frames), max(f[3] for f in frames)


def view_box(bounds: Box, *, margin: float) -> str:
    left, top, right, bottom = bounds
    return " ".join(f"{n:.0f}" for n in (left - margin, top - margin, right - left + 2 * margin + 1, bottom - top + 2 * margin + 1))


def labels_that_fit(shapes: Sequence[Shape], current: str | None, size: float) -> list[Label]:
    """Names that lie within their area at this font size and on no other name; the current area and the large ones first."""
    placed: list[Box] = []
    labels = []
    by_size = sorted(shapes, key=lambda shape: (shape.code == current, width(frame_of(shape))), reverse=True)
    for shape in by_size:
        left, top, right, bottom = frame_of(shape)
        x, y = middle_of(shape)
        half = len(shape.name) * size * CHARACTER / 2
        box = (x - half, y - size * 0.7, x + half, y + size * 0.7)
        fits = left <= box[0] and box[2] <= right and bottom - top > 1.6 * size
        if fits and not any(overlap(box, other) for other in placed):
            placed.append(box)
            labels.append(Label(shape.name, round(x), round(y + size * 0.35), shape.level, shape.code == current))
    return labels


def width(box: Box) -> float:
    return box[2] - box[0]


def middle_of(shape: Shape) -> tuple[float, float]:
    """The centroid of the largest ring; the middle of the frame where the outline is not in absolute lines."""
    rings = [[(float(x), float(y)) for x, y in POINT.findall(part)] for part in shape.outline.split("M")]
    left, top, right, bottom = frame_of(shape)
    best, place = 0.0, ((left + right) / 2, (top + bottom) / 2)
    if re.search("[a-yHV]", shape.outline):
        return place
    for ring in rings:
        pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
        twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)
        if abs(twice) > best:
            best = abs(twice)
            place = (
                sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (3 * twice),
                sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (3 * twice),
            )
    return place


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
