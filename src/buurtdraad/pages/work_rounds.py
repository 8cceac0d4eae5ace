"""What waits at work of the rounds of the fund: points and an order to make, proposals, and a round that cannot open; one query."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import where_to_see_rounds
from buurtdraad.fund.queries.rounds import to_see_to
from buurtdraad.fund.states import RoundStage
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def rounds(person: Person, on: datetime.date) -> list[WorkItem]:
    """Rounds of somebody's areas that wait, the shortest time first."""
    reach = where_to_see_rounds(person)
    if reach == Reach():
        return []
    found = to_see_to(on)
    if not reach.everywhere:
        found = found.filter(pot__area__code__in=reach.codes)
    return [
        WorkItem(words_of(one.stage) % {"name": one.name}, reverse("fund:work_round", args=[one.uuid]), days_left=(one.decide_by - on).days)
        for one in found[: MOST + 1]
    ]


def words_of(stage: str) -> str:
    """What has to be done with a round in this stage."""
    match stage:
        case RoundStage.ANNOUNCED:
            return _("Write what counts in the round '%(name)s'")
        case RoundStage.CLOSED:
            return _("Make the order of the round '%(name)s'")
    return _("Decide on the plans of the round '%(name)s'")
