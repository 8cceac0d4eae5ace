"""What waits at work with requests for money: those that somebody handles or nobody took, and the advice that is asked of them."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import areas_of
from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import DECIDING, HANDLING
from buurtdraad.fund.models import Advice
from buurtdraad.fund.queries.worklist import Row, in_reach, rows_of, with_facts
from buurtdraad.fund.states import IN_HAND
from buurtdraad.messages.rules import WorkItem
from buurtdraad.pages.work_items import MOST


def requests(person: Person, on: datetime.date) -> list[WorkItem]:
    """Requests for money that this person handles, and in their areas those that nobody took yet. One query."""
    reach = areas_of(person, *HANDLING, *DECIDING, on=on)
    if not (reach.everywhere or reach.codes):
        return []
    found = in_reach(person, reach).filter(Q(handler=person.uuid) | Q(handler=None), stage__in=sorted(IN_HAND))
    return [on_row(row, on) for row in rows_of(list(with_facts(found.order_by("decide_by", "pk"))[: MOST + 1]), today=on)]


def on_row(row: Row, on: datetime.date) -> WorkItem:
    """While time stands still there is no day that passes."""
    one = row.application
    running = one.decide_by and not (row.left and row.left.still)
    return WorkItem(
        _("Handle a request for money: %(title)s") % {"title": one.initiative.title},
        reverse("fund:file", args=[one.uuid]),
        (one.decide_by - on).days if one.decide_by and running else None,
        area=one.place or "",  # type: ignore[attr-defined] # of `with_facts`
        since=one.received_on,
    )


def advice(person: Person, on: datetime.date) -> list[WorkItem]:
    """Advice on a plan that is asked of this person and not given. One query."""
    asked = Advice.objects.filter(asked_of=person.uuid, given_at=None, application__stage__in=sorted(IN_HAND))
    return [
        WorkItem(
            _("Give advice on a plan: %(title)s") % {"title": one.application.initiative.title},
            reverse("fund:give_advice", args=[one.application.uuid]),
            since=localdate(one.asked_at),
        )
        for one in asked.select_related("application__initiative").order_by("asked_at")[: MOST + 1]
    ]
