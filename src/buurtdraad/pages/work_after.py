"""What waits after decisions of the fund: objections with their last day, and what people showed, asked or have to pay back."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import DECIDING, HANDLING
from buurtdraad.fund.models import Account, Objection
from buurtdraad.fund.queries.after import accounts_to_look_at, objections_of
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def objections(person: Person, on: datetime.date) -> list[WorkItem]:
    """Objections in somebody's areas, the first last day first."""
    if not has_duty(person, *HANDLING, *DECIDING, on=on):
        return []
    return [objection_item(each, on) for each in objections_of(person)[: MOST + 1]]


def objection_item(each: Objection, on: datetime.date) -> WorkItem:
    application = each.decision.application
    return WorkItem(
        _("An objection: %(title)s") % {"title": application.initiative},
        reverse("fund:objection", args=[application.uuid, each.uuid]),
        (each.decide_by - on).days,
        area=each.place or "",  # type: ignore[attr-defined]
        since=each.received_on,
    )


def accounts(person: Person, on: datetime.date) -> list[WorkItem]:
    """What people showed of what they did, that nobody looked at yet."""
    if not has_duty(person, *HANDLING, *DECIDING, on=on):
        return []
    return [account_item(each) for each in accounts_to_look_at(person)[: MOST + 1]]


def account_item(each: Account) -> WorkItem:
    return WorkItem(
        _("Look at what they did: %(title)s") % {"title": each.application.initiative},
        reverse("fund:file", args=[each.application.uuid]),
        area=each.place or "",  # type: ignore[attr-defined]
        since=timezone.localdate(each.given_at) if each.given_at else None,
    )
