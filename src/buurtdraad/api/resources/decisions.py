"""Besluiten: the public register of who got money of the fund. The same rows as `/fonds/register/`, and nobody by name."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.urls import reverse
from ninja import Field

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.api.resources.asking import Code, Year, in_area, since, until
from buurtdraad.api.resources.euros import Euros
from buurtdraad.api.shape import Filter, Resource, Threaded, Told, Word, page_for_people, same, word
from buurtdraad.fund.models import Decision
from buurtdraad.fund.queries.register import final_amount, granted_decisions
from buurtdraad.fund.states import Outcome, Stage, Who
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Commitment
from buurtdraad.money.states import Source


class DecisionFields(Threaded):
    """Een besluit waarmee een plan geld van het fonds kreeg, vanaf de dag dat het bekend is."""

    sleutel: UUID
    jaar: int = Field(description="Van welk jaar het geld is.")
    bekend_op: datetime.date
    regeling: str = Field(description="Sleutel van de regeling.")
    gebied: str = Field(description="Code van het gebied van het plan.")
    thema: Word
    wat: Told = Field(description="Naam van het plan; staat het niet op de site, dan het soort plan.")
    initiatief: str | None = Field(description="Sleutel van het initiatief, als het op de site staat.")
    gevraagd_door: Literal["bewoners", "organisatie"]
    uitkomst: Word
    gevraagd: Euros
    toegekend: Euros
    eindbedrag: Euros | None = Field(description="Het bedrag dat vaststaat; leeg: nog niet bekend.")
    betaald: Euros = Field(description="Wat voor dit plan betaald is, van alle besluiten over deze aanvraag samen.")
    geld_van: Word | None = Field(description="Van wie het geld is.")
    budget: UUID | None = Field(description="Sleutel van het budget waar het geld uit komt.")
    teruggenomen: bool


def prepare(decisions: list[Decision]) -> None:
    """Each with `paid_in_all`: what was paid of the money of its application, as far as everybody may know it."""
    promised = Decision.objects.filter(application__in={one.application_id for one in decisions}, commitment__isnull=False)
    pairs = dict.fromkeys(promised.values_list("application", "commitment"))
    paid = dict(Commitment.objects.public().filter(pk__in={key for _of, key in pairs}).order_by().values_list("pk").annotate(Sum("paid")))
    totals: dict[int, Decimal] = {}
    for of, key in pairs:
        totals[of] = totals.get(of, Decimal(0)) + paid.get(key, Decimal(0))
    for one in decisions:
        one.paid_in_all = totals.get(one.application_id, Decimal(0))  # type: ignore[attr-defined]


def show(decision: Any) -> Mapping[str, Any]:
    application, pot = decision.application, decision.commitment.pot if decision.commitment else None
    initiative = application.initiative
    shown, year = initiative.showing == Showing.SHOWN, pot.year if pot else decision.taken_at.year
    return {
        "pagina": page_for_people(f"{reverse('fund:register')}?{urlencode({'jaar': year, 'buurt': initiative.area.code})}"),
        "sleutel": decision.uuid,
        "jaar": year,
        "bekend_op": decision.known_on,
        "regeling": application.rules.scheme.slug,
        "gebied": initiative.area.code,
        "thema": word(Theme, initiative.theme),
        "wat": initiative.title if shown else str(application.get_activity_display()),
        "initiatief": initiative.slug if shown else None,
        "gevraagd_door": "organisatie" if application.who == Who.ORGANISATION else "bewoners",
        "uitkomst": word(Outcome, decision.outcome),
        "gevraagd": decision.asked,
        "toegekend": decision.amount,
        "eindbedrag": final_amount(decision),
        "betaald": decision.paid_in_all,
        "geld_van": word(Source, pot.source) if pot else None,
        "budget": pot.uuid if pot else None,
        "teruggenomen": application.stage == Stage.REVOKED,
    }


def taken_back(rows: QuerySet, asked: bool) -> QuerySet:
    return rows.filter(application__stage=Stage.REVOKED) if asked else rows.exclude(application__stage=Stage.REVOKED)


DECISIONS = Resource(
    name="besluiten",
    title="Besluiten",
    says="Wie kreeg geld? Elk besluit van het fonds dat bekend is, met wat er gevraagd, toegekend en betaald is.",
    schema=DecisionFields,
    rows=granted_decisions,
    show=show,
    prepare=prepare,
    key="uuid",
    example="00000000-0000-4000-8000-000000000010",
    filters={
        "gebied": in_area("application__initiative__area__code"),
        "jaar": Filter(Year, "Van welk jaar het geld is.", same("commitment__pot__year"), 2026),
        "regeling": Filter(Code, "Sleutel van een regeling.", same("application__rules__scheme__slug"), "initiatievenfonds"),
        "thema": Filter(Literal[*Theme.values], "Waar het over gaat.", same("application__initiative__theme")),
        "budget": Filter(
            UUID, "Sleutel van een budget: alles wat daaruit komt.", same("commitment__pot__uuid"), "00000000-0000-4000-8000-000000000001"
        ),
        "teruggenomen": Filter(bool, "Of het geld weer teruggenomen is.", taken_back, True),
        "bekend_vanaf": since("known_on", "Bekend"),
        "bekend_tot": until("known_on", "Bekend"),
    },
    sorts={"bekendOp": "known_on", "toegekend": "amount", "gevraagd": "asked"},
    order="-bekendOp",
)
