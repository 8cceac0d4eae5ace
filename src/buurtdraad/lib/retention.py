"""How long each kind of record is kept, as data: the Selectielijst gemeenten 2020 (VNG), and where it says nothing, the least.

The number of a class is that of the result in the list. What is kept for ever goes to the archive instead.
The grounds are texts to translate: who approves a destruction list reads them.
"""

import calendar
import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class RetentionClass:
    """Kept for so many months after it ended; None: for ever. `because` names the list or the law."""

    code: str
    months: int | None
    because: str | Promise


CLASSES = {
    each.code: each
    for each in (
        RetentionClass("subsidy granted", 84, _("Selectielijst gemeenten 2020: 7 years after the object ends")),
        RetentionClass("payee", 84, _("Selectielijst gemeenten 2020: 7 years after the object ends")),
        RetentionClass("subsidy refused", 60, _("Selectielijst gemeenten 2020: 5 years")),
        RetentionClass("subsidy broken off", 12, _("Selectielijst gemeenten 2020: 1 year")),
        RetentionClass("objection", 60, _("Selectielijst gemeenten 2020: 5 years")),
        RetentionClass("objection about money", 84, _("Selectielijst gemeenten 2020: 7 years")),
        RetentionClass("objection inadmissible", 12, _("Selectielijst gemeenten 2020: 1 year")),
        RetentionClass("event or training", 60, _("Selectielijst gemeenten 2020: 5 years")),
        RetentionClass("internal plan", 60, _("Selectielijst gemeenten 2020: 5 years")),
        RetentionClass("policy with effect outside", None, _("Selectielijst gemeenten 2020: kept for ever")),
        RetentionClass("vote data", 3, _("AVG, article 5: 3 months after the result is final")),
        RetentionClass("report decided", 12, _("AVG, article 5: a year to come back to a decision")),
        RetentionClass("mail", 3, _("AVG, article 5: three months to see that it was sent")),
        RetentionClass("message", 12, _("AVG, article 5: a year to look up what was told")),
        RetentionClass("phone number", 12, _("AVG, article 5: destroyed after the call, and after a year without one")),
        RetentionClass("wish words", 12, _("AVG, article 5: a year after the wish came to its end; the wish itself stays")),
        RetentionClass("sign-up", 12, _("AVG, article 5: a year after the meeting; how many people came stays")),
        RetentionClass("joiner", 12, _("AVG, article 5: a year after the answer to who wants to join in")),
        RetentionClass("spoken note", 3, _("AVG, article 5: three months to listen and write it down")),
        RetentionClass("agreement owner", 12, _("AVG, article 5: a year after the agreement came to its end; that they said yes stays")),
        RetentionClass("comment not shown", 12, _("AVG, article 5: a year to come back to a decision")),
        RetentionClass("contact unused", 12, _("AVG, article 5: a year after the last time that we had something to tell")),
        RetentionClass("representative ended", 12, _("AVG, article 5: a year to reach who spoke for a partner before")),
        RetentionClass("run person", 12, _("AVG, article 5: a year after the run of the method ended")),
        RetentionClass("lesson writer", 12, _("AVG, article 5: a year after the lesson was shared; the lesson itself stays")),
        RetentionClass("thanks", 12, _("AVG, article 5: a year after they were mailed")),
        RetentionClass("host feedback", 12, _("AVG, article 5: a year to do something with it")),
        RetentionClass("placement", 12, _("AVG, article 5: a year after the shift; that somebody of a department was there stays")),
        RetentionClass("accord signature", 12, _("AVG, article 5: a year after the agreement is over; that the partner signed stays")),
        RetentionClass("local contact ended", 3, _("AVG, article 5: three months, in which a colleague can take over")),
        RetentionClass("partner said", 12, _("AVG, article 5: a year to ask who said something for a partner; what they said stays")),
        RetentionClass("plan person", 12, _("AVG, article 5: a year after the plan came to its end; the plan itself stays")),
        RetentionClass("help offer", 12, _("AVG, article 5: a year after the plan came to its end; that somebody offered help stays")),
        RetentionClass("opinion", 12, _("AVG, article 5: a year after the plan came to its end; how many were for or against stays")),
        RetentionClass("concern", 12, _("AVG, article 5: a year after the plan came to its end; the worry and its answer stay")),
        RetentionClass("signature list", 12, _("AVG, article 5: until nobody can object any more, at most a year without a decision")),
        RetentionClass("work owner", 12, _("AVG, article 5: a year after the work came to its end; the work and its department stay")),
        RetentionClass("work asked", 12, _("AVG, article 5: a year to see who was asked whether their projects are right")),
        RetentionClass("account unused", 24, _("AVG, article 5: two years after the last sign-in, without any duty")),
    )
}


def destroy_after(retention_class: RetentionClass, ended_on: datetime.date) -> datetime.date | None:
    """The last day on which a record is kept; from the next day it may be destroyed. None: it is kept for ever.

    31 August plus 6 months is the last day of February.
    """
    if retention_class.months is None:
        return None
    years, month = divmod(ended_on.month - 1 + retention_class.months, 12)
    year, month = ended_on.year + years, month + 1
    return datetime.date(year, month, min(ended_on.day, calendar.monthrange(year, month)[1]))


def ended_before(retention_class: RetentionClass, on: datetime.date) -> datetime.date:
    """What ended before this day may be destroyed on `on`: the first day of which `destroy_after` is not before `on`."""
    if retention_class.months is None:
        return datetime.date.min
    day = on - datetime.timedelta(days=31 * retention_class.months + 5)
    while (last := destroy_after(retention_class, day)) is not None and last < on:
        day += datetime.timedelta(days=1)
    return day
