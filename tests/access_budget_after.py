"""Samples of the addresses after a vote about money, for `tests.access`: a result that waits for a second person, and one adopted."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.budgets.actions.adopting import ResultFacts, adopt, propose
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Counted, Part, RulesSheet, Winner
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.money.actions import pots
from buurtdraad.money.states import Source
from buurtdraad.places.models import Area

type People = dict[str, Person]
PLACE = "BU03440241"
DAY = datetime.timedelta(days=1)
HASH = "0" * 64


def after_budget_samples(people: People, at: datetime.datetime) -> dict[str, Any]:
    """Their addresses by name; the area adviser writes results, the area manager adopts them."""
    adviser, manager = people["area_adviser"], people["area_manager"]
    agreement = Agreement.objects.public().order_by("pk").first()
    waits, known = counted_round("counted", people, at), counted_round("adopted", people, at)
    known.plans.filter(number=2).update(agreement=agreement)
    for one in (waits, known):
        propose(one, ResultFacts("Adopted by the mayor.", timezone.localdate(at)), by=adviser, at=at)
    adopt(known, by=manager, at=at)
    commitment = Winner.objects.get(plan__round=known, plan__number=2).commitment
    assert commitment, "plan 2 has its money"
    assert agreement, "the agenda of the place has an agreement"
    return {
        **{f"budgets:{name}": waits.slug for name in ("adopt_result", "result_yes", "result_back")},
        **{f"budgets:{name}": known.slug for name in ("chosen_plans", "plans_now")},
        **{f"budgets:{name}": {"slug": known.slug, "number": 1} for name in ("give_plan", "close_plan")},
        "budgets:of_money": commitment.uuid,
        "budgets:of_agreement": agreement.pk,
    }


def counted_round(name: str, people: People, at: datetime.datetime) -> BudgetRound:
    """A round of two plans of the municipality that both won, counted by two programs, straight into the tables."""
    keeper, area, today = people["programme_manager"], Area.objects.get(code=PLACE), timezone.localdate(at)
    pot = pots.open_pot(name=f"Budget {name}", source=Source.CITY, year=today.year, area=area, by=keeper, at=at)
    pots.put_in(pot, Decimal(5000), why="Council", by=keeper, at=at)
    made = BudgetRound.objects.create(
        slug=f"budget-{name}", name=f"Budget {name}", area=area, year=today.year, pot=pot, stage=RoundStage.CLOSED, made_at=at, closed_at=at
    )
    part = Part.objects.create(round=made, name=name, area=area, amount=Decimal(5000))
    for number in (1, 2):
        BudgetPlan.objects.create(
            round=made, part=part, number=number, title=f"Plan {number}", area=area, theme="green", cost=Decimal(1000),
            stage=PlanStage.LISTED, shown=True, by_municipality=True, made_at=at,
        )  # fmt: skip
    days = {"propose_from": today - 60 * DAY, "propose_until": today - 30 * DAY, "list_on": today - 20 * DAY, "vote_from": at - 10 * DAY}
    days |= {"vote_until": at - DAY, "paper_until": today, "result_on": today}
    RulesSheet.objects.create(round=made, announced_at=at, decides="The mayor", **days)
    won = [{"plan": str(number), "amount": 100000} for number in (1, 2)]
    Counted.objects.create(
        part=part, rule={}, plans=[], budget=part.amount, ballots=0, ballots_hash=HASH, plans_hash=HASH, rule_hash=HASH, whole_hash=HASH,
        result={"purchases": won}, explanation={}, counted_at=at, verified_at=at,
    )  # fmt: skip
    return made
