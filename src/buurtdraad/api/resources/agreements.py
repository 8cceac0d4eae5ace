"""Afspraken: who does what for a topic, and when."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from ninja import Field

from buurtdraad.agendas.agenda.models import Agreement, Owner
from buurtdraad.agendas.agenda.states import OwnerKind, Role, Stage
from buurtdraad.api.resources.asking import Number, from_budget, in_area, since, until
from buurtdraad.api.shape import Fields, Filter, Resource, Threaded, Told, Word, page_for_people, same, word

# Whoever is no organisation that we know may be a person: then only what kind of person.
UNNAMED = {
    OwnerKind.RESIDENT: "bewoner",
    OwnerKind.ENTREPRENEUR: "ondernemer",
    OwnerKind.PARTNER: "partner",
    OwnerKind.MUNICIPALITY: "gemeente",
}


class OwnerFields(Fields):
    """Wie een afspraak doet. Alleen organisaties staan er met hun naam."""

    naam: str = Field(examples=["De Vechtoever", "bewoner"])
    soort: Word
    rol: Word
    zei_ja: bool


class AgreementFields(Threaded):
    """Een afspraak van een buurtagenda: wie doet wat, en wanneer."""

    nummer: int = Field(description="Nummer binnen het gebied.")
    wat: Told
    gebied: str = Field(description="Code van het gebied.", examples=["zuilen-oost"])
    wie: list[OwnerFields]
    stand: Word
    waarom: Told = Field(description="Waarom het zo staat, in gewone woorden.")
    gemaakt_op: datetime.date
    begint_op: datetime.date | None
    klaar_voor: datetime.date | None = Field(description="De dag die is afgesproken.")
    te_laat: bool = Field(description="De dag is voorbij en het is niet klaar.")
    klaar_op: datetime.date | None
    volgende_stap: Told
    geld_voor: Told = Field(description="Waar geld voor nodig is.")
    bedrag: int | None = Field(description="Hele euro's.")
    wie_betaalt: Told
    resultaat: Told


def rows() -> QuerySet:
    return Agreement.objects.public().select_related("area").prefetch_related("owners__organisation__joined_to")


def show(agreement: Agreement) -> Mapping[str, Any]:
    return {
        "pagina": page_for_people(reverse("agendas:agreement", args=[agreement.pk])),
        "nummer": agreement.number,
        "wat": agreement.what,
        "gebied": agreement.area.code,
        "wie": [named(owner) for owner in agreement.owners.all() if not owner.refused_at],
        "stand": word(Stage, agreement.stage),
        "waarom": agreement.why,
        "gemaakt_op": timezone.localdate(agreement.made_at),
        "begint_op": agreement.start_on,
        "klaar_voor": agreement.due_on,
        "te_laat": agreement.late_on(timezone.localdate()),
        "klaar_op": agreement.done_on,
        "volgende_stap": agreement.next_step,
        "geld_voor": agreement.money_needed,
        "bedrag": agreement.amount,
        "wie_betaalt": agreement.money_source,
        "resultaat": agreement.result,
    }


def named(owner: Owner) -> Mapping[str, Any]:
    return {
        "naam": owner.organisation.whole.name if owner.organisation else UNNAMED[OwnerKind(owner.kind)],
        "soort": word(OwnerKind, owner.kind),
        "rol": word(Role, owner.role),
        "zei_ja": owner.accepted_at is not None,
    }


def late_or_not(rows: QuerySet, yes: bool) -> QuerySet:
    late = Agreement.objects.late(timezone.localdate())
    return rows.filter(pk__in=late.values("pk")) if yes else rows.exclude(pk__in=late.values("pk"))


AGREEMENTS = Resource(
    name="afspraken",
    title="Afspraken",
    says="Wie doet wat voor de buurt, wanneer, en wat ervan kwam.",
    schema=AgreementFields,
    rows=rows,
    show=show,
    key="id",
    filters={
        "gebied": in_area(),
        "stand": Filter(Literal[*Stage.values], "Hoe het ermee staat.", same("stage")),
        "te_laat": Filter(bool, "Of de dag voorbij is en het niet klaar is.", late_or_not, True),
        "onderwerp": Filter(Number, "Sleutel van een onderwerp.", same("topic"), 1),
        "budget": from_budget("agreement"),
        "klaar_vanaf": since("done_on", "Klaar"),
        "klaar_tot": until("done_on", "Klaar"),
    },
    sorts={"gemaaktOp": "made_at", "klaarVoor": "due_on", "klaarOp": "done_on", "nummer": "number"},
    order="-gemaaktOp",
    example="1",
)
