"""Initiatives as a template shows them: the track of their steps, the colour of a step, and the map with its circles."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.initiatives.queries.listing import Spread
from buurtdraad.initiatives.states import TRACK, Stage
from buurtdraad.places.models import Kind
from buurtdraad.ui.clusters import Circle, cluster_map
from buurtdraad.ui.maps import Shape
from buurtdraad.ui.numbers import as_text

# How a badge says it, beside the word (`ui` badge).
TONES = {
    Stage.IDEA: "neutral",
    Stage.PLAN: "info",
    Stage.DECISION: "info",
    Stage.DOING: "info",
    Stage.DONE: "good",
    Stage.STOPPED: "bad",
}


def track() -> list[str]:
    """The five steps in words."""
    return [str(stage.label) for stage in TRACK]


def listed_at(code: str) -> str:
    """Where the initiatives of an area are listed."""
    return f"{reverse('initiatives:list')}?buurt={code}"


def how_many(count: int) -> str:
    """ "3 plans", as people write numbers."""
    return ngettext("%(count)s plan", "%(count)s plans", count) % {"count": as_text(count)}


@dataclass(frozen=True)
class DrawnMap:
    """The map, and the same in a list: name, how many in words, where they are listed, and where that part has a map."""

    picture: SafeString
    rows: list[tuple[str, str, str, str]]


def map_of(spread: Spread) -> DrawnMap:
    """The initiatives of a place on a map; each circle leads to the list of that part."""
    shapes = [Shape(part.place.code, part.place.name, "", part.place.outline, frame=part.place.frame) for part in spread.parts]
    circles = [
        Circle(part.place.code, part.number, f"{part.place.name}: {how_many(part.number)}", listed_at(part.place.code))
        for part in spread.parts
    ]
    title = _("Plans of residents in %(name)s") % {"name": spread.here.name}
    note = _("The number in a circle is the number of plans.")
    schematic = any(part.place.schematic for part in spread.parts)
    picture = cluster_map(shapes, circles, title=title, current=spread.current, schematic=schematic, note=note)
    start = f"{reverse('initiatives:map')}?buurt="
    rows = [
        (
            part.place.name,
            how_many(part.number),
            listed_at(part.place.code) if part.number else "",
            start + part.place.code if part.place.area.kind == Kind.DISTRICT else "",
        )
        for part in spread.parts
    ]
    return DrawnMap(picture, rows)
