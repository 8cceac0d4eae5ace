"""What waits at work of plans for neighbourhood budgets: to read, and to answer; one query."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import CHECKING, READING
from buurtdraad.budgets.queries.checking import TO_READ, waiting
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def budget_plans(person: Person, on: datetime.date) -> list[WorkItem]:
    """Plans of rounds of somebody's areas that wait for them, the one that waits longest first."""
    if not has_duty(person, *CHECKING, *READING, on=on):
        return []
    return [
        WorkItem(
            words_of(plan.todo) % {"title": plan.title},  # type: ignore[attr-defined] # of `waiting`
            reverse("budgets:work_plan", args=[plan.round.slug, plan.number]), area=plan.area_name, since=localdate(plan.made_at),  # type: ignore[attr-defined]
        )
        for plan in waiting(person)[: MOST + 1]
    ]  # fmt: skip


def words_of(todo: int) -> str:
    """What has to be done with a plan."""
    return _("Read the plan '%(title)s'") if todo == TO_READ else _("Say whether the plan '%(title)s' can be done")
