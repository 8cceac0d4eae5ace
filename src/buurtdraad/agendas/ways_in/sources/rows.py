"""One line of a table as a wish, before anybody asks where it is."""

import datetime
import hashlib
import html
import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from buurtdraad.agendas.ways_in.sources.platforms import OWN, TOPICS, Platform
from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import Kind, Theme
from buurtdraad.lib.spam import bare
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import DAYS, Line, RowRefused

FALSE = {"", "0", "false", "nee", "no", "null", "none"}
EXCEL_EPOCH, FIRST_YEAR = datetime.date(1899, 12, 30), 2000


@dataclass(frozen=True)
class WishRow:
    """What a line says. `source` is what makes it the same wish when the file comes again."""

    text: str
    area: str
    kind: Kind
    theme: Theme
    point: tuple[float, float] | None
    given_on: datetime.date | None
    name: str
    phone: str
    source: str
    remarks: tuple[str, ...] = ()


def row_of(faults: Faults, platform: Platform) -> WishRow:
    """Raises `RowRefused` for a line that is no wish (any more). Without a text when that is wrong: `faults` has it then."""
    line = faults.line
    if first(line, "gone").casefold() not in FALSE or first(line, "state") == "withdrawn":
        raise RowRefused(_("This was withdrawn or removed there."))
    if first(line, "draft") not in {"", "published"}:
        raise RowRefused(_("This was not published there."))
    text = faults.of("text", text_of, line, platform) or ""
    return WishRow(
        text,
        first(line, "area"),
        Kind.PROBLEM if first(line, "kind").casefold().startswith("probl") else Kind.WISH,
        theme_of(first(line, "topic")),
        point_of(first(line, "latitude"), first(line, "longitude")),
        day_of(first(line, "given")),
        first(line, "name"),
        first(line, "phone"),
        source_of(line, platform, text),
        remarks_on(line),
    )


def remarks_on(line: Line) -> tuple[str, ...]:
    """What in a line we do not understand, though the wish comes in."""
    given, topic = first(line, "given"), first(line, "topic")
    return (
        *(
            [_("We do not know the date %(date)s. This wish gets the date of today.") % {"date": given[:40]}]
            if given and not day_of(given)
            else []
        ),
        *(
            [_("We do not know the theme %(theme)s. It becomes: something else.") % {"theme": topic[:40]}]
            if topic and not known(topic)
            else []
        ),
    )


def first(line: Line, key: str) -> str:
    """The first column of this kind that says something."""
    return next((text for name, text in line.cells.items() if name.startswith(f"{key}:") and text), "")


def text_of(line: Line, platform: Platform) -> str:
    """Title and text as one, without markup; the title once."""
    title, body = (without_markup(first(line, key)) if platform.markup else first(line, key) for key in ("title", "text"))
    text = body if not title or body.startswith(title.rstrip(".!?…")) else title if not body else joined(title, body)
    if not text:
        raise RowRefused(_("There is no text in this row."))
    if len(text) > MOST_LETTERS:
        raise RowRefused(_("This text is too long: %(most)s characters at most.") % {"most": MOST_LETTERS})
    return text


def joined(title: str, body: str) -> str:
    return f"{title} {body}" if title[-1] in ".!?:" else f"{title}. {body}"


def without_markup(text: str) -> str:
    broken = re.sub(r"(?i)<br\s*/?>|</(p|li|div|h\d)>", "\n", text)
    lines = (" ".join(line.split()) for line in html.unescape(strip_tags(broken)).splitlines())
    return "\n".join(line for line in lines if line)


def theme_of(topic: str) -> Theme:
    """The theme of which a word in the topic begins so; something else for what we do not know."""
    for theme in Theme:
        if topic.casefold() in {theme.value, str(theme.label).casefold()}:
            return theme
    words = re.findall(r"\w+", topic.casefold())
    return next((Theme(theme) for theme, begins in TOPICS.items() for word in words if word.startswith(begins)), Theme.OTHER)


def known(topic: str) -> bool:
    """Whether a topic is one of our themes, or says "something else" itself."""
    return theme_of(topic) != Theme.OTHER or topic.casefold() in {Theme.OTHER.value, str(Theme.OTHER.label).casefold()}


def point_of(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        point = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def day_of(text: str) -> datetime.date | None:
    """A date as programs and people write it, also as the number that Excel keeps; None when it is none, or of another time."""
    day = None
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        day = EXCEL_EPOCH + datetime.timedelta(days=int(float(text)))
    for written in () if day else DAYS:
        try:
            day = datetime.datetime.strptime(text[:10], written).date()  # noqa: DTZ007 (a day has no time)
            break
        except ValueError:
            continue
    return day if day and day.year >= FIRST_YEAR else None


def source_of(line: Line, platform: Platform, text: str) -> str:
    """Its address at the platform, else its number with its text (numbers begin anew at each site), else all that it says."""
    url, number, project = (first(line, key) for key in ("url", "id", "project"))
    facts = [url] if url else [project, number, bare(text)]
    if platform is OWN and not number:
        facts += [first(line, key) for key in ("area", "name", "phone")]
    return "import:" + hashlib.sha256("\0".join([platform.key, *facts]).encode()).hexdigest()[:40]
