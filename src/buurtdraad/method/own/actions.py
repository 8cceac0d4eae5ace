"""Taking away what this room has of a person."""

import datetime

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.method.models import RunPerson
from buurtdraad.method.own.queries import lessons_by


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """That somebody worked on a run goes; their lessons stay, and no longer say who wrote them."""
    RunPerson.objects.filter(person=person).delete()
    lessons_by(person).update(by=None)
