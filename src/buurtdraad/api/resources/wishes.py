"""Wensen: what residents want or miss."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from ninja import Field

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Channel, Kind, Showing, Stage, Theme
from buurtdraad.api.resources.asking import empty_or_not, in_area, since, until
from buurtdraad.api.shape import Filter, Resource, Threaded, Told, Word, at_point, page_for_people, same, word


class WishFields(Threaded):
    """Een wens of probleem van een bewoner, zoals iedereen hem op de site leest."""

    nummer: str = Field(description="Hoe mensen de wens noemen.", examples=["ZO-42"])
    gebied: str = Field(description="Code van het gebied.", examples=["BU03440251"])
    soort: Word = Field(description="Wens of probleem.")
    thema: Word
    tekst: Told = Field(description="Wat er op de site staat, gelezen voor het erop kwam.")
    stap: Word = Field(description="Hoever het ermee is.")
    waarom: Told = Field(description="Waarom het zo staat, in gewone woorden; leeg als dat niet gezegd hoeft.")
    kanaal: Word = Field(description="Hoe de wens binnenkwam. Alle manieren tellen gelijk.")
    gegeven_op: datetime.date
    antwoord_voor: datetime.date = Field(description="De laatste dag waarop het eerste antwoord op tijd is.")
    beantwoord_op: datetime.date | None
    samengevoegd_met: str | None = Field(description="Nummer van de wens waarin deze verdergaat.")
    geometry: dict[str, Any] | None = Field(description="Punt, afgerond op de straat (GeoJSON, WGS84).")


def rows() -> QuerySet:
    found = Wish.objects.on_site().select_related("area", "head")
    return found.only(
        "reference", "area__code", "kind", "theme", "text", "stage", "why", "channel", "given_at", "answer_by", "answered_at",
        "latitude", "longitude", "head__reference", "head__showing",
    )  # fmt: skip


def show(wish: Wish) -> Mapping[str, Any]:
    return {
        "pagina": page_for_people(reverse("pages:wish", args=[wish.reference])),
        "nummer": wish.reference,
        "gebied": wish.area.code,
        "soort": word(Kind, wish.kind),
        "thema": word(Theme, wish.theme),
        "tekst": wish.text,
        "stap": word(Stage, wish.stage),
        "waarom": wish.why,
        "kanaal": word(Channel, wish.channel),
        "gegeven_op": localdate(wish.given_at),
        "antwoord_voor": wish.answer_by,
        "beantwoord_op": localdate(wish.answered_at) if wish.answered_at else None,
        "samengevoegd_met": wish.head.reference if wish.head and wish.head.showing == Showing.SHOWN else None,
        "geometry": at_point(wish.latitude, wish.longitude),
    }


WISHES = Resource(
    name="wensen",
    title="Wensen",
    says="Wat bewoners willen of missen, met hoever het ermee is.",
    schema=WishFields,
    rows=rows,
    show=show,
    key="reference",
    filters={
        "gebied": in_area(),
        "soort": Filter(Literal[*Kind.values], "Wens of probleem.", same("kind")),
        "thema": Filter(Literal[*Theme.values], "Waar het over gaat.", same("theme")),
        "stap": Filter(Literal[*Stage.values], "Hoever het ermee is.", same("stage")),
        "kanaal": Filter(Literal[*Channel.values], "Hoe de wens binnenkwam.", same("channel")),
        "beantwoord": empty_or_not("answered_at", "Of er een antwoord is."),
        "samengevoegd": empty_or_not("head", "Of de wens verdergaat in een andere. De lijst op de site laat die weg: `false`."),
        "gegeven_vanaf": since("given_at", "Gegeven"),
        "gegeven_tot": until("given_at", "Gegeven"),
    },
    sorts={"gegevenOp": "given_at", "nummer": "reference", "antwoordVoor": "answer_by"},
    order="-gegevenOp",
    example="NO-1",
)
