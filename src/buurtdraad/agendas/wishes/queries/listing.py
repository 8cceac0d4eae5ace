"""Lists of wishes that everybody sees: newest first, in pages, at the same cost for a hundred wishes as for a hundred thousand."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from buurtdraad.agendas.similar.rules import key
from buurtdraad.agendas.wishes.models import Step, Wish, WishQuerySet
from buurtdraad.agendas.wishes.models.wish import DUTCH
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.places.queries import last_name

ON_A_PAGE = 25
# Nobody leafs further. Beyond it a list says "more than", and a search or a filter finds the rest.
MOST_LISTED = 5_000

type Codes = frozenset[str] | None


@dataclass(frozen=True)
class Line:
    """One wish in a list."""

    reference: str
    title: str
    place: str
    stage: Stage
    people: int
    at: datetime.datetime


class Capped(Paginator):
    """Pages of a list that may be very long: it counts no further than `MOST_LISTED`. `more` tells that there are more."""

    @cached_property
    def counted(self) -> int:
        return self.object_list.order_by().values("pk")[: MOST_LISTED + 1].count()  # type: ignore[attr-defined] # always a query set

    @cached_property
    def count(self) -> int:
        return min(self.counted, MOST_LISTED)

    @property
    def more(self) -> bool:
        return self.counted > MOST_LISTED


def shown(codes: Codes = None) -> WishQuerySet:
    """What stands in the lists for everybody, in these areas (all for None): the newest first, with what a line needs."""
    facts = ("reference", "text", "stage", "why", "given_at", "head", "area__code")
    found = Wish.objects.on_site().heads().within(codes).select_related("area").only(*facts)
    return found.annotate(place=last_name("area")).order_by("-given_at", "-id")


def search(codes: Codes, *, words: str = "", theme: str = "", stage: str = "", kind: str = "") -> WishQuerySet:
    """Those that hold these words, and are of this theme, step and kind; what is empty does not count."""
    found = shown(codes)
    chosen = {name: value for name, value in (("theme", theme), ("stage", stage), ("kind", kind)) if value}
    return found.filter(**chosen).filter(says(words)) if words else found.filter(**chosen)


def says(words: str) -> Q:
    """That a wish holds these words in any form of Dutch (`-word` leaves out), or says all of it in other words: a "bankje" is a bank."""
    held = Q(search=SearchQuery(words, config=DUTCH, search_type="websearch"))
    meant = [] if '"' in words or any(word.startswith("-") for word in words.split()) else list(key(words))
    return held | Q(stems__contains=meant) if meant else held


def page_of(found: Any, number: int) -> Page:
    """One page of a list. Raises `EmptyPage` for one that is not there."""
    return Capped(found, ON_A_PAGE).page(number)


def lines(wishes: Iterable[Wish]) -> list[Line]:
    """These wishes, as `shown` has them, as lines of a list. Two queries."""
    found = list(wishes)
    people = people_of(found)
    return [
        Line(wish.reference, wish.title, wish.place or "", Stage(wish.stage), people[wish.pk], wish.given_at)  # type: ignore[attr-defined]
        for wish in found
    ]


def done_steps(codes: Codes = None) -> Any:
    """The moments at which wishes that everybody sees were done, the last first: of each the last one, while it stands as done."""
    on_site = Wish.objects.on_site().heads().within(codes).filter(stage=Stage.DONE)
    again = Step.objects.filter(wish=OuterRef("wish"), stage=Stage.DONE, pk__gt=OuterRef("pk"))
    found = Step.objects.filter(~Exists(again), stage=Stage.DONE, wish__in=on_site).select_related("wish__area")
    return found.defer("wish__search").order_by("-at", "-id")
