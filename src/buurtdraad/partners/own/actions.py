"""Taking away what this room has of a person."""

import datetime

from django.db import transaction
from django.db.models import DateField, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.partners.actions.contacts import EMPTY, take_picture_away
from buurtdraad.partners.models import Confirmation, LocalContact, Representative, Signature
from buurtdraad.partners.queries.signatures import signed_as


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Name, e-mail and phone go, and the tie with the account. That somebody spoke for an organisation stays, until today.

    So does that somebody worked in an area; their face is off the site. Where their name stands under an agreement between
    partners it goes too: that the organisation signed stays.
    """
    Signature.objects.filter(pk__in=list(signed_as(person).values_list("pk", flat=True))).update(signed_by="")
    Confirmation.objects.filter(through__person=person).update(said_by="")
    spoken = Representative.objects.filter(person=person)
    worked = LocalContact.objects.filter(person=person)
    today = timezone.localdate(at)
    runs = Q(until_on__isnull=True) | Q(until_on__gt=today)
    for rows in (spoken, worked):
        rows.filter(runs).update(until_on=Greatest("from_on", Value(today, output_field=DateField())))
    spoken.update(name="", email="", phone="", person=None)
    take_picture_away(list(worked.values_list("pk", flat=True)))
    worked.update(**EMPTY)


@transaction.atomic
def follow_address(person: Person, *, old: str, at: datetime.datetime) -> None:
    """Who speaks for an organisation is mailed at their new address, also where their account is not known with it."""
    theirs = Q(person=person) | Q(person=None)
    Representative.objects.filter(theirs, email__iexact=old).update(email=person.email)
