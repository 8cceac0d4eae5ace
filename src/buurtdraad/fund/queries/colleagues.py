"""Colleagues to give an application to, or to ask for advice."""

import datetime

from django.db.models import Q

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.fund.access import ADVISING, DECIDING, HANDLING
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Interest
from buurtdraad.places.models import Area, Kind
from buurtdraad.places.queries import touched_by


def handlers_for(application: Application, *, on: datetime.date) -> list[Person]:
    """Who can handle it: the duty in its area, and no interest that they told. By name. Three queries."""
    return free(application, held(application.initiative.area, *HANDLING, *DECIDING, on=on))


def advisers_for(application: Application, *, on: datetime.date, but: Person) -> list[Person]:
    """Whom to ask for advice: who advises its area first, then everybody else who works here. Five queries."""
    near = free(application, held(application.initiative.area, *ADVISING, on=on))
    anywhere = DutyHeld.objects.on(on).filter(duty__in=[*STAFF, Duty.EMPLOYEE])
    others = [person for person in free(application, anywhere) if person not in near]
    return [person for person in [*near, *others] if person.pk != but.pk]


def held(area: Area, *duties: Duty, on: datetime.date):
    """The duties that reach an area: there, around it, or in the whole city."""
    everywhere = Q(area=None) | Q(area__kind__in=[Kind.COUNTRY, Kind.MUNICIPALITY])
    return DutyHeld.objects.on(on).filter(everywhere | Q(area__code__in=touched_by([area.code])), duty__in=duties)


def free(application: Application, duties) -> list[Person]:
    kept_away = application.interests.filter(says=Interest.YES).values("person")
    people = Person.objects.people().filter(pk__in=duties.values("person"), is_active=True).exclude(uuid__in=kept_away)
    return list(people.order_by("name", "pk"))
