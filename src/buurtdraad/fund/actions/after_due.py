"""What the clock does after the decision: ask and remind of what was done, and close what is finished. Each is a deed of its own."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import F, Q
from django.utils import timezone

from buurtdraad.fund.actions import accounting, ending
from buurtdraad.fund.models import Account
from buurtdraad.fund.queries.ending import perhaps_finished
from buurtdraad.fund.states import YES, Stage
from buurtdraad.lib.by_the_clock import each

# So many days before the last day to show what was done they are reminded; and once more when that day went by.
REMIND_DAYS = datetime.timedelta(days=14)


def see_to_days(*, at: datetime.datetime) -> int:
    """Ask, remind and close, where a day asks for it; how many."""
    return each(asked_for(at))


def asked_for(at: datetime.datetime) -> Iterator[Callable[[], object]]:
    """The deeds of this day, each kind looked up when its turn comes."""
    today = timezone.localdate(at)
    related = ("application__initiative__area", "application__contact")
    waiting = Account.objects.filter(given_at=None).select_related(*related)
    over = Q(application__ends_on__lt=today) | Q(application__ends_on=None, application__starts_on__lt=today)
    for account in waiting.filter(over, application__stage__in=sorted(YES)):
        yield partial(accounting.ask, account, at=at)
    soon = Q(reminded_at=None, due_on__lte=today + REMIND_DAYS, due_on__gte=today)
    late = Q(due_on__lt=today) & (Q(reminded_at=None) | Q(reminded_at__date__lte=F("due_on")))
    for account in waiting.filter(soon | late, application__stage=Stage.REPORT_DUE):
        yield partial(accounting.remind, account, at=at)
    for application in perhaps_finished(today):
        yield partial(ending.finish, application, at=at)
