"""What tables of CBS by OData have in common, whichever the version, and from a file as well as live."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from buurtdraad.figures.sources.rows import Origin
from buurtdraad.lib.bad_source import BadSource

STATLINE = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/"
TABLE = re.compile(r"\d{5}[A-Za-z]{3}")
MUNICIPALITY = re.compile(r"GM\d{4}")


def as_object(body: bytes, name: str) -> dict[str, Any]:
    """The JSON object in a file or answer; numbers with a point become decimals. Raises `BadSource`."""
    if body.lstrip()[:1] == b"<":
        raise BadSource(name, None, "it is a web page or XML, not the data (JSON)")
    try:
        found = json.loads(body, parse_float=Decimal)
    except (json.JSONDecodeError, UnicodeDecodeError) as wrong:
        raise BadSource(name, getattr(wrong, "lineno", None), "it breaks off or is not JSON") from wrong
    except RecursionError:
        raise BadSource(name, None, "it is nested too deep to be a table of CBS") from None
    if not isinstance(found, dict):
        raise BadSource(name, None, "it is JSON, but not a table of CBS")
    if "odata.error" in found or "error" in found:
        raise BadSource(name, None, f"it holds an error instead of data: {told(body)}")
    return found


def rows_of(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of an OData answer."""
    rows = answer.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadSource(name, None, "it has no rows (`value`)")
    return rows


def told(body: bytes) -> str:
    """The message in an error of OData version 3 or 4, or the start of what came."""
    try:
        found = json.loads(body)
        message = (found.get("odata.error") or found.get("error") or {}).get("message") or ""
        text = str(message.get("value", "") if isinstance(message, dict) else message)
    except (ValueError, AttributeError, RecursionError):
        text = ""
    return (text[:200] or body[:80].decode(errors="replace")).strip() or "without a word"


def refuse_other_than_table(table: str) -> None:
    """Raises `BadSource` for what is not the number of a table: it becomes part of an address."""
    if not TABLE.fullmatch(table):
        raise BadSource(table, None, "this is not the number of a table (such as 84799NED)")


def digits_of(municipality: str) -> str:
    """`0344` for `GM0344`: what the codes of its districts and neighbourhoods have behind WK and BU. Raises `BadSource`."""
    if not MUNICIPALITY.fullmatch(municipality):
        raise BadSource(municipality, None, "this is not the code of a municipality (such as GM0344)")
    return municipality.removeprefix("GM")


def filtered(conditions: Iterable[str]) -> str:
    """The parameter that asks for rows that meet one of the conditions."""
    return f"$filter={' or '.join(conditions)}".replace(" ", "%20")


def origin_of(described: dict[str, Any], file: str, *, indicators: Iterable[dict] = ()) -> Origin:
    """Where a table comes from, by its own description; `file` is its number where it came live."""
    table = str(described.get("Identifier") or "").strip()
    return Origin(
        source="CBS",
        table=table,
        file="" if file == table else file,
        source_url=f"{STATLINE}{table}" if table else "",
        modified=str(described.get("Modified") or "")[:40],
        indicators=tuple(indicators),
    )
