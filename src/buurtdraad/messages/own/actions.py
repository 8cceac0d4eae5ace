"""Taking away what this room has of a person."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.messages.models import Contact, Mail


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """The contact goes, with its number, choices, messages, mails and slips; so does every mail to the person's address.

    A mail that is on its way is not sent any more.
    """
    Mail.objects.filter(contact__person=person).delete()
    if person.email:
        Mail.objects.filter(to__iexact=person.email).delete()
    Contact.objects.filter(person=person).delete()
