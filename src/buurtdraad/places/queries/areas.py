"""Areas in a year: one, those above it, those inside it, those whose name holds a word."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from buurtdraad.places.models import Area, AreaChange, AreaYear, Kind, Membership

LEVELS = (Kind.MUNICIPALITY, Kind.DISTRICT, Kind.NEIGHBOURHOOD)


def latest_year(code: str) -> int | None:
    """The last year that this area is known in; None for a code that nothing is known of."""
    return AreaYear.objects.filter(area__code=code).aggregate(last=Max("year"))["last"]


def years_of(code: str) -> list[int]:
    """The years that this area is known in, the last one first."""
    return list(AreaYear.objects.filter(area__code=code).order_by("-year").values_list("year", flat=True))


def area_in(code: str, year: int | None = None) -> AreaYear | None:
    """How an area stood in a year (or in its last one), without its boundary; None when that is not known."""
    found = AreaYear.objects.for_pages().filter(area__code=code).order_by("-year")
    return (found if year is None else found.filter(year=year)).first()


class Drawn(NamedTuple):
    """What a map and a list need of one area: hundreds of them on a page, so a bare row and no model."""

    area_id: int
    code: str
    name: str
    parent_id: int | None
    outline: str
    frame: list[int] | None
    schematic: bool


def neighbourhoods_of(municipality: str, year: int | None = None) -> list[Drawn]:
    """All neighbourhoods of a municipality in a year (or in its last one), by code, with outlines for the map."""
    found = AreaYear.objects.filter(municipality__code=municipality, area__kind=Kind.NEIGHBOURHOOD, year=_year(municipality, year))
    rows = found.order_by("area__code").values_list("area_id", "area__code", "name", "parent_id", "outline", "frame", "schematic")
    return [Drawn(*row) for row in rows]


class Named(NamedTuple):
    """What a list to choose from needs of one area."""

    code: str
    name: str
    kind: str


def named_inside(municipality: str) -> list[Named]:
    """All districts, working areas and neighbourhoods of a municipality in its last year, by name. One query."""
    found = AreaYear.objects.filter(municipality__code=municipality, year=_year(municipality, None)).exclude(area__code=municipality)
    return [Named(*row) for row in found.order_by("name", "area__code").values_list("area__code", "name", "area__kind")]


def children(code: str, year: int | None = None) -> list[AreaYear]:
    """What lies directly inside: districts of a municipality, neighbourhoods of a district or of a working area; by code."""
    found = AreaYear.objects.for_pages().filter(year=_year(code, year))
    inside = Q(parent__code=code, area__kind__in=LEVELS) | Q(area__working_areas__working_area__code=code)
    return list(found.filter(inside).distinct().order_by("area__code"))


def ancestors(code: str, year: int | None = None) -> list[AreaYear]:
    """What an area lies in, the largest first: municipality and then district. Empty for a municipality."""
    here = AreaYear.objects.filter(area__code=code, year=_year(code, year))
    above = Q(area__in=here.values("parent")) | Q(area__in=here.values("municipality"))
    found = AreaYear.objects.for_pages().filter(above, year=_year(code, year)).exclude(area__code=code)
    return sorted(found, key=lambda place: LEVELS.index(Kind(place.area.kind)))


def working_areas_of(code: str, year: int | None = None) -> list[AreaYear]:
    """The working areas that hold a neighbourhood, or any neighbourhood of a district or municipality; by name."""
    members = Q(neighbourhood__code=code) | Q(neighbourhood__years__parent__code=code) | Q(neighbourhood__years__municipality__code=code)
    ids = Membership.objects.filter(members).values("working_area")
    return list(AreaYear.objects.for_pages().filter(area__in=ids, year=_year(code, year)).order_by("name", "area__code"))


def working_areas_with(codes: Iterable[str]) -> set[str]:
    """The codes of the working areas that hold one of these neighbourhoods."""
    return set(Membership.objects.filter(neighbourhood__code__in=set(codes)).values_list("working_area__code", flat=True))


def touched_by(codes: Iterable[str]) -> set[str]:
    """The codes of all areas whose pages change when something changes at these: they, what they lie in, working areas that hold them.

    One query, however many codes. Codes that are not known stay in the answer.
    """
    codes = set(codes)
    holders = Membership.objects.filter(neighbourhood__code__in=codes).values("working_area")
    places = Area.objects.filter(Q(code__in=codes) | Q(pk__in=holders)).order_by()
    rows = places.values_list("code", "years__parent__code", "years__municipality__code").distinct()
    return codes.union(*rows) - {None}


def around(codes: Iterable[str]) -> set[str]:
    """The codes of all areas whose pages tell of what holds for these: `touched_by`, and what lies in them; in a municipality everything.

    Two queries, however many codes, and one more for a municipality.
    """
    codes = set(codes)
    within = set().union(*inside(codes).values()) if codes else set()
    cities = {code for code in codes if is_municipality(code)}
    everything = AreaYear.objects.filter(municipality__code__in=cities).values_list("area__code", flat=True) if cities else ()
    return touched_by({*codes, *within}) | set(everything)


def is_municipality(code: str) -> bool:
    """Whether a code is one of a municipality, by its letters: without a question."""
    return code.startswith("GM")


def inside(codes: Iterable[str]) -> dict[str, set[str]]:
    """The codes of the neighbourhoods in each of these districts and working areas, in the last year that each is known in. One query."""
    codes = set(codes)
    last = AreaYear.objects.filter(area=OuterRef("area")).order_by("-year").values("year")[:1]
    in_districts = AreaYear.objects.filter(parent__code__in=codes, area__kind=Kind.NEIGHBOURHOOD, year=Subquery(last))
    members = Membership.objects.filter(working_area__code__in=codes)
    found: dict[str, set[str]] = {code: set() for code in codes}
    pairs = in_districts.values_list("parent__code", "area__code").union(members.values_list("working_area__code", "neighbourhood__code"))
    for holder, neighbourhood in pairs:
        found[holder].add(neighbourhood)
    return found


class Surroundings(NamedTuple):
    """Of one area: the neighbourhoods in it, the working areas that hold it or one of those, and `touched_by` it with what lies in it."""

    inside: set[str]
    working_areas: set[str]
    around: set[str]


def surroundings(codes: Iterable[str]) -> dict[str, Surroundings]:
    """What lies in and around each of these areas. Three queries, however many codes."""
    within = inside(codes)
    pairs = Membership.objects.filter(neighbourhood__code__in=set(within).union(*within.values()))
    holders: dict[str, set[str]] = {}
    for neighbourhood, working_area in pairs.values_list("neighbourhood__code", "working_area__code"):
        holders.setdefault(neighbourhood, set()).add(working_area)
    touched = {code: {code} | holders.get(code, set()) for code in within}
    above: dict[str, set[str]] = {}
    for code, *larger in (
        AreaYear.objects.filter(area__code__in=set().union(*touched.values()))
        .values_list("area__code", "parent__code", "municipality__code")
        .distinct()
    ):
        above.setdefault(code, set()).update(one for one in larger if one)
    return {
        code: Surroundings(
            found,
            set().union(*(holders.get(one, set()) for one in {code} | found)),
            touched[code].union(found, *(above.get(one, set()) for one in touched[code])),
        )
        for code, found in within.items()
    }


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The last name of each of these areas, by code. One query."""
    found = AreaYear.objects.filter(area__code__in=set(codes)).order_by("area", "-year").distinct("area")
    return dict(found.values_list("area__code", "name"))


