"""What was frozen, read in parts: the text without its lists, and of a list only the rows that are shown."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import batched
from typing import Any

from buurtdraad.reports.models import FrozenRow, FrozenText, Report
from buurtdraad.reports.queries.content import frozen_content
from buurtdraad.reports.queries.figures.rows import from_kept

# Of what goes slower a page shows so many; the lists below it have them all, and so do the files.
MOST_SLOWER = 100
SLOWER = frozenset({"te-laat", "later", "staat-stil", "gestopt"})
AT_ONCE = 2_000  # rows read at a time

type Content = Mapping[str, Any]


def text_of(content: Content) -> dict[str, Any]:
    """All of it but the rows: how many each number and list has, and what the tables of the annex need of them."""
    return {
        **content,
        "figures": {mark: numbered(one) for mark, one in content["figures"].items()},
        "lists": {name: numbered(one) for name, one in content["lists"].items()},
        "annex": annex_of(content, most=MOST_SLOWER),
    }


def numbered(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key != "rows"} | {"number": len(one["rows"])}


def annex_of(content: Content, *, most: int | None = None) -> dict[str, Any]:
    """What the annex tells of whole lists: euros by source and kind, checks by department, and what goes slower (the first `most`)."""

    def rows(name: str) -> list[dict[str, Any]]:
        return content["lists"].get(name, {}).get("rows", [])

    money: dict[str, dict[str, str]] = {}
    for row in map(from_kept, rows("werkgeld")):
        source = money.setdefault(row.words, {})
        for tag in row.tags:
            source[tag] = f"{Decimal(source.get(tag, 0)) + (row.amount or Decimal(0)):f}"
    checks: dict[str, int] = {}
    for one in rows("buurtchecks"):
        checks[one["group"]] = checks.get(one["group"], 0) + 1
    slower = [one for name in ("afspraken", "werken") for one in rows(name) if SLOWER.intersection(one["tags"])]
    return {"money": money, "checks": checks, "slower": slower[:most], "number_slower": len(slower)}


def told(report: Report) -> dict[str, Any]:
    """The text of a published report as it was frozen. One query of what is small; none where `text` was read with it."""
    kept: FrozenText | None = getattr(report, "text", None)
    return json.loads(kept.content) if kept else told_without_parts(report)


def told_without_parts(report: Report) -> dict[str, Any]:
    """The same of one that a version before this one published while this one was put in its place: its lists are in it."""
    content = frozen_content(report)
    text = text_of(content)
    return text | {"lists": {name: one | content["lists"][name] for name, one in text["lists"].items()}}


def rows_in(report: Report, text: Content, name: str) -> Iterator[dict[str, Any]]:
    """All rows of a list as they were frozen, read a part at a time. `text` is what `told` gave."""
    if "rows" in text["lists"][name]:
        return iter(text["lists"][name]["rows"])
    rows = FrozenRow.objects.filter(report=report, name=name).order_by("place").values_list("row", flat=True)
    return rows.iterator(chunk_size=AT_ONCE)


def rows_at(report: Report, text: Content, name: str, places: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The rows at these places of a list, in their order, read a part at a time."""
    if "rows" in text["lists"][name]:
        yield from (text["lists"][name]["rows"][place] for place in places)
        return
    for some in batched(places, AT_ONCE):
        here = dict(FrozenRow.objects.filter(report=report, name=name, place__in=some).values_list("place", "row"))
        yield from (here[place] for place in some)


def places_behind(report: Report, mark: str) -> list[int]:
    """The places in its list of the rows behind a number: what is frozen cannot change there either."""
    return report.figures.filter(mark=mark).values_list("rows", flat=True).get()
