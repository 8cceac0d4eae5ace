"""Lists with signatures: which wait for somebody to count them, and of which the file may go."""

import datetime
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import Exists, OuterRef, Q, QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.initiatives.models import Count, Evidence
from buurtdraad.initiatives.states import EvidenceStage, Stage
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.places.queries import last_name

WAITS = (EvidenceStage.TO_COUNT, EvidenceStage.DIFFERENT)


def to_count(reach: Reach, person: UUID) -> QuerySet[Evidence]:
    """Lists in reach that wait, and that this person did not count yet, the oldest first; each with its `place_name` and `looks`."""
    mine = Count.objects.filter(evidence=OuterRef("pk"), counted_by=person)
    theirs = Q(initiative__members__contact__person__uuid=person)
    found = Evidence.objects.filter(stage__in=WAITS).exclude(Exists(mine)).exclude(theirs)
    if not reach.everywhere:
        found = found.filter(initiative__area__code__in=reach.codes)
    named = found.annotate(place_name=last_name("initiative__area"), looks=Number("counts"))
    return named.select_related("initiative__area", "zone").order_by("given_at", "id")


def evidence_by(uuid: UUID) -> Evidence | None:
    """One list, with its plan."""
    return Evidence.objects.select_related("initiative__area", "zone").filter(uuid=uuid).first()


def to_destroy(on: datetime.date) -> QuerySet[Evidence]:
    """Of which the file may go: nobody can object any more, or a year passed in which no decision came or waits."""
    over = Q(keep_until__lt=on)
    forgotten = Q(keep_until=None, given_at__date__lt=ended_before(CLASSES["signature list"], on)) & ~Q(initiative__stage=Stage.DECISION)
    return Evidence.objects.filter(over | forgotten, destroyed_at=None)
