"""What of initiatives waits until somebody reads it: new ones, new words of those on the site, what they need, news and pictures."""

import datetime
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, Min, Q, Value

from buurtdraad.accounts.access import Reach
from buurtdraad.initiatives.models import Initiative, InitiativePicture, Need, Update
from buurtdraad.initiatives.states import Showing
from buurtdraad.places.queries import last_name

# Of an initiative that people still see, or will see.
ALIVE = Q(initiative__showing=Showing.SHOWN)


def new_words() -> Q:
    """Those that wait whole, and those on the site of which new words wait and nobody asked something about them."""
    return Q(showing=Showing.TO_READ) | (Q(showing=Showing.SHOWN, question="") & ~Q(waiting={}))


def plans_to_read(reach: Reach) -> Any:
    """Initiatives in reach, the oldest first, each with its `place_name`."""
    found = Initiative.objects.filter(new_words()).select_related("area").annotate(place_name=last_name("area"))
    return within(found, reach, "area__code").order_by("made_at", "id")


def needs_to_read(reach: Reach) -> Any:
    return within(Need.objects.filter(ALIVE, on_site=False).select_related("initiative__area"), reach)


def updates_to_read(reach: Reach) -> Any:
    found = Update.objects.filter(ALIVE, showing=Showing.TO_READ).select_related("initiative__area")
    return within(found, reach).order_by("at", "id")


def pictures_to_read(reach: Reach) -> Any:
    found = InitiativePicture.objects.filter(showing=Showing.TO_READ).select_related("initiative__area")
    return within(found.filter(initiative__showing__in=[Showing.SHOWN, Showing.TO_READ]), reach)


def within(found: Any, reach: Reach, path: str = "initiative__area__code") -> Any:
    return found if reach.everywhere else found.filter(**{f"{path}__in": reach.codes})


class Waiting(NamedTuple):
    """How many texts and pictures wait, and since when the oldest of them (None: it is not known)."""

    number: int
    since: datetime.datetime | None


def waiting_to_read(reach: Reach) -> Waiting:
    """How much waits in reach. One query."""
    parts = [
        counted(plans_to_read(reach), "made_at"),
        counted(needs_to_read(reach), None),
        counted(updates_to_read(reach), "at"),
        counted(pictures_to_read(reach), "given_at"),
    ]
    rows = list(parts[0].union(*parts[1:], all=True).order_by())
    return Waiting(sum(number for number, _since in rows), min((since for _number, since in rows if since), default=None))


def counted(found: Any, moment: str | None) -> Any:
    since = Min(moment) if moment else Min("initiative__made_at")
    whole = found.order_by().annotate(one=Value(1, IntegerField())).values("one")
    return whole.annotate(number=Count("pk"), since=since).values_list("number", "since")
