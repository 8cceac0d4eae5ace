"""What the law says about time and money of a grant, in plain Python: days and amounts in, a day or an amount out.

To be read beside the Algemene wet bestuursrecht (Awb) and the Algemene termijnenwet (Atw). What a municipality chooses itself
(weeks, amounts, bands) comes in as an argument; it stands in rows with dates. A day is a day in Amsterdam, an amount a Decimal.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

import holidays

DAY = datetime.timedelta(days=1)
WEEK = 7 * DAY

# --- Days that do not end a term (Atw 1 and 3) --------------------------------------------------------------------------------------

SATURDAY = 5
# Days that a royal decree puts on a par with a holiday (Atw 3, third paragraph), for three years at a time.
# "Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en 30 mei 2025" and
# "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028". The next decree: add it here.
ON_A_PAR = frozenset(
    datetime.date.fromisoformat(day)
    for day in (
        "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30",
        "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26",
    )
)  # fmt: skip
# A term of more than twelve weeks ends on its last day, also when that is a Sunday (Atw 4 a).
LONGEST_THAT_ROLLS = 12 * WEEK


@cache
def _holidays_of(year: int) -> frozenset[datetime.date]:
    """The holidays of Atw 3, first and second paragraph. The library calls 5 May optional outside jubilee years; this law does not."""
    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))


def is_free(day: datetime.date) -> bool:
    """Whether it is a Saturday, a Sunday, a holiday or a day on a par with one: no term ends on it (Atw 1)."""
    return day.weekday() >= SATURDAY or day in ON_A_PAR or day in _holidays_of(day.year)


def rolled(day: datetime.date) -> datetime.date:
    """The last day of a term that would end on `day`: the day itself, or else the first that is not free (Atw 1)."""
    while is_free(day):
        day += DAY
    return day


# --- The term to decide (Awb 4:13 to 4:15) ------------------------------------------------------------------------------------------

# Without a term in the scheme: eight weeks after we got it (Awb 4:13, second paragraph).
DEFAULT_WEEKS = 8
# Not to process an incomplete application is said within four weeks (Awb 4:5, fourth paragraph).
NOT_PROCESSED_WEEKS = 4
# Of a small plan: no term of the law but what we promise, an answer in the same week.
SMALL_WEEKS = 1

# The term stands still from the day after we asked, until the answer came or the days for it went by (Awb 4:15, first paragraph a).
ASKED, ANSWERED, LAPSED = "asked", "answered", "lapsed"
# We said in time that it takes longer, and until when (Awb 4:14).
EXTENDED = "extended"
# The applicant agreed in writing to more time (Awb 4:15, second paragraph a).
AGREED = "agreed"
# We could not decide, as our system did not work (Awb 4:15, second paragraph c).
OUTAGE = "outage"
LONGER = frozenset({EXTENDED, AGREED, OUTAGE})


@dataclass(frozen=True)
class Happened:
    """Something that moves the last day. `days`: how many, of what makes the term longer."""

    kind: str
    on: datetime.date
    days: int | None = None


def last_day(
    *,
    start_on: datetime.date,
    weeks: int,
    happened: Iterable[Happened],
    rolls: bool = True,
    until: datetime.date | None = None,
) -> datetime.date:
    """The last day on which we may decide.

    The day of `start_on` does not count: four weeks from Monday the 2nd end on Monday the 30th. Asked on the 12th and answered on
    the 20th, the term stood still for eight days. `rolls`: whether the Atw holds for this term; by itself it does for terms in an
    Act, and for those of a scheme where the scheme says so. A question without answer has stood still until `until` (today);
    without `until` the day is the one that holds if the answer comes on the day of the question.
    What happens after the last day changes nothing any more: the term is over. The same for what happened before the start.
    """
    length = weeks * WEEK
    last = start_on + length
    asked_on: datetime.date | None = None
    for each in sorted(happened, key=lambda one: one.on):
        if asked_on is None:
            if each.on > _end(last, length, rolls):
                break
            # On a free day at the end the term still runs: it came as far as this day.
            last = max(last, each.on)
        if each.kind == ASKED:
            asked_on = asked_on or max(each.on, start_on)
        elif each.kind in {ANSWERED, LAPSED} and asked_on:
            last += max(each.on - asked_on, 0 * DAY)
            asked_on = None
        elif each.kind in LONGER:
            more = (each.days or 0) * DAY
            last += more
            length += more if each.kind == EXTENDED else 0 * DAY
    if asked_on and until:
        last += max(until - asked_on, 0 * DAY)
    return _end(last, length, rolls)


def _end(last: datetime.date, length: datetime.timedelta, rolls: bool) -> datetime.date:
    return rolled(last) if rolls and length <= LONGEST_THAT_ROLLS else last


def stands_still(happened: Iterable[Happened]) -> bool:
    """Whether the term stands still now: we asked something, and it was not answered and did not lapse."""
    still = False
    for each in sorted(happened, key=lambda one: one.on):
        if each.kind in {ASKED, ANSWERED, LAPSED}:
            still = each.kind == ASKED
    return still


def not_processed_by(answered_or_lapsed_on: datetime.date) -> datetime.date:
    """Until when we can say that we do not process it: four weeks after the answer, or the days for it (Awb 4:5, fourth paragraph)."""
    return rolled(answered_or_lapsed_on + NOT_PROCESSED_WEEKS * WEEK)


def after_outages(last: datetime.date, outages: Iterable[tuple[datetime.date, datetime.date]]) -> datetime.date:
    """The last day of somebody who has to send us something, where our system did not work on that day.

    `outages`: first and last day of each. Every day that a failure covered comes after it again (Wmebv).
    """
    for begins, ends in sorted(outages):
        if begins <= last <= ends:
            last = rolled(ends + (ends - begins) + DAY)
    return last


# --- When we are late (Awb 4:17) ----------------------------------------------------------------------------------------------------

GRACE = 2 * WEEK
# The three times fourteen days with an amount each; together at most 42 days.
STEP_DAYS = 14
MOST_PENALTY_DAYS = 3 * STEP_DAYS


class Rate(Protocol):
    """The amounts a day from a day on; they are indexed."""

    from_on: datetime.date
    first: Decimal
    second: Decimal
    third: Decimal


def penalty_from(*, term_ended_on: datetime.date, notice_on: datetime.date) -> datetime.date | None:
    """The first day of the penalty: when two weeks went by after the notice of default. None: the notice came too early."""
    return None if notice_on <= term_ended_on else notice_on + GRACE + DAY


def penalty(*, term_ended_on: datetime.date, notice_on: datetime.date, until: datetime.date, rates: Iterable[Rate]) -> Decimal:
    """What we owe for deciding too late, in euros.

    `until`: the last day on which we were late: the day before the decision was made known, or today. The amounts are those of the
    day on which the notice came (so said the rules of the indexation of 2019). No day here rolls (4:17, first paragraph).
    """
    first = penalty_from(term_ended_on=term_ended_on, notice_on=notice_on)
    rate = max((each for each in rates if each.from_on <= notice_on), key=lambda each: each.from_on, default=None)
    if first is None or rate is None:
        return Decimal(0)
    days = min(max((until - first).days + 1, 0), MOST_PENALTY_DAYS)
    steps = (rate.first, rate.second, rate.third)
    return sum((min(max(days - number * STEP_DAYS, 0), STEP_DAYS) * each for number, each in enumerate(steps)), Decimal(0))


# --- After the decision -------------------------------------------------------------------------------------------------------------


def objection_until(known_on: datetime.date) -> datetime.date:
    """The last day to object: six weeks from the day after the decision was made known (Awb 6:7, 6:8)."""
    return rolled(known_on + 6 * WEEK)


def objection_decide_by(known_on: datetime.date, with_committee: bool, extended: bool) -> datetime.date:
    """The last day to decide on an objection.

    Six weeks after the last day to object, twelve with an advisory committee (Awb 7:10, first paragraph), and once six weeks more
    (third paragraph). More than twelve weeks do not roll (Atw 4 a).
    """
    length = (12 if with_committee else 6) * WEEK + (6 * WEEK if extended else 0 * DAY)
    return _end(objection_until(known_on) + length, length, rolls=True)


def pay_by(known_on: datetime.date) -> datetime.date:
    """The last day to pay: six weeks after the decision was made known, where it says nothing else (Awb 4:87)."""
    return rolled(known_on + 6 * WEEK)


def can_be_taken_back_until(determined_on: datetime.date) -> datetime.date:
    """Until when a final amount can be changed against somebody, and money asked back: five years (Awb 4:49, 4:57)."""
    try:
        return determined_on.replace(year=determined_on.year + 5)
    except ValueError:  # 29 February
        return datetime.date(determined_on.year + 5, 3, 1)


# Refusals before which we hear somebody, although it is about money (Awb 4:12, second paragraph a): on the grounds of Awb 4:35,
# and to stop after three years or more (Awb 4:51). The codes are those of `states.Ground`.
HEARD_ON_GROUNDS = frozenset({"will_not_happen", "false_facts", "three_years"})
# Lower than granted on a ground of Awb 4:46, second paragraph (Awb 4:12, second paragraph b). Codes of `states.SettlementGround`.
HEARD_ON_SETTLEMENT = frozenset({"not_done", "obligations", "false_facts", "wrong_grant"})


def needs_view(
    *, ground: str = "", settlement_ground: str = "", taken_back: bool = False, facts_differ: bool = False, can_be_undone: bool = True
) -> bool:
    """Whether we have to hear somebody before we decide against them (Awb 4:7 and 4:12).

    Not where it is only about money and an objection can still undo it all (`can_be_undone`), but always before a refusal on some
    grounds, a lower final amount, and taking money back (`taken_back`; Awb 4:12, second paragraph c). `facts_differ`: we go by other
    facts than the applicant gave, which counts where an objection cannot undo it.
    """
    if ground in HEARD_ON_GROUNDS or settlement_ground in HEARD_ON_SETTLEMENT or taken_back:
        return True
    return facts_differ and not can_be_undone


# --- How much (what a scheme says, in numbers) --------------------------------------------------------------------------------------


def highest_grant(
    *,
    need: Decimal,
    most: Decimal,
    cap: Decimal | None = None,
    most_a_year: Decimal | None = None,
    had_this_year: Decimal = Decimal(0),
    free: Decimal | None = None,
) -> Decimal:
    """The most that can be granted: what is needed, never more than one of the ceilings, never less than nothing.

    `need`: accepted costs without what comes from elsewhere. `cap`: of this kind of activity. `free`: left in the pot; above it we
    must refuse (Awb 4:25).
    """
    ceilings = [need, most, cap, free, most_a_year - had_this_year if most_a_year is not None else None]
    return max(min(each for each in ceilings if each is not None), Decimal(0))


def years_in_a_row(years: Collection[int], year: int) -> int:
    """Which year in a row `year` would be: 4 when the three years just before it are in `years`."""
    first = year
    while first - 1 in years:
        first -= 1
    return year - first + 1


class Repeat:
    """What a year in a row means (Awb 4:51, and what the scheme says)."""

    FINE, WARN, NEEDS_REASON = "fine", "warn", "needs_reason"


def repeat(in_a_row: int, *, warn_at: int | None, most: int | None) -> str:
    """Whether this year in a row is fine, the last but one that we warn about, or one that needs a reason."""
    if most is not None and in_a_row > most:
        return Repeat.NEEDS_REASON
    return Repeat.WARN if warn_at is not None and in_a_row >= warn_at else Repeat.FINE
