"""One thing that `doctor` found."""

from typing import NamedTuple

FINE, NOTE, WRONG = "ok", "note", "WRONG"


class Finding(NamedTuple):
    """What was looked at and what is so; where it is not well, also what to do about it."""

    verdict: str
    subject: str
    said: str
    do: str = ""
