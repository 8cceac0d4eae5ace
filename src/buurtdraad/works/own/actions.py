"""Taking away what this room has of a person."""

import datetime
from collections.abc import Collection

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.works.models import Work
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
def forget_owners(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who led or confirmed works that ended long ago, of those that are still due. Returns how many were."""
    due = list(owners_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return Work.objects.filter(pk__in=due).update(owner_name="", owner_email="", confirmed_by="")


@transaction.atomic
def destroy_asked(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy that somebody was asked about their sheets, of those that are still due. Returns how many went."""
    return asked_due(on).filter(pk__in=ids).delete()[0]
