"""Whether an application is finished, so that its time to be kept begins."""

import datetime

from django.db.models import F, Q, QuerySet

from buurtdraad.fund.models import Application, Objection
from buurtdraad.fund.queries.paying import granted_of, is_unpaid, sums_of
from buurtdraad.fund.queries.settling import last_settlement
from buurtdraad.fund.rules import objection_until
from buurtdraad.fund.states import YES, ObjectionOutcome, Stage


def is_finished(application: Application, today: datetime.date) -> bool:
    """All is paid, nothing has to come back, the activity is over, and no objection can come or is open."""
    decision, settlement = granted_of(application), last_settlement(application)
    if decision is None or decision.known_on is None:
        return False
    known_on = decision.known_on
    if decision.at_once:
        if application.stage not in YES | {Stage.DETERMINED} or not is_over(application, today):
            return False
    elif application.stage != Stage.DETERMINED or settlement is None or settlement.known_on is None:
        return False
    else:
        known_on = max(known_on, settlement.known_on)
    if today <= objection_until(known_on) or open_objections(application).exists():
        return False
    final = settlement.amount if settlement else decision.amount
    return sums_of(application).paid >= final and not is_unpaid(application) and not open_recoveries(application)


def is_over(application: Application, today: datetime.date) -> bool:
    """Whether the last day of the activity went by."""
    last = application.ends_on or application.starts_on
    return last is None or last < today


def open_objections(application: Application) -> QuerySet[Objection]:
    """Objections on which nobody decided yet."""
    return Objection.objects.filter(decision__application=application, outcome=ObjectionOutcome.UNDECIDED)


def open_recoveries(application: Application) -> bool:
    """Whether money still has to come back."""
    return application.recoveries.filter(dropped_why="", received__lt=F("amount")).exists()


def perhaps_finished(today: datetime.date) -> QuerySet[Application]:
    """Applications that may be finished; `is_finished` says it."""
    at_once = Q(stage__in=sorted(YES), decisions__at_once=True, decisions__known_on__lt=today)
    return Application.objects.filter(Q(stage=Stage.DETERMINED) | at_once).distinct().order_by("pk")
