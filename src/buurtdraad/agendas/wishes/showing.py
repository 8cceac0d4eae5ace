"""Wishes as a template shows them: areas to choose from, and the map with its circles."""

from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.wishes.queries.clusters import Spread
from buurtdraad.agendas.wishes.states import Kind as WishKind
from buurtdraad.agendas.wishes.states import Stage, Theme
from buurtdraad.places import queries as places
from buurtdraad.places.models import Kind
from buurtdraad.places.queries import Named
from buurtdraad.ui.clusters import Circle, cluster_map
from buurtdraad.ui.maps import Shape
from buurtdraad.ui.numbers import as_text

# In which order a list to choose from names the kinds of areas.
LEVELS = (Kind.WORKING_AREA, Kind.DISTRICT, Kind.NEIGHBOURHOOD)


@dataclass(frozen=True)
class Chosen:
    """One group of areas to choose from, as options of a list."""

    name: str
    options: SafeString


def area_choices(chosen: str) -> list[Chosen]:
    """All areas of the city to choose from, in groups. Two queries."""
    every = places.named_inside(places.city_code())
    titles = {
        Kind.WORKING_AREA: _("Areas with a neighbourhood agenda"),
        Kind.DISTRICT: _("Districts"),
        Kind.NEIGHBOURHOOD: _("Neighbourhoods"),
    }
    return [Chosen(titles[level], options(group, chosen)) for level in LEVELS if (group := [area for area in every if area.kind == level])]


def options(areas: list[Named], chosen: str) -> SafeString:
    """These areas as options. Escaped by hand: with 150 of them a template takes ten times as long."""
    parts = [f'<option value="{escape(a.code)}"{" selected" if a.code == chosen else ""}>{escape(a.name)}</option>' for a in areas]
    return mark_safe("".join(parts))  # noqa: S308 (each text is escaped here)


def filters(chosen: dict[str, str]) -> list[tuple[str, str, str, list, str]]:
    """The other choices: name in the address, label, what chooses nothing, the choices, and what is chosen."""
    return [
        ("thema", _("Subject"), _("All subjects"), Theme.choices, chosen["thema"]),
        ("stap", _("Step"), _("All steps"), Stage.choices, chosen["stap"]),
        ("soort", _("Kind"), _("Wishes and problems"), WishKind.choices, chosen["soort"]),
    ]


def listed_at(code: str) -> str:
    """Where the wishes of an area are listed."""
    return f"{reverse('agendas:wishes')}?buurt={code}"


def how_many(count: int) -> str:
    """ "38 wishes", as people write numbers."""
    return ngettext("%(count)s wish", "%(count)s wishes", count) % {"count": as_text(count)}


@dataclass(frozen=True)
class DrawnMap:
    """The map, and the same in a list: name, number of wishes in words, where they are listed, and where that part has a map."""

    picture: SafeString
    rows: list[tuple[str, str, str, str]]


def map_of(spread: Spread) -> DrawnMap:
    """The wishes of a place on a map; each circle leads to the list of that part."""
    shapes = [Shape(part.place.code, part.place.name, "", part.place.outline, frame=part.place.frame) for part in spread.parts]
    circles = [
        Circle(part.place.code, part.wishes, f"{part.place.name}: {how_many(part.wishes)}", listed_at(part.place.code))
        for part in spread.parts
    ]
    title = _("Wishes in %(name)s") % {"name": spread.here.name}
    schematic = any(part.place.schematic for part in spread.parts)
    picture = cluster_map(shapes, circles, title=title, current=spread.current, schematic=schematic)
    start = f"{reverse('agendas:map')}?buurt="
    rows = [
        (
            part.place.name,
            how_many(part.wishes),
            listed_at(part.place.code) if part.wishes else "",
            start + part.place.code if part.place.area.kind == Kind.DISTRICT else "",
        )
        for part in spread.parts
    ]
    return DrawnMap(picture, rows)
