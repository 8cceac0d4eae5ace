"""What waits at work of neighbourhood budgets for who makes rounds: rules to write, a list to make, a step that is held up; one query."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach, areas_of
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import MAKING, where
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.rounds import to_see_to
from buurtdraad.budgets.states import RoundStage
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def budget_rounds(person: Person, on: datetime.date) -> list[WorkItem]:
    """Rounds of somebody's areas that wait for them."""
    if areas_of(person, *MAKING) == Reach():
        return []
    reach = where(person, *MAKING)
    found = to_see_to(timezone.now())
    if not reach.everywhere:
        found = found.filter(area__code__in=reach.codes)
    return [as_work(one, on) for one in found[: MOST + 1]]


def as_work(round_: BudgetRound, on: datetime.date) -> WorkItem:
    """What has to be done, and how many days are left where the rules name one."""
    sheet = round_.sheet
    words, day = {
        RoundStage.PREPARING: (_("Write the rules, and make them known: %(name)s"), None),
        RoundStage.ANNOUNCED: (_("Held up on its first day: %(name)s"), sheet.propose_from),
        RoundStage.CHECKING: (_("Make the list of plans: %(name)s"), sheet.list_on),
        RoundStage.READY: (
            _("Voting cannot begin, look what is missing: %(name)s"),
            timezone.localdate(sheet.vote_from) if sheet.vote_from else None,
        ),
    }[RoundStage(round_.stage)]
    url = reverse("budgets:work_round", args=[round_.slug])
    return WorkItem(words % {"name": round_.name}, url, (day - on).days if day else None, area=round_.place or "")  # type: ignore[attr-defined]
