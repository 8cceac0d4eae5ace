"""Taking away what this room has of a person, by subject."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.placements.actions import shifts
from buurtdraad.placements.models import Host, Placement
from buurtdraad.placements.own.actions import after, training


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Take away all that this room has of a person. What came after a placement goes before the tie with it."""
    after.erase(person, at=at)
    shifts.erase(person, at=at)
    training.erase(person, at=at)


@transaction.atomic
def follow_address(person: Person, *, old: str, at: datetime.datetime) -> None:
    """Who receives people as a host, or agrees as a manager, is mailed at their new address."""
    Host.objects.filter(contact_email__iexact=old).update(contact_email=person.email)
    Placement.objects.filter(manager_email__iexact=old).update(manager_email=person.email)
