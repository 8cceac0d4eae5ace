"""What pages say of the wishes of a place, and of one wish."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from buurtdraad.agendas.wishes.models import Wish, WishQuerySet
from buurtdraad.agendas.wishes.queries import listing
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.queries.promise import Helpful, Promise, helpful_in, promise_of
from buurtdraad.places.queries import last_name

NEWEST = 2


@dataclass(frozen=True)
class AreaWishes:
    """The wishes of an area: how many (`more` when nobody counted further), the newest, and how its promise stands."""

    codes: frozenset[str]
    count: int
    more: bool
    newest: list[listing.Line]
    promise: Promise
    helpful: Helpful | None


def area_wishes(code: str, *, on: datetime.date) -> AreaWishes:
    """What the page of an area says of its wishes. At most ten queries."""
    codes = codes_of(code)
    pages = listing.Capped(listing.shown(codes), NEWEST)
    newest = listing.lines(listing.shown(codes)[:NEWEST])
    return AreaWishes(codes or frozenset(), pages.count, pages.more, newest, promise_of(codes, on), helpful_in(codes))


def on_site(reference: str) -> Wish | None:
    """The wish with this reference, with what it was joined to, where everybody may see it."""
    return with_all().on_site().filter(reference=reference).first()


def any_wish(reference: str) -> Wish | None:
    """The wish with this reference, whoever may see it."""
    return with_all().filter(reference=reference).first()


def with_all() -> WishQuerySet:
    return (
        Wish.objects.select_related("area", "head__area", "votes_elsewhere")
        .defer("search", "head__search")
        .annotate(place=last_name("area"))
    )


@dataclass(frozen=True)
class Family:
    """A wish with those that live on in it: which of them everybody may see, and how many people want it."""

    ids: list[int]
    joined: list[Wish]
    people: int


def family_of(wish: Wish) -> Family:
    """Two queries."""
    seen = Exists(Wish.objects.on_site().filter(pk=OuterRef("pk")))
    found = list(Wish.objects.filter(head=wish).select_related("area").defer("search").annotate(seen=seen).order_by("given_at", "id"))
    people = people_of([wish])
    return Family([wish.pk, *(one.pk for one in found)], [one for one in found if one.seen], people[wish.pk])
