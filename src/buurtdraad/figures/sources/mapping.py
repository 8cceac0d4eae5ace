"""Mapping files: which column of a city's own table is which indicator, and what its new indicators are.

As TOML (see `docs/data.md`), or as a CSV of two columns: `column,indicator`.
"""

import csv
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from buurtdraad.figures import catalogue
from buurtdraad.figures.models import Good, Kind, Missing, Theme
from buurtdraad.lib.bad_source import BadSource

ALLOWED = {"code", "year", "year_column", "empty", "source", "source_url", "licence", "columns", "indicators"}
TEXTS = {"name": 120, "unit": 40}
CHOICES = {"theme": Theme.values, "kind": Kind.values, "good": Good.values}
NUMBERS = {"decimals", "rounded_to", "base_least"}
SWITCHES = {"compared", "shown", "headline"}


@dataclass(frozen=True)
class Mapping:
    """What a mapping file says. `code` and `year_column` name columns; `columns` gives the indicator of each other column."""

    columns: dict[str, str] = field(default_factory=dict)
    code: str = ""
    year: int | None = None
    year_column: str = ""
    empty: str = Missing.SECRET
    source: str = "CBS"
    source_url: str = ""
    licence: str = "CC BY 4.0"
    indicators: tuple[dict[str, Any], ...] = ()


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; every mistake in it is named."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadSource(path.name, None, f"it cannot be read: {wrong}") from wrong
    return from_csv(path, text) if path.suffix.lower() == ".csv" else from_toml(path, text)


def from_csv(path: Path, text: str) -> Mapping:
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or not {"column", "indicator"} <= rows[0].keys():
        raise BadSource(path.name, 1, "a mapping has the columns `column` and `indicator`")
    return Mapping(columns={row["column"].strip(): row["indicator"].strip() for row in rows if row["indicator"]})


def from_toml(path: Path, text: str) -> Mapping:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadSource(path.name, None, f"it is not TOML: {wrong}") from wrong
    if unknown := said.keys() - ALLOWED:
        raise BadSource(path.name, None, f"it says {', '.join(sorted(unknown))}, which means nothing here")
    if said.get("empty", Missing.SECRET) not in Missing.values:
        raise BadSource(path.name, None, f"`empty` is one of {', '.join(Missing.values)}")
    own = said.pop("indicators", {})
    described = tuple(described_indicator(path, code, fields) for code, fields in own.items())
    for code in said.get("columns", {}).values():
        if code not in catalogue.BY_CODE and code not in own:
            raise BadSource(path.name, None, f"nobody knows the indicator '{code}'; describe it under [indicators.{code}]")
    return Mapping(**said, indicators=described)


def described_indicator(path: Path, code: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an indicator of the city's own, checked."""

    def wrong(cause: str) -> BadSource:
        return BadSource(path.name, None, f"[indicators.{code}] {cause}")

    if code in catalogue.BY_CODE:
        raise wrong("is an indicator that the product knows already")
    if not {"name", "kind"} <= fields.keys():
        raise wrong("needs a name and a kind")
    for name, value in fields.items():
        if name in TEXTS:
            fine = isinstance(value, str) and len(value) <= TEXTS[name]
        elif name in CHOICES:
            fine = value in CHOICES[name]
        elif name in NUMBERS:
            fine = type(value) is int and 0 <= value <= 10_000
        elif name in SWITCHES:
            fine = type(value) is bool
        else:
            fine = name in {"texts", "base", "source", "source_url", "licence"}
        if not fine:
            raise wrong(f"{name} = {value!r} is not right")
    return {"code": code, **fields}
