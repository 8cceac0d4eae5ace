"""One line of a table as a meeting, before anybody asks where it is."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.meetings.states import Kind
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Column, RowRefused, folded

MOST_PEOPLE = 5000
CLOCK = re.compile(r"(\d{1,2})[:.u](\d{2})(?::\d{2})?(?:\s*uur)?")
# How Excel keeps a time: as a part of a day.
PART_OF_A_DAY = re.compile(r"0?\.\d+|0")

COLUMNS: Sequence[Column] = (
    Column("title", ("titel", "naam", "title"), gettext_lazy("What the meeting is called."), required=True, most=120),
    Column("area", ("gebied", "buurt", "wijk", "area"), gettext_lazy("Name or code of the neighbourhood."), required=True),
    Column("day", ("datum", "dag", "date"), gettext_lazy("On which day: 31-12-2026."), required=True, most=20),
    Column("begins", ("begin", "van", "starts"), gettext_lazy("From what time: 19:30."), required=True, most=20),
    Column("ends", ("eind", "tot", "ends"), gettext_lazy("Until what time: 21:30."), required=True, most=20),
    Column("place", ("plaats", "locatie", "place"), gettext_lazy("What the place is called."), required=True, most=120),
    Column("address", ("adres", "address"), gettext_lazy("Street and number, and how people find it."), most=300),
    Column("kind", ("soort", "kind"), gettext_lazy("What kind of meeting. Empty: a neighbourhood evening."), most=60),
    Column("text", ("tekst", "omschrijving", "text"), gettext_lazy("What it is about."), most=3000, lines=True),
    Column("languages", ("talen", "languages"), gettext_lazy("Which languages are spoken, besides Dutch."), most=120),
    Column("capacity", ("plaatsen", "capacity"), gettext_lazy("How many people can come. Empty: everybody."), most=6),
)


@dataclass(frozen=True)
class MeetingRow:
    """What a line says; it ends after it begins."""

    title: str
    area: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: str
    address: str
    kind: Kind
    text: str
    languages: str
    capacity: int | None


def meeting_of(faults: Faults) -> MeetingRow:
    """Raises `RowRefused` with all that is wrong, for a line that cannot be a meeting."""
    text = faults.line.text
    day, kind, capacity = faults.day("day"), faults.of("kind", kind_of, text("kind")), faults.of("capacity", capacity_of, text("capacity"))
    begins, ends = (faults.of(key, time_of, text(key)) for key in ("begins", "ends"))
    if begins and ends and ends <= begins:
        faults.say("ends", _("It has to end later than it begins."))
    faults.tell()
    assert day, "a needed column is filled, and what is wrong was told"
    assert begins
    assert ends
    assert kind
    starts_at, ends_at = (datetime.datetime.combine(day, time, get_current_timezone()) for time in (begins, ends))
    return MeetingRow(
        text("title"), text("area"), starts_at, ends_at, text("place"), text("address"), kind, text("text"), text("languages"), capacity
    )


def time_of(text: str) -> datetime.time:
    if match := CLOCK.fullmatch(text):
        hours, minutes = int(match[1]), int(match[2])
    elif PART_OF_A_DAY.fullmatch(text):
        hours, minutes = divmod(round(float(text) * 24 * 60), 60)
    else:
        hours = minutes = 99
    if hours > 23 or minutes > 59:
        raise RowRefused(_("%(text)s is no time. Write it as 19:30.") % {"text": text})
    return datetime.time(hours, minutes)


@cache
def kinds() -> dict[str, Kind]:
    """Kinds by their names in every language of the product."""
    found = {folded(kind.value): kind for kind in Kind}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {folded(str(kind.label)): kind for kind in Kind}
    return found


def kind_of(text: str) -> Kind:
    if not text:
        return Kind.EVENING
    if (kind := kinds().get(folded(text))) is None:
        raise RowRefused(_("%(kind)s is no kind that we know.") % {"kind": text})
    return kind


def capacity_of(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_PEOPLE):
        raise RowRefused(_("%(text)s is no number of people.") % {"text": text})
    return int(text)
