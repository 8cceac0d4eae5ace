"""A quick note: what somebody said at the door or on the phone, and how they hear from us."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.access import duty_here
from buurtdraad.agendas.wishes.actions.giving import Given, add_giver, give
from buurtdraad.agendas.wishes.actions.once import one_at_a_time
from buurtdraad.agendas.wishes.actions.showing import tell_record
from buurtdraad.agendas.wishes.models import Giver, Wish
from buurtdraad.agendas.wishes.states import Channel
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area


@dataclass(frozen=True)
class Note:
    """What somebody said. With a phone number they are called; with a name alone the board tells them; without both nobody can."""

    text: str
    area: Area
    channel: Channel
    name: str = ""
    phone: str = ""


@transaction.atomic
def note(said: Note, *, onto: Wish | None, by: Person, at: datetime.datetime, mark: str) -> Wish:
    """Write down a note as a wish, or with a wish (`onto`) that says the same: one giver more, with their own words and channel.

    One note sent twice (`mark`) is one, also when it names another wish the second time. Raises `NotAPhoneNumber`.
    """
    one_at_a_time(mark)
    if sent := Giver.objects.select_related("wish").filter(mark=mark).first():
        return sent.wish
    contact = contact_of(said, by=by, at=at)
    if onto is None:
        made = give(Given(said.text, said.area, channel=said.channel), contact=contact, by=by, at=at, mark=mark)
        made.givers.filter(mark=None).update(mark=mark)
        return made
    wish = onto.head or onto
    add_giver(wish, contact=contact, words=said.text, channel=said.channel, by=by, at=at, mark=mark)
    tell_record("wish.also_given", wish, by=by, duty=duty_here(by, wish), at=at, payload={"channel": said.channel})
    return wish


def contact_of(said: Note, *, by: Person, at: datetime.datetime) -> Contact | None:
    """How the answer reaches who said it; None when nothing is known of them."""
    if not (said.name or said.phone):
        return None
    way = Way.CALL if said.phone else Way.BOARD
    return add_contact(name=said.name, way=way, phone=said.phone, by=by.uuid, at=at)
