"""The call list: seeing a number, and what came of the call."""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.models import Contact, PhoneNumber
from buurtdraad.messages.states import Stage, Way


class AlreadyDone(Refused):
    """Somebody else called meanwhile."""


@transaction.atomic
def open_number(contact: Contact, *, by: UUID, duty: str = "", at: datetime.datetime) -> PhoneNumber | None:
    """The number of who waits for a call; that somebody looked is written down. None when there is no number (any more)."""
    phone = PhoneNumber.objects.filter(contact=contact).first()
    if phone:
        record("number.seen", room="messages", thing=f"contact:{contact.uuid}", by=by, duty=duty, at=at)
    return phone


@transaction.atomic
def called(contact: Contact, *, by: UUID, at: datetime.datetime) -> None:
    """All that waited was told; the number is destroyed. Of two people at once one succeeds, the other gets `AlreadyDone`."""
    end_call(contact, Stage.CALLED, "call.done", by, at)


@transaction.atomic
def give_up(contact: Contact, *, by: UUID, at: datetime.datetime) -> None:
    """Nobody can be reached on this number: what waited can only be looked up, the number is destroyed. Raises `AlreadyDone`."""
    end_call(contact, Stage.FAILED, "call.given_up", by, at)


def end_call(contact: Contact, stage: Stage, verb: str, by: UUID, at: datetime.datetime) -> None:
    Contact.objects.select_for_update().get(pk=contact.pk)
    told = contact.messages.filter(stage=Stage.WAITING, way=Way.CALL).update(stage=stage, ended_at=at)
    if not told:
        raise AlreadyDone
    PhoneNumber.objects.filter(contact=contact).delete()
    record(verb, room="messages", thing=f"contact:{contact.uuid}", by=by, at=at, payload={"messages": told})


@transaction.atomic
def not_reached(contact: Contact, *, note: str, by: UUID, at: datetime.datetime) -> None:
    """Nobody answered: the number stays, with one more try and a note for the next caller. Raises `AlreadyDone`."""
    tried = PhoneNumber.objects.filter(contact=contact, contact__messages__stage=Stage.WAITING, contact__messages__way=Way.CALL)
    if not PhoneNumber.objects.filter(pk__in=tried.values("pk")).update(tries=F("tries") + 1, tried_at=at, note=note):
        raise AlreadyDone
    record("call.not_reached", room="messages", thing=f"contact:{contact.uuid}", by=by, at=at)
