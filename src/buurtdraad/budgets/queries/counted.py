"""From the tables to what the tally counts, and from the count as it is kept to what a page shows. Imports no numpy."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args, get_origin, get_type_hints

from django.db.models import Count

from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Counted, FrozenBallot, Part
from buurtdraad.budgets.states import PlanStage
from buurtdraad.budgets.tally.election import Ballot, Election, Plan
from buurtdraad.budgets.tally.explanation import Explanation
from buurtdraad.budgets.tally.result import Result
from buurtdraad.budgets.tally.rule import Rule

CENTS = 100


# --- what is counted -----------------------------------------------------------------------------


def plans_of(part: Part) -> list[dict[str, Any]]:
    """What is on the ballot now, as it is kept for good (2 queries). A plan that was taken back while people voted is named as such."""
    on_ballot = BudgetPlan.objects.filter(part=part, stage__in=[PlanStage.LISTED, PlanStage.WITHDRAWN], shown=True, cost__isnull=False)
    return [
        {
            "number": plan.number,
            "title": plan.title,
            "cost": str(plan.cost),
            "theme": plan.theme,
            "area": plan.area.code,
            "spot": plan.spot.name if plan.spot else "",
            "withdrawn": plan.stage == PlanStage.WITHDRAWN,
        }
        for plan in on_ballot.select_related("area", "spot").order_by("number")
    ]


def election_of(part: Part) -> Election:
    """The frozen ballots of a budget as the tally counts them: equal ballots once, with their number (2 queries).

    Marks of a plan that was taken back count for nothing. Amounts in cents.
    """
    counted = part.counted
    listed = [plan for plan in counted.plans if not plan["withdrawn"]]
    plans = [Plan(str(plan["number"]), cents(plan["cost"]), plan["title"], (plan["theme"], plan["area"])) for plan in listed]
    known = {plan.id for plan in plans}
    found = FrozenBallot.objects.filter(part=part).values_list("marks", "channel").annotate(number=Count("pk"))
    ballots = (ballot_of(marks, known, channel, number) for marks, channel, number in found.iterator())
    return Election.of_ballots(plans, cents(counted.budget), ballots, scale=CENTS)


def election_named(name: str) -> tuple[Election, Rule] | None:
    """The election and the rule of a closed round, by the last part of its address; of a round with more budgets `NAME/2` is the second.

    None for a round that is not there or not closed: its ballots are secret.
    """
    slug, _slash, number = name.partition("/")
    parts = list(Counted.objects.filter(part__round__slug=slug).select_related("part").order_by("part__order", "part"))
    place = int(number) if number.isascii() and number.isdigit() else 1
    if not 1 <= place <= len(parts):
        return None
    return election_of(parts[place - 1].part), Rule.from_dict(parts[place - 1].rule)


def ballot_of(marks: dict[str, int], known: set[str], channel: str, number: int) -> Ballot:
    kept = [(plan, points) for plan, points in marks.items() if plan in known]
    return Ballot(tuple(plan for plan, _points in kept), tuple(points for _plan, points in kept), number, channel)


def cents(amount: Decimal | str) -> int:
    return int(Decimal(amount) * CENTS)


# --- what was counted ----------------------------------------------------------------------------


def as_facts(thing: Any) -> Any:
    """A result or an explanation as plain JSON: fractions are text ("2994/29")."""
    match thing:
        case Fraction():
            return str(thing)
        case dict():
            return {str(key): as_facts(value) for key, value in thing.items()}
        case list() | tuple() | frozenset():
            return [as_facts(part) for part in thing]
    if is_dataclass(thing):
        return {field.name: as_facts(getattr(thing, field.name)) for field in fields(thing)}
    return thing


def result_of(part: Part) -> Result:
    """The count of a budget as the tally gave it. Amounts in cents."""
    return result_from(part.counted.result or {})


def result_from(facts: dict[str, Any]) -> Result:
    """What `as_facts` wrote of a result."""
    return read_as(Result, facts)


def read_as[Kind](kind: type[Kind], facts: dict[str, Any]) -> Kind:
    """A dataclass of the tally from the facts that `as_facts` made of it."""
    hints = get_type_hints(kind)
    return kind(**{name: read_value(hints[name], value) for name, value in facts.items()})


def read_value(hint: Any, value: Any) -> Any:
    kinds = [hint, *get_args(hint)]
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return tuple(read_value(kinds[1], one) for one in value)
    if Fraction in kinds:
        return Fraction(value)
    facts_of = next((kind for kind in kinds if is_dataclass(kind)), None)
    return read_as(facts_of, value) if isinstance(facts_of, type) else value


def explanation_of(counted: Counted) -> Explanation:
    """What there is to tell of a count, in numbers. Amounts in cents."""
    return read_as(Explanation, counted.explanation or {})


def counted_parts(round_: BudgetRound) -> list[Counted]:
    """The counts of a round, budget by budget (1 query)."""
    return list(Counted.objects.filter(part__round=round_).select_related("part__area", "part__round").order_by("part__order", "part"))
