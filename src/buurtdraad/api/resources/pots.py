"""Budgetten: the pots of money, as the page of the money of an area shows them."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from ninja import Field

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.api.resources.asking import Year, in_area
from buurtdraad.api.resources.euros import Euros
from buurtdraad.api.shape import Filter, Resource, Threaded, Told, Word, page_for_people, same, word
from buurtdraad.money.models import Pot
from buurtdraad.money.queries.pots import free_of, leave_untold_out
from buurtdraad.money.states import Source


class PotFields(Threaded):
    """Geld van één bron, voor een jaar en een gebied: hoeveel er is, wat ervan beloofd en betaald is, en wat er over is."""

    sleutel: UUID
    naam: Told
    jaar: int
    gebied: str = Field(description="Code van het gebied waarvoor het geld is.")
    geld_van: Word = Field(description="Van wie het geld is.")
    partner: str | None = Field(description="Welke organisatie, als het geld van een partner is.")
    thema: Word | None = Field(description="Alleen voor dit thema; leeg: voor alles.")
    waarvoor: Told
    binnen: UUID | None = Field(description="Sleutel van het budget waar dit een deel van is. Tel zo'n deel niet nog eens mee.")
    bedrag: Euros
    vastgelegd: Euros = Field(description="Wat beloofd is, zodra dat bekend is.")
    betaald: Euros
    over: Euros = Field(description="Wat nog te beloven is: niet meer dan er in het budget eromheen over is.")
    gesloten: bool


def rows() -> QuerySet:
    return Pot.objects.select_related("area", "organisation", "within")


def prepare(pots: list[Pot]) -> None:
    """Amounts as everybody may know them, from all pots of these years: one lies in another, and what nobody was told is free."""
    known = {pot.pk: pot for pot in Pot.objects.filter(year__in={pot.year for pot in pots})}
    leave_untold_out(known)
    for pot in pots:
        pot.committed = known[pot.pk].committed
        pot.left = free_of(known[pot.pk], known)  # type: ignore[attr-defined]


def show(pot: Any) -> Mapping[str, Any]:
    page = reverse("money:area_money", args=[pot.area.code])
    return {
        "pagina": page_for_people(f"{page}?{urlencode({'jaar': pot.year})}"),
        "sleutel": pot.uuid,
        "naam": pot.name,
        "jaar": pot.year,
        "gebied": pot.area.code,
        "geld_van": word(Source, pot.source),
        "partner": pot.organisation.name if pot.organisation else None,
        "thema": word(Theme, pot.theme) if pot.theme else None,
        "waarvoor": pot.about,
        "binnen": pot.within.uuid if pot.within else None,
        "bedrag": pot.amount,
        "vastgelegd": pot.committed,
        "betaald": pot.paid,
        "over": pot.left,
        "gesloten": pot.closed_at is not None,
    }


POTS = Resource(
    name="budgetten",
    title="Budgetten",
    says="Het geld voor buurten, per gebied en jaar: hoeveel er is, wat beloofd en betaald is, en wat er over is. "
    "Waar het heen ging, vindt u bij besluiten: vraag daar naar dit budget.",
    schema=PotFields,
    rows=rows,
    show=show,
    prepare=prepare,
    key="uuid",
    example="00000000-0000-4000-8000-000000000001",
    filters={
        "gebied": in_area(),
        "jaar": Filter(Year, "Van welk jaar het geld is.", same("year"), 2026),
        "geld_van": Filter(Literal[*Source.values], "Van wie het geld is.", same("source")),
        "thema": Filter(Literal[*Theme.values], "Alleen voor dit thema.", same("theme")),
        "binnen": Filter(UUID, "Sleutel van een budget: de delen daarvan.", same("within__uuid"), "00000000-0000-4000-8000-000000000001"),
        "gesloten": Filter(bool, "Of het gesloten is.", lambda rows, closed: rows.filter(closed_at__isnull=not closed), True),
    },
    sorts={"jaar": "year", "naam": "name", "bedrag": "amount"},
    order="-jaar",
)
