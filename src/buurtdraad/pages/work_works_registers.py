"""What waits at work with registers of municipal works: sheets of one's own that nobody confirmed for two months."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.messages.rules import WorkItem
from buurtdraad.works.access import COLLEAGUES
from buurtdraad.works.queries.confirming import mine_unconfirmed


def sheets_to_confirm(person: Person, on: datetime.date) -> list[WorkItem]:
    """All of them in one line: they stand on one page. One query."""
    if not person.email or not has_duty(person, *COLLEAGUES, on=on):
        return []
    number, since = mine_unconfirmed(person.email, at=timezone.now())
    if not since:
        return []
    title = ngettext(
        "Is your project sheet still right? %(number)s sheet", "Are your project sheets still right? %(number)s sheets", number
    ) % {"number": number}
    return [WorkItem(title, reverse("works:confirm_mine"), since=localdate(since))]
