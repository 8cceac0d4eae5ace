"""How somebody wants to hear from us: choosing it, and stopping it by one click."""

import datetime
from uuid import UUID

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.models import Contact, Message, PhoneNumber, Preference
from buurtdraad.messages.rules import phone_number
from buurtdraad.messages.states import CHOOSABLE, Rhythm, Stage, Way
from buurtdraad.places.models import Area


class NoConfirmedEmail(Refused):
    """We cannot mail somebody whose address we do not have, or who did not confirm it."""


@transaction.atomic
def contact_for(person: Person, *, at: datetime.datetime) -> Contact:
    """The contact of a person, made at its first use: by e-mail where there is a confirmed address."""
    way = Way.EMAIL if person.email and person.confirmed_at else Way.NONE
    contact, _ = Contact.objects.select_related("person").get_or_create(person=person, defaults={"way": way, "created_at": at})
    return contact


@transaction.atomic
def add_contact(
    *, name: str, way: Way, phone: str = "", language: str = "nl", by: UUID | None, at: datetime.datetime, channel: str = ""
) -> Contact:
    """Somebody without an account: what to call them and how they hear from us (call, board, none). Raises `NotAPhoneNumber`.

    Who gives an e-mail address becomes a person first: a mail goes only to an address that was confirmed.
    """
    contact = Contact.objects.create(name=" ".join(name.split())[:150], way=way, language=language, created_at=at)
    if way == Way.CALL and phone:
        keep_number(contact, phone, at)
    record("contact.added", room="messages", thing=f"contact:{contact.uuid}", by=by, at=at, channel=channel, payload={"way": way})
    return contact


def keep_number(contact: Contact, phone: str, at: datetime.datetime) -> None:
    number = phone_number(phone)
    facts = {"number": number, "given_at": at, "tries": 0, "tried_at": None, "note": ""}
    PhoneNumber.objects.update_or_create(contact=contact, defaults=facts)


@transaction.atomic
def choose(contact: Contact, *, way: Way, phone: str = "", language: str, by: UUID | None, at: datetime.datetime) -> None:
    """Change how somebody hears from us; what still waits goes along. Without another number the one that we have stays.

    Raises `NotAPhoneNumber`, and `NoConfirmedEmail` for e-mail without a confirmed address.
    """
    person = contact.person
    if way == Way.EMAIL and not (person and person.email and person.confirmed_at):
        raise NoConfirmedEmail
    contact.way, contact.language = way, language
    contact.save(update_fields=["way", "language"])
    if way != Way.CALL:
        PhoneNumber.objects.filter(contact=contact).delete()
    elif phone:
        keep_number(contact, phone, at)
    # A mail that is already on its way still arrives.
    waiting = contact.messages.filter(stage=Stage.WAITING, mail=None).exclude(way=way)
    if way in {Way.EMAIL, Way.CALL}:
        # What waited for a call comes with the next collected mail.
        waiting.update(way=way, rhythm=Rhythm.DAILY)
    else:
        waiting.update(way=way, stage=Stage.KEPT, ended_at=at)
    record("way.chosen", room="messages", thing=f"contact:{contact.uuid}", by=by, at=at, payload={"way": way})


@transaction.atomic
def choose_rhythm(contact: Contact, *, area: Area | None, kind: str, rhythm: Rhythm, by: UUID | None, at: datetime.datetime) -> Preference:
    """How often somebody hears about a subject in an area (None: everywhere else); the last choice holds."""
    assert kind in CHOOSABLE
    preference, _ = Preference.objects.update_or_create(contact=contact, area=area, kind=kind, defaults={"rhythm": rhythm})
    if rhythm == Rhythm.NEVER:
        keep_waiting(contact, kind, area.code if area else "", at)
    payload = {"kind": kind, "area": area.code if area else "", "rhythm": rhythm}
    record("rhythm.chosen", room="messages", thing=f"contact:{contact.uuid}", by=by, at=at, payload=payload)
    return preference


def keep_waiting(contact: Contact, kind: str, area_code: str, at: datetime.datetime) -> None:
    """What still waited to be collected is told no more."""
    waiting = Message.objects.filter(contact=contact, kind=kind, stage=Stage.WAITING, way=Way.EMAIL, mail=None)
    if area_code:
        waiting = waiting.filter(area__code=area_code)
    waiting.update(stage=Stage.KEPT, ended_at=at)


@transaction.atomic
def drop_rhythm(contact: Contact, preference_id: int, *, by: UUID | None, at: datetime.datetime) -> None:
    """Forget one choice of this contact; one of somebody else stays as it is."""
    if contact.preferences.filter(pk=preference_id).delete()[0]:
        record("rhythm.dropped", room="messages", thing=f"contact:{contact.uuid}", by=by, at=at)


@transaction.atomic
def stop(contact: Contact, *, kind: str, area_code: str, everything: bool, at: datetime.datetime) -> None:
    """Hear no more about a subject in an area, or nothing at all: for whoever holds the link in a mail. A second time changes nothing."""
    by = contact.person.uuid if contact.person else None
    if everything or kind not in CHOOSABLE:
        choose(contact, way=Way.NONE, language=contact.language, by=by, at=at)
        return
    area = Area.objects.filter(code=area_code).first() if area_code else None
    choose_rhythm(contact, area=area, kind=kind, rhythm=Rhythm.NEVER, by=by, at=at)
