"""What holds for messages, in plain Python: numbers on slips, phone numbers, how long to wait, which links are ours."""

import datetime
import re
import secrets
from dataclasses import dataclass

# Without the look-alikes 0 O 1 I L. 31 is a prime: so the check sees every wrong character and every exchanged pair.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SLIP_LENGTH = 8

# How long a mail waits before the next attempt; after the last one it has failed. A broken mail server is mended in a day.
WAITS = (60, 300, 1_800, 7_200, 21_600, 43_200)
MOST_ATTEMPTS = len(WAITS) + 1
MOST_WORK_ITEMS = 5
LONGEST_SUBJECT = 150


class NotASlip(ValueError):  # noqa: N818
    """No slip can have this number."""


class NotAPhoneNumber(ValueError):  # noqa: N818
    """Nobody can be called on this."""


@dataclass(frozen=True)
class WorkItem:
    """One thing that waits for somebody at work: a sentence, the page (a path of ours) to finish it on, and how urgent it is.

    `days_left` is below zero when it is late, None when there is no term; `since` is the day from which it waits.
    """

    title: str
    link: str
    days_left: int | None = None
    area: str = ""
    since: datetime.date | None = None


def new_slip_number() -> str:
    """A number that nobody guesses (34 random bits) and that shows most typing mistakes: seven characters and a check."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(SLIP_LENGTH - 1))
    return drawn + check_of(drawn)


def check_of(drawn: str) -> str:
    """The check character: every place has a weight of its own."""
    return LETTERS[sum((place + 2) * LETTERS.index(letter) for place, letter in enumerate(drawn)) % len(LETTERS)]


def slip_number(typed: str) -> str:
    """The number that a person typed, with or without capitals, spaces and dashes. Raises `NotASlip`."""
    number = re.sub(r"[\s.-]", "", typed).upper()
    if len(number) != SLIP_LENGTH or not set(number) <= set(LETTERS) or check_of(number[:-1]) != number[-1]:
        raise NotASlip(typed[:40])
    return number


def as_written(number: str) -> str:
    """A slip's number as people read it: two groups of four."""
    return f"{number[:4]}-{number[4:]}"


def phone_number(typed: str) -> str:
    """A phone number as it is dialled: digits, with a plus where it was given. Dutch numbers have ten digits. Raises `NotAPhoneNumber`."""
    number = re.sub(r"[\s().-]", "", typed.strip())
    number = re.sub(r"^00", "+", number)
    number = re.sub(r"^\+310", "+31", number)
    if not re.fullmatch(r"0[1-9][0-9]{8}|\+[1-9][0-9]{7,14}", number):
        raise NotAPhoneNumber(typed[:40])
    return number


def one_line(text: str) -> str:
    """Text fit for the header of a mail: nothing that ends a line, no control characters, not too long."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    clean = " ".join(clean.split())
    return clean if len(clean) <= LONGEST_SUBJECT else clean[: LONGEST_SUBJECT - 1].rstrip() + "…"


def is_path_of_ours(link: str) -> bool:
    """Whether a link stays on this site: one slash in front, nothing that a browser reads as another site."""
    return bool(re.fullmatch(r"/(?![/\\])[^\s\\\x00-\x1f]*", link))


def wait_after(attempts: int) -> int | None:
    """Seconds until the next attempt after so many failed ones; None when it is enough."""
    return WAITS[attempts - 1] if 0 < attempts <= len(WAITS) else None


def week_of(day: datetime.date) -> str:
    """The week that a day lies in, as 2026-W48 (ISO 8601)."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def month_of(text: str) -> datetime.date:
    """The first day of a month written as 2026-11. Raises `ValueError`."""
    if not re.fullmatch(r"20[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"{text[:20]!r} is no month such as 2026-11")
    return datetime.date(int(text[:4]), int(text[5:]), 1)


def month_before(day: datetime.date) -> datetime.date:
    """The first day of the month before."""
    return (day.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def month_after(day: datetime.date) -> datetime.date:
    """The first day of the next month."""
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
