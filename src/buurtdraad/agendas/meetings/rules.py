"""What holds for meetings, in plain Python: codes, when a room is open, who moves up, and how stickers count."""

import datetime
import re
import secrets
from collections.abc import Iterable, Sequence

# Without the look-alikes 0 O 1 I L.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
MOST_PEOPLE = 10  # of one sign-up
MOST_STICKERS = 10
MOST_CARDS = 999
# Before it begins people come in; afterwards who is on the way home still sends a wish.
OPENS, SHUTS = datetime.timedelta(hours=2), datetime.timedelta(hours=12)
REMIND = datetime.timedelta(hours=24)


class WrongNumbers(ValueError):  # noqa: N818
    """These counts cannot be: more stickers on one wish than people, or more in all than they had."""


def new_code() -> str:
    """A code for a room that nobody guesses within an evening: 29 random bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def as_code(typed: str) -> str:
    """A code as it is kept, from what somebody typed; empty for what cannot be one."""
    code = re.sub(r"[\s.-]", "", typed).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(LETTERS) else ""


def room_is_open(starts_at: datetime.datetime, ends_at: datetime.datetime, at: datetime.datetime) -> bool:
    """Whether the code of the room works."""
    return starts_at - OPENS <= at <= ends_at + SHUTS


def moving_up(free: int, waiting: Iterable[tuple[int, int]]) -> list[int]:
    """Who gets a place: of (id, people) in the order of the list, everybody who still fits."""
    up = []
    for key, people in waiting:
        if people <= free:
            up.append(key)
            free -= people
    return up


def checked_counts(counts: Sequence[int], *, people: int, each: int) -> None:
    """Raises `WrongNumbers` when so many people with so many stickers cannot have given these counts."""
    if any(count < 0 or count > people for count in counts) or sum(counts) > people * each:
        raise WrongNumbers


def band_of(people: int) -> str:
    """The band that a number of people falls in."""
    return next((band for most, band in ((10, "0-10"), (25, "11-25"), (50, "26-50"), (100, "51-100")) if people <= most), "100+")
