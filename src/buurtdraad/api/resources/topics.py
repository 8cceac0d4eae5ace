"""Onderwerpen: what a neighbourhood chose to work on, in an agenda that was adopted."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from ninja import Field

from buurtdraad.agendas.agenda.models import Topic
from buurtdraad.agendas.agenda.states import Method, Origin, VersionStage
from buurtdraad.api.resources.asking import Code, in_area, yes_or_no
from buurtdraad.api.shape import Filter, Resource, Threaded, Told, Word, page_for_people, same, word


class TopicFields(Threaded):
    """Een onderwerp van een buurtagenda, en hoe het gekozen is."""

    titel: Told
    tekst: Told
    gebied: str = Field(description="Code van het gebied.", examples=["zuilen-oost"])
    versie: int = Field(description="De hoeveelste agenda van het gebied.")
    nummer: int = Field(description="De plaats in de agenda.")
    geldt_nu: bool = Field(description="Of dit de agenda is die nu geldt.")
    geldig_vanaf: datetime.date
    opgave: Word | None = Field(description="De opgave van de stad waar het bij hoort.")
    herkomst: Word = Field(description="Waar het uit kwam.")
    gekozen_met: Word | None = Field(description="Hoe het gekozen is.")
    gekozen_op: datetime.date | None
    stemmen: int | None
    stemmen_samen: int | None = Field(description="Alle stemmen van die keuze.")
    mensen: int | None = Field(description="Hoeveel mensen kozen.")
    stemmen_per_mens: int | None


def rows() -> QuerySet:
    return Topic.objects.exclude(version__stage=VersionStage.DRAFT).select_related("version__area", "challenge")


def show(topic: Topic) -> Mapping[str, Any]:
    return {
        "pagina": page_for_people(reverse("agendas:topic", args=[topic.pk])),
        "titel": topic.title,
        "tekst": topic.text,
        "gebied": topic.version.area.code,
        "versie": topic.version.number,
        "nummer": topic.number,
        "geldt_nu": topic.version.stage == VersionStage.ADOPTED,
        "geldig_vanaf": topic.version.valid_from,
        "opgave": {"code": topic.challenge.code, "naam": topic.challenge.name} if topic.challenge else None,
        "herkomst": word(Origin, topic.origin),
        "gekozen_met": word(Method, topic.method) if topic.method else None,
        "gekozen_op": topic.chosen_on,
        "stemmen": topic.votes,
        "stemmen_samen": topic.votes_total,
        "mensen": topic.people,
        "stemmen_per_mens": topic.per_person,
    }


TOPICS = Resource(
    name="onderwerpen",
    title="Onderwerpen",
    says="Waar buurten samen aan werken: de onderwerpen van hun agenda's.",
    schema=TopicFields,
    rows=rows,
    show=show,
    key="id",
    filters={
        "gebied": in_area("version__area__code"),
        "geldt_nu": yes_or_no("Of de agenda nu geldt.", {"version__stage": VersionStage.ADOPTED}),
        "opgave": Filter(Code, "Code van een opgave van de stad.", same("challenge__code"), "jeugd"),
        "gekozen_met": Filter(Literal[*Method.values], "Hoe het gekozen is.", same("method")),
    },
    sorts={"geldigVanaf": "version__valid_from", "gekozenOp": "chosen_on", "titel": "title"},
    order="-geldigVanaf",
    example="1",
)
