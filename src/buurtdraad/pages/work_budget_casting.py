"""What waits at work of paper ballots: a second person to type, and a third where two differ; one query."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import TYPING, where
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.paper import waiting
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def paper(person: Person, on: datetime.date) -> list[WorkItem]:
    """Rounds of somebody's areas with paper that this person can type, the shortest time first."""
    reach = where(person, *TYPING)
    if reach == Reach():
        return []
    return [item(round_, on) for round_ in waiting(reach, person)[: MOST + 1]]


def item(round_: BudgetRound, on: datetime.date) -> WorkItem:
    """What differs comes first: it holds up the count."""
    to_type, to_decide, until = round_.to_type, round_.to_decide, round_.until  # type: ignore[attr-defined]
    facts = {"number": to_decide or to_type, "name": round_.name}
    if to_decide:
        words = _("%(number)s paper ballots that a third person has to look at: %(name)s") % facts
    else:
        words = _("%(number)s paper ballots to type a second time: %(name)s") % facts
    days = (until - on).days if until else None
    return WorkItem(words, reverse("budgets:paper", args=[round_.slug]), days, area=round_.place)  # type: ignore[attr-defined]
