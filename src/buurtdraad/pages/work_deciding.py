"""What waits at work of the decisions of the fund: proposals and small plans, and letters that did not go out."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import where_to_see
from buurtdraad.fund.queries import to_decide as queries
from buurtdraad.fund.states import Stage
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def decisions(person: Person, on: datetime.date) -> list[WorkItem]:
    """Proposals and small plans that somebody decides on, the shortest time first."""
    if queries.where_to_decide(person) == Reach():
        return []
    return [
        WorkItem(
            _("Decide on %(number)s: %(plan)s") % {"number": one.number, "plan": one.initiative},
            reverse("fund:decide" if one.stage == Stage.PROPOSED else "fund:decide_small", args=[one.uuid]),
            days_left=(one.decide_by - on).days if one.decide_by else None,
            area=one.place or "",  # type: ignore[attr-defined] # of `last_name`
        )
        for one in queries.to_decide(person)[: MOST + 1]
    ]


def letters(person: Person, on: datetime.date) -> list[WorkItem]:
    """Decisions whose letter did not go out yet, and letters before a decision that have to be printed. Two queries."""
    if where_to_see(person) == Reach():
        return []
    return [*decision_letters(person), *paper_letters(person)]


def paper_letters(person: Person) -> list[WorkItem]:
    return [
        WorkItem(
            _("Print and send the letter of %(number)s") % {"number": one.application.number},
            reverse("fund:send_after", args=[one.uuid]),
            area=one.place or "",  # type: ignore[attr-defined] # of `last_name`
            since=localdate(one.made_at),
        )
        for one in queries.papers(person)[: MOST + 1]
    ]


def decision_letters(person: Person) -> list[WorkItem]:
    return [
        WorkItem(
            _("Send the letter of %(number)s") % {"number": one.application.number},
            reverse("fund:send_letter", args=[one.uuid]),
            area=one.place or "",  # type: ignore[attr-defined] # of `last_name`
            since=localdate(one.taken_at),
        )
        for one in queries.unsent(person)[: MOST + 1]
    ]
