"""Who hears what becomes of it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import get_language

from buurtdraad.accounts.models import Person
from buurtdraad.messages.actions import add_contact, contact_for
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way


@dataclass(frozen=True)
class HearBack:
    """How somebody without an account wants to hear from us; somebody who is signed in hears as they chose."""

    way: Way = Way.NONE
    name: str = ""
    phone: str = ""


def contact_of(
    hears: HearBack, *, giver: Person | None = None, by: Person | None, at: datetime.datetime, channel: str = ""
) -> Contact | None:
    """The contact, made where it is new. None when there is nobody to tell and no name. Raises `NotAPhoneNumber`."""
    if giver is not None:
        return contact_for(giver, at=at)
    if hears.way == Way.NONE and not hears.name:
        return None
    return add_contact(
        name=hears.name,
        way=hears.way,
        phone=hears.phone,
        language=get_language() or "nl",
        by=by.uuid if by else None,
        at=at,
        channel="" if by else channel,
    )
