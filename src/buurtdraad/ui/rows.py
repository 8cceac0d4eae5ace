"""A list of lines, such as those on a person's own page."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise

type Words = str | Promise


@dataclass(frozen=True)
class Row:
    """One line: what it is, the page that it leads to, how it stands, and since when. Only the words are needed."""

    words: Words
    url: str = ""
    state: Words = ""
    at: datetime.datetime | None = None
