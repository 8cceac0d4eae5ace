"""Reports to the council that wait for a second pair of eyes, or for who approves them."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST
from buurtdraad.reports.access import APPROVING, REVIEWING
from buurtdraad.reports.queries.drafts import waiting_for


def reports_to_read(person: Person, on: datetime.date) -> list[WorkItem]:
    """Reports of somebody else: to read while nobody else did, and then to approve."""
    reads, approves = has_duty(person, *REVIEWING, on=on), has_duty(person, *APPROVING, on=on)
    if not (reads or approves):
        return []
    return [
        WorkItem(
            (_("Approve: %(report)s") if one.reviewed_by else _("Read: %(report)s")) % {"report": one.title},
            reverse("reports:draft", args=[one.slug]),
            since=timezone.localdate(one.made_at),
        )
        for one in waiting_for(person)[: MOST + 1]
        if (approves if one.reviewed_by else reads)
    ]
