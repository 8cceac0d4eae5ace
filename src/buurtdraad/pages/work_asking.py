"""What waits at work with asking for money: people who stopped halfway, and whom somebody helps."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import ASSISTING
from buurtdraad.fund.queries.drafts import standing_still
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def drafts_standing_still(person: Person, on: datetime.date) -> list[WorkItem]:
    """Drafts that this person helps with and that nobody touched for a week."""
    if not has_duty(person, *ASSISTING, on=on):
        return []
    return [
        WorkItem(
            _("Stands still: %(plan)s") % {"plan": draft.initiative.title},
            reverse("fund:helping"),
            since=timezone.localdate(draft.saved_at),
        )
        for draft in standing_still(person, on=on)[: MOST + 1]
    ]
