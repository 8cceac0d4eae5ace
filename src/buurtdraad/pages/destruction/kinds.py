"""Everything that can be past its time, in one list: each room says what is due and destroys it itself."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.destruction import actions as accounts
from buurtdraad.accounts.destruction import queries as of_accounts
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.messages import actions as messages
from buurtdraad.messages import queries as of_messages
from buurtdraad.messages.models import Mail, Message, PhoneNumber


@dataclass(frozen=True)
class Destroyable:
    """A kind of record: what people call it, its class in `lib.retention`, what is due on a day, and its end.

    What is due is annotated with `since`, the moment from which its time counts (`since_label` says which); `words` says
    in a few words which record it is, without anything of a person. `destroy(ids, on=)` looks again whether each is still
    due, and returns how many went.
    """

    kind: str
    label: str | Promise
    retention_class: str
    since_label: str | Promise
    words: Callable[[Any], str]
    due: Callable[[datetime.date], QuerySet]
    destroy: Callable[..., int]


def report_in_words(made: Report) -> str:
    """Why it was reported, and where: never the words of who did."""
    place = made.place  # type: ignore[attr-defined]
    return f"{made.get_reason_display()} ({place})" if place else made.get_reason_display()


def person_in_words(person: Person) -> str:
    return gettext("An account") if person.last_login else gettext("An account that was never signed in to")


def mail_in_words(mail: Mail) -> str:
    return gettext("A mail about: %(subject)s") % {"subject": mail.get_kind_display()}


def message_in_words(message: Message) -> str:
    return gettext("A message about: %(subject)s") % {"subject": message.get_kind_display()}


def number_in_words(_number: PhoneNumber) -> str:
    return gettext("A phone number")


DESTROYABLE = (
    Destroyable(
        "report", _("Reports on which we decided"), "report decided", _("Decided on"),
        report_in_words, of_accounts.reports_due, accounts.destroy_reports,
    ),
    Destroyable(
        "person", _("Accounts that nobody uses"), "account unused", _("Last used on"),
        person_in_words, of_accounts.persons_due, accounts.destroy_persons,
    ),
    Destroyable(
        "mail", _("Mails that were sent or given up"), "mail", _("Sent or given up on"),
        mail_in_words, of_messages.mails_due, messages.destroy_mails,
    ),
    Destroyable(
        "message", _("Messages that were told"), "message", _("Told on"),
        message_in_words, of_messages.messages_due, messages.destroy_messages,
    ),
    Destroyable(
        "phone", _("Phone numbers that nobody calls"), "phone number", _("Given on"),
        number_in_words, of_messages.numbers_due, messages.destroy_numbers,
    ),
)  # fmt: skip
BY_KIND = {each.kind: each for each in DESTROYABLE}


def due(on: datetime.date) -> dict[tuple[str, str], Collection[int]]:
    """Ids of all that is past its time on this day, by kind and retention class."""
    return {(each.kind, each.retention_class): list(each.due(on).values_list("pk", flat=True)) for each in DESTROYABLE}
