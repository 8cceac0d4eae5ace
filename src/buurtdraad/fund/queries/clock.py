"""The term of an application: its last day, and how many days are left. Counted from what happened, never typed."""

import datetime
from decimal import Decimal

from buurtdraad.fund import rules
from buurtdraad.fund.models import Application, Outage, PenaltyRate
from buurtdraad.fund.states import IN_HAND, ClockStart


def started_on(application: Application) -> datetime.date | None:
    """The day from which the term runs, by the rules of its scheme; None while it does not run yet."""
    days = {
        ClockStart.RECEIPT: application.received_on,
        ClockStart.COMPLETE: application.complete_on,
        ClockStart.ROUND: application.round_on,
    }
    return days[ClockStart(application.rules.clock_start)]


def happened(application: Application) -> list[rules.Happened]:
    """What moved the last day, in order. For a list of applications: prefetch `clock` and select `rules`."""
    return [rules.Happened(each.kind, each.on, each.days) for each in application.clock.all()]


def decide_by(application: Application, until: datetime.date | None = None) -> datetime.date | None:
    """The last day to decide; None while the term does not run yet.

    While we wait for an answer: as it will be when the answer comes on `until`, or by default as it was when we asked.
    """
    start = started_on(application)
    if start is None:
        return None
    of = application.rules
    return rules.last_day(start_on=start, weeks=of.weeks, happened=happened(application), rolls=of.rolls, until=until)


def answer_by(application: Application, until: datetime.date | None = None) -> datetime.date | None:
    """The day on which who asked hears from us, and by which the work is sorted: the last day to decide, or what we promise.

    Of a small plan that is a week, by the same clock. A promise of ours is no term of the law: being late costs us nothing.
    """
    if application.small and application.received_on:
        moved, rolls = happened(application), application.rules.rolls
        return rules.last_day(start_on=application.received_on, weeks=rules.SMALL_WEEKS, happened=moved, rolls=rolls, until=until)
    return decide_by(application, until)


def days_left(application: Application, today: datetime.date) -> int | None:
    """How many days are left to answer, below zero when we are late; None where nothing has to be decided, or no term runs yet.

    While we wait for an answer the number stays the same.
    """
    if application.stage not in IN_HAND:
        return None
    last = answer_by(application, until=today)
    return (last - today).days if last else None


def stands_still(application: Application) -> bool:
    """Whether the term stands still, as we wait for an answer."""
    return rules.stands_still(happened(application))


def was_extended(application: Application) -> bool:
    """Whether we took more time already; that can be done once."""
    return any(each.kind == rules.EXTENDED for each in application.clock.all())


def outages() -> list[tuple[datetime.date, datetime.date]]:
    """First and last day of every failure of our system."""
    return list(Outage.objects.order_by("from_on").values_list("from_on", "until_on"))


def last_day_to_object(known_on: datetime.date) -> datetime.date:
    """The last day to object to a decision that was made known on this day, failures of our system counted."""
    return rules.after_outages(rules.objection_until(known_on), outages())


def penalty_so_far(application: Application, today: datetime.date, *, known_on: datetime.date | None = None) -> Decimal:
    """What we owe for being late, in euros (Awb 4:17): until the day before the decision was made known, or until today.

    Nothing without a notice of default, or with one that was turned down.
    """
    notice = getattr(application, "default_notice", None)
    ended_on = decide_by(application, until=today)
    if notice is None or notice.rejected_why or ended_on is None:
        return Decimal(0)
    last = known_on - rules.DAY if known_on else today
    return rules.penalty(term_ended_on=ended_on, notice_on=notice.received_on, until=last, rates=PenaltyRate.objects.all())
