"""What waits at work around money: a second person, a list, and what is to be paid; each function gives its lines for `work.KINDS`."""

import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.messages.rules import WorkItem
from buurtdraad.money.access import may_pay, where_to_reserve
from buurtdraad.money.models import Payment, PaymentList
from buurtdraad.money.queries.reserving import waiting_in
from buurtdraad.money.states import ListStage, PaymentStage
from buurtdraad.pages.work_items import MOST


def reservations(person: Person, on: datetime.date) -> list[WorkItem]:
    """Money that a group reserved, to which somebody else than who wrote it down says yes."""
    reach = where_to_reserve(person)
    if not (reach.everywhere or reach.codes):
        return []
    return [
        WorkItem(
            _("Say yes or no to money for: %(what)s") % {"what": one.agreement.what},
            reverse("money:reservation", args=[one.uuid]),
            since=localdate(one.proposed_at),
        )
        for one in waiting_in(reach).exclude(proposed_by=person.uuid)[: MOST + 1]
    ]


def payment_lists(person: Person, on: datetime.date) -> list[WorkItem]:
    """Lists that a colleague made, and lists that can go to finance."""
    if not may_pay(person):
        return []
    made = Q(stage=ListStage.MADE) & ~Q(made_by=person.uuid)
    found = PaymentList.objects.filter(made | Q(stage=ListStage.RELEASED)).order_by("made_at", "pk")
    return [on_list(one) for one in found[: MOST + 1]]


def on_list(listed: PaymentList) -> WorkItem:
    words = _("Look at payment list %(number)s") if listed.stage == ListStage.MADE else _("Give payment list %(number)s to finance")
    return WorkItem(words % {"number": listed.number}, reverse("money:payment_list", args=[listed.uuid]), since=localdate(listed.made_at))


def payments(person: Person, on: datetime.date) -> list[WorkItem]:
    """How many payments are due, and how many came back; in two lines."""
    if not may_pay(person):
        return []
    due, back = Q(stage=PaymentStage.DUE), Q(stage=PaymentStage.BOUNCED)
    found = Payment.objects.aggregate(due=Count("pk", filter=due), first=Min("due_on", filter=due), back=Count("pk", filter=back))
    path, lines = reverse("money:payments"), []
    if found["due"]:
        lines.append(WorkItem(_("To be paid: %(number)s") % {"number": found["due"]}, path, (found["first"] - on).days))
    if found["back"]:
        lines.append(WorkItem(_("Payments that came back: %(number)s") % {"number": found["back"]}, path))
    return lines
