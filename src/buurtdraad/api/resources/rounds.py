"""Rondes: neighbourhood budgets that people divide, with their rules, plans, and the result once everybody may see it."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from ninja import Field

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.api.resources.asking import Year, in_area, since, until
from buurtdraad.api.resources.euros import Euros
from buurtdraad.api.resources.results import ResultFields, TurnoutFields, chosen_in, result_of, turnout_of
from buurtdraad.api.shape import Fields, Filter, Resource, Threaded, Told, Word, at_point, page_for_people, same, word
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, FrozenBallot, Part, RoundMoney
from buurtdraad.budgets.queries.sheet import sections_of
from buurtdraad.budgets.states import BallotKind, PlanStage, RoundStage
from buurtdraad.places.queries import last_name


class PartFields(Fields):
    """Een budget in de ronde."""

    naam: str
    gebied: str
    bedrag: Euros


class DaysFields(Fields):
    """De dagen van de ronde; leeg: nog niet bekend."""

    insturen_vanaf: datetime.date | None
    insturen_tot_en_met: datetime.date | None
    lijst_op: datetime.date | None
    stemmen_vanaf: datetime.datetime | None
    stemmen_tot: datetime.datetime | None
    uitslag_op: datetime.date | None


class AnswersFields(Fields):
    """Een vraag over de spelregels, met de antwoorden in gewone woorden."""

    vraag: Told
    antwoorden: list[str]


class PlanFields(Fields):
    """Een plan in de ronde."""

    nummer: int
    titel: Told
    samenvatting: Told
    gebied: str
    thema: Word
    kosten: Euros | None
    stand: Word
    waarom: Told = Field(description="Waarom het niet kan of teruggenomen is; anders leeg.")
    gekozen: bool | None = Field(description="Of het geld krijgt; leeg zolang de uitslag niet bekend is.")
    krijgt: Euros | None = Field(description="Hoeveel euro het krijgt.")
    punt: dict[str, Any] | None = Field(description="Punt, afgerond op de straat (GeoJSON, WGS84).")
    pagina: str


class RoundFields(Threaded):
    """Een budget van een gebied en een jaar dat bewoners samen verdelen."""

    sleutel: str = Field(examples=["geuzenwijk-2026"])
    naam: str
    gebied: str = Field(description="Code van het gebied.")
    jaar: int
    waarvoor: Told
    stand: Word
    waarom: Told = Field(description="Waarom de ronde niet doorgaat; anders leeg.")
    bedrag: Euros = Field(description="Wat er te verdelen is.")
    budget: UUID | None = Field(description="Sleutel van het budget waar het geld in zit.")
    delen: list[PartFields]
    dagen: DaysFields
    stembiljet: Word
    regels: list[AnswersFields]
    regels_als_gegevens: str = Field(description="De telregels als JSON: daarmee en met de stembiljetten kan iedereen natellen.")
    plannen: list[PlanFields]
    opkomst: TurnoutFields | None = Field(description="Leeg tot de stemmen geteld zijn.")
    uitslag: ResultFields | None = Field(description="Leeg tot de stemmen geteld zijn.")


def rows() -> QuerySet:
    kept = Exists(FrozenBallot.objects.filter(part=OuterRef("pk")))
    large = [f"counted__{name}" for name in ("receipts", "explanation", "beside")]
    parts = Part.objects.select_related("area", "counted").defer(*large).annotate(ballots_kept=kept, place=last_name("area"))
    plans = BudgetPlan.objects.public().select_related("area", "winner").defer("story").order_by("number")
    return (
        BudgetRound.objects.public()
        .select_related("sheet", "area", "pot", "adoption")
        .annotate(place=last_name("area"))
        .prefetch_related(
            Prefetch("parts", parts.order_by("order", "pk")),
            Prefetch("plans", plans),
            Prefetch("sources", RoundMoney.objects.select_related("pot")),
        )
    )


def names_in(round_: Any) -> dict[str, str]:
    """The names of its areas by code, as they were read with it."""
    return {one.area.code: one.place for one in (round_, *round_.parts.all()) if one.place}


def show(round_: Any) -> Mapping[str, Any]:
    parts, sheet = list(round_.parts.all()), round_.sheet
    return {
        "pagina": page_for_people(reverse("budgets:round", args=[round_.slug])),
        "sleutel": round_.slug,
        "naam": round_.name,
        "gebied": round_.area.code,
        "jaar": round_.year,
        "waarvoor": round_.about,
        "stand": word(RoundStage, round_.stage),
        "waarom": round_.why,
        "bedrag": sum(part.amount for part in parts),
        "budget": round_.pot.uuid if round_.pot else None,
        "delen": [{"naam": part.name, "gebied": part.area.code, "bedrag": part.amount} for part in parts],
        "dagen": {
            "insturen_vanaf": sheet.propose_from,
            "insturen_tot_en_met": sheet.propose_until,
            "lijst_op": sheet.list_on,
            "stemmen_vanaf": sheet.vote_from,
            "stemmen_tot": sheet.vote_until,
            "uitslag_op": sheet.result_on,
        },
        "stembiljet": word(BallotKind, sheet.ballot),
        "regels": [
            {"vraag": one.title, "antwoorden": [str(line) for line in one.lines]}
            for one in sections_of(round_, parts, round_.sources.all(), names_in(round_))
        ],
        "regels_als_gegevens": page_for_people(reverse("budgets:rules_json", args=[round_.slug])),
        "plannen": plans_of(round_),
        "opkomst": turnout_of(round_),
        "uitslag": result_of(round_),
    }


def plans_of(round_: BudgetRound) -> list[dict[str, Any]]:
    chosen = chosen_in(round_)
    return [
        {
            "nummer": plan.number,
            "titel": plan.title,
            "samenvatting": plan.summary,
            "gebied": plan.area.code,
            "thema": word(Theme, plan.theme),
            "kosten": plan.cost,
            "stand": word(PlanStage, plan.stage),
            "waarom": plan.why,
            "gekozen": plan.number in chosen if chosen is not None else None,
            "krijgt": (chosen or {}).get(plan.number),
            "punt": at_point(plan.latitude, plan.longitude),
            "pagina": page_for_people(reverse("budgets:plan", args=[round_.slug, plan.number])),
        }
        for plan in round_.plans.all()
    ]


ROUNDS = Resource(
    name="rondes",
    title="Rondes",
    says="Geld dat bewoners van een gebied samen verdelen: spelregels, plannen, opkomst en uitslag.",
    schema=RoundFields,
    rows=rows,
    show=show,
    key="slug",
    example="geuzenwijk-2026",
    filters={
        "gebied": in_area(),
        "jaar": Filter(Year, "Het jaar van de ronde.", same("year"), 2026),
        "stand": Filter(Literal[*(stage for stage in RoundStage.values if stage != RoundStage.PREPARING)], "Hoever het is.", same("stage")),
        "stemmen_vanaf": since("sheet__vote_from__date", "Stemmen begint"),
        "stemmen_tot": until("sheet__vote_until__date", "Stemmen eindigt"),
    },
    sorts={"jaar": "year", "naam": "name", "stemmenTot": "sheet__vote_until"},
    order="-jaar",
)
