"""Initiatieven: what residents start themselves."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from ninja import Field

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.api.resources.asking import from_budget, in_area, since, until
from buurtdraad.api.shape import Filter, Resource, Threaded, Told, Word, at_point, page_for_people, same, word
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage


class InitiativeFields(Threaded):
    """Een plan van bewoners. Wie het doet, staat er niet in."""

    titel: Told
    samenvatting: Told
    verhaal: Told
    gebied: str = Field(description="Code van het gebied.", examples=["BU03440241"])
    plek: Told
    thema: Word
    stap: Word
    waarom: Told = Field(description="Waarom het niet doorgaat.")
    begonnen_op: datetime.date = Field(description="Wanneer het plan hier begon.")
    van: datetime.date | None = Field(description="Eerste dag van wat zij doen.")
    tot: datetime.date | None = Field(description="Laatste dag.")
    klaar_op: datetime.date | None
    resultaat: Told
    geometry: dict[str, Any] | None = Field(description="Punt, afgerond op de straat (GeoJSON, WGS84).")


def rows() -> QuerySet:
    return Initiative.objects.on_site().select_related("area")


def show(plan: Initiative) -> Mapping[str, Any]:
    return {
        "pagina": page_for_people(reverse("initiatives:initiative", args=[plan.slug])),
        "titel": plan.title,
        "samenvatting": plan.summary,
        "verhaal": plan.story,
        "gebied": plan.area.code,
        "plek": plan.place,
        "thema": word(Theme, plan.theme),
        "stap": word(Stage, plan.stage),
        # A reason that nobody read yet stands on no page either.
        "waarom": "" if "why" in plan.waiting else plan.why,
        "begonnen_op": timezone.localdate(plan.made_at),
        "van": plan.from_on,
        "tot": plan.until_on,
        "klaar_op": plan.done_on,
        "resultaat": plan.result,
        "geometry": at_point(plan.latitude, plan.longitude),
    }


INITIATIVES = Resource(
    name="initiatieven",
    title="Initiatieven",
    says="Wat bewoners zelf beginnen, en wat ervan kwam.",
    schema=InitiativeFields,
    rows=rows,
    show=show,
    key="slug",
    filters={
        "gebied": in_area(),
        "thema": Filter(Literal[*Theme.values], "Waar het over gaat.", same("theme")),
        "stap": Filter(Literal[*Stage.values], "Hoever het ermee is.", same("stage")),
        "budget": from_budget("initiative"),
        "begonnen_vanaf": since("made_at", "Begonnen"),
        "begonnen_tot": until("made_at", "Begonnen"),
    },
    sorts={"begonnenOp": "made_at", "klaarOp": "done_on", "titel": "title"},
    order="-begonnenOp",
    example="wilgentuin",
)
