"""What holds for shifts, and what may be said of people in numbers. Plain Python: numbers in, numbers out."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)
# Where students and volunteers come first, seats for staff open this many days before the shift.
OTHERS_FIRST_DAYS = 10
# The link of a host works so long; every mail brings a fresh one.
HOST_LINK_DAYS = 30
REMIND = 2 * DAY
# The host notes who was there within a week; after that the organiser asks.
ATTENDANCE_DAYS = 7
# So long after a shift a host can change what it noted; after that the organiser does.
CHANGE_ATTENDANCE = 14 * DAY
# A host who said nothing so long before a shift is called.
CALL_HOST = 3 * DAY
# A shift lies at most so far ahead.
FARTHEST = 366 * DAY
# A rule is simpler at most so long from now.
FARTHEST_RULE = 2 * 366 * DAY
MOST_WEEKS = 26


def opens_to_staff_on(shift_on: datetime.date, others_first: bool) -> datetime.date | None:
    """From which day staff can sign up; None: from the day that the shift is offered.

    Seats at a host are few, and students and volunteers need them more: where the host says so, staff get what is left
    `OTHERS_FIRST_DAYS` before. The host takes seats away when others fill them.
    """
    return shift_on - OTHERS_FIRST_DAYS * DAY if others_first else None


def may_still_cancel(starts_at: datetime.datetime, at: datetime.datetime) -> bool:
    """Whether somebody can still say that they do not come: until it begins. An hour before is better than not at all."""
    return at < starts_at


def next_is_asked(starts_at: datetime.datetime, at: datetime.datetime) -> bool:
    """Whether who waits is asked for a seat that becomes free: only when more than a day is left.

    A manager and a host still have to say yes, and nobody should have to drop their work at once.
    """
    return starts_at - at > DAY


def weekly(first: datetime.datetime, weeks: int) -> list[datetime.datetime]:
    """The same time on the same day of so many weeks, by the clock on the wall: also over a change to summer time.

    `first` carries the time zone of the place.
    """
    return [first + 7 * number * DAY for number in range(max(1, min(weeks, MOST_WEEKS)))]


def in_one_of(day: datetime.date, spans: Iterable[tuple[datetime.date, datetime.date]]) -> bool:
    """Whether a day lies in one of these spans; first and last day count."""
    return any(first <= day <= last for first, last in spans)


# --- in numbers -------------------------------------------------------------------------------------

# Fewer people than this are never shown as a number (domain report, section 6).
LEAST = 5
# How much the groups that are shown together must have above the least that they can have: so much stays unknown of each.
SLACK = 3


@dataclass(frozen=True)
class Counted:
    """Groups with their numbers, and the others `together`; None: nothing can be said, for one could be worked out."""

    shown: dict[str, int]
    together: int | None

    @property
    def total(self) -> int | None:
        return None if self.together is None else sum(self.shown.values()) + self.together


def counted(groups: Mapping[str, int]) -> Counted:
    """Numbers of people per group, of which nobody can work out what is not shown; not even who knows this function.

    A group of fewer than `LEAST` is not shown. From a total it could be worked out; so with it go larger groups, by name and not by
    size (a size would tell something), until each of the small ones can be anything: above the least that they can have
    together lies `SLACK` or more. When there are too few larger groups for that, nothing is said at all.
    """
    wanted = {name: number for name, number in groups.items() if number > 0}
    small = {name for name, number in wanted.items() if number < LEAST}
    if not small:
        return Counted(dict(wanted), 0)
    together, slack = set(small), sum(wanted[name] - 1 for name in small)
    for name in sorted(wanted.keys() - small):
        together.add(name)
        slack += wanted[name] - LEAST
        if slack >= SLACK:
            shown = {name: number for name, number in wanted.items() if name not in together}
            return Counted(shown, sum(wanted[name] for name in together))
    return Counted({}, None)


@dataclass(frozen=True)
class Felt:
    """Of one half year: how many answered, for how many it was sometimes awkward, and for how many worth while."""

    half_year: str
    answers: int
    awkward: int
    worth_while: int

    @property
    def may_be_shown(self) -> bool:
        return self.answers >= LEAST


def half_year(day: datetime.date) -> str:
    """2026-1 to and with June, 2026-2 from July."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


# So long after a half year its last questions can be answered. Only after that its numbers stand on the site: who watches numbers
# that still grow, sees what the last one answered.
ANSWER_DAYS = 31


def last_closed(on: datetime.date) -> str:
    """The last half year of which nobody answers any more: 2026-1 from 1 August 2026."""
    return half_year_before(half_year(on - ANSWER_DAYS * DAY))


def half_year_before(name: str) -> str:
    """The half year before: 2025-2 for 2026-1."""
    year, half = (int(part) for part in name.split("-"))
    return f"{year}-1" if half == 2 else f"{year - 1}-2"
