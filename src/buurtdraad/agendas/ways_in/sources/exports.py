"""Whatever somebody brings (CSV, a pasted table, Excel, JSON of a platform) as one table, and whose it is."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from buurtdraad.agendas.ways_in.sources.platforms import Platform, platform_of
from buurtdraad.lib.tables import spreadsheet
from buurtdraad.lib.tables.reading import MOST_ROWS, SEPARATORS, Table, TableRefused, decoded, folded, read

# Under which name a platform puts its list, when the list is not all there is.
LISTS = ("records", "data", "results", "proposals", "ideas", "resources")
DEEPEST = 6


def table_of(content: bytes) -> tuple[Platform, Table]:
    """The lines, by the columns of the platform that they come from. Raises `TableRefused`."""
    if content.startswith(b"PK\x03\x04"):
        content = spreadsheet.as_csv(content)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        content = json_as_csv(content)
    platform = platform_of(headings_of(content))
    return platform, read(content, platform.columns)


def headings_of(content: bytes) -> set[str]:
    """All that may be a heading, however the first line is parted."""
    first = next((line for line in decoded(content).splitlines() if line.strip() and not line.lower().startswith("sep=")), "")
    return {folded(cell) for separator in SEPARATORS for cell in first.split(separator)}


def json_as_csv(content: bytes) -> bytes:
    """A list of things as CSV; a level in a thing is parted by `/`, as Decidim does it."""
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=lambda _name: None)  # NaN and Infinity are no value
    except (ValueError, RecursionError):
        raise TableRefused(_("We cannot read this file. Save the table as CSV, and send that one.")) from None
    if isinstance(found, dict):
        found = next((found[name] for name in LISTS if isinstance(found.get(name), list)), [found])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise TableRefused(_("We cannot read this file. Save the table as CSV, and send that one."))
    rows = [dict(flat(one)) for one in found[: MOST_ROWS + 1]]
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def flat(thing: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Each value of a thing with the way to it: `title/nl`."""
    if depth > DEEPEST:
        return
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else None
    if inside is None:
        text = "" if thing is None or thing is False else str(thing)
        yield name, text.encode("utf-8", "replace").decode()
        return
    for key, value in inside:
        yield from flat(value, f"{name}/{key}" if name else str(key), depth + 1)
