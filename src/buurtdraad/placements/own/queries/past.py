"""What is past its time of what people told after a placement."""

import datetime

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.placements.models import HostFeedback, Lesson, Thanks


def writers_due(on: datetime.date) -> QuerySet[Lesson]:
    """Lessons of which we know who wrote them, shared (or told and never shared, `since`) long ago."""
    known = Lesson.objects.filter(writer__isnull=False).annotate(since=Coalesce("shared_at", "made_at"))
    return known.filter(since__date__lt=ended_before(CLASSES["lesson writer"], on))


def thanks_due(on: datetime.date) -> QuerySet[Thanks]:
    """Words of thanks that were mailed (`since`) long ago."""
    return Thanks.objects.filter(at__date__lt=ended_before(CLASSES["thanks"], on)).annotate(since=F("at"))


def feedback_due(on: datetime.date) -> QuerySet[HostFeedback]:
    """Words of hosts, told (`since`) long ago; whether they would do it again stays."""
    found = HostFeedback.objects.exclude(words="").filter(at__date__lt=ended_before(CLASSES["host feedback"], on))
    return found.annotate(since=F("at"))
