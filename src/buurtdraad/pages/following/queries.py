"""What pages say of the wishes of a place, and of one wish."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from buurtdraad.agendas.wishes.models import AreaChoices, Wish, WishPicture, WishQuerySet
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
    """The wish with this reference, with what it was joined to, where everybody may see it.

    It knows whether there is something that most wishes do not have, so that nobody asks for nothing: `has_joined`, `has_pictures`,
    and `reactions`, of any area.
    """
    beside = {
        "has_joined": Exists(Wish.objects.filter(head=OuterRef("pk"))),
        "has_pictures": Exists(WishPicture.objects.filter(wish=OuterRef("pk"), shown_at__isnull=False)),
        "reactions": Exists(AreaChoices.objects.filter(comments=True)),
    }
    return with_all().annotate(**beside).on_site().filter(reference=reference).first()


def any_wish(reference: str) -> Wish | None:
    """The wish with this reference, whoever may see it."""
    return with_all().filter(reference=reference).first()


def with_all() -> WishQuerySet:
    return (
        Wish.objects.select_related("area", "head__area", "votes_elsewhere")
        .defer("search", "stems", "head__search", "head__stems")
        .annotate(place=last_name("area"))
    )


@dataclass(frozen=True)
class Family:
    """A wish with those that live on in it: which of them everybody may see, and how many people want it."""

    ids: list[int]
    joined: list[Wish]
    people: int


def family_of(wish: Wish) -> Family:
    """Of a wish of `on_site`. One query, and one more where something was joined to it."""
    seen = Exists(Wish.objects.on_site().filter(pk=OuterRef("pk")))
    joined = Wish.objects.filter(head=wish).select_related("area").defer("search", "stems").annotate(seen=seen)
    found = list(joined.order_by("given_at", "id")) if wish.has_joined else []  # type: ignore[attr-defined]
    people = people_of([wish])
    return Family([wish.pk, *(one.pk for one in found)], [one for one in found if one.seen], people[wish.pk])
