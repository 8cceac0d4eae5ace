"""Utrecht's neighbourhoods as rows: names, codes, a point inside and key figures, typed over from CBS.

Source: CBS, Kerncijfers wijken en buurten 2020 and 2025, CC BY 4.0; the points lie inside the neighbourhoods.
The boundaries are drawn from the points; `load_places` brings the real ones.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from buurtdraad.figures.models import Missing
from buurtdraad.figures.sources.rows import FigureRow

CITY = "GM0344"
YEARS = (2020, 2025)
TABLE = "Kerncijfers wijken en buurten"
# The six areas with a neighbourhood agenda; Zuilen-Oost's neighbourhoods are an assumption.
WORKING_AREAS = {
    "kanaleneiland": ("Kanaleneiland", ("BU03440831", "BU03440832")),
    "zuilen-oost": ("Zuilen-Oost", ("BU03440241", "BU03440242", "BU03440243")),
    "ondiep-2e-daalsebuurt": ("Ondiep/2e Daalsebuurt", ("BU03440221", "BU03440222", "BU03440223", "BU03440224")),
    "pijlsweerd": ("Pijlsweerd", ("BU03440211", "BU03440212")),
    "parkwijk-zuid": ("Parkwijk-Zuid", ("BU03440942",)),
    "terwijde": ("Terwijde", ("BU03440912", "BU03440913")),
}


@cache
def facts() -> list[dict[str, str]]:
    """One row for the city, its 10 districts and its 111 neighbourhoods."""
    with (Path(__file__).parent / "utrecht.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(year: int) -> Iterator[FigureRow]:
    """The key figures of a year. CBS leaves a cell empty where too few people live; it writes the WOZ value in thousands."""
    for row in facts():
        for column, text in row.items():
            indicator, _, of = column.rpartition("_")
            if of == str(year):
                value = Decimal(text) * (1000 if indicator == "woz" else 1) if text else None
                yield FigureRow(indicator, row["code"], year, value, "" if text else Missing.SECRET)
