"""Who is past their time of plans that came to their end (`since`) long ago."""

import datetime
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from buurtdraad.audit.models import Event
from buurtdraad.initiatives.models import Concern, HelpOffer, Member, Opinion
from buurtdraad.initiatives.states import Stage
from buurtdraad.lib.retention import CLASSES, ended_before

OVER = (Stage.DONE, Stage.STOPPED)


def of_past_plans(found: Any, retention_class: str, on: datetime.date) -> Any:
    """Those of plans of which the last step was so long ago; the record knows when."""
    thing = Concat(Value("initiative:"), Cast(OuterRef("initiative__uuid"), CharField()))
    last = Event.objects.filter(room="initiatives", thing=thing, verb="initiative.moved").order_by("-id").values("at")[:1]
    over = found.filter(initiative__stage__in=OVER).select_related("initiative")
    dated = over.annotate(since=Coalesce(Subquery(last), F("initiative__made_at")))
    return dated.filter(since__date__lt=ended_before(CLASSES[retention_class], on))


def members_due(on: datetime.date) -> QuerySet[Member]:
    """People of plans of whom we still know who they are."""
    return of_past_plans(Member.objects.filter(Q(contact__isnull=False) | ~Q(name="")), "plan person", on)


def offers_due(on: datetime.date) -> QuerySet[HelpOffer]:
    """Who offered help, and what they wrote."""
    return of_past_plans(HelpOffer.objects.filter(Q(contact__isnull=False) | ~Q(name="") | ~Q(words="")), "help offer", on)


def opinions_due(on: datetime.date) -> QuerySet[Opinion]:
    """Opinions of which we know whose they are; the numbers stay."""
    return of_past_plans(Opinion.objects.filter(Q(contact__isnull=False) | ~Q(household="")), "opinion", on)


def concerns_due(on: datetime.date) -> QuerySet[Concern]:
    """Worries of which we know whose they are, and those that never stood on the site."""
    return of_past_plans(Concern.objects.filter(Q(contact__isnull=False) | Q(on_site=False)), "concern", on)
