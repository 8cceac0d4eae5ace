"""What everybody may see of a vote: totals of groups that are not small, and which plans get money. As the page of the result."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from ninja import Field

from buurtdraad.api.resources.euros import Euros
from buurtdraad.api.shape import Fields, Told, page_for_people
from buurtdraad.budgets.models import BudgetRound, Counted
from buurtdraad.budgets.queries.files import enough_ballots, files_with
from buurtdraad.budgets.queries.winners import bought
from buurtdraad.budgets.states import COUNTED, RESULT, AgeBand, Channel

SMALLEST = 10


class GroupFields(Fields):
    """Een groep met hoeveel mensen stemden; leeg: te klein om te laten zien."""

    code: str
    naam: str
    gestemd: int | None
    met_een_code: int | None = Field(None, description="Hoeveel mensen zo een stemcode kregen.")


class TurnoutFields(Fields):
    """Hoeveel mensen stemden. Alleen totalen van groepen die groot genoeg zijn."""

    kleinste_groep: int = Field(description="Van minder mensen dan dit staat hier geen getal.")
    gestemd: int | None
    met_een_code: int | None
    manieren: list[GroupFields]
    leeftijden: list[GroupFields]
    gebieden: list[GroupFields]


class CountFields(Fields):
    """De telling van één budget."""

    naam: str
    budget: Euros
    verdeeld: Euros
    stembiljetten: int | None = Field(description="Leeg: te weinig om te laten zien.")
    blanco: int | None = Field(description="Leeg: te weinig om te laten zien.")
    nageteld: bool = Field(description="Of een tweede programma hetzelfde vond.")
    sha256: str = Field(description="Over de bestanden zoals ze bij het sluiten waren.")
    bestanden: list[str] = Field(description="Adressen om na te tellen: stembiljetten (als het er genoeg zijn), plannen, regels, uitslag.")


class ResultFields(Fields):
    """De uitslag; voorlopig tot wie dat moet, haar vaststelt."""

    voorlopig: bool
    vastgesteld_op: datetime.date | None
    wie_stelt_vast: str
    woorden: Told = Field(description="Wat er besloten is, in gewone woorden.")
    anders_dan_de_stemming: Told = Field(description="Waarom het besluit anders is dan de stemming; leeg als dat niet zo is.")
    tellingen: list[CountFields]
    pagina: str


def counts_of(round_: BudgetRound) -> list[Counted]:
    """The counts of a closed round, budget by budget, from what was read with it."""
    if round_.stage not in COUNTED:
        return []
    return [part.counted for part in round_.parts.all() if hasattr(part, "counted")]


def shown_counts(round_: BudgetRound) -> list[Counted]:
    """The same, when all were counted and no second program found something else; before that none."""
    counts = counts_of(round_)
    return counts if all(one.counted_at and not one.differs for one in counts) else []


def chosen_in(round_: BudgetRound) -> dict[int, Decimal] | None:
    """Numbers of the plans that get money with their euros: as adopted, before that as counted; None while nobody may know."""
    if round_.stage in RESULT:
        return {plan.number: plan.winner.amount for plan in round_.plans.all() if hasattr(plan, "winner")}
    counts = shown_counts(round_)
    return {number: amount for one in counts for number, amount in bought(one)} if counts else None


def turnout_of(round_: BudgetRound) -> dict[str, Any] | None:
    """Turnout as it was kept when the ballots were frozen: without small groups."""
    kept = next((one.turnout for one in counts_of(round_)), None)
    if not kept:
        return None
    least = max(kept.get("least", SMALLEST), SMALLEST)
    return {
        "kleinste_groep": least,
        "gestemd": shown(kept["voted"], least),
        "met_een_code": shown(kept["codes"], least),
        "manieren": list(groups(kept["channels"], dict(Channel.choices), least)),
        "leeftijden": list(groups(kept["ages"], dict(AgeBand.choices), least)),
        "gebieden": list(groups(kept["areas"], {}, least)),
    }


def shown(number: int | None, least: int) -> int | None:
    """The number, where it is no small group; nobody is a group that may be told."""
    return None if number is None or 0 < number < least else number


def groups(lines: Iterable[dict[str, Any]], names: dict[str, Any], least: int) -> Iterable[dict[str, Any]]:
    for one in lines:
        numbers = {"gestemd": shown(one["voted"], least), "met_een_code": shown(one.get("codes"), least)}
        yield {"code": one["key"], "naam": str(names.get(one["key"], one["key"]))} | numbers


def result_of(round_: BudgetRound) -> dict[str, Any] | None:
    """The result with its counts; None while the votes are not counted."""
    counts = shown_counts(round_)
    if not counts and round_.stage not in RESULT:
        return None
    adoption = getattr(round_, "adoption", None)
    adopted = adoption if adoption and adoption.adopted_at else None
    return {
        "voorlopig": round_.stage not in RESULT,
        "vastgesteld_op": adopted.decided_on if adopted else None,
        "wie_stelt_vast": round_.sheet.decides,
        "woorden": adopted.words if adopted else "",
        "anders_dan_de_stemming": adopted.departs if adopted else "",
        "tellingen": [count_of(round_, number, one) for number, one in enumerate(counts, start=1)],
        "pagina": page_for_people(reverse("budgets:result", args=[round_.slug])),
    }


def count_of(round_: BudgetRound, number: int, one: Any) -> dict[str, Any]:
    least = max(one.turnout.get("least", SMALLEST), SMALLEST)
    names = files_with(enough_ballots(one) and one.part.ballots_kept)
    return {
        "naam": one.part.name,
        "budget": one.budget,
        "verdeeld": sum((amount for _number, amount in bought(one)), Decimal(0)),
        "stembiljetten": shown(one.ballots, least),
        "blanco": shown(one.blank, least),
        "nageteld": one.verified_at is not None,
        "sha256": one.whole_hash,
        "bestanden": [page_for_people(reverse("budgets:result_file", args=[round_.slug, number, name])) for name in names],
    }
