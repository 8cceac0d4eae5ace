"""Taking away what this room has of a person."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact, Mail
from buurtdraad.messages.states import Stage


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """The contact goes, with its number, choices, messages, mails and slips; so does every mail to the person's address.

    A mail that is on its way is not sent any more.
    """
    Mail.objects.filter(contact__person=person).delete()
    if person.email:
        Mail.objects.filter(to__iexact=person.email).delete()
    Contact.objects.filter(person=person).delete()


@transaction.atomic
def follow_address(person: Person, *, old: str, at: datetime.datetime) -> None:
    """What still waits to be told by mail goes to the new address of a person.

    What went to the old one without their contact (to sign in) becomes theirs, so that it is given along and goes with them.
    """
    Mail.objects.filter(contact__person=person, to__iexact=old, stage=Stage.WAITING).update(to=person.email)
    before = Mail.objects.filter(to__iexact=old, contact=None)
    if before.exists():
        before.update(contact=contact_for(person, at=at))
