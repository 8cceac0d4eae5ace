"""Circles with a number on a map, made on the server: none covers another, each is a link, and a list beside the map says the same."""

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import combinations

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from buurtdraad.ui.maps import CHARACTER, LABELS_ACROSS, Box, Shape, class_of, frame_of, is_outline, middle_of, overlap, union, view_box
from buurtdraad.ui.numbers import as_text

# In sizes of a letter on the map: wide enough for a finger on a phone, and not so wide that one hides a district.
SMALLEST, LARGEST = 1.65, 2.8
# With more circles than this the largest are smaller.
FEW, LARGEST_OF_MANY = 8, 2.1
APART = 0.45
# As many pairs are looked at as cost a few milliseconds; what still touches then is drawn smaller.
MOST_LOOKS = 12_000


@dataclass(frozen=True)
class Circle:
    """A number on an area of the map. `says` is the whole sentence for who does not see it: "Zuilen: 38 wishes"."""

    code: str
    number: int
    says: str
    url: str


@dataclass(frozen=True)
class Dot:
    """A number on a spot of its own, in units of the map: a plan with its number. `says` is the whole sentence."""

    number: int
    x: float
    y: float
    says: str
    url: str


@dataclass(frozen=True)
class Spot:
    """Where a circle is drawn, in units of the map."""

    x: float
    y: float
    r: float


def cluster_map(
    shapes: Sequence[Shape], circles: Sequence[Circle], *, title: str, current: str = "", schematic: bool = False, note: str = ""
) -> SafeString:
    """A figure with areas and a circle on those that have one; nothing when no area has an outline, for a list says the same.

    `note` says what the numbers count: wishes, where it is left out.
    """
    drawn = {shape.code: shape for shape in shapes if is_outline(shape.outline)}
    if not drawn:
        return SafeString("")
    marked = [circle for circle in circles if circle.code in drawn and circle.number > 0]
    bounds = union([frame_of(shape) for shape in drawn.values()])
    size = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / LABELS_ACROSS
    most = max((circle.number for circle in marked), default=1)
    largest = size * (LARGEST if len(marked) <= FEW else LARGEST_OF_MANY)
    alone = [spot_on(drawn[circle.code], circle.number / most, size * SMALLEST, largest) for circle in marked]
    spots = apart(alone, size * APART)
    facts = {
        "title": title,
        "drawing": drawing(list(drawn.values()), list(zip(marked, spots, strict=True)), size, title=title, current=current),
        "note": note or _("The number in a circle is the number of wishes."),
        "schematic": schematic,
        "after": f"na-kaart-{zlib.crc32(title.encode()):x}",
    }
    return render_to_string("ui/cluster_map.html", facts)


def dot_map(shapes: Sequence[Shape], dots: Sequence[Dot], *, title: str, schematic: bool = False, note: str) -> SafeString:
    """A figure with areas and a numbered dot for each thing, all of one size; nothing when no area has an outline."""
    drawn = [shape for shape in shapes if is_outline(shape.outline)]
    if not drawn:
        return SafeString("")
    bounds = union([frame_of(shape) for shape in drawn])
    size = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / LABELS_ACROSS
    spots = apart([Spot(dot.x, dot.y, size * SMALLEST) for dot in dots], size * APART / 2)
    marked = [(Circle("", dot.number, dot.says, dot.url), spot) for dot, spot in zip(dots, spots, strict=True)]
    facts = {
        "title": title,
        "drawing": drawing(drawn, marked, size, title=title, current=""),
        "note": note,
        "schematic": schematic,
        "after": f"na-kaart-{zlib.crc32(title.encode()):x}",
    }
    return render_to_string("ui/cluster_map.html", facts)


def spot_on(shape: Shape, share: float, smallest: float, largest: float) -> Spot:
    """A circle in the middle of an area; its surface grows with its number."""
    x, y = middle_of(shape)
    return Spot(x, y, smallest + (largest - smallest) * math.sqrt(share))


