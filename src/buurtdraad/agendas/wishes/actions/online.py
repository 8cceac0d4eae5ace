"""Giving a wish on the site: the wish, who hears of it, and a picture, in one deed; the same form sent again is one wish."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import get_language

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.actions.giving import Given, give
from buurtdraad.agendas.wishes.actions.people import mean_too, own
from buurtdraad.agendas.wishes.actions.pictures import Shown, add_picture
from buurtdraad.agendas.wishes.models import Giver, Wish
from buurtdraad.lib.uploads.keeping import forget, kept_picture
from buurtdraad.messages.actions import add_contact, contact_for, give_slip
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way

PICTURE = "picture"  # a reason to read a wish first


@dataclass(frozen=True)
class Hearing:
    """How a giver hears of their wish. With `Way.EMAIL` of a visitor there is no contact until they confirm the address."""

    way: Way
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Sent:
    """What came of a form: the wish, the giver where there is one yet, and the number on a slip for who has no e-mail."""

    wish: Wish
    giver: Giver | None
    slip: str = ""


def give_online(
    given: Given,
    hearing: Hearing,
    *,
    by: Person | None,
    at: datetime.datetime,
    doubts: Collection[str] = (),
    mark: str,
    picture: Shown | None,
) -> Sent:
    """Write down a wish that somebody told on the site; the same `mark` gives back what was sent before.

    Who sends the form again with a way to hear from us, which they left out the first time, gets it all the same.
    A wish with a picture always waits until somebody has looked at it. Raises `NotAPhoneNumber`.
    """
    if picture is None:
        return written(given, hearing, by=by, at=at, doubts=doubts, mark=mark)[0]
    with kept_picture(picture.picture) as key:
        sent, new = written(given, hearing, by=by, at=at, doubts=[*doubts, PICTURE], mark=mark, picture=picture, key=key)
    if not new:
        forget(key)
    return sent


@transaction.atomic
def written(
    given: Given, hearing: Hearing, *, by: Person | None, at: datetime.datetime, doubts: Collection[str], mark: str,
    picture: Shown | None = None, key: str = "",
) -> tuple[Sent, bool]:  # fmt: skip
    one_at_a_time(mark)
    wish = Wish.objects.filter(mark=mark).first() if mark else None
    giver = wish.givers.select_related("contact").first() if wish else None
    new = wish is None
    if wish is None:
        contact = contact_by(hearing, by=by, at=at)
        wish = give(given, contact=contact, by=by, at=at, doubts=doubts, mark=mark)
        giver = wish.givers.get()
        if picture:
            add_picture(wish, picture, key=key, by=by, at=at)
    elif giver and giver.contact is None and (contact := contact_by(hearing, by=by, at=at)):
        own(giver, contact, at=at)
        giver.contact = contact
    return Sent(wish, giver, slip_for(giver, wish, by=by, at=at)), new


@transaction.atomic
def mean_too_online(wish: Wish, hearing: Hearing, *, words: str, by: Person | None, at: datetime.datetime, mark: str) -> Sent:
    """Somebody on the site means a wish that is there already. A visitor with an e-mail address does so once that is confirmed."""
    one_at_a_time(mark)
    wish = wish.head or wish
    giver = Giver.objects.filter(mark=mark).select_related("contact").first() if mark else None
    if giver is None and (contact := contact_by(hearing, by=by, at=at)):
        giver = mean_too(wish, contact=contact, words=words, by=by, at=at, mark=mark)
    return Sent(wish, giver, slip_for(giver, wish, by=by, at=at))


def one_at_a_time(mark: str) -> None:
    """Of one form, sent twice at the same moment, the second waits for the first."""
    if mark:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [mark])


def contact_by(hearing: Hearing, *, by: Person | None, at: datetime.datetime) -> Contact | None:
    if by:
        return contact_for(by, at=at)
    if hearing.way == Way.EMAIL:
        return None
    return add_contact(
        name=hearing.name, way=hearing.way, phone=hearing.phone, language=get_language() or "nl", by=None, at=at, channel="web"
    )


def slip_for(giver: Giver | None, wish: Wish, *, by: Person | None, at: datetime.datetime) -> str:
    """The number of the slip of who gets no e-mail; empty for who does."""
    if giver is None or giver.contact is None or giver.contact.way == Way.EMAIL:
        return ""
    return give_slip(giver.contact, thing=f"wish:{wish.reference}", by=by.uuid if by else None, at=at).number