def last_name(area: str) -> Subquery:
    """The last name of the area of a row, for a list that then needs no question per row: `.annotate(place=last_name("area"))`."""
    return Subquery(AreaYear.objects.filter(area=OuterRef(area)).order_by("-year").values("name")[:1])


def with_names() -> QuerySet[Any]:
    """Areas with their last name as `name`: for a prefetch, so that nobody asks for names apart."""
    return Area.objects.annotate(name=last_name("pk"))


def changes_of(code: str) -> list[AreaChange]:
    """What became of an area, and what it came from, by year."""
    either = Q(from_area__code=code) | Q(to_area__code=code)
    return list(
        AreaChange.objects.filter(either).select_related("from_area", "to_area").order_by("year", "from_area__code", "to_area__code")
    )


@dataclass(frozen=True)
class AreaPage:
    """The places that a page about one area names; lists are by code, `ancestors` from large to small."""

    here: AreaYear
    ancestors: list[AreaYear]
    children: list[AreaYear]
    working_areas: list[AreaYear]
    years: list[int]
    changes: list[AreaChange]


def area_page(code: str, year: int | None = None) -> AreaPage | None:
    """All that a page about an area says of places, in at most five queries; None for an unknown code or year."""
    stood = list(AreaYear.objects.for_pages().filter(area__code=code).order_by("-year"))
    here = next((one for one in stood if year in {None, one.year}), None)
    if here is None:
        return None
    year = here.year
    inside = [] if here.area.kind == Kind.NEIGHBOURHOOD else children(code, year)
    years = [one.year for one in stood]
    return AreaPage(here, ancestors(code, year), inside, working_areas_of(code, year), years, changes_of(code))


def search_key(text: str) -> str:
    """A text as it is compared: without capitals, accents and punctuation, words parted by one space."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def search(text: str, municipality: str, year: int | None = None) -> list[AreaYear]:
    """Areas of a municipality whose name holds every word or part of a word in the text; best first.

    Capitals, accents and punctuation do not count. A name that begins with the text comes before one in which
    words begin with it, and that before one that holds it somewhere; then neighbourhoods, by name. Nothing for an empty text.
    """
    wanted = search_key(text)
    if not wanted:
        return []
    found = []
    year = _year(municipality, year)
    inside = AreaYear.objects.for_pages().filter(Q(municipality__code=municipality) | Q(area__code=municipality), year=year)
    for place in inside:
        rank = _rank(wanted, search_key(place.name))
        if rank is not None:
            found.append((rank, place.area.kind != Kind.NEIGHBOURHOOD, place.name, place.area.code, place))
    return [place for *_, place in sorted(found, key=lambda entry: entry[:-1])]


def _rank(wanted: str, name: str) -> int | None:
    if name.startswith(wanted):
        return 0
    if not all(word in name for word in wanted.split()):
        return None
    return 1 if all(f" {word}" in f" {name}" for word in wanted.split()) else 2


def _year(code: str, year: int | None):
    """The year asked for, or, inside the same query, the last one of this area."""
    if year is not None:
        return year
    return AreaYear.objects.filter(area__code=code).order_by(F("year").desc()).values("year")[:1]
