"""Taking away what this room has of a person."""

import datetime
from collections.abc import Collection

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.works.models import Work, WorkAsked
from buurtdraad.works.own.past import asked_due, owners_due
from buurtdraad.works.own.queries import asked_of
from buurtdraad.works.queries.works import works_of


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Name and address go from the sheets, also where they confirmed them by name; the work itself and its department stay."""
    if person.name:
        works_of(person).filter(confirmed_by=person.name).update(confirmed_by="")
        Work.objects.filter(made_by=person.uuid, confirmed_by=person.name).update(confirmed_by="")
    works_of(person).update(owner_name="", owner_email="")
    asked_of(person).delete()


@transaction.atomic
def follow_address(person: Person, *, old: str, at: datetime.datetime) -> None:
    """The sheets that a person owns go along to their new address, and that they were asked about them."""
    Work.objects.filter(owner_email__iexact=old).update(owner_email=person.email)
    asked = WorkAsked.objects.filter(email__iexact=old)
    # In one month an address is asked once; of who had sheets at both addresses the mail to the new one counts.
    asked.filter(month__in=list(asked_of(person).values_list("month", flat=True))).delete()
    asked.update(email=person.email)


@transaction.atomic
def forget_owners(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who led or confirmed works that ended long ago, of those that are still due. Returns how many were."""
    due = list(owners_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return Work.objects.filter(pk__in=due).update(owner_name="", owner_email="", confirmed_by="")


@transaction.atomic
def destroy_asked(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy that somebody was asked about their sheets, of those that are still due. Returns how many went."""
    return asked_due(on).filter(pk__in=ids).delete()[0]
