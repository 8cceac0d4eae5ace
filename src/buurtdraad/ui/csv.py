"""Tables as CSV files that a spreadsheet opens well and that cannot trick it into running a formula.

The file is UTF-8 with a byte order mark, because spreadsheets take it for another encoding otherwise. In Dutch and easy
Dutch cells are parted by `;` and decimals by a comma, as a Dutch spreadsheet expects on a double click; in English by
`,` and a point, which is what programs expect: a program takes the `/en/` address.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import batched, chain

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language

from buurtdraad.lib.tables.reading import FORMULA
from buurtdraad.ui.numbers import is_english

ROWS_A_PIECE = 500

type Cell = str | int | float | Decimal | bool | None


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, language: str | None = None) -> str:
    """The table as text, without byte order mark. Numbers stay numbers, None is an empty cell, text stays text."""
    return "".join(csv_pieces(head, rows, language=language))


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, language: str | None = None) -> Iterator[str]:
    """The same in pieces of some hundred rows, so that a large table is never in memory as a whole."""
    english = is_english(language)
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if english else ";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in head])
    for some in batched(rows, ROWS_A_PIECE):
        writer.writerows([as_cell(cell, english=english) for cell in row] for row in some)
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, language: str | None = None) -> HttpResponse:
    """The table as a download. Of `name` only plain letters, digits and hyphens are kept."""
    response = HttpResponse("\ufeff" + as_csv(head, rows, language=language), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(name)}.csv"'
    return response


def csv_stream(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, language: str | None = None) -> StreamingHttpResponse:
    """The same as `csv_response`, sent while the rows are read."""
    pieces = chain(["\ufeff"], csv_pieces(head, rows, language=language or get_language()))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(name)}.csv"'
    return response


def as_cell(cell: Cell, *, english: bool) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(int(cell))
        case int() | float() | Decimal():
            number = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
            return number if english else number.replace(".", ",")
        case _:
            return harmless(str(cell))


def harmless(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would run it, and without the zero character."""
    text = text.replace("\0", "")
    if text == "%":  # a unit, and no formula
        return text
    return "'" + text if FORMULA.match(text) else text


def file_name(name: str) -> str:
    """A file name without extension that is safe in a header and on every disk."""
    return slugify(name)[:80].strip("-_") or "tabel"
