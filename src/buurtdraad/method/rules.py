"""What is usual: how long a step takes, and when the steps of a run should then begin."""

import datetime
from collections.abc import Sequence

# Of a step that does not say how long it takes.
USUAL_WEEKS = 4
# When a run may have begun before somebody writes it down, and may begin after that.
STARTED_BEFORE, STARTS_WITHIN = datetime.timedelta(days=366), datetime.timedelta(days=92)

type Weeks = tuple[int | None, int | None]


def usual_weeks(least: int | None, most: int | None) -> int:
    """How many weeks a step takes at most as usual, from what the method says of it."""
    return most or least or USUAL_WEEKS


def first_days(first_on: datetime.date, weeks: Sequence[Weeks]) -> list[datetime.date]:
    """When each of the steps should begin, the first one on `first_on`: each after the usual weeks of the one before."""
    days = [first_on]
    for least, most in weeks[:-1]:
        days.append(days[-1] + datetime.timedelta(weeks=usual_weeks(least, most)))
    return days[: len(weeks)]


def should_end_on(since_on: datetime.date, least: int | None, most: int | None) -> datetime.date:
    """The last day on which a step is not longer under way than usual."""
    return since_on + datetime.timedelta(weeks=usual_weeks(least, most))
