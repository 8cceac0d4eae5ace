"""The result of a round: laid before who decides, and adopted by a second person. Then each plan that won gets its money.

Who decides may depart from the vote. Then the result says which plans and why, for everybody to read.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets import access
from buurtdraad.budgets.actions import becoming, leftover, outcomes, ranking
from buurtdraad.budgets.actions.steps import go, hold, note
from buurtdraad.budgets.models import Adoption, BudgetRound, Counted, Winner
from buurtdraad.budgets.queries.winners import plans_by_number, that_get_money, winners_of
from buurtdraad.budgets.states import PlanStage, RoundStage
from buurtdraad.fund.rules import objection_until
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage


class NotCounted(Refused):
    """The votes are not counted, or no second program counted them."""


class WrongResult(Refused):
    """This cannot be the result of the round."""


class SecondPerson(Refused):
    """Somebody else has to do this."""


@dataclass(frozen=True)
class ResultFacts:
    """What was decided, on which day, and where it departs from the vote: `without` and `also` are numbers of plans, `departs` is why."""

    words: str
    decided_on: datetime.date
    without: Sequence[int] = ()
    also: Sequence[int] = ()
    departs: str = ""


@transaction.atomic
def propose(round_: BudgetRound, facts: ResultFacts, *, by: Person, at: datetime.datetime) -> Adoption:
    """Lay the result before who decides; one that was given back is written anew. A second person adopts it.

    Raises `NotCounted`, `WrongResult`, `SecondPerson` (who made a plan of the round) and `WrongStage`.
    """
    held = hold(round_)
    must_be_counted(held)
    must_not_be_theirs(held, by)
    must_fit(held, facts)
    before = Adoption.objects.filter(round=held).first()
    if before and before.waits:
        raise wrong_stage(f"{held} has a result that waits")
    row = {
        "words": facts.words, "decided_on": facts.decided_on, "without": sorted(set(facts.without)), "also": sorted(set(facts.also)),
        "departs": facts.departs, "back": "", "proposed_by": by.uuid, "proposed_at": at,
    }  # fmt: skip
    adoption, _new = Adoption.objects.update_or_create(round=held, defaults=row)
    note("budget_round.result_proposed", held, by=by, at=at, payload={"without": row["without"], "also": row["also"]})
    return adoption


@transaction.atomic
def give_back(round_: BudgetRound, *, why: str, by: Person, at: datetime.datetime) -> None:
    """It was not decided so, or the words must be otherwise: back to who makes the round. Raises `SecondPerson` and `WrongStage`."""
    held = hold(round_)
    adoption = waiting(held)
    must_be_second(held, adoption, by)
    Adoption.objects.filter(pk=adoption.pk).update(back=why)
    note("budget_round.result_given_back", held, by=by, at=at)
    outcomes.tell_proposer(held, adoption.proposed_by, why, by=by, at=at)


@transaction.atomic
def adopt(round_: BudgetRound, *, by: Person, at: datetime.datetime) -> list[Winner]:
    """Write down that it was decided so: each plan that won gets its money and somebody who does it, and all makers hear it.

    A plan for which nobody can be named by itself waits: `becoming`. Where the vote is about a round of the fund, it puts that in
    order and the fund decides on the money. Raises `SecondPerson`, `WrongResult` and `WrongStage`, and what the fund and the pot refuse.
    """
    held = hold(round_)
    adoption = waiting(held)
    must_be_second(held, adoption, by)
    if adoption.decided_on > timezone.localdate(at):
        raise WrongResult(_("The day of the decision is still to come."))
    won = that_get_money(held, adoption)
    Adoption.objects.filter(pk=adoption.pk).update(adopted_by=by.uuid, adopted_at=at)
    go(held, RoundStage.ADOPTED, by=by, at=at)
    final_on = objection_until(timezone.localdate(at)) + datetime.timedelta(days=1)
    BudgetRound.objects.filter(pk=held.pk).update(final_on=final_on)
    made = [Winner.objects.create(plan=one.plan, place=one.place, amount=one.amount) for one in won]
    if held.fund_round:
        ranking.put_in_order(held, won, by=by, at=at)
    else:
        for winner in made:
            winner.plan.round = held  # one pot for all
            becoming.by_itself(winner, by=by, at=at)
        leftover.see_to(held, by=by, at=at)
    adoption.refresh_from_db()
    outcomes.tell_makers(held, adoption, by=by, at=at)
    round_.refresh_from_db()
    note("budget_round.result_adopted", held, by=by, at=at, payload={"plans": [one.plan.number for one in won]})
    return made


# --- what must be so -----------------------------------------------------------------------------------


def must_be_counted(held: BudgetRound) -> None:
    if held.stage != RoundStage.CLOSED:
        raise wrong_stage(f"{held} is {held.stage}")
    counts = Counted.objects.filter(part__round=held, counted_at__isnull=False)
    if counts.count() < held.parts.count():
        raise NotCounted(_("The votes are not counted yet."))
    if counts.filter(verified_at=None).exists():
        raise NotCounted(_("A second program has to count the votes too. Wait until that is done."))


def must_fit(held: BudgetRound, facts: ResultFacts) -> None:
    """Leaves out only what won, adds only what stands on the list and did not win, says why, and stays within each budget."""
    won = winners_of(held)
    numbers = {one.plan.number for one in won}
    also = plans_by_number(held, facts.also)
    if not set(facts.without) <= numbers:
        raise WrongResult(_("You can leave out only a plan that was chosen."))
    if len(also) != len(set(facts.also)) or any(plan.stage != PlanStage.LISTED or plan.number in numbers for plan in also):
        raise WrongResult(_("You can add only a plan of the list that was not chosen."))
    if (facts.without or facts.also) and not facts.departs.strip():
        raise WrongResult(_("Say why it departs from the vote. Everybody reads it."))
    spent: Counter[int] = Counter()
    for one in won:
        spent[one.plan.part_id] += 0 if one.plan.number in facts.without else one.amount  # type: ignore[assignment]
    for plan in also:
        spent[plan.part_id] += plan.cost or Decimal(0)  # type: ignore[assignment]
    if any(spent[part.pk] > part.amount for part in held.parts.all()):
        raise WrongResult(_("There is not enough money for these plans together."))


def must_be_second(held: BudgetRound, adoption: Adoption, by: Person) -> None:
    if adoption.proposed_by == by.uuid:
        raise SecondPerson(_("You wrote this result yourself. Somebody else has to look at it."))
    must_not_be_theirs(held, by)


def must_not_be_theirs(held: BudgetRound, by: Person) -> None:
    if access.is_theirs(by, held):
        raise SecondPerson(_("You made a plan of this round. Somebody else has to do this."))


def waiting(held: BudgetRound) -> Adoption:
    """The result that waits for a second person. Raises `WrongStage`."""
    adoption = Adoption.objects.filter(round=held).first()
    if adoption is None or not adoption.waits:
        raise wrong_stage(f"{held} has no result that waits")
    return adoption
