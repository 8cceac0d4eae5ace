"""What waits at work with the rules of the fund; gives its lines for `work.KINDS`."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import may_keep_rules
from buurtdraad.fund.queries.rules import ends_soon
from buurtdraad.messages.rules import WorkItem


def rules_that_end(person: Person, on: datetime.date) -> list[WorkItem]:
    """The rules of our fund end, and nothing comes after them."""
    last = ends_soon(on) if may_keep_rules(person) else None
    if last is None:
        return []
    return [WorkItem(_("The rules of the fund end. Nothing comes after them yet."), reverse("fund:work_rules"), days_left=(last - on).days)]
