"""What waits at work of the votes of neighbourhood budgets: paper, a long second count, and two counts that differ; one query."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import MAKING, where
from buurtdraad.budgets.queries.closing import to_see_to
from buurtdraad.budgets.states import RoundStage
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def counts(person: Person, on: datetime.date) -> list[WorkItem]:
    """Rounds of somebody's areas that cannot be closed or checked by themselves, or whose two counts differ; the oldest first."""
    reach = where(person, *MAKING)
    if reach == Reach():
        return []
    found = to_see_to()
    if not reach.everywhere:
        found = found.filter(area__code__in=reach.codes)
    return [item_of(one, on) for one in found[: MOST + 1]]


def item_of(round_, on: datetime.date) -> WorkItem:
    if round_.stage == RoundStage.VOTING:
        words, page = _("Finish the paper ballots of '%(name)s', and close it"), "budgets:close"
        return WorkItem(words % {"name": round_.name}, reverse(page, args=[round_.slug]), days_left=(round_.sheet.paper_until - on).days)
    if round_.large:
        words = _("Ask who looks after the program to count '%(name)s' a second time. The page of the round says how.")
        return WorkItem(words % {"name": round_.name}, reverse("budgets:work_round", args=[round_.slug]), days_left=0)
    words = _("Two programs counted '%(name)s' and did not find the same. Ask who looks after the program.")
    return WorkItem(words % {"name": round_.name}, reverse("budgets:work_round", args=[round_.slug]), days_left=0)
