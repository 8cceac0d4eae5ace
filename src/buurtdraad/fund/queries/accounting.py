"""What somebody has to show of what they did: when, and what still misses."""

import datetime

from django.utils.translation import gettext as _

from buurtdraad.fund.models import Account, Application, Decision
from buurtdraad.fund.queries.paying import granted_of
from buurtdraad.fund.queries.rules import band_of
from buurtdraad.fund.rules import WEEK, rolled
from buurtdraad.fund.states import Accounting


def account_of(application: Application) -> Account | None:
    """What somebody shows of it; None where nothing has to be shown."""
    return Account.objects.filter(application=application).first()


def accounting_of(application: Application) -> Accounting | None:
    """How it is accounted for, by the band of the grant; None without a grant that is known."""
    decision = granted_of(application)
    if decision is None:
        return None
    return Accounting.AT_ONCE if decision.at_once else Accounting(band_of(application.rules, decision.amount).accounting)


def due_on_of(application: Application, decision: Decision) -> datetime.date:
    """The last day to show what was done: the weeks of the band after the last day of the activity."""
    last = application.ends_on or application.starts_on or decision.known_on
    assert last is not None, "a known decision has a day"
    return rolled(last + band_of(application.rules, decision.amount).report_weeks * WEEK)


def what_misses(account: Account) -> list[str]:
    """What has to be there before it can be sent, each in one sentence. Empty: it can be sent."""
    found = []
    if not account.done:
        found.append(_("Tell what you did."))
    if account.people is None:
        found.append(_("Write how many people came or joined in."))
    if not account.learned:
        found.append(_("Tell what went well, and what you would do otherwise."))
    if accounting_of(account.application) == Accounting.FULL:
        if not account.lines.exists():
            found.append(_("Write what each thing came to."))
        if not account.receipts.exists():
            found.append(_("Add the receipts or a statement of your bank."))
    return found
