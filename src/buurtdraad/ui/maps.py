"""A map as SVG made on the server: each area is a link, and beside the map stands the same as a list."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

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
    `frame` holds the bounds of the outline (min x, min y, max x, max y); without it they are read from an outline
    in absolute coordinates.
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
    facts = {
        "title": title,
        "drawing": drawing(drawn, title, current) if drawn else "",
        "list": listing(sorted(shapes, key=lambda shape: shape.name.casefold()), current),
        "current": current,
        "classes": classes,
        "without_figure": any(shape.level == 0 for shape in shapes),
        "schematic": schematic and drawn,
        "list_open": list_open or not drawn,
        "after": f"na-kaart-{zlib.crc32(title.encode()):x}",
    }
    return render_to_string("ui/map.html", facts)


def drawing(shapes: Sequence[Shape], title: str, current: str | None) -> SafeString:
    """The SVG itself: a pattern for areas without a figure, a link per area, and the names that fit."""
    bounds = union([frame_of(shape) for shape in shapes])
    size = (bounds[2] - bounds[0]) / LABELS_ACROSS
    # Two maps on a page may share a name: the pattern is the same.
    pattern = f"hatch-{zlib.crc32(title.encode()):x}"
    says = _("Map: %(title)s. Each area is a link. The list under the map says the same.") % {"title": title}
    return format_html(
        '<svg class="buurt-map" viewBox="{}" role="group" aria-label="{}"><defs>{}</defs>{}'
        '<g aria-hidden="true" font-size="{}" text-anchor="middle">{}</g></svg>',
        view_box(bounds, margin=size),
        says,
        hatch(pattern, size),
        area_links(shapes, pattern, current),
        f"{size:.1f}",
        format_html_join("", "{}", ((name_tag(label),) for label in labels_that_fit(shapes, current, size))),
    )


def area_links(shapes: Sequence[Shape], pattern: str, current: str | None) -> SafeString:
    """One link per area. Each text is escaped by hand: with 350 areas `format_html` takes three times as long."""
    parts = []
    for shape in shapes:
        says = f"{shape.name}: {shape.value_text}" if shape.value_text else shape.name
        if shape.code == current:
            says += ". " + _("You are looking at this area")
        parts.append(
            f'<a href="{escape(shape.url)}" class="buurt-map__area buurt-map__area--{class_of(shape.level)}"{here(shape, current)}'
            f' aria-label="{escape(says)}"><path d="{escape(shape.outline)}"{f' fill="url(#{pattern})"' if shape.level == 0 else ""}/></a>'
        )
    return mark_safe("".join(parts))  # noqa: S308


def name_tag(label: Label) -> SafeString:
    kind = f"buurt-map__label--{class_of(label.level)}" + (" buurt-map__label--current" if label.current else "")
    return format_html('<text class="buurt-map__label {}" x="{}" y="{}">{}</text>', kind, label.x, label.y, label.text)


def hatch(name: str, size: float) -> SafeString:
    """Slanted lines on grey, as wide apart as the letters on the map are high."""
    return format_html(
        '<pattern id="{0}" width="{1}" height="{1}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="buurt-map__nofigure" width="{1}" height="{1}"/>'
        '<path class="buurt-map__hatch" d="M0 0V{1}" stroke-width="{2}"/></pattern>',
        name,
        f"{size * 0.9:.1f}",
        f"{size * 0.25:.1f}",
    )


def listing(shapes: Sequence[Shape], current: str | None) -> SafeString:
    parts = [
        f'<li><a href="{escape(shape.url)}"{here(shape, current)}>{escape(shape.name)}</a>'
        f"{': ' if shape.value_text else ''}{escape(shape.value_text)}</li>"
        for shape in shapes
    ]
    return mark_safe("".join(parts))  # noqa: S308 (each text is escaped here)


def here(shape: Shape, current: str | None) -> str:
    return ' aria-current="true"' if shape.code == current else ""


def class_of(level: int | None) -> str:
    return "plain" if level is None else str(int(level))


def is_outline(outline: str) -> bool:
    """Whether it is drawing commands only, with an area in it: what is not ours to draw is listed, never drawn."""
    return bool(OUTLINE.fullmatch(outline) and outline[0] in "Mm" and outline.rstrip()[-1] in "Zz" and POINT.search(outline))


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
    framed = [(shape.code == current, width(box), shape, box) for shape in shapes if has_room(box := frame_of(shape), shape.name, size)]
    for here, _width, shape, (left, _top, right, _bottom) in sorted(framed, key=lambda row: row[:2], reverse=True):
        x, y = middle_of(shape)
        half = len(shape.name) * size * CHARACTER / 2
        box = (x - half, y - size * 0.7, x + half, y + size * 0.7)
        if left <= box[0] and box[2] <= right and not any(overlap(box, other) for other in placed):
            placed.append(box)
            labels.append(Label(shape.name, round(x), round(y + size * 0.35), shape.level, here))
    return labels


def has_room(box: Box, name: str, size: float) -> bool:
    return width(box) >= len(name) * size * CHARACTER and box[3] - box[1] > 1.6 * size


def width(box: Box) -> float:
    return box[2] - box[0]


def middle_of(shape: Shape) -> tuple[float, float]:
    """The centroid of the largest ring; the middle of the frame where the outline is not in absolute lines."""
    left, top, right, bottom = frame_of(shape)
    best, place = 0.0, ((left + right) / 2, (top + bottom) / 2)
    if re.search("[a-yHV]", shape.outline):
        return place
    rings = [[(float(x), float(y)) for x, y in POINT.findall(part)] for part in shape.outline.split("M")]
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
