"""An outcome as JSON, for programs, and as lines of text, for a terminal. Amounts in units of currency: exact ("2994/29"), and in cents."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.explanation import Explanation, Lost, Story, Won, in_currency
from buurtdraad.budgets.tally.result import Result
from buurtdraad.budgets.tally.rule import Rule


def as_json(election: Election, rule: Rule, result: Result, explanation: Explanation) -> dict[str, Any]:
    """One object with everything; numbers that may be fractions are text."""
    exact = Exact(election.scale)
    overall = explanation.overall
    return {
        "rule": rule.to_dict(),
        "currency": election.currency,
        "budget": exact.text(election.budget),
        "voters": str(result.voters),
        "winners": list(result.winners),
        "cost": exact.text(result.cost),
        "endowment_start": exact.text(result.endowment_start),
        "endowment_end": exact.text(result.endowment_end),
        "steps": result.steps,
        "explanation": {story.plan: exact.story(story) for story in explanation.stories},
        "rounds": [
            {
                "plan": one.plan,
                "price": exact.both(one.price),
                "before": exact.both(one.before),
                "after": exact.both(one.after),
                "budget_left": exact.text(one.budget_left),
            }
            for one in explanation.rounds
        ],
        "overall": {
            "share_spent": str(overall.share_spent),
            "with_winner": str(overall.with_winner),
            "winners_each": str(overall.winners_each),
            "shares": [str(voters) for voters in overall.shares],
        },
    }


class Exact:
    """Amounts of an election with this scale."""

    def __init__(self, scale: int) -> None:
        self.scale = scale

    def text(self, amount: Fraction | int | None) -> str | None:
        """In units of currency, exact."""
        return None if amount is None else str(Fraction(amount, self.scale))

    def both(self, amount: Fraction | None) -> dict[str, str] | None:
        """Exact, and in cents."""
        return None if amount is None else {"exact": str(amount / self.scale), "rounded": str(in_currency(amount, self.scale))}

    def story(self, story: Story) -> dict[str, Any]:
        """One plan."""
        told = {"cost": self.text(story.cost), "votes": str(story.votes), "points": str(story.points), "won": story.won is not None}
        return told | (self.won(story.won) if story.won else self.lost(story.lost) if story.lost else {})

    def won(self, won: Won) -> dict[str, Any]:
        return {
            "how": won.how,
            "amount": self.text(won.amount),
            "full": str(won.full),
            "price": self.both(won.price),
            "rest": str(won.rest),
            "rest_total": self.both(won.rest_total),
            "effective_votes": None if won.effective_votes is None else str(won.effective_votes),
        }

    def lost(self, lost: Lost) -> dict[str, Any]:
        taken = [{"plan": one.plan, "voters": str(one.voters), "amount": self.both(one.amount)} for one in lost.taken]
        return {"why": lost.why, "by": lost.by, "left": self.both(lost.left), "taken": taken, "votes_short": lost.votes_short}


def as_lines(election: Election, rule: Rule, result: Result, explanation: Explanation) -> Iterator[str]:
    """A table to read: the winners in order of purchase, then the others."""
    stories, names = {story.plan: story for story in explanation.stories}, {plan.id: plan.name for plan in election.plans}
    yield f"{len(election.plans)} plans, {_number(result.voters)} voters, budget {election.currency} {_money(election.budget, election)}"
    yield f"Rule: {rule.kind}, utility {rule.utility}, completion {rule.completion}, stop {rule.stop}, ties by {', '.join(rule.ties)}"
    if result.endowment_start is not None and result.endowment_end is not None:
        start, end = _money(result.endowment_start, election), _money(result.endowment_end, election)
        yield f"Each voter had {start}, in the end {end} ({result.steps} steps)"
    yield ""
    for number, winner in enumerate(result.winners, 1):
        yield f"{number:4}  {winner:12} {_money(stories[winner].cost, election):>16}  {_paid(stories[winner], election):44} {names[winner]}"
    yield ""
    for story in explanation.stories:
        if story.lost:
            yield f"   -  {story.plan:12} {_money(story.cost, election):>16}  {_lacked(story.lost, election):44} {names[story.plan]}"
    overall = explanation.overall
    yield ""
    yield f"Spent {_money(result.cost, election)} ({float(overall.share_spent):.1%} of the budget)"
    yield f"{_number(overall.with_winner)} of {_number(overall.voters)} voters marked at least one winner"


def _paid(story: Story, election: Election) -> str:
    won = story.won
    if won and won.price and won.full:
        rest = f", {_number(won.rest)} their last money" if won.rest else ""
        return f"{_number(won.full)} paid {_money(won.price, election)} each{rest}"
    return f"{_number(story.votes)} votes" + (f", {won.how}" if won and won.how in ("completion", "leftover") else "")


def _lacked(lost: Lost, election: Election) -> str:
    told = lost.why + (f" {lost.by}" if lost.by else "")
    left = "" if lost.left is None else f", had {_money(lost.left, election)}"
    return told + left + ("" if lost.votes_short is None else f", {lost.votes_short} votes short")


def _money(amount: Fraction | int, election: Election) -> str:
    return f"{in_currency(amount, election.scale):,.2f}"


def _number(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.2f}"
