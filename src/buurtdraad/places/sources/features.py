"""Areas from features as CBS and PDOK publish them: the same property names in GeoJSON, GeoPackage and the service."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from buurtdraad.lib.bad_source import Problem
from buurtdraad.places.models import Kind
from buurtdraad.places.sources.rows import AreaRow, district_of, municipality_of, plain_name

if TYPE_CHECKING:
    from shapely import Geometry

# The property that holds the code of a feature of each level, the smallest first: a neighbourhood names all three.
CODE_OF = {Kind.NEIGHBOURHOOD: "buurtcode", Kind.DISTRICT: "wijkcode", Kind.MUNICIPALITY: "gemeentecode"}
NAME_OF = {Kind.NEIGHBOURHOOD: "buurtnaam", Kind.DISTRICT: "wijknaam", Kind.MUNICIPALITY: "gemeentenaam"}
LAND = ("oppervlakte_land_in_ha", "oppervlakte_ha", "oppervlakte_totaal_in_ha")


@dataclass(frozen=True)
class Feature:
    """One feature of a source: where it stands, its properties by name in small letters, and its boundary in WGS84."""

    row: str
    properties: Mapping[str, object]
    geometry: Geometry | None


def area_rows(features: Iterable[Feature], *, file: str, source: str, kind: Kind | None = None) -> tuple[list[AreaRow], list[Problem]]:
    """The rows of these features, and what is wrong with those that give none.

    `kind` is the level of all of them; without it each is the smallest level that it has a code of. A code that
    comes as land and as water gives the land; a feature of water alone is left out, unless it is all there is of its code.
    """
    rows: dict[tuple[str, int], AreaRow] = {}
    water: dict[str, AreaRow] = {}
    problems: list[Problem] = []
    for number, feature in enumerate(features):
        row = _row(feature, file, source, kind)
        if isinstance(row, Problem):
            problems.append(row)
        elif _text(feature.properties, "water").upper() == "JA":
            water.setdefault(row.code, row)
        else:
            rows[row.code, number] = row
    land = {code for code, _ in rows}
    return [*rows.values(), *(row for code, row in water.items() if code not in land and _is_inhabitable(code))], problems


def _is_inhabitable(code: str) -> bool:
    """Whether it is a neighbourhood of the map: CBS gives outside waters made-up codes that end in 9997 or 9998."""
    return not code.endswith(("9997", "9998"))


def _row(feature: Feature, file: str, source: str, kind: Kind | None) -> AreaRow | Problem:
    facts = feature.properties
    level = kind or next((level for level, name in CODE_OF.items() if _text(facts, name)), None)
    code = _text(facts, CODE_OF[level]) if level else ""
    if level is None or not code:
        wanted = CODE_OF[level] if level else "buurtcode, wijkcode or gemeentecode"
        found = ", ".join(sorted(facts)[:8]) or "nothing"
        return Problem(file, feature.row, f"it has no property {wanted}; found: {found}")
    if feature.geometry is None:
        return Problem(file, f"{feature.row} ({code})", "the boundary is empty")
    municipality = _text(facts, "gemeentecode") or municipality_of(code)
    parent = {
        Kind.NEIGHBOURHOOD: _text(facts, "wijkcode") or district_of(code),
        Kind.DISTRICT: municipality,
    }.get(level, "")
    return AreaRow(
        code=code,
        kind=level,
        name=plain_name(_text(facts, NAME_OF[level])),
        parent_code=parent,
        parent_name=plain_name(_text(facts, "wijknaam" if level == Kind.NEIGHBOURHOOD else "gemeentenaam")),
        municipality_code=municipality,
        municipality_name=plain_name(_text(facts, "gemeentenaam")),
        year=_year(facts.get("jaar")),
        geometry=feature.geometry,
        area_ha=_hectares(facts),
        source=source,
        file=file,
        row=feature.row,
    )


def _text(facts: Mapping[str, object], name: str) -> str:
    """A property as text without padding; what CBS writes for "not there" is nothing."""
    value = facts.get(name)
    text = "" if value is None else str(value).strip()
    return "" if text in {".", "-99997", "-99995", "-99991", "-99999999"} else text


def _year(value: object) -> int | None:
    text = "" if value is None else str(value).strip()
    return int(text) if text.isdigit() and len(text) == 4 else None


def _hectares(facts: Mapping[str, object]) -> float | None:
    """The land in hectares, where it is given (missing values of CBS are large negative numbers)."""
    for name in LAND:
        value = facts.get(name)
        if isinstance(value, (int, float)) and math.isfinite(value) and value >= 0:
            return float(value)
    return None
