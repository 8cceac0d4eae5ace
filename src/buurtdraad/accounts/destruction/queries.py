"""Which lists wait, and what of this room is past its time."""

import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from buurtdraad.accounts.destruction.models import DestructionList
from buurtdraad.accounts.destruction.states import Stage
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import Stage as Decided
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.places.queries import last_name


def proposed_list() -> DestructionList | None:
    """The list that waits for a person; there is at most one."""
    return DestructionList.objects.filter(stage=Stage.PROPOSED).prefetch_related("lines").first()


def list_for(person: Person) -> DestructionList | None:
    """The list that waits for this administrator: not one that they proposed themselves. Without its lines."""
    return DestructionList.objects.filter(stage=Stage.PROPOSED).exclude(proposed_by=person).first()


def decided_lists() -> QuerySet[DestructionList]:
    """Lists of before, newest first, with their lines."""
    return DestructionList.objects.exclude(stage=Stage.PROPOSED).prefetch_related("lines")


def reports_due(on: datetime.date) -> QuerySet[Report]:
    """Reports decided (`since`) so long ago that they may go. What is hidden stays hidden as long as its report is there, so those stay."""
    limit = ended_before(CLASSES["report decided"], on)
    found = Report.objects.filter(stage__in=(Decided.LEFT, Decided.REFERRED), decided_at__date__lt=limit)
    return found.annotate(since=F("decided_at"), place=last_name("area"))


def persons_due(on: datetime.date) -> QuerySet[Person]:
    """Persons who did not sign in for long (`since`) and never had a duty; never a system person or one of the demo's cast."""
    limit = ended_before(CLASSES["account unused"], on)
    unused = Q(last_login__date__lt=limit) | Q(last_login__isnull=True, created_at__date__lt=limit)
    found = Person.objects.filter(unused, system__isnull=True, demo_role__isnull=True, duties__isnull=True)
    return found.annotate(since=Coalesce("last_login", "created_at"))
