"""What waits at work with plans of residents; each function gives its lines for `work.KINDS`."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.access import READING, where_to_read
from buurtdraad.initiatives.queries.reading import waiting_to_read
from buurtdraad.messages.rules import WorkItem


def plans_to_read(person: Person, on: datetime.date) -> list[WorkItem]:
    """Plans, and what their people tell, that wait until somebody reads them, in one line: they stand on one page."""
    if not has_duty(person, *READING, on=on):
        return []
    waiting = waiting_to_read(where_to_read(person))
    if not waiting.since:
        return []
    title = _("Plans to read: %(number)s") % {"number": waiting.number}
    return [WorkItem(title, reverse("initiatives:to_read"), since=localdate(waiting.since))]
