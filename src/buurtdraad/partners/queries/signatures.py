"""The names of who signed an accord: for one person, and those that are past their time."""

import datetime

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast, Least

from buurtdraad.accounts.models import Person
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.partners.models import Representative, Signature
from buurtdraad.partners.queries.joining import same_as


def signatures_due(on: datetime.date) -> QuerySet[Signature]:
    """Signatures with a name, of parties that left or versions that were over so long ago (`since`) that the name may go."""
    known = Signature.objects.exclude(signed_by="").select_related("version", "organisation")
    over = known.annotate(over=Least("left_on", "version__over_on"))
    limit = ended_before(CLASSES["accord signature"], on)
    return over.filter(over__lt=limit).annotate(since=Cast(F("over"), DateTimeField()))


def signed_as(person: Person) -> QuerySet[Signature]:
    """What a person signed: where the name of who speaks for a party, with this account, stands under it. Empty for everybody else."""
    named = Q(pk=None)
    for voice in Representative.objects.filter(person=person).exclude(name="").select_related("organisation"):
        named |= same_as(voice.organisation) & Q(signed_by__icontains=voice.name)
    return Signature.objects.filter(named).select_related("version__accord", "organisation").order_by("-signed_on", "-pk")
