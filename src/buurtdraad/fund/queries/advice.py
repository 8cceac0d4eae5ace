"""The advice that is asked of somebody."""

from django.db.models import F, QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import Advice
from buurtdraad.fund.states import IN_HAND


def asked_of(person: Person) -> QuerySet[Advice]:
    """What this person is asked to say something about, of what is not decided yet: what waits first."""
    found = Advice.objects.filter(asked_of=person.uuid, application__stage__in=sorted(IN_HAND)).select_related("application__initiative")
    found = found.only("asked_at", "given_at", "application__uuid", "application__number", "application__initiative__title")
    return found.order_by(F("given_at").asc(nulls_first=True), "asked_at", "pk")
