"""The first sheet of an Excel file as CSV: the values that it shows, never its formulas."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from buurtdraad.lib.tables.reading import MOST_BYTES, MOST_ROWS, TableRefused
from buurtdraad.lib.uploads import documents
from buurtdraad.lib.uploads.refusals import FileRefused

NAMES = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRINGS, SHEET = "xl/sharedStrings.xml", re.compile(r"xl/worksheets/sheet\d*\.xml")
MOST_XML = 40_000_000  # bytes of one part, unpacked
MOST_COLUMNS = 200
LOWEST = MOST_ROWS + 1_000  # of the rows that hold something, with room for empty ones between them
# What Excel shows of a number, and how it writes one that is not whole.
DIGITS, FRACTION = 15, re.compile(r"-?\d{0,20}\.\d+(E[+-]?\d{1,2})?|-?\d{1,20}E[+-]?\d{1,2}", re.IGNORECASE)


def as_csv(content: bytes) -> bytes:
    """The sheet as CSV in UTF-8. Raises `TableRefused`."""
    try:
        if documents.check(io.BytesIO(content), most_bytes=MOST_BYTES).kind != "xlsx":
            raise TableRefused(_("We cannot read this file. Save the table as CSV, and send that one."))
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = sorted((name for name in packed.namelist() if SHEET.fullmatch(name)), key=lambda name: (len(name), name))
            strings = [text_of(one) for one in parsed(packed, STRINGS).iter(f"{NAMES}si")] if STRINGS in packed.namelist() else []
            rows = list(rows_of(parsed(packed, names[0]), strings)) if names else []
    except FileRefused as refusal:
        raise TableRefused(str(refusal)) from None
    except (ET.ParseError, KeyError, ValueError, IndexError):
        raise TableRefused(_("We cannot read this file. Save the table as CSV, and send that one.")) from None
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def csv_of(content: bytes) -> bytes:
    """A table that somebody brings, as CSV: the first sheet of an Excel file, anything else as it is. Raises `TableRefused`."""
    return as_csv(content) if content.startswith(b"PK\x03\x04") else content


def parsed(packed: zipfile.ZipFile, name: str) -> ET.Element:
    if packed.getinfo(name).file_size > MOST_XML:
        raise ValueError("too large")
    xml = packed.read(name)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("a sheet has no entities")
    return ET.fromstring(xml)  # noqa: S314


def rows_of(sheet: ET.Element, strings: list[str]) -> Iterator[list[str]]:
    """The rows, with empty ones where the sheet leaves some out, so that a report names the row that people see.

    Raises `TableRefused` for a row so far down that there are more than we take above it.
    """
    last = 0
    for row in sheet.iter(f"{NAMES}row"):
        cells = cells_of(row, strings)
        if not any(cells):
            continue
        place = max(int(row.get("r") or 0), last + 1)
        if place > LOWEST:
            raise TableRefused(_("There are more than %(most)s rows in this file. Cut it in pieces.") % {"most": MOST_ROWS})
        yield from ([] for _empty in range(last + 1, place))
        yield cells
        last = place


def cells_of(row: ET.Element, strings: list[str]) -> list[str]:
    """The cells of a row, with empty ones where the sheet leaves some out."""
    cells: list[str] = []
    for cell in row.iter(f"{NAMES}c"):
        place = column_of(cell.get("r", "")) if cell.get("r") else len(cells)
        if place < MOST_COLUMNS:
            cells += [""] * (place - len(cells)) + [value_of(cell, strings)]
    return cells


def column_of(reference: str) -> int:
    """B7 is 1."""
    place = 0
    for letter in re.match(r"[A-Z]{1,3}", reference)[0]:  # type: ignore[index]
        place = place * 26 + ord(letter) - 64
    return place - 1


def value_of(cell: ET.Element, strings: list[str]) -> str:
    kind, value = cell.get("t"), cell.findtext(f"{NAMES}v") or ""
    if kind == "s":
        return strings[int(value)]
    if kind == "inlineStr":
        return text_of(cell)
    return as_shown(value) if kind in (None, "n") else value


def as_shown(number: str) -> str:
    """A number without what a computer's fractions add to it (Excel keeps 1.1 as 1.1000000000000001), and never as 1.1E-5.

    Three decimals become four: `33.333` would be read as thirty-three thousand where people write thousands with a dot.
    """
    if not FRACTION.fullmatch(number):
        return number
    shown = format(Decimal(f"{float(number):.{DIGITS}g}"), "f")
    return f"{shown}0" if len(shown.partition(".")[2]) == 3 else shown


def text_of(element: ET.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{NAMES}t"))
