"""What waits at work with the programme and with proposals; each function gives its lines for `work.KINDS`."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.challenges import queries as challenges
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST, SOON
from buurtdraad.works.access import COLLEAGUES
from buurtdraad.works.queries.checks import unfinished_of


def promises(person: Person, on: datetime.date) -> list[WorkItem]:
    """Promises, pledges and motions that are late or due soon, for the programme manager."""
    if not has_duty(person, Duty.PROGRAMME_MANAGER, on=on):
        return []
    return [
        WorkItem(_("Promised: %(what)s") % {"what": what}, reverse(f"challenges:finish_{kind}", args=[pk]), (due_on - on).days)
        for kind, pk, what, due_on in challenges.due(until=on + datetime.timedelta(days=SOON))[: MOST + 1]
    ]


def checks(person: Person, on: datetime.date) -> list[WorkItem]:
    """Buurtchecks that somebody began and did not finish."""
    if not has_duty(person, *COLLEAGUES, on=on):
        return []
    return [
        WorkItem(
            _("Finish the Buurtcheck: %(title)s") % {"title": one.title},
            reverse("works:check", args=[one.uuid]),
            since=localdate(one.made_at),
        )
        for one in unfinished_of(person)[: MOST + 1]
    ]
