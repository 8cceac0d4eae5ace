"""Who is past their time around notes, comments, meetings and agreements. About givers of wishes: `wishes/queries/past.py`."""

import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from buurtdraad.agendas.agenda.models import AgreementStep, Joiner, Owner
from buurtdraad.agendas.agenda.states import OPEN
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.comments.states import Showing
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.states import NoteStage
from buurtdraad.lib.retention import CLASSES, ended_before


def sign_ups_due(on: datetime.date) -> QuerySet[SignUp]:
    """Sign-ups that still say who, of meetings that ended (`since`) so long ago that we may forget it."""
    known = SignUp.objects.filter(~Q(name="") | ~Q(needs="") | Q(contact__isnull=False)).select_related("meeting")
    return known.annotate(since=F("meeting__ends_at")).filter(since__date__lt=ended_before(CLASSES["sign-up"], on))


def joiners_due(on: datetime.date) -> QuerySet[Joiner]:
    """Who wanted to join in and was answered (`answered_at`) so long ago that they may go."""
    return Joiner.objects.filter(answered_at__date__lt=ended_before(CLASSES["joiner"], on)).select_related("topic", "agreement")


def notes_due(on: datetime.date) -> QuerySet[SpokenNote]:
    """What was spoken in (`since`) so long ago, while nobody wrote it down, that the sound may go."""
    found = SpokenNote.objects.filter(stage=NoteStage.WAITING, made_at__date__lt=ended_before(CLASSES["spoken note"], on))
    return found.annotate(since=F("made_at"))


def owners_due(on: datetime.date) -> QuerySet[Owner]:
    """Owners of whom we know who spoke for them, of agreements that came to their end (`since`) long ago."""
    last = AgreementStep.objects.filter(agreement=OuterRef("agreement")).order_by("-at", "-id").values("at")[:1]
    known = Owner.objects.filter(~Q(said_by="") | ~Q(why="") | Q(contact__isnull=False)).exclude(agreement__stage__in=sorted(OPEN))
    found = known.select_related("agreement").annotate(since=Subquery(last))
    return found.filter(since__date__lt=ended_before(CLASSES["agreement owner"], on))


def comments_due(on: datetime.date) -> QuerySet[Comment]:
    """Comments that were made (`since`) long ago and do not stand on the site: what stands there stays with its wish."""
    hidden = Comment.objects.exclude(showing=Showing.SHOWN).select_related("wish")
    return hidden.filter(at__date__lt=ended_before(CLASSES["comment not shown"], on)).annotate(since=F("at"))
