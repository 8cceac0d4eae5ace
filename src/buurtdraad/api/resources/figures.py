"""Cijfers: what was measured in an area in a year."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from ninja import Field

from buurtdraad.api.resources.asking import Code, Year, in_area
from buurtdraad.api.shape import Filter, Item, Resource, Word, same, word
from buurtdraad.figures.models import Measurement, Missing, Theme


class FigureFields(Item):
    """Een cijfer van een gebied in een jaar, of waarom het er niet is. Nul is ook een cijfer."""

    gebied: str = Field(description="Code van het gebied.", examples=["BU03440241"])
    indicator: str = Field(description="Code van wat er gemeten is.", examples=["inwoners"])
    naam: str = Field(description="Wat er gemeten is.")
    thema: Word
    jaar: int
    waarde: float | None
    waarom_leeg: Word | None = Field(description="Waarom er geen waarde is.")
    eenheid: str = Field(description="Wat er achter het getal hoort; leeg bij een aantal.")
    bron: str
    licentie: str


def rows() -> QuerySet:
    found = Measurement.objects.filter(indicator__shown=True).select_related("area", "indicator", "origin")
    return found.only(
        "value", "missing", "area__code", "origin__source", "origin__table", "origin__licence",
        *(f"indicator__{name}" for name in ("code", "name", "theme", "unit", "licence")),
    )  # fmt: skip


def show(one: Measurement) -> Mapping[str, Any]:
    indicator, origin = one.indicator, one.origin
    return {
        "gebied": one.area.code,
        "indicator": indicator.code,
        "naam": indicator.name,
        "thema": word(Theme, indicator.theme),
        "jaar": one.year,
        "waarde": None if one.value is None else float(one.value),
        "waarom_leeg": word(Missing, one.missing) if one.missing else None,
        "eenheid": indicator.unit,
        "bron": str(origin),
        "licentie": origin.licence or indicator.licence,
    }


FIGURES = Resource(
    name="cijfers",
    title="Cijfers",
    says="Cijfers per gebied en jaar, elk met zijn bron en licentie.",
    schema=FigureFields,
    rows=rows,
    show=show,
    key="area__code.indicator__code.year",
    filters={
        "gebied": in_area(),
        "indicator": Filter(Code, "Code van wat er gemeten is.", same("indicator__code"), "inwoners"),
        "jaar": Filter(Year, "Het jaar.", same("year"), 2025),
    },
    # The order of an index of the table, so that a page far on costs what the first one does.
    sorts={"indicator": "indicator_id,year,area_id"},
    order="indicator",
    example="BU03440241.inwoners.2025",
)
