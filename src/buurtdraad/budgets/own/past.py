"""Who is past their time (`since`): makers of plans that came to their end, and who liked a plan of a round that was counted."""

import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buurtdraad.budgets.models import Like, Maker, RoundStep
from buurtdraad.budgets.states import COUNTED, RoundStage
from buurtdraad.lib.retention import CLASSES, ended_before

OVER = (RoundStage.DONE, RoundStage.STOPPED)


def makers_due(on: datetime.date) -> QuerySet[Maker]:
    """Makers of whom we still know who they are, of plans that did not win or whose round is done."""
    lost = Q(plan__round__stage__in=sorted(COUNTED), plan__winner__isnull=True)
    found = Maker.objects.filter(Q(contact__isnull=False) | ~Q(name="")).filter(lost | Q(plan__round__stage__in=OVER))
    return long_ago(found, on)


def likes_due(on: datetime.date) -> QuerySet[Like]:
    """Likes of which we know whose they are, of rounds that were counted or stopped."""
    ended = {*COUNTED, RoundStage.STOPPED}
    return long_ago(Like.objects.filter(contact__isnull=False, plan__round__stage__in=sorted(ended)), on)


def long_ago(found: Any, on: datetime.date) -> Any:
    """Those whose round came to its last step so far (or was counted) so long ago."""
    last = RoundStep.objects.filter(round=OuterRef("plan__round")).order_by("-at").values("at")[:1]
    dated = found.select_related("plan__round").annotate(
        since=Coalesce(Subquery(last), F("plan__round__closed_at"), F("plan__round__made_at"))
    )
    return dated.filter(since__date__lt=ended_before(CLASSES["plan person"], on))
