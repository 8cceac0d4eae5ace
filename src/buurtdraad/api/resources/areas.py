"""Gebieden: districts, neighbourhoods and working areas, with their boundary for who draws a map."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from ninja import Field

from buurtdraad.api.resources.asking import Code, Year, codes_of
from buurtdraad.api.shape import Filter, Item, Resource, Word, page_for_people, same, word
from buurtdraad.places.models import AreaYear, Kind, Membership


class AreaFields(Item):
    """Een gebied zoals het was in een jaar; zonder jaar: zoals het nu is."""

    pagina: str = Field(description="Adres van de pagina voor mensen.")
    code: str = Field(description="Code van het CBS, of de naam van een werkgebied.", examples=["BU03440241"])
    soort: Word
    naam: str
    jaar: int = Field(description="Het jaar waarin het zo was.")
    ligt_in: str | None = Field(description="Code van de wijk of gemeente waar het in ligt.")
    werkgebieden: list[str] = Field(description="Codes van de werkgebieden van nu waar het in ligt.")
    gemeente: str | None = Field(description="Code van de gemeente.")
    hectare: float | None = Field(description="Land, zonder water.")
    schets: bool = Field(description="De grens is bij benadering getekend, niet officieel.")
    bron: str
    geometry: dict[str, Any] | None = Field(description="De grens (GeoJSON, WGS84): bij `formaat=geojson` of `geometrie=true`.")


WORKING_AREAS = Prefetch("area__working_areas", Membership.objects.select_related("working_area").order_by("working_area__code"))


def rows() -> QuerySet:
    return AreaYear.objects.for_pages().defer("boundary", "outline", "frame").prefetch_related(WORKING_AREAS)


def as_now(stood: QuerySet) -> QuerySet:
    """How each area stood in the last year that is known of it."""
    return stood.filter(~Exists(AreaYear.objects.filter(area=OuterRef("area"), year__gt=OuterRef("year"))))


def with_boundary(stood: QuerySet) -> QuerySet:
    return stood.defer(None).defer("outline", "frame")


def show(area: AreaYear) -> Mapping[str, Any]:
    return {
        "pagina": page_for_people(reverse("pages:area", args=[area.code])),
        "code": area.code,
        "soort": word(Kind, area.area.kind),
        "naam": area.name,
        "jaar": area.year,
        "ligt_in": area.parent.code if area.parent else None,
        "werkgebieden": [one.working_area.code for one in area.area.working_areas.all()],
        "gemeente": area.municipality.code if area.municipality else None,
        "hectare": None if area.area_ha is None else float(area.area_ha),
        "schets": area.schematic,
        "bron": area.source,
        "geometry": boundary_of(area),
    }


def boundary_of(area: AreaYear) -> dict[str, Any] | None:
    """The boundary as GeoJSON has it, to a decimetre; None where it was not asked, or is not known."""
    if "boundary" in area.get_deferred_fields() or area.boundary is None:
        return None
    import shapely  # noqa: PLC0415 (heavy: a process that draws nothing stays small)

    from buurtdraad.places.geometry import from_stored  # noqa: PLC0415

    (found,) = from_stored([area.boundary])
    return json.loads(shapely.to_geojson(shapely.transform(found, lambda at: at.round(6))))


def lies_in(stood: QuerySet, code: str) -> QuerySet:
    """What lies in an area, without that area itself."""
    return stood.filter(Q(area__code__in=codes_of(code, "in") - {code}) | Q(parent__code=code))


JAAR = Filter(Year, "Zoals het in dit jaar was; anders zoals het nu is.", same("year"), 2025, as_now)
AREAS = Resource(
    name="gebieden",
    title="Gebieden",
    says="De gemeente, haar wijken en buurten, en de werkgebieden. Met `formaat=geojson` de grenzen erbij.",
    schema=AreaFields,
    rows=rows,
    show=show,
    key="area__code",
    filters={
        "soort": Filter(Literal[*Kind.values], "Wijk, buurt, of iets anders.", same("area__kind")),
        "in": Filter(Code, "Code van een gebied: wat daarin ligt.", lies_in, "WK034402"),
        "jaar": JAAR,
    },
    item_filters={
        "jaar": JAAR,
        "geometrie": Filter(bool, "Met de grens.", lambda stood, yes: with_boundary(stood) if yes else stood, True),
    },
    sorts={"code": "area__code", "naam": "name"},
    order="code",
    drawn=with_boundary,
    example="BU03440241",
)
