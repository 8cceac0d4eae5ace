"""What waits at work with what neighbours think of plans; each function gives its lines for `work.KINDS`."""

import datetime

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.access import ADVISING, READING, where_to_advise, where_to_read
from buurtdraad.initiatives.queries.concerns import concerns_to_read
from buurtdraad.initiatives.queries.evidence import to_count
from buurtdraad.messages.rules import WorkItem


def lists_to_count(person: Person, on: datetime.date) -> list[WorkItem]:
    """Lists with signatures that this person did not count yet, in one line."""
    if not has_duty(person, *ADVISING, on=on):
        return []
    return one_line(to_count(where_to_advise(person), person.uuid), _("Lists to count: %(number)s"), "initiatives:to_count")


def worries_to_read(person: Person, on: datetime.date) -> list[WorkItem]:
    """Worries about plans, and their answers, that nobody read yet, in one line."""
    if not has_duty(person, *READING, on=on):
        return []
    return one_line(concerns_to_read(where_to_read(person)), _("Worries to read: %(number)s"), "initiatives:concerns_to_read")


def one_line(found: QuerySet, words: str, page: str) -> list[WorkItem]:
    """How many wait, and since when the oldest does. One query."""
    whole = found.model._default_manager.filter(pk__in=found.order_by().values("pk")).aggregate(number=Count("pk"), since=Min("given_at"))
    if not whole["number"]:
        return []
    return [WorkItem(words % {"number": whole["number"]}, reverse(page), since=localdate(whole["since"]))]
