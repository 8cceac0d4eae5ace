"""What of the fund is past its time (Selectielijst gemeenten 2020): requests by how they ended, and objections by their outcome."""

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from buurtdraad.fund.models import Application, Objection, Recovery
from buurtdraad.fund.states import ObjectionOutcome, Stage
from buurtdraad.lib.retention import CLASSES, ended_before

# Which requests are of a class, by their last step.
GRANTED = (Stage.CLOSED, Stage.REVOKED)
REFUSED = (Stage.REFUSED, Stage.NOT_PROCESSED)
BROKEN_OFF = (Stage.WITHDRAWN, Stage.REFERRED)


def granted_due(on: datetime.date) -> QuerySet[Application]:
    """Grants that were finished, or taken back, seven years ago."""
    return ended("subsidy granted", GRANTED, on)


def refused_due(on: datetime.date) -> QuerySet[Application]:
    """Refusals of five years ago."""
    return ended("subsidy refused", REFUSED, on)


def broken_off_due(on: datetime.date) -> QuerySet[Application]:
    """What was taken back or sent to another desk a year ago, and drafts on which nobody wrote for a year."""
    return ended("subsidy broken off", (*BROKEN_OFF, Stage.DRAFT), on)


def ended(name: str, stages: tuple[Stage, ...], on: datetime.date) -> QuerySet[Application]:
    """Of these steps what ended (`since`) long enough ago. While there is an objection to it, or money has to come back, it stays."""
    objected = Objection.objects.filter(decision__application=OuterRef("pk"))
    to_recover = Recovery.objects.filter(application=OuterRef("pk"), dropped_why="", received__lt=F("amount"))
    found = Application.objects.filter(~Exists(objected), ~Exists(to_recover), stage__in=stages).select_related("initiative")
    found = found.annotate(since=Coalesce("ended_at", "saved_at"))
    return found.filter(since__date__lt=ended_before(CLASSES[name], on))


def objections_due(on: datetime.date) -> QuerySet[Objection]:
    """Objections that were not right, of five years ago."""
    return decided("objection", Q(outcome=ObjectionOutcome.UNFOUNDED), on)


def objections_about_money_due(on: datetime.date) -> QuerySet[Objection]:
    """Objections that brought another decision, of seven years ago."""
    return decided("objection about money", Q(outcome=ObjectionOutcome.FOUNDED), on)


def objections_inadmissible_due(on: datetime.date) -> QuerySet[Objection]:
    """Objections that were not looked at or taken back, of a year ago."""
    return decided("objection inadmissible", Q(outcome__in=[ObjectionOutcome.INADMISSIBLE, ObjectionOutcome.WITHDRAWN]), on)


def decided(name: str, which: Q, on: datetime.date) -> QuerySet[Objection]:
    found = Objection.objects.filter(which, decided_at__date__lt=ended_before(CLASSES[name], on)).annotate(since=F("decided_at"))
    return found.select_related("decision__application")
