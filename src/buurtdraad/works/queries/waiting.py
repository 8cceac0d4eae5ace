"""What waits for the owner of sheets: a day that passed, and a decision that is needed."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce, Least

from buurtdraad.accounts.models import Person
from buurtdraad.works.models import Work
from buurtdraad.works.queries.works import works_of
from buurtdraad.works.rules import DECIDE_WITHIN


@dataclass(frozen=True)
class Waits:
    """A sheet that waits for its owner: because it is late, or (with its day) because a decision is needed."""

    work: Work
    decide_by: datetime.date | None = None


def waiting_for_owner(person: Person, *, on: datetime.date, most: int) -> list[Waits]:
    """The open projects that somebody leads and that are late or need a decision soon, the most urgent first. One query."""
    soon = Q(decision_by__lte=on + DECIDE_WITHIN) & ~Q(decision="")
    found = works_of(person).open().projects().filter(Q(until_on__lt=on) | soon)
    rows = found.order_by(Least("until_on", Coalesce("decision_by", "until_on")), "pk")[:most]
    return [Waits(work, work.decision_by if decides(work, on) else None) for work in rows]


def decides(work: Work, on: datetime.date) -> bool:
    """Whether the decision is more urgent than that it is late."""
    if not work.decision or work.decision_by is None or work.decision_by > on + DECIDE_WITHIN:
        return False
    return work.until_on >= on or work.decision_by <= work.until_on
