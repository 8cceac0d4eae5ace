"""Werken: what the municipality does somewhere, as its public page tells. Never who leads it."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from ninja import Field

from buurtdraad.api.resources.asking import Code, Words, codes_of, from_budget, since, until
from buurtdraad.api.resources.euros import Euros
from buurtdraad.api.shape import Fields, Filter, Resource, Threaded, Told, Word, page_for_people, same, word
from buurtdraad.works.geometry import as_geojson
from buurtdraad.works.models import Work, WorkArea
from buurtdraad.works.queries.works import WITH_AREAS
from buurtdraad.works.states import NEEDS_REASON, Stage, WorkKind


class WorkMoneyFields(Fields):
    """Geld van een jaar, van alle bronnen samen."""

    jaar: int
    gepland: Euros
    vastgelegd: Euros
    uitgegeven: Euros


class WorkFields(Threaded):
    """Een werk van de gemeente: een project, of onderhoud."""

    sleutel: UUID
    titel: Told
    soort: Word = Field(description="Project of onderhoud.")
    afdeling: Told
    gebieden: list[str] = Field(description="Codes van de gebieden waar het ligt.")
    straat: Told = Field(description="Straat of plek, in woorden.")
    opgave: str | None = Field(description="Code van de opgave waar het bij hoort.")
    vanaf: datetime.date | None = Field(description="Leeg: nog niet bekend.")
    tot_en_met: datetime.date
    klaar_op: datetime.date | None
    stand: Word
    waarom: Told = Field(description="Waarom het stilstaat of niet doorgaat; anders leeg.")
    wat_bewoners_doen: Told
    resultaat: Told
    geld: list[WorkMoneyFields]
    geometry: dict[str, Any] | None = Field(description="Punt, lijn of vlak (GeoJSON, WGS84); leeg als niets getekend is.")


def rows() -> QuerySet:
    return Work.objects.public().select_related("challenge").prefetch_related(WITH_AREAS, "money")


def show(work: Work) -> Mapping[str, Any]:
    return {
        "pagina": page_for_people(reverse("works:public_work", args=[work.uuid])),
        "sleutel": work.uuid,
        "titel": work.title,
        "soort": word(WorkKind, work.kind),
        "afdeling": work.department,
        "gebieden": [one.area.code for one in work.work_areas.all()],
        "straat": work.where,
        "opgave": work.challenge.code if work.challenge else None,
        "vanaf": work.from_on,
        "tot_en_met": work.until_on,
        "klaar_op": work.done_on,
        "stand": word(Stage, work.stage),
        "waarom": work.why if work.stage in NEEDS_REASON else "",
        "wat_bewoners_doen": work.residents_part,
        "resultaat": work.result,
        "geld": by_year(work),
        "geometry": shape_of(work),
    }


def by_year(work: Work) -> list[dict[str, Any]]:
    """Euros of each year, of all sources together."""
    found: dict[int, dict[str, Any]] = {}
    for one in work.money.all():
        year = found.setdefault(one.year, {"jaar": one.year} | dict.fromkeys(("gepland", "vastgelegd", "uitgegeven"), Decimal(0)))
        year["gepland"] += one.planned
        year["vastgelegd"] += one.committed
        year["uitgegeven"] += one.spent
    return [found[year] for year in sorted(found)]


def shape_of(work: Work) -> dict[str, Any] | None:
    return as_geojson(bytes(work.shape)) if work.shape else None


def lying_in(rows: QuerySet, code: str) -> QuerySet:
    return rows.filter(pk__in=WorkArea.objects.filter(area__code__in=codes_of(code)).values("work"))


WORKS = Resource(
    name="werken",
    title="Werken",
    says="Waar de gemeente aan werkt: wat, waar, welke afdeling, tot wanneer, en op welke wens of afspraak het antwoord is.",
    schema=WorkFields,
    rows=rows,
    show=show,
    key="uuid",
    example="00000000-0000-4000-8000-000000000001",
    filters={
        "gebied": Filter(Code, "Code van een gebied; wat daarin ligt telt mee.", lying_in, "BU03440241"),
        "stand": Filter(Literal[*Stage.values], "Hoever het ermee is.", same("stage")),
        "soort": Filter(Literal[*WorkKind.values], "Project of onderhoud.", same("kind")),
        "opgave": Filter(Code, "Code van een opgave.", same("challenge__code"), "jeugd"),
        "afdeling": Filter(Words, "Naam van een afdeling.", same("department"), "Ruimte"),
        "budget": from_budget("work"),
        "klaar_vanaf": since("until_on", "Laatste dag"),
        "klaar_tot": until("until_on", "Laatste dag"),
    },
    sorts={"totEnMet": "until_on", "vanaf": "from_on", "titel": "title"},
    order="totEnMet",
)
