"""What every source of areas is read into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from buurtdraad.lib.bad_source import Problem
from buurtdraad.places.models import Kind

if TYPE_CHECKING:
    from shapely import Geometry

# Since 2022 codes hold letters too: BU0363AD07.
CODES = {
    Kind.MUNICIPALITY: re.compile(r"^GM\d{4}$"),
    Kind.DISTRICT: re.compile(r"^WK\d{4}[0-9A-Z]{2}$"),
    Kind.NEIGHBOURHOOD: re.compile(r"^BU\d{4}[0-9A-Z]{4}$"),
}
# CBS writes "Wijk 01 West" where the city says "West".
NUMBERED = re.compile(r"^Wijk [0-9A-Z]{2} +(?=\S)")


@dataclass(frozen=True)
class AreaRow:
    """One area as its source gives it: codes without padding, boundary in WGS84, sizes in hectares.

    `parent_name` and `municipality_name` name the levels above where the source does, so that these can be
    made when the source lacks them. `file` and `row` say where to look when something is wrong.
    """

    code: str
    kind: str
    name: str
    parent_code: str = ""
    municipality_code: str = ""
    year: int | None = None
    geometry: Geometry | None = None
    latitude: float | None = None
    longitude: float | None = None
    area_ha: float | None = None
    schematic: bool = False
    source: str = ""
    parent_name: str = ""
    municipality_name: str = ""
    file: str = ""
    row: str = ""

    def problem(self, cause: str) -> Problem:
        """This cause, at this row."""
        return Problem(self.file, f"{self.row} ({self.code})" if self.row else self.code, cause)


def kind_of(code: str) -> Kind | None:
    """The level that a code of CBS tells of by its shape; None for any other text."""
    return next((kind for kind, shape in CODES.items() if shape.match(code)), None)


def district_of(code: str) -> str:
    """The code of the district that a neighbourhood's code begins with: `WK034402` for `BU03440241`."""
    return f"WK{code[2:8]}"


def municipality_of(code: str) -> str:
    """The code of the municipality that any code of CBS begins with: `GM0344` for `BU03440241`."""
    return f"GM{code[2:6]}"


def plain_name(name: str) -> str:
    """A name without padding and without the number that CBS sets before the name of a district."""
    return NUMBERED.sub("", " ".join(name.split()))
