"""What holds for agendas, in plain Python: how many topics, what is late, until when one may say that something is not done."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

# So many topics a neighbourhood can keep in mind (domain report, section 3.1); another number gets a warning.
USUAL_TOPICS = (3, 4)
# Days after it was done in which residents may say that it is not.
NOT_DONE_DAYS = 28
# Days in which who wants to join in hears something.
REACT_DAYS = 14
# Days that the link works with which somebody accepts an agreement.
LINK_DAYS = 30
# From so many answers on a poll is shown; fewer could be one neighbour.
LEAST_ANSWERS = 10
MOST_TOPICS = 12


def unusual(topics: int) -> bool:
    """Whether an agenda has more or fewer topics than is usual."""
    return topics not in USUAL_TOPICS


def is_late(due_on: datetime.date | None, on: datetime.date, *, is_open: bool) -> bool:
    """Whether the date has passed of something that is not finished; on the day itself it is in time."""
    return is_open and due_on is not None and due_on < on


def may_be_new_due(due_on: datetime.date, on: datetime.date) -> bool:
    """A new date for what is late lies in the future."""
    return due_on > on


def not_done_until(done_on: datetime.date) -> datetime.date:
    """The last day on which residents may say that it is not done."""
    return done_on + datetime.timedelta(days=NOT_DONE_DAYS)


def may_say_not_done(done_on: datetime.date | None, on: datetime.date) -> bool:
    return done_on is not None and done_on <= on <= not_done_until(done_on)


def react_by(since: datetime.date) -> datetime.date:
    """The last day on which who wants to join in hears something in time."""
    return since + datetime.timedelta(days=REACT_DAYS)


@dataclass(frozen=True)
class Differences:
    """What changed between two versions, as ids: topics of the new one, and in `gone` topics of the old one."""

    new: tuple[int, ...] = ()
    continued: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    replaced: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


def differences(before: Collection[int], after: Collection[int], follows: Mapping[int, Collection[tuple[int, str]]]) -> Differences:
    """Compare two versions. `follows` tells for topics of the new version which of the old one they follow, and how.

    A topic that joins several is `merged`, also when it is said to continue each of them. Every topic of the new version is in
    exactly one group; `gone` are those of the old version that nothing follows.
    """
    groups: dict[str, list[int]] = {"new": [], "continued": [], "merged": [], "replaced": []}
    followed: set[int] = set()
    for topic in after:
        old = [(one, how) for one, how in follows.get(topic, ()) if one in before]
        followed |= {one for one, _how in old}
        ways = {how for _one, how in old}
        groups[
            "new" if not old else "merged" if len(old) > 1 or "merged" in ways else "replaced" if ways == {"replaced"} else "continued"
        ].append(topic)
    return Differences(**{name: tuple(found) for name, found in groups.items()}, gone=tuple(one for one in before if one not in followed))
