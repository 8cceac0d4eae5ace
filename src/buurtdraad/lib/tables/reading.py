"""A table as a spreadsheet saves it, read into plain lines: parted by `;`, `,` or tab, in UTF-8, UTF-16 or as Windows writes it."""

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from buurtdraad.lib.plain import one_plain_line
from buurtdraad.lib.refusal import Refused

MOST_BYTES = 2_000_000
MOST_ROWS = 10_000
SEPARATORS = ";\t,"
# A spreadsheet runs a cell that starts so, also behind a quotation mark or spaces (OWASP, CSV injection).
FORMULA = re.compile(r"""^[\s"'\u00a0\ufeff\u200b]*[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]""")
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
# How Excel keeps a day: counted from its epoch, with the time of day as a fraction.
EXCEL_DAY, EXCEL_EPOCH = re.compile(r"[1-7]\d{4}(\.\d+)?"), datetime.date(1899, 12, 30)
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)


class TableRefused(Refused):
    """A file of which no row can be read; the sentence says what to do."""


class RowRefused(Refused):
    """A row that is not taken in; each sentence in `said` is one thing that is wrong. Other rows are taken in."""

    def __init__(self, *said: str) -> None:
        super().__init__(" ".join(said))
        self.said = said


@dataclass(frozen=True)
class Column:
    """What a column is for. The first of its headings is that of the template; capitals, accents and hyphens do not count.

    `says` tells people what to write in it. A cell has at most `most` characters, on one line unless `lines`.
    """

    key: str
    headings: tuple[str, ...]
    says: str | Promise = ""
    required: bool = False
    most: int = 200
    lines: bool = False


@dataclass(frozen=True)
class Line:
    """One row: its number as the spreadsheet shows it, and its cells by key. A column that the file lacks has none.

    `problems` says by key what is wrong with a cell before anybody looks at what it says; under no key what is wrong with the row.
    """

    number: int
    cells: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.cells

    def text(self, key: str) -> str:
        return self.cells.get(key, "")

    def day(self, key: str) -> datetime.date | None:
        """A date as people or programs write it, or as the number that Excel keeps; None for an empty cell. Raises `RowRefused`."""
        text = self.text(key)
        if not text:
            return None
        if EXCEL_DAY.fullmatch(text):
            return EXCEL_EPOCH + datetime.timedelta(days=int(float(text)))
        for written in DAYS:
            try:
                day = datetime.datetime.strptime(text, written).date()  # noqa: DTZ007 (a day has no time)
            except ValueError:
                continue
            if FIRST_DAY <= day <= LAST_DAY:
                return day
        raise RowRefused(_("%(text)s is no date. Write it as 31-12-2026.") % {"text": text})

    def names(self, key: str) -> list[str]:
        """Several names in one cell, parted by a comma, or by `|` where a name has a comma in it. Each once."""
        text = self.text(key)
        parts = text.split("|") if "|" in text else text.split(",")
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


@dataclass(frozen=True)
class Table:
    """The lines of a file, and the headings that we did not know."""

    lines: list[Line] = field(default_factory=list)
    ignored: tuple[str, ...] = ()


def read(content: bytes, columns: Sequence[Column], *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES) -> Table:
    """The lines of a file. Raises `TableRefused` for one that is empty, too large, no text, or without the columns that are needed."""
    if len(content) > most_bytes:
        raise TableRefused(_("This file is too large. It may be %(most)s MB at most.") % {"most": most_bytes // 1_000_000})
    rows = rows_of(decoded(content), columns)
    start = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if start is None:
        raise TableRefused(_("There is nothing in this file."))
    places, ignored = places_of(rows[start], columns)
    filled = [(n, row) for n, row in enumerate(rows[start + 1 :], start=start + 2) if any(cell.strip() for cell in row)]
    if not filled:
        raise TableRefused(_("There are headings in this file, and no rows below them."))
    if len(filled) > most_rows:
        raise TableRefused(_("There are more than %(most)s rows in this file. Cut it in pieces.") % {"most": most_rows})
    return Table([line_of(number, row, places) for number, row in filled], ignored)


# --- from bytes to rows ---------------------------------------------------------------------------


def decoded(content: bytes) -> str:
    """The text of a file, in the encoding that it shows to have."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableRefused(_("This is a file of a spreadsheet itself. Save it as CSV, and send that one."))
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableRefused(_("We cannot read this file. Save the table as CSV, and send that one."))


def rows_of(text: str, columns: Sequence[Column]) -> list[list[str]]:
    """All rows, parted by the sign that shows most of our headings."""
    if text[:4].lower() == "sep=":  # a spreadsheet reads it and shows it nowhere
        text = text.partition("\n")[2]
    first = next((line for line in text.splitlines() if line.strip()), "")
    known = headings_of(columns)
    separator = max(SEPARATORS, key=lambda sign: sum(folded(cell) in known for cell in first.replace('"', "").split(sign)))
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise TableRefused(_("Row %(number)s cannot be read. Is there a quotation mark too many?") % {"number": len(rows) + 1}) from None
    return rows


def headings_of(columns: Sequence[Column]) -> dict[str, Column]:
    return {folded(heading): column for column in columns for heading in column.headings}


def folded(text: str) -> str:
    """A heading or name as it is compared: small letters and digits only, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def places_of(head: list[str], columns: Sequence[Column]) -> tuple[dict[int, Column], tuple[str, ...]]:
    """Which column stands where, and the headings that are not ours."""
    known = headings_of(columns)
    places: dict[int, Column] = {}
    ignored: list[str] = []
    for place, heading in enumerate(head):
        column = known.get(folded(heading))
        if column is None:
            ignored += [one_plain_line(heading)[:80]] if heading.strip() else []
        elif column in places.values():
            raise TableRefused(_("The column %(name)s is there twice.") % {"name": column.headings[0]})
        else:
            places[place] = column
    if missing := [column.headings[0] for column in columns if column.required and column not in places.values()]:
        raise TableRefused(_("These columns are missing: %(names)s. The first row holds the headings.") % {"names": ", ".join(missing)})
    return places, tuple(ignored)


def line_of(number: int, row: list[str], places: dict[int, Column]) -> Line:
    cells = {column.key: cleaned(row[place] if place < len(row) else "", column) for place, column in places.items()}
    return Line(number, cells, problems_of(row, cells, places))


def problems_of(row: list[str], cells: dict[str, str], places: dict[int, Column]) -> dict[str, str]:
    """What is wrong with a row before anybody looks at what it says, by the key of its cell."""
    unreadable = _("Some letters cannot be read. Save the file as CSV UTF-8.")
    found = {"": unreadable} if "\ufffd" in "".join(row) else {}
    for column in places.values():
        cell = cells[column.key]
        if "\ufffd" in cell:
            found[column.key] = unreadable
        elif column.required and not cell:
            found[column.key] = _("%(name)s is empty.") % {"name": column.headings[0]}
        elif len(cell) > column.most:
            found[column.key] = too_long(column)
    return found


def too_long(column: Column) -> str:
    return _("%(name)s is too long: %(most)s characters at most.") % {"name": column.headings[0], "most": column.most}


def cleaned(cell: str, column: Column) -> str:
    """A cell without what nobody can see, and without the apostrophe that our own downloads put before what looks like a formula."""
    cell = cell.strip()
    if cell.startswith("'") and FORMULA.match(cell[1:]):
        cell = cell[1:]
    if column.lines:
        return "\n".join(map(one_plain_line, cell.splitlines())).strip()
    return one_plain_line(cell)
