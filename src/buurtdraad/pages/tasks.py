"""The Monday mail: "Your week in ...", and the question to partners at the start of a month."""

import datetime
from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django import app

from buurtdraad.accounts.models import Person
from buurtdraad.lib.monthly import asks_on
from buurtdraad.messages import actions
from buurtdraad.messages.queries import contact_of
from buurtdraad.messages.rules import WorkItem
from buurtdraad.messages.tasks import is_monday, is_morning
from buurtdraad.pages.confirming.actions import ask_everybody
from buurtdraad.pages.work import waiting_for


# The worker knows hours of UTC only: 7 o'clock in Amsterdam is one of these two.
@app.periodic(cron="0 5,6 * * 1")
@app.task(queueing_lock="send_week")
def send_week(timestamp: int) -> None:
    """On Monday at seven in the morning a mail to everybody of the staff for whom something waits; nothing waits, no mail."""
    if is_morning(timestamp) and is_monday(timestamp):
        at = timezone.now()
        actions.send_week(work_on(timezone.localdate(at)), at=at)


def work_on(day: datetime.date) -> Callable[[Person], Sequence[WorkItem]]:
    """What waits for a person on this day, in the language that they read mail in."""

    def items(person: Person) -> Sequence[WorkItem]:
        contact = contact_of(person)
        with override(contact.language if contact else "nl"):
            return waiting_for(person, on=day).items

    return items


@app.periodic(cron="0 5,6 1-7 * *")
@app.task(queueing_lock="ask_partners")
def ask_partners(timestamp: int) -> None:
    """On the first working day of the month at seven: each partner gets one mail with its agreements and offers. Twice makes no second."""
    at = timezone.now()
    if is_morning(timestamp) and asks_on(timezone.localdate(at)):
        ask_everybody(at=at)
