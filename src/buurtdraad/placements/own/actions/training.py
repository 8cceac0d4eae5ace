"""Taking away what a person learned here."""

import datetime

from buurtdraad.accounts.models import Person
from buurtdraad.placements.actions.enrolling import leave
from buurtdraad.placements.models import Enrolment
from buurtdraad.placements.states import Enrolled


def erase(person: Person, *, at: datetime.datetime) -> None:
    """Their place in what is to come goes to the next one. That somebody took part stays, and their score; their words go."""
    mine = Enrolment.objects.filter(person=person)
    for enrolment in mine.filter(session__starts_at__gt=at, stage__in=(Enrolled.PLACE, Enrolled.WAITING)).select_related("session__module"):
        leave(enrolment, by=person, at=at)
    mine.update(person=None, words="")