def apart(spots: Sequence[Spot], gap: float) -> list[Spot]:
    """The same circles, pushed apart until none covers another; where there is no room for that all are drawn smaller."""
    places = [[spot.x, spot.y] for spot in spots]
    pairs = list(combinations(range(len(spots)), 2))
    for _turn in range(MOST_LOOKS // max(len(pairs), 1)):
        # Every pair in each turn: no stopping at the first that was pushed.
        if not sum(push(places, one, other, spots[one].r + spots[other].r + gap) for one, other in pairs):
            break
    room = [math.dist(places[one], places[other]) / (spots[one].r + spots[other].r) for one, other in pairs]
    smaller = min([1.0, *room])
    return [replace(spot, x=x, y=y, r=spot.r * smaller) for spot, (x, y) in zip(spots, places, strict=True)]


def push(places: list[list[float]], one: int, other: int, need: float) -> bool:
    """Push two circles from each other, each by half of what they lack; whether that was needed."""
    dx, dy = places[other][0] - places[one][0], places[other][1] - places[one][1]
    distance = math.hypot(dx, dy)
    if distance >= need * 0.999:
        return False
    # Two on one point go their ways, each pair in a direction of its own.
    ux, uy = (dx / distance, dy / distance) if distance > need / 1000 else (math.cos(one + other), math.sin(one + other))
    by = (need - distance) / 2
    places[one][0] -= ux * by
    places[one][1] -= uy * by
    places[other][0] += ux * by
    places[other][1] += uy * by
    return True


def drawing(shapes: Sequence[Shape], marked: Sequence[tuple[Circle, Spot]], size: float, *, title: str, current: str) -> SafeString:
    """The areas without links, the names that fit below their circle, and a link for each circle."""
    bounds = union([*(frame_of(shape) for shape in shapes), *(box_of(spot) for _circle, spot in marked)])
    areas = "".join(
        f'<path class="buurt-map__area buurt-map__area--{class_of(shape.level)}"{here(shape.code, current)} d="{escape(shape.outline)}"/>'
        for shape in sorted(shapes, key=lambda shape: shape.code == current)
    )
    links = "".join(
        f'<a href="{escape(circle.url)}" class="buurt-map__cluster" aria-label="{escape(circle.says)}">'
        f'<circle cx="{spot.x:.0f}" cy="{spot.y:.0f}" r="{spot.r:.1f}"/>{number_in(circle, spot)}</a>'
        for circle, spot in marked
    )
    says = _("Map: %(title)s. Each circle is a link. The list beside the map says the same.") % {"title": title}
    return format_html(
        '<svg class="buurt-map" viewBox="{}" role="group" aria-label="{}"><g class="buurt-map__ground" aria-hidden="true">{}</g>'
        '<g aria-hidden="true" font-size="{}" text-anchor="middle">{}</g><g text-anchor="middle">{}</g></svg>',
        view_box(bounds, margin=size * 1.8),
        says,
        mark_safe(areas),  # noqa: S308 (each text is escaped above)
        f"{size:.1f}",
        names_below({circle.code: spot for circle, spot in marked}, shapes, size),
        mark_safe(links),  # noqa: S308 (each text is escaped above)
    )


def here(code: str, current: str) -> str:
    return ' data-current="true"' if code == current else ""


def number_in(circle: Circle, spot: Spot) -> str:
    """The number, as large as fits."""
    text = as_text(circle.number)
    size = min(spot.r * 0.95, spot.r * 1.7 / (len(text) * CHARACTER))
    return f'<text aria-hidden="true" x="{spot.x:.0f}" y="{spot.y + size * 0.35:.0f}" font-size="{size:.1f}">{text}</text>'


def names_below(spots: dict[str, Spot], shapes: Sequence[Shape], size: float) -> SafeString:
    """The names of areas below their circle, those that lie on no circle and on no other name."""
    taken = [box_of(spot) for spot in spots.values()]
    parts = []
    for shape in shapes:
        if spot := spots.get(shape.code):
            half, y = len(shape.name) * size * CHARACTER / 2, spot.y + spot.r + size * 0.3
            box = (spot.x - half, y, spot.x + half, y + size * 1.1)
            if not any(overlap(box, other) for other in taken):
                taken.append(box)
                text = f'<text class="buurt-map__label" x="{spot.x:.0f}" y="{y + size * 0.8:.0f}">{escape(shape.name)}</text>'
                parts.append(text)
    return mark_safe("".join(parts))  # noqa: S308 (each text is escaped above)


def box_of(spot: Spot) -> Box:
    return spot.x - spot.r, spot.y - spot.r, spot.x + spot.r, spot.y + spot.r
