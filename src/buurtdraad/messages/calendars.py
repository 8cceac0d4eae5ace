"""A file for a calendar (RFC 5545), as Outlook, Google and Apple read it: what all rooms share that have something on a day.

Each thing keeps its UID; a change raises SEQUENCE, and what is off stays in with STATUS:CANCELLED, and says so in its title too:
Google shows the title only. Times stand in Europe/Amsterdam with its VTIMEZONE, so that a summer evening stays one.
"""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.messages.emails import address
from buurtdraad.messages.rules import one_line

if TYPE_CHECKING:
    from icalendar import Calendar, Event

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def event(
    uuid: UUID, title: str, starts_at: datetime.datetime, ends_at: datetime.datetime, *, path: str, place: str, lines: list[str], off: bool
) -> "Event":
    """What it is, when and where, what there is to know (`lines`), and the address of its page here, in the language of the moment."""
    from icalendar import Event, vUri  # noqa: PLC0415 (a page does not need it)

    link = address(path, get_language() or "nl")
    title = one_line(title)
    said = Event()
    said.add("uid", f"{uuid}@buurtdraad")
    said.add("dtstart", starts_at.astimezone(AMSTERDAM))
    said.add("dtend", ends_at.astimezone(AMSTERDAM))
    said.add("summary", _("Will not happen: %(title)s") % {"title": title} if off else title)
    said.add("location", one_line(place))
    said.add("description", "\n\n".join(part for part in (*lines, link) if part))
    said.add("url", vUri(link))
    return said


def calendar(events: Iterable["Event"], *, of: str) -> "Calendar":
    """A calendar with these events; `of` names the product that made it, as `Bijeenkomsten`."""
    from icalendar import Calendar  # noqa: PLC0415

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//Buurtdraad//{of}//NL")
    made.add("method", "PUBLISH")
    made.add("x-wr-timezone", AMSTERDAM.key)
    for one in events:
        made.add_component(one)
    made.add_missing_timezones()
    return made
