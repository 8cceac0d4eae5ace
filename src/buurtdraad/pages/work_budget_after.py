"""What waits at work after the votes of a neighbourhood budget were counted: a result to write or to look at, plans that nobody does."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.access import Reach, areas_of
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import ADOPTING, MAKING, where
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.results import after_count
from buurtdraad.budgets.states import RoundStage
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def budget_results(person: Person, on: datetime.date) -> list[WorkItem]:
    """Rounds of somebody's areas in which they are next, the oldest first."""
    if areas_of(person, *MAKING, *ADOPTING) == Reach():
        return []
    adopts = where(person, *ADOPTING)
    items = (as_work(one, person, adopts, on) for one in after_count(person, where(person, *MAKING, *ADOPTING)))
    return [item for item in items if item][: MOST + 1]


def as_work(round_: BudgetRound, person: Person, adopts: Reach, on: datetime.date) -> WorkItem | None:
    """What this person does with it now; None while it is somebody else's turn."""
    place = round_.place or ""  # type: ignore[attr-defined] # annotated
    since = localdate(round_.closed_at) if round_.closed_at else None
    if round_.stage == RoundStage.ADOPTED:
        number = round_.waiting  # type: ignore[attr-defined] # annotated
        words = ngettext("Say who does %(number)s chosen plan: %(name)s", "Say who does %(number)s chosen plans: %(name)s", number)
        return WorkItem(words % {"number": number, "name": round_.name}, reverse("budgets:chosen_plans", args=[round_.slug]), area=place)
    adoption = getattr(round_, "adoption", None)
    if adoption is None or adoption.back:
        words = _("Write the result: %(name)s")
    elif adoption.proposed_by != person.uuid and round_.area.code in adopts:
        words = _("Look at the result: %(name)s")
    else:
        return None
    day = round_.sheet.result_on
    url = reverse("budgets:adopt_result", args=[round_.slug])
    return WorkItem(words % {"name": round_.name}, url, (day - on).days if day else None, area=place, since=since)
