"""Areas of a work: those that are no longer there and what follows them, and areas as people name them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Max
from django.utils.translation import gettext as _

from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaChange, AreaYear

PARTED, JOINED = re.compile(r"[,;\n]"), re.compile(r"\s+(?:en|and)\s+")
WHOLE_CITY = ("hele stad", "de hele stad", "whole city", "the whole city")
# An area can be followed by one that is followed itself; more often than this is no history but a mistake.
MOST_STEPS = 10


@dataclass(frozen=True)
class Ended:
    """An area that is no longer there: its name, the first year without it, and what follows it, by name."""

    area: Area
    name: str
    since: int
    now: dict[str, str] = field(default_factory=dict)


def ended(areas: Iterable[Area]) -> list[Ended]:
    """Those of these areas that the city no longer has, with what follows them today. One query when all are still there."""
    every = {area.pk: area for area in areas}
    city = places.city() if every else None
    if city is None:
        return []
    last = dict(AreaYear.objects.filter(area__in=every).values_list("area").annotate(last=Max("year")))
    over = {pk: year for pk, year in last.items() if year < city.year}
    if not over:
        return []
    follows = {pk: followers(pk, city) for pk in over}
    names = places.names_of({every[pk].code for pk in over}.union(*follows.values()))
    return [
        Ended(every[pk], names.get(every[pk].code, every[pk].code), year + 1, {code: names[code] for code in sorted(follows[pk])})
        for pk, year in over.items()
    ]


def followers(area: int, city: AreaYear) -> set[str]:
    """The codes of the areas of today that lie on the land of an area that ended."""
    here, found, seen = {area}, set[str](), {area}
    for _step in range(MOST_STEPS):
        next_ones = set(AreaChange.objects.filter(from_area__in=here).exclude(to_area__in=seen).values_list("to_area", flat=True))
        if not next_ones:
            break
        today = dict(AreaYear.objects.filter(area__in=next_ones, year=city.year).values_list("area", "area__code"))
        found |= set(today.values())
        here, seen = next_ones - today.keys(), seen | next_ones
    return found


def in_words(one: Ended) -> str:
    """That it is no longer there, and what is there now."""
    said = {"name": one.name, "year": one.since, "now": ", ".join(one.now.values())}
    if one.now:
        return _("%(name)s is no longer there since %(year)s. Now it is: %(now)s.") % said
    return _("%(name)s is no longer there since %(year)s. Choose an area of today.") % said


@dataclass(frozen=True)
class Meant:
    """What somebody meant with the words for a place: areas of today, areas that ended, and a street or place in words."""

    areas: Sequence[Area] = ()
    over: Sequence[Ended] = ()
    where: str = ""


def meant(text: str) -> Meant:
    """The areas that a text names, by name or code and parted by commas; the rest of it is a place in words. At most five queries.

    Of two areas with one name the larger one is meant.
    """
    city = places.city()
    parts = [part for piece in PARTED.split(text) if (part := " ".join(piece.split()))]
    if city is None:
        return Meant(where=", ".join(parts))
    smaller = {part: [" ".join(piece.split()) for piece in JOINED.split(part)] for part in parts}
    wanted = {places.search_key(one) for part in parts for one in (part, *smaller[part])}
    known = by_name(wanted, city)
    pks: list[int] = []
    where: list[str] = []
    for part in parts:
        # "Tuindorp en Van Lieflandlaan-West" is one name, "Geuzenwijk en Schaakbuurt" are two.
        ones = [part] if places.search_key(part) in known else smaller[part]
        found = [known[key] for one in ones if (key := places.search_key(one)) in known]
        pks += found
        where += [one for one in ones if places.search_key(one) not in known] if found else [part]
    areas = list(Area.objects.filter(pk__in=pks).order_by("kind", "code"))
    over = ended(areas)
    gone = {one.area.pk for one in over}
    return Meant([area for area in areas if area.pk not in gone], over, ", ".join(where))


def by_name(wanted: set[str], city: AreaYear) -> dict[str, int]:
    """Ids of the areas of the city of any year with these names or codes, as `places.search_key` writes them. The last year first."""
    known = {key: city.area_id for key in WHOLE_CITY if key in wanted}
    years = AreaYear.objects.filter(municipality=city.municipality_id).order_by("-year", "area__kind", "area__code")
    for area, code, name in years.values_list("area", "area__code", "name"):
        for key in (places.search_key(name), places.search_key(code)):
            if key in wanted:
                known.setdefault(key, area)
    return known
