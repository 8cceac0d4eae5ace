"""Who led a work that ended long ago, and who was mailed about theirs long ago: that may go."""

import datetime

from django.db.models import DateField, DateTimeField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.works.models import Work, WorkAsked
from buurtdraad.works.states import Stage

NAMED = ~Q(owner_name="", owner_email="", confirmed_by="")


def owners_due(on: datetime.date) -> QuerySet[Work]:
    """Works that still name who led or confirmed them, done or stopped (`since`) so long ago that this may go.

    A work that stopped has no day of its own: that of its last change.
    """
    ended_on = Coalesce("done_on", Cast("changed_at", DateField()))
    ended = Work.objects.filter(NAMED, stage__in=(Stage.DONE, Stage.STOPPED)).annotate(ended_on=ended_on)
    due = ended.filter(ended_on__lt=ended_before(CLASSES["work owner"], on))
    return due.annotate(since=Cast("ended_on", DateTimeField()))


def asked_due(on: datetime.date) -> QuerySet[WorkAsked]:
    """The mails of months long ago in which somebody was asked about their sheets."""
    return WorkAsked.objects.filter(at__date__lt=ended_before(CLASSES["work asked"], on))
