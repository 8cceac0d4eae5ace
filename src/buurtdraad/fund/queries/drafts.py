"""The drafts that somebody of the municipality helps with."""

import datetime

from django.db.models import Q, QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import where_to_assist
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Stage

A_WEEK = datetime.timedelta(days=7)


def drafts_of(person: Person) -> QuerySet[Application]:
    """Drafts of which somebody is the helper, or that they fill in, in areas where they may; untouched for longest first."""
    reach = where_to_assist(person)
    mine = Application.objects.filter(Q(helper=person.uuid) | Q(written_by=person.uuid), stage=Stage.DRAFT)
    if not reach.everywhere:
        mine = mine.filter(initiative__area__code__in=reach.codes)
    return mine.select_related("initiative__area").order_by("saved_at", "pk")


def standing_still(person: Person, *, on: datetime.date) -> QuerySet[Application]:
    """Those of them that nobody touched for a week."""
    return drafts_of(person).filter(saved_at__date__lt=on - A_WEEK)
