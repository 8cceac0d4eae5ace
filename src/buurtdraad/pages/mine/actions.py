"""Taking one's data along, and erasing a person over all rooms in one transaction."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.pages.mine.parts import KEPT, everything, whole


@transaction.atomic
def take_along(person: Person, *, at: datetime.datetime) -> dict:
    """All that we have of this person. That they asked is written down, and nothing of what they got."""
    record("person.took_along", room="accounts", thing=f"person:{person.uuid}", by=person.uuid, at=at)
    return whole(everything(person, at=at))


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Take away all that the rooms have of a person; what was decided stays, without them. A second time changes nothing.

    Raises `HandOverFirst` for staff with a duty that runs; then nothing changed.
    """
    found = Person.objects.select_for_update().get(pk=person.pk)
    if found.erased_at:
        return
    for kept in KEPT:
        kept.erase(found, at=at)
    record("person.erased", room="accounts", thing=f"person:{found.uuid}", by=found.uuid, at=at)
