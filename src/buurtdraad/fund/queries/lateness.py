"""What a late decision costs: the penalty that runs after a notice of the applicant (Awb 4:17)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from buurtdraad.fund import rules
from buurtdraad.fund.models import Application, DefaultNotice, Objection, ObjectionNotice, PenaltyRate
from buurtdraad.fund.queries import clock


@dataclass(frozen=True)
class Exposure:
    """A notice that we are late: from which day money runs (None: it came too early), how much until today, and the most, in euros."""

    notice: DefaultNotice | ObjectionNotice
    runs_from: datetime.date | None
    until_today: Decimal
    most: Decimal


def exposure_of(application: Application, today: datetime.date) -> Exposure | None:
    """What we owe, or will owe, for being late; None without a notice."""
    notice = getattr(application, "default_notice", None)
    if notice is None:
        return None
    return exposed(notice, clock.decide_by(application, until=today), until=today)


def exposure_of_objection(objection: Objection, today: datetime.date) -> Exposure | None:
    """The same for an objection (Awb 7:14): until the day before the letter of our decision on it went out. None without a notice."""
    notice = getattr(objection, "default_notice", None)
    if notice is None:
        return None
    return exposed(notice, objection.decide_by, until=late_until(objection, today))


def late_until(objection: Objection, today: datetime.date) -> datetime.date:
    """The last day on which we were late with it: the day before the letter of our decision, or today."""
    sent_on = objection.letter.sent_on if objection.letter else None
    return sent_on - rules.DAY if sent_on else today


def exposed(notice: DefaultNotice | ObjectionNotice, ended_on: datetime.date | None, *, until: datetime.date) -> Exposure:
    """What a notice costs, of a term that ended on a day, when we were late until and with another."""
    if ended_on is None or notice.rejected_why:
        return Exposure(notice, None, Decimal(0), Decimal(0))
    runs_from = rules.penalty_from(term_ended_on=ended_on, notice_on=notice.received_on)
    in_the_end = notice.received_on + rules.GRACE + rules.MOST_PENALTY_DAYS * rules.DAY
    rates = list(PenaltyRate.objects.all())
    now, most = (rules.penalty(term_ended_on=ended_on, notice_on=notice.received_on, until=day, rates=rates) for day in (until, in_the_end))
    return Exposure(notice, runs_from, now, most)


def say_by(application: Application) -> datetime.date | None:
    """Until when we can say that we do not process it (Awb 4:5): four weeks after the days to answer went by. None: not the case."""
    lapsed = (one for one in application.questions.all() if one.lapsed_at is not None and one.answered_at is None)
    closed = max(lapsed, key=lambda one: one.answer_by, default=None)
    return rules.not_processed_by(closed.answer_by) if closed and application.complete_on is None else None
