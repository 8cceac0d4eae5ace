"""Explain an outcome: who paid what for a winner, what a loser lacked, and how the whole came out. Sentences are made elsewhere."""

from collections.abc import Callable
from fractions import Fraction
from math import floor

import numpy as np

from buurtdraad.budgets.tally.columns import columns_of
from buurtdraad.budgets.tally.contest import Contest
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.explanation import NO_ROOM, Explanation, Lost, Overall, Round, Story, Won
from buurtdraad.budgets.tally.lacking import Earned, Replay
from buurtdraad.budgets.tally.result import Purchase, Result
from buurtdraad.budgets.tally.rule import Rule

SHARES = (0, 0.25, 0.5, 1, 2)  # borders of `Overall.shares`, times the budget / voters


def explain(election: Election, rule: Rule, result: Result) -> Explanation:
    """The outcome `count(election, rule)` in numbers, per plan, round by round and overall."""
    contest = Contest(election, rule, columns_of(election, rule))
    why = _losers(contest, result)
    won = {purchase.plan: _won(purchase) for purchase in result.purchases}
    unit = contest.columns.unit
    stories = tuple(
        Story(
            plan.id,
            plan.cost,
            Fraction(contest.columns.votes[place], unit),
            Fraction(contest.points[place], unit),
            won.get(plan.id),
            None if plan.id in won else why(place),
        )
        for place, plan in enumerate(election.plans)
    )
    return Explanation(stories, _rounds(contest, result), _overall(contest, result))


def _won(purchase: Purchase) -> Won:
    effective = purchase.amount / purchase.price if purchase.price else None
    return Won(purchase.how, purchase.amount, purchase.full, purchase.price, purchase.rest, purchase.rest_total, effective)


def _losers(contest: Contest, result: Result) -> Callable[[int], Lost]:
    """How to tell why a plan (by its place) did not win."""
    refusals = {refusal.plan: refusal for refusal in result.refusals}
    paid = [purchase for purchase in result.purchases if purchase.how in ("equal-shares", "phragmen")]
    if contest.rule.kind == "equal-shares" and result.endowment_end is not None:
        lacking: Callable[[int], Lost] = Replay(contest, result.endowment_end, paid).lost
    elif contest.rule.kind == "phragmen":
        lacking = Earned(contest, paid).lost
    else:
        lacking = Places(contest, result).lost

    def why(place: int) -> Lost:
        refusal = refusals.get(contest.plans[place].id)
        if refusal:
            return Lost(refusal.why, refusal.by)
        return lacking(place)

    return why


class Places:
    """The greedy count once more: which winner took the last place that a loser could have had."""

    def __init__(self, contest: Contest, result: Result) -> None:
        self.contest = contest
        bought = [purchase for purchase in result.purchases if purchase.how == "greedy"]
        self.bought = [contest.election.places[purchase.plan] for purchase in bought]
        self.at = {place: number for number, place in enumerate(contest.greedy_order)}

    def lost(self, place: int) -> Lost:
        """The winner before which this plan still fitted, and how many votes (or, by points, points) more would have put it first.

        Exact if nobody else's votes change, and no threshold, cap, earmark or exclusion stands in the way.
        """
        left, taker = self.contest.budget, None
        for winner in self.bought:
            if self.at[winner] > self.at[place]:
                break
            if self.contest.costs[place] <= left:
                taker = winner
            left -= self.contest.costs[winner]
        if taker is None or not self.contest.costs[taker]:
            return Lost(NO_ROOM)
        return Lost(NO_ROOM, self.contest.plans[taker].id, votes_short=self._short(place, taker))

    def _short(self, place: int, taker: int) -> int:
        """The smallest whole number by which the worth of this plan has to grow to come before the taker."""
        contest = self.contest
        by, _, per_cost = contest.rule.greedy_order.partition("-per-")
        worth = contest.points if by == "points" else contest.columns.votes
        factor = Fraction(contest.costs[place], contest.costs[taker]) if per_cost else Fraction(1)
        gap = (worth[taker] * factor - worth[place]) / contest.columns.unit
        return floor(gap) + 1 if contest.rank[taker] < contest.rank[place] or gap != floor(gap) else int(gap)


def _rounds(contest: Contest, result: Result) -> tuple[Round, ...]:
    """One line per purchase. Only Equal Shares gives voters money beforehand."""
    rounds, left = [], Fraction(contest.election.budget)
    purse = None if result.endowment_end is None else result.endowment_end * result.voters
    for purchase in result.purchases:
        left -= purchase.amount
        if purse is not None and purchase.how == "equal-shares":
            rounds.append(Round(purchase.plan, purchase.price, purse, purse - purchase.amount, int(left)))
            purse -= purchase.amount
        else:
            rounds.append(Round(purchase.plan, purchase.price, None, None, int(left)))
    return tuple(rounds)


def _overall(contest: Contest, result: Result) -> Overall:
    columns, budget, unit = contest.columns, contest.election.budget, contest.columns.unit
    worth = np.zeros(len(columns.votes))
    marked = 0
    for purchase in result.purchases:
        place = contest.election.places[purchase.plan]
        worth[place] = purchase.amount * unit / columns.votes[place]
        marked += columns.votes[place]
    wins = np.zeros(len(columns.votes))
    wins[[contest.election.places[winner] for winner in result.winners]] = 1
    owner = np.repeat(np.arange(len(columns.weight)), np.diff(columns.starts))
    share = np.bincount(owner, weights=worth[columns.marks], minlength=len(columns.weight))
    with_winner = np.bincount(owner, weights=wins[columns.marks], minlength=len(columns.weight)) > 0
    counts = (columns.weight > 0) & ((np.diff(columns.starts) > 0) | (contest.rule.blank == "counted"))
    mean = budget * unit / contest.voters if contest.voters else 1.0
    border = np.searchsorted(np.array(SHARES) * mean, share[counts], side="right") - (share[counts] == 0)
    classes = np.bincount(border, weights=columns.weight[counts], minlength=len(SHARES) + 1)
    return Overall(
        voters=result.voters,
        with_winner=Fraction(int(columns.weight[with_winner].sum()), unit),
        share_spent=Fraction(result.cost, budget) if budget else Fraction(0),
        winners_each=Fraction(marked, contest.voters) if contest.voters else Fraction(0),
        shares=tuple(Fraction(int(weight), unit) for weight in classes),
    )
