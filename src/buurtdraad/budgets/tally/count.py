"""Count an election by a rule: `count(election, rule)` is all that the rest of the product needs."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from buurtdraad.budgets.tally.columns import columns_of
from buurtdraad.budgets.tally.contest import Contest
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.equal_shares import Buyers, Run, purchase
from buurtdraad.budgets.tally.greedy import Spree, buy_greedily, spend_leftover
from buurtdraad.budgets.tally.phragmen import buy_in_turn
from buurtdraad.budgets.tally.result import Refusal, Result
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.steps import grow


@dataclass(frozen=True)
class Ways:
    """Ways to count that change the time it takes and nothing else; tests switch them off and compare."""

    grouping: bool = True
    skipping: bool = True
    floats: bool = True


ALL_WAYS = Ways()


@dataclass(frozen=True)
class Endowments:
    """What Equal Shares gave everybody, in the smallest unit."""

    start: Fraction
    end: Fraction
    steps: int


def count(election: Election, rule: Rule, ways: Ways = ALL_WAYS) -> Result:
    """The winners of this election by this rule, exactly. Amounts are in the smallest unit of the election."""
    contest = Contest(election, rule, columns_of(election, rule, grouping=ways.grouping))
    endowments, spree = None, Spree(contest)
    if rule.kind == "equal-shares" and contest.voters:
        spree, endowments = _share_equally(contest, ways)
    elif rule.kind == "greedy":
        buy_greedily(spree, "greedy", rule.misfit)
    elif rule.kind == "phragmen":
        buy_in_turn(spree, floats=ways.floats)
    spend_leftover(spree)
    return _result(spree, endowments)


def _share_equally(contest: Contest, ways: Ways) -> tuple[Spree, Endowments]:
    rule, buyers, scale = contest.rule, Buyers(contest), contest.election.scale
    start = Fraction(contest.budget, contest.voters)
    if rule.start == "whole":
        start = Fraction(floor(start / scale) * scale)
    if rule.completion == "none":
        run, steps = Run(buyers, start, ways.floats).finish(), 0
    else:
        run, steps = grow(buyers, start, rule.step * scale, rule.stop, skipping=ways.skipping, floats=ways.floats)
    spree = Spree(contest, run.state)
    for turn in run.turns:
        if turn.refusal:
            spree.refusals[turn.refusal.plan] = turn.refusal
        else:
            spree.purchases.append(purchase(buyers, turn))
    for place in run.unsettled:
        spree.may(place)  # keeps why a plan that never was affordable may not win now
    if rule.completion == "add1u":
        buy_greedily(spree, "completion", "skip")
    return spree, Endowments(start, run.endowment, steps)


def _result(spree: Spree, endowments: Endowments | None) -> Result:
    contest = spree.contest
    won = {bought.plan for bought in spree.purchases}
    refusals = [Refusal(contest.plans[place].id, why) for place, why in contest.out.items()]
    refusals += [refusal for refusal in spree.refusals.values() if refusal.plan not in won]
    unit = contest.columns.unit
    return Result(
        purchases=tuple(spree.purchases),
        refusals=tuple(refusals),
        cost=spree.turns.spent // unit,
        voters=Fraction(contest.voters, unit),
        endowment_start=endowments.start if endowments else None,
        endowment_end=endowments.end if endowments else None,
        steps=endowments.steps if endowments else 0,
    )
