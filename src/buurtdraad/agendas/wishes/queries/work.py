"""What staff see of the wishes in their areas: which wait, which they chose, and where."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.wishes.access import within
from buurtdraad.agendas.wishes.models import Merging, Split, Wish, WishQuerySet
from buurtdraad.agendas.wishes.references import as_reference
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.places import queries as places
from buurtdraad.places.queries import last_name

# So many wishes are answered, moved or joined at once.
MOST_AT_ONCE = 200


def in_reach(reach: Reach) -> WishQuerySet:
    """The wishes of somebody's areas, with their area and its name (`place`)."""
    return within(Wish.objects.all(), reach).select_related("area").annotate(place=last_name("area"))


def to_read(reach: Reach) -> WishQuerySet:
    """Wishes that wait until somebody has read them, the oldest first."""
    return in_reach(reach).filter(showing=Showing.WAITING).order_by("given_at", "pk")


def unanswered(reach: Reach) -> WishQuerySet:
    """Wishes without an answer, what is promised first at the top. Those that were joined are answered with the other."""
    return in_reach(reach).heads().unanswered().order_by("answer_by", "pk")


@dataclass(frozen=True)
class Wanted:
    """Which wishes of their areas somebody wants to see; empty means all."""

    only: str = "unanswered"
    stage: str = ""
    theme: str = ""
    area: str = ""
    day: datetime.date | None = None
    q: str = ""


def wanted_in(reach: Reach, wanted: Wanted, *, on: datetime.date) -> WishQuerySet:
    """Those that somebody wants to see, what was promised first at the top."""
    found = in_reach(reach).heads().order_by(F("answered_at").asc(nulls_first=True), "answer_by", "pk")
    if wanted.only in ("unanswered", "late"):
        found = found.unanswered()
    if wanted.only == "late":
        found = found.filter(answer_by__lt=on)
    if wanted.only == "private":
        found = found.exclude(showing=Showing.SHOWN)
    facts = {"stage": wanted.stage, "theme": wanted.theme, "area__code": wanted.area, "given_at__date": wanted.day}
    found = found.filter(**{name: fact for name, fact in facts.items() if fact})
    if wanted.q:
        named = Q(reference__iexact=as_reference(wanted.q) or wanted.q.strip()) | Q(pk__in=found.saying(wanted.q).order_by().values("pk"))
        found = found.filter(named)
    return found


def chosen(reach: Reach, references: Iterable[str]) -> list[Wish]:
    """These wishes, as far as they are in reach, what was promised first at the top."""
    names = [name for name in dict.fromkeys(references) if name.isprintable()][:MOST_AT_ONCE]
    return list(in_reach(reach).filter(reference__in=names).order_by("answer_by", "pk"))


def area_choices(reach: Reach) -> list[tuple[str, str]]:
    """Code and name of the areas in reach, neighbourhoods first, by name. At most two queries."""
    if reach.everywhere:
        return sorted(((place.code, place.name) for place in places.neighbourhoods_of(places.city_code())), key=lambda pair: pair[1])
    named = places.names_of(reach.codes)
    return sorted(named.items(), key=lambda pair: (not pair[0].startswith("BU"), pair[1]))


def joinings_of(wish: Wish) -> list[Merging]:
    """By what a wish was joined to another, and what was joined to it, as far as that holds; the last one first."""
    return list(Merging.objects.filter(Q(wish=wish) | Q(into=wish), undone_at__isnull=True).select_related("wish", "into"))


def splits_of(wish: Wish) -> list[Split]:
    """The parts that were taken from a wish and not put back, and the wish that it was taken from itself."""
    return list(Split.objects.filter(Q(wish=wish) | Q(part=wish), undone_at__isnull=True).select_related("wish", "part"))
