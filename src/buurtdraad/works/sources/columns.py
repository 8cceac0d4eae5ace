"""The columns of a file of works, and which heading of a file is which."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.plain import one_plain_line
from buurtdraad.lib.tables.reading import SEPARATORS, Column, folded

# The order is that of our own exports.
COLUMNS = (
    Column("title", ("wat", "what", "titel", "title", "project", "projectnaam", "omschrijving", "naam"), _("What is done."), most=150),
    Column(
        "areas", ("waar", "where", "buurt", "buurten", "gebied", "gebieden", "wijk", "area", "areas", "neighbourhood"),
        _("In which neighbourhoods: names or codes, with a comma between them."), most=500,
    ),
    Column(
        "where", ("straat", "street", "plek", "plaats", "place", "locatie", "location", "adres"), _("Street or place in words."), most=200
    ),
    Column("department", ("afdeling", "department", "wie", "who"), _("The department. Everybody sees it."), most=120),
    Column(
        "owner_email", ("trekker", "owner", "e-mail trekker", "email", "e-mail", "mail"),
        _("The e-mail address of the owner. Only colleagues see it."), most=254,
    ),
    Column("owner_name", ("naam trekker", "owner name", "contactpersoon"), _("The name of the owner. Only colleagues see it."), most=120),
    Column("from_on", ("vanaf", "from", "start", "startdatum", "begin", "begindatum"), _("The first day, such as 31-12-2026."), most=40),
    Column(
        "until_on", ("tot wanneer", "until when", "until", "tot en met", "tot", "einddatum", "einde", "gereed", "klaar", "deadline"),
        _("The last day: 31-12-2026, December 2026 or 2026."), most=40,
    ),
    Column("stage", ("stap", "step", "status", "stand", "fase"), _("Planned, under way, stands still, done or will not happen."), most=40),
    Column("why", ("waarom", "why", "reden", "toelichting"), _("Why it stands still or does not happen."), most=500),
    Column("challenge", ("opgave", "challenge"), _("The challenge: its name or its short name."), most=150),
    Column("problem", ("probleem", "problem"), _("What is wrong now."), most=2000, lines=True),
    Column("goal", ("doel", "goal"), _("What has to be better."), most=2000, lines=True),
    Column("target_group", ("voor wie", "for whom", "doelgroep", "target group"), _("For whom it is."), most=200),
    Column("residents_part", ("wat doen bewoners", "what residents do"), _("What residents do in it."), most=2000, lines=True),
    Column(
        "external", ("nummer", "number", "id", "projectnummer", "objectid", "code"),
        _("The number in your own list. By it we find the row again next year."), most=80,
    ),
    Column(
        "shape", ("vorm", "shape", "wkt", "geometrie", "geometry", "geom", "the_geom"), _("A line or an area on the map (WKT)."),
        most=130_000,
    ),
)  # fmt: skip
# How a field is called in a question and in a report.
LABELS = {
    "title": _("What?"), "areas": _("Where?"), "where": _("Street or place"), "department": _("Department"),
    "owner_email": _("E-mail address of the owner"), "owner_name": _("Name of the owner"), "from_on": _("From when?"),
    "until_on": _("Until when?"), "stage": _("Step"), "why": _("Why?"), "challenge": _("Challenge"), "problem": _("What is wrong now?"),
    "goal": _("What has to be better?"), "target_group": _("For whom?"), "residents_part": _("What do residents do?"),
    "external": _("Number in the list"), "shape": _("Line or area on the map"),
}  # fmt: skip
NEEDED = ("title", "until_on")
# What a file says in other columns stays out: heading "" in a mapping.
NOTHING = ""

type Headings = Mapping[str, str]  # key -> heading of the file; "": the file has none


def columns_for(mapping: Headings) -> list[Column]:
    """The columns by the headings of this file: those of the mapping first, for the rest the usual ones that are still free."""
    taken = {folded(heading) for heading in mapping.values() if heading}
    found = []
    for column in COLUMNS:
        heading = mapping.get(column.key)
        free = (heading,) if heading else tuple(one for one in column.headings if folded(one) not in taken)
        if heading != NOTHING and free:
            found.append(replace(column, headings=free))
    return found


def mapping_of(headings: Sequence[str], kept: Headings) -> dict[str, str]:
    """Which heading of a file is which, as far as we can tell: by what was kept, else by the usual names."""
    by_name = {folded(heading): heading for heading in headings}
    found: dict[str, str] = {}
    for column in columns_for(kept):
        heading = next((by_name[folded(one)] for one in column.headings if folded(one) in by_name), None)
        if heading:
            found[column.key] = heading
            del by_name[folded(heading)]
    return found


def missing(mapping: Headings) -> list[str]:
    """The fields that every sheet needs and that no heading stands for."""
    return [key for key in NEEDED if not mapping.get(key)]


def headings_in(text: str) -> list[str]:
    """The first row that says something, parted by the sign that parts it into most cells."""
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    first = next((line for line in text.splitlines() if line.strip()), "")
    ways = [next(csv.reader(io.StringIO(first), delimiter=sign), []) for sign in SEPARATORS]
    cells = [one_plain_line(cell)[:80].strip() for cell in max(ways, key=len)]
    return list(dict.fromkeys(cell for cell in cells if cell))
