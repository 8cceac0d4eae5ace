"""Everything that can be past its time, in one list: each room says what is due and destroys it itself."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.destruction import actions as accounts
from buurtdraad.accounts.destruction import queries as of_accounts
from buurtdraad.messages import actions as messages
from buurtdraad.messages import queries as of_messages


@dataclass(frozen=True)
class Destroyable:
    """A kind of record: what people call it, its class in `lib.retention`, what is due on a day, and its end.

    `destroy(ids, on=)` looks again whether each is still due, and returns how many went.
    """

    kind: str
    label: str | Promise
    retention_class: str
    due: Callable[[datetime.date], QuerySet]
    destroy: Callable[..., int]


DESTROYABLE = (
    Destroyable("report", _("Reports on which we decided"), "report decided", of_accounts.reports_due, accounts.destroy_reports),
    Destroyable("person", _("Accounts that nobody uses"), "account unused", of_accounts.persons_due, accounts.destroy_persons),
    Destroyable("mail", _("Mails that were sent or given up"), "mail", of_messages.mails_due, messages.destroy_mails),
    Destroyable("message", _("Messages that were told"), "message", of_messages.messages_due, messages.destroy_messages),
    Destroyable("phone", _("Phone numbers that nobody calls"), "phone number", of_messages.numbers_due, messages.destroy_numbers),
)
BY_KIND = {each.kind: each for each in DESTROYABLE}


def due(on: datetime.date) -> dict[tuple[str, str], Collection[int]]:
    """Ids of all that is past its time on this day, by kind and retention class."""
    return {(each.kind, each.retention_class): list(each.due(on).values_list("pk", flat=True)) for each in DESTROYABLE}
