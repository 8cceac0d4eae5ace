"""The advice that is asked of somebody."""

from django.db.models import F

from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import Advice
from buurtdraad.fund.states import IN_HAND

MOST = 50


def asked_of(person: Person) -> list[Advice]:
    """What this person is asked to say something about, of what is not decided yet: what waits first. One query."""
    found = Advice.objects.filter(asked_of=person.uuid, application__stage__in=sorted(IN_HAND))
    found = found.select_related("application__initiative__area")
    return list(found.order_by(F("given_at").asc(nulls_first=True), "asked_at")[:MOST])
