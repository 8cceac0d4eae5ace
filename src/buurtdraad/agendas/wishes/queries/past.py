"""Which givers are past their time: their wish came to its end long ago."""

import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from buurtdraad.agendas.wishes.models import Giver, Step
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.lib.retention import CLASSES, ended_before

ENDED = (Stage.DONE, Stage.NOT_DONE, Stage.REFERRED)


def givers_due(on: datetime.date) -> QuerySet[Giver]:
    """Givers of wishes that came to their end (`since`) so long ago that we may forget who they were."""
    last = Step.objects.filter(wish=OuterRef("wish")).order_by("-at", "-id").values("at")[:1]
    known = Giver.objects.filter(~Q(words="") | Q(contact__isnull=False), wish__stage__in=ENDED, wish__head__isnull=True)
    return known.select_related("wish").annotate(since=Subquery(last)).filter(since__date__lt=ended_before(CLASSES["wish words"], on))
