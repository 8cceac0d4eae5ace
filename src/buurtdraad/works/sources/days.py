"""Days as people write them in a project list: a date, a month, a quarter or only a year."""

import datetime
import re

from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.lib.tables.reading import DAYS, FIRST_DAY, LAST_DAY, RowRefused
from buurtdraad.works.rules import read_period

EXCEL_EPOCH = datetime.date(1899, 12, 30)


def written_day(text: str, *, last: bool) -> datetime.date | None:
    """The day that is meant, None for an empty text. Of a month, quarter or year it is the `last` day, or else the first.

    Raises `RowRefused` for what is no day, or one of another century.
    """
    text = " ".join(text.split())
    if not text:
        return None
    day = plain_day(text)
    if day is None and (period := read_period(text, timezone.localdate())):
        day = period.last if last else period.first
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise RowRefused(_("%(text)s is no date. Write it as 31-12-2026.") % {"text": text[:40]})
    return day


def plain_day(text: str) -> datetime.date | None:
    """A whole date, also with a time behind it or as the number that Excel keeps."""
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return EXCEL_EPOCH + datetime.timedelta(days=int(float(text)))
    for written in DAYS:
        for part in (text, re.split(r"[T ]", text, maxsplit=1)[0]):
            try:
                return datetime.datetime.strptime(part, written).date()  # noqa: DTZ007 (a day has no time)
            except ValueError:
                continue
    return None
