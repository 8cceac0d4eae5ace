"""How much waits until somebody of the staff looks at it."""

import datetime
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, Min, Value

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.comments.queries import to_read as comments_to_read
from buurtdraad.agendas.wishes.access import within
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.pictures import to_look_at
from buurtdraad.agendas.wishes.states import Showing

# The page of each, in the order of `waiting_to_read`.
PAGES = ("agendas:to_read", "pages:read_comments", "pages:read_pictures")


class Waiting(NamedTuple):
    """How many wait, and since when the oldest of them."""

    number: int
    since: datetime.datetime | None


def waiting_to_read(reach: Reach) -> list[Waiting]:
    """How many wishes, reactions and pictures wait in reach, in this order. One query."""
    wishes = within(Wish.objects.filter(showing=Showing.WAITING), reach)
    counted = [
        counted_as(0, wishes, "given_at"),
        counted_as(1, comments_to_read(reach), "at"),
        counted_as(2, to_look_at(reach), "given_at"),
    ]
    found = {place: Waiting(number, since) for place, number, since in counted[0].union(*counted[1:], all=True).order_by()}
    return [found.get(place, Waiting(0, None)) for place in range(len(PAGES))]


def counted_as(place: int, found: Any, moment: str) -> Any:
    counted = found.order_by().annotate(place=Value(place, IntegerField())).values("place")
    return counted.annotate(number=Count("pk"), since=Min(moment)).values_list("place", "number", "since")
