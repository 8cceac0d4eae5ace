"""What stands on the site: reading first, changing words, keeping off; and what an area chooses for its wishes."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.personal import NEVER_ON_SITE, personal
from buurtdraad.agendas.wishes.actions.wording import said
from buurtdraad.agendas.wishes.models import AreaChoices, Wish
from buurtdraad.agendas.wishes.states import WITHOUT_POINT, Kind, Showing, Theme
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


class SeenMeanwhile(Refused):
    """Somebody else decided on this wish first."""


class TooPersonal(Refused):
    """This text never stands on the site as it is."""


@transaction.atomic
def show(wish: Wish, *, was: str, by: Person, duty: str, at: datetime.datetime) -> None:
    """Put a wish on the site. `was` is how it stood on the page of who decides. Raises `SeenMeanwhile` and `TooPersonal`."""
    fit_for_all(wish.text)
    turn(wish, Showing.SHOWN, was)
    tell_record("wish.shown", wish, by=by, duty=duty, at=at)


@transaction.atomic
def keep_private(wish: Wish, *, was: str, why: str, by: Person, duty: str, at: datetime.datetime) -> None:
    """Keep a wish off the site; its givers are answered as ever. Raises `SeenMeanwhile`."""
    turn(wish, Showing.PRIVATE, was)
    tell_record("wish.kept_private", wish, by=by, duty=duty, at=at, payload={"why": why})


def fit_for_all(*texts: str) -> None:
    """Raise `TooPersonal` when one of these texts holds what nobody may put on the site."""
    if any(NEVER_ON_SITE & personal(text) for text in texts):
        raise TooPersonal(_("This text holds a phone number, e-mail address, number plate or bank account. Take it out first."))


def turn(wish: Wish, showing: Showing, was: str) -> None:
    if not Wish.objects.filter(pk=wish.pk, showing=was).update(showing=showing, waits_for=[]):
        raise SeenMeanwhile(_("Somebody else decided on this meanwhile. Look again."))
    wish.showing, wish.waits_for = showing, []


@transaction.atomic
def reword(wish: Wish, *, text: str, kind: Kind, theme: Theme, area: Area, by: Person, duty: str, at: datetime.datetime) -> None:
    """Change what everybody reads, such as a name taken out. The givers keep their own words. Raises `TooPersonal` on the site."""
    if wish.showing == Showing.SHOWN:
        fit_for_all(text)
    point = {"latitude": None, "longitude": None} if theme in WITHOUT_POINT else {}
    was = wish.area.code
    Wish.objects.filter(pk=wish.pk).update(**said(text), kind=kind, theme=theme, area=area, **point)
    wish.refresh_from_db()
    tell_record("wish.reworded", wish, by=by, duty=duty, at=at, also=[was])


@transaction.atomic
def choose(
    area: Area, *, answer_within: int, read_first: bool, comments: bool, by: Person, duty: str, at: datetime.datetime
) -> AreaChoices:
    """What holds for the wishes of an area from now on; wishes that were given keep the day they were promised."""
    facts = {"answer_within": answer_within, "read_first": read_first, "comments": comments}
    choices, _made = AreaChoices.objects.update_or_create(area=area, defaults=facts)
    record(
        "wish.choices_changed", room="agendas", thing=f"area:{area.code}", by=by.uuid, duty=duty, at=at,
        touches=places.touched_by([area.code]), payload=facts,
    )  # fmt: skip
    return choices


def tell_record(
    verb: str,
    wish: Wish,
    *,
    by: Person | None,
    duty: str = "",
    at: datetime.datetime,
    payload: dict | None = None,
    also: Iterable[str] = (),
) -> None:
    """One line in the record about a wish; the pages of its area are made anew."""
    touches = places.touched_by([wish.area.code, *also])
    record(
        verb, room="agendas", thing=f"wish:{wish.reference}", by=by.uuid if by else None, duty=duty, at=at,
        channel="" if by else "web", touches=touches, payload=payload,
    )  # fmt: skip
