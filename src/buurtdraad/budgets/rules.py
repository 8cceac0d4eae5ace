"""When a round goes to its next step, and which days fit together. Plain Python: no Django, no clock, no database."""

import datetime
from dataclasses import dataclass

type Day = datetime.date | None
type Moment = datetime.datetime | None

# Each step that goes by a day, and the one before it. Listing plans, and closing, are deeds of their own.
BY_DAY = {"announced": "gathering", "gathering": "checking", "ready": "voting"}


@dataclass(frozen=True)
class Days:
    """The days of a rules sheet. `vote_first` and `vote_last` are the days here of the two moments."""

    propose_from: Day = None
    propose_until: Day = None
    list_on: Day = None
    vote_first: Day = None
    vote_last: Day = None
    paper_until: Day = None
    result_on: Day = None
    vote_from: Moment = None
    vote_until: Moment = None


def due(stage: str, days: Days, *, today: datetime.date, at: datetime.datetime) -> str:
    """The step to which a round goes now by its days; empty when it stays. `today` is the day here at the moment `at`."""
    step = BY_DAY.get(stage, "")
    match step:
        case "gathering":
            come = days.propose_from is not None and days.propose_from <= today
        case "checking":
            come = days.propose_until is not None and days.propose_until < today
        case "voting":
            come = days.vote_from is not None and days.vote_until is not None and days.vote_from <= at < days.vote_until
        case _:
            come = False
    return step if come else ""


def planned(step: str, days: Days) -> Day:
    """On which day a round comes to this step by its rules; None for a step without a day."""
    after = days.propose_until + datetime.timedelta(days=1) if days.propose_until else None
    return {
        "gathering": days.propose_from,
        "checking": after,
        "ready": days.list_on,
        "voting": days.vote_first,
        "closed": days.vote_last,
    }.get(step)


def first_wrong(days: Days) -> str:
    """The first day that is missing, or lies before the one that it has to follow; empty when all are right.

    First people send plans, then the list is known, then they vote. Paper may be typed until after that, and then comes the result.
    """
    if days.vote_from and days.vote_until and days.vote_from >= days.vote_until:
        return "vote_until"
    order = (
        ("propose_from", None, 0),
        ("propose_until", "propose_from", 0),
        ("list_on", "propose_until", 1),
        ("vote_first", "list_on", 0),
        ("vote_last", "vote_first", 0),
        ("paper_until", "vote_last", 0),
        ("result_on", "paper_until", 0),
    )
    for name, before, apart in order:
        here = getattr(days, name)
        if here is None or (before and here < getattr(days, before) + datetime.timedelta(days=apart)):
            return {"vote_first": "vote_from", "vote_last": "vote_until"}.get(name, name)
    return ""
