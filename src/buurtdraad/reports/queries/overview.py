"""The overview of coherence: neighbourhoods and challenges, as they were prepared. Seven queries, however much there is."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from buurtdraad.challenges.models import Challenge
from buurtdraad.places import queries as places
from buurtdraad.places.models import Kind, Membership
from buurtdraad.reports.models import Cell, Prepared
from buurtdraad.reports.queries.narrowed import narrowed
from buurtdraad.reports.rules import NEEDS_ATTENTION, NEEDS_MUCH

SHOWN_HOURS = 2
WITHOUT_WORK, MUCH, ATTENTION = "zonder-werk", "veel", "aandacht"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see: an area (district or working area), an ambition, only some of the cells; of one year or partner."""

    area: str = ""
    ambition: str = ""
    only: str = ""
    year: str = ""
    partner: str = ""

    @property
    def narrow(self) -> bool:
        """Whether only a part of what is being done counts."""
        return bool(self.year or self.partner)


@dataclass(frozen=True)
class Square:
    """One cell on the page. `need` 0: not known. `idle`: nothing is being done at all, also not in another year or by another partner."""

    code: str
    challenge: str
    name: str
    need: int
    doing: int
    wishes: int
    euros: Decimal
    faded: bool
    idle: bool

    @property
    def gap(self) -> bool:
        """Attention is needed, and nothing is being done."""
        return self.need >= NEEDS_ATTENTION and self.idle


@dataclass(frozen=True)
class Line:
    """One neighbourhood."""

    code: str
    name: str
    squares: list[Square]

    @property
    def doing(self) -> int:
        return sum(square.doing for square in self.squares)


@dataclass(frozen=True)
class Overview:
    lines: list[Line] = field(default_factory=list)
    challenges: list[Challenge] = field(default_factory=list)
    made_at: datetime.datetime | None = None
    gaps: int = 0
    much: int = 0

    @property
    def doing(self) -> int:
        return sum(line.doing for line in self.lines)


def made_at(part: str = "cells") -> datetime.datetime | None:
    """When a part was last made; None when never."""
    return Prepared.objects.filter(part=part).values_list("made_at", flat=True).first()


def is_old(made: datetime.datetime | None, at: datetime.datetime) -> bool:
    """Whether it is older than the page says that it may be."""
    return made is None or at - made > datetime.timedelta(hours=SHOWN_HOURS)


def overview(wanted: Wanted) -> Overview:
    """The lines that somebody wants, by name. Of a filter lines without such a cell are left out, and other cells are faint."""
    city = places.city_code()
    rows = {row.area_id: row for row in places.neighbourhoods_of(city)} if city else {}
    inside = places.inside([wanted.area]).get(wanted.area, set()) if wanted.area else None
    challenges = list(Challenge.objects.select_related("ambition").order_by("ambition__number", "name"))
    shown = {one.pk: one for one in challenges if not wanted.ambition or one.ambition.code == wanted.ambition}
    squares: dict[int, dict[int, Square]] = defaultdict(dict)
    parts = narrowed(int(wanted.year or 0), int(wanted.partner or 0)) if wanted.narrow else None
    names = ("area", "challenge", "need", "works", "agreements", "initiatives", "wishes", "euros")
    for area, challenge, need, works, agreements, plans, wishes, euros in Cell.objects.filter(challenge__in=shown).values_list(*names):
        if area in rows and (inside is None or rows[area].code in inside):
            one = shown[challenge]
            all_ = works + agreements + plans
            doing = all_ if parts is None else parts[area, challenge]
            faded = not fits(need or 0, all_, wanted.only) or (parts is not None and not doing)
            squares[area][challenge] = Square(rows[area].code, one.code, one.name, need or 0, doing, wishes, euros, faded, not all_)
    lines = [
        Line(rows[area].code, rows[area].name, [found[pk] for pk in shown if pk in found])
        for area, found in sorted(squares.items(), key=lambda pair: (rows[pair[0]].name.casefold(), pair[0]))
        if not (wanted.only or wanted.narrow) or any(not square.faded for square in found.values())
    ]
    every = [square for line in lines for square in line.squares]
    return Overview(
        lines, list(shown.values()), made_at(), sum(square.gap for square in every), sum(square.need == NEEDS_MUCH for square in every)
    )


def fits(need: int, doing: int, only: str) -> bool:
    return {
        WITHOUT_WORK: need >= NEEDS_ATTENTION and not doing, MUCH: need == NEEDS_MUCH, ATTENTION: need >= NEEDS_ATTENTION,
    }.get(only, True)  # fmt: skip


def areas_to_choose() -> list[tuple[str, str]]:
    """Districts and working areas of the city, by name. Two queries."""
    city = places.city_code()
    named = places.named_inside(city) if city else []
    holders = {one.code: one.name for one in named if one.kind in (Kind.DISTRICT, Kind.WORKING_AREA)}
    working = set(Membership.objects.values_list("working_area__code", flat=True))
    holders |= places.names_of(working - set(holders))
    return sorted(holders.items(), key=lambda pair: pair[1].casefold())
