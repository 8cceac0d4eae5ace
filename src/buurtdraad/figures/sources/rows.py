"""What every source gives."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class FigureRow(NamedTuple):
    """One value of one indicator in one area and year; or None with the reason in `missing` (a value of `models.Missing`)."""

    indicator_code: str
    area_code: str
    year: int
    value: Decimal | float | int | None
    missing: str = ""


@dataclass(frozen=True)
class Origin:
    """Where figures come from; `indicators` are the fields of indicators that the source brings itself."""

    source: str
    table: str = ""
    file: str = ""
    source_url: str = ""
    modified: str = ""
    licence: str = "CC BY 4.0"
    indicators: tuple[dict, ...] = ()

    @property
    def name(self) -> str:
        """How an error names it."""
        return self.file or self.table or self.source
