"""A count in words that anybody understands: of each winner who gave what, of each other plan what it lacked and where that went.

Pure: the numbers were made when it was counted (`tally.explain`), and nothing is asked of the database here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.budgets.models import Counted
from buurtdraad.budgets.queries.counted import CENTS, explanation_of, read_as, result_of
from buurtdraad.budgets.queries.explaining_words import Names, euros_of, lost_lines, money, people, won_lines
from buurtdraad.budgets.queries.rule_words import counting, name_of
from buurtdraad.budgets.sharing import of_hundred
from buurtdraad.budgets.tally.explanation import Explanation, Overall, Story, Taken
from buurtdraad.budgets.tally.result import Result
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.ui.numbers import as_text


@dataclass(frozen=True)
class Told:
    """One plan: what it asked and got (euros), its votes, and how it came that it was chosen or not."""

    number: int
    title: str
    cost: Decimal
    votes: str
    lines: list[str]
    amount: Decimal = Decimal(0)
    taken: list[tuple[int, str, str]] = field(default_factory=list)
    beside: bool = False


@dataclass(frozen=True)
class Step:
    """One turn of the count: the plan, what it got, and what was left after it (euros)."""

    number: int
    title: str
    amount: Decimal
    before: Decimal
    left: Decimal
    lines: list[str]


@dataclass(frozen=True)
class OtherWay:
    """The same ballots by another rule: its name, and what it would change."""

    name: str
    says: list[str]
    head: list[str]
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True)
class CountStory:
    """A whole count in words."""

    name: str
    how: list[str]
    budget: Decimal
    says: list[str]
    winners: list[Told]
    others: list[Told]
    withdrawn: list[str]
    steps: list[Step]
    spread: list[tuple[str, int]]
    beside: OtherWay | None


def story_of(one: Counted) -> CountStory:
    """The count of one budget, for its page. Needs a count that was made (`counted_at`)."""
    names, result, explanation = names_in(one), result_of(one.part), explanation_of(one)
    rule = names.rule
    elsewhere = set(one.beside["winners"]) if one.beside else set()
    stories = {story.plan: story for story in explanation.stories}
    return CountStory(
        name=name_of(rule),
        how=list(counting(rule)),
        budget=one.budget,
        says=list(overall_lines(one, result, explanation.overall)),
        winners=[told(stories[plan], names, elsewhere) for plan in result.winners],
        others=[told(story, names, elsewhere) for story in by_votes(explanation) if story.won is None],
        withdrawn=[f"{plan['number']}. {plan['title']}" for plan in one.plans if plan["withdrawn"]],
        steps=steps_of(result, stories, names, one.budget),
        spread=spread_of(explanation.overall) if one.ballots >= one.turnout.get("least", 10) else [],
        beside=other_way(one, result, explanation.overall, names) if one.beside else None,
    )


def names_in(one: Counted) -> Names:
    return Names({str(plan["number"]): plan["title"] for plan in one.plans}, Rule.from_dict(one.rule))


def lines_of_losers(one: Counted) -> dict[int, Callable[[], list[str]]]:
    """Of each plan that did not win why not, in the language of the moment that it is asked; the count is read once for all of them."""
    if not one.explanation:
        return {}
    names = names_in(one)
    return {int(story.plan): partial(lines_of, story, names) for story in explanation_of(one).stories if story.won is None}


def lines_of(story: Story, names: Names) -> list[str]:
    """How it came that a plan was chosen or not."""
    return list(won_lines(story, names) if story.won else lost_lines(story, names))


def by_votes(explanation: Explanation) -> list[Story]:
    return sorted(explanation.stories, key=lambda story: (-story.votes, int(story.plan)))


def told(story: Story, names: Names, elsewhere: set[str]) -> Told:
    """One plan in words."""
    taken = [(int(one.plan), names.of(one.plan), given(one)) for one in story.lost.taken] if story.lost else []
    return Told(
        number=int(story.plan),
        title=names.titles[story.plan],
        cost=euros_of(story.cost),
        votes=votes_of(story, names),
        lines=lines_of(story, names),
        amount=euros_of(story.won.amount) if story.won else Decimal(0),
        taken=taken,
        beside=story.plan in elsewhere,
    )


def votes_of(story: Story, names: Names) -> str:
    votes = ngettext("%(number)s vote", "%(number)s votes", int(story.votes)) % {"number": people(story.votes)}
    if names.rule.utility != "points" and "points" not in names.rule.greedy_order:
        return votes
    return _("%(votes)s, %(points)s points") % {"votes": votes, "points": people(story.points)}


def given(one: Taken) -> str:
    facts = {"amount": money(one.amount), "voters": people(one.voters)}
    return ngettext("%(amount)s of %(voters)s person", "%(amount)s of %(voters)s people", int(one.voters)) % facts


# --- the whole -----------------------------------------------------------------------------------


def overall_lines(one: Counted, result: Result, overall: Overall) -> Iterator[str]:
    """How many plans, how much money, and how many people see something of their own."""
    plans = sum(not plan["withdrawn"] for plan in one.plans)
    yield ngettext("%(chosen)s of %(plans)s plan is chosen.", "%(chosen)s of the %(plans)s plans are chosen.", plans) % {
        "chosen": len(result.winners), "plans": plans,
    }  # fmt: skip
    yield _("Together they cost %(cost)s. There was %(budget)s to divide.") % {
        "cost": money(Fraction(result.cost)), "budget": money(Fraction(one.budget) * CENTS),
    }  # fmt: skip
    if overall.voters:
        share = 100 - per_hundred(overall)
        yield _("Of every 100 people who chose something, %(share)s see at least one of their plans chosen.") % {"share": share}
    if one.blank:
        yield ngettext("%(number)s person chose nothing.", "%(number)s people chose nothing.", one.blank) % {"number": as_text(one.blank)}
    if result.endowment_start is not None and result.endowment_end is not None and overall.voters:
        facts = {"start": money(result.endowment_start), "end": money(result.endowment_end)}
        yield _("Every voter had the same to give: first %(start)s, and at the end of the count %(end)s.") % facts


def spread_of(overall: Overall) -> list[tuple[str, int]]:
    """How many of each 100 voters got which part of an equal share of the money; together they are 100."""
    labels = (
        _("Nothing of their choice"),
        _("Less than a quarter of an equal part"),
        _("A quarter to a half of it"),
        _("A half to a whole of it"),
        _("One to two equal parts"),
        _("More than two equal parts"),
    )
    if not overall.voters:
        return []
    return list(zip(labels, of_hundred(overall.shares), strict=True))


def steps_of(result: Result, stories: dict[str, Story], names: Names, budget: Decimal) -> list[Step]:
    """The turns of the count in their order."""
    steps, left = [], budget
    for bought in result.purchases:
        amount = euros_of(bought.amount)
        lines = list(won_lines(stories[bought.plan], names))
        steps.append(Step(int(bought.plan), names.titles[bought.plan], amount, left, left - amount, lines))
        left -= amount
    return steps


def other_way(one: Counted, result: Result, ours: Overall, names: Names) -> OtherWay:
    """What the other rule makes of the same ballots."""
    beside = one.beside or {}
    theirs = read_as(Explanation, beside["explanation"]).overall
    cost = beside["result"]["cost"]
    here, there = set(result.winners), set(beside["winners"])
    chosen, not_chosen = _("chosen"), _("not chosen")
    rows = [
        (names.of(plan), chosen if plan in here else not_chosen, chosen if plan in there else not_chosen)
        for plan in names.titles
        if plan in here | there
    ]
    says = [nothing_changes() if here == there else changes(here, there)]
    if ours.voters:
        without = {"here": per_hundred(ours), "there": per_hundred(theirs)}
        says.append(
            _("Of every 100 people who chose something, %(here)s see none of their plans chosen. By the other way: %(there)s.") % without
        )
    facts = {"here": money(Fraction(result.cost)), "there": money(Fraction(cost))}
    says.append(_("This way spends %(here)s, the other way %(there)s.") % facts)
    name = name_of(Rule.from_dict(beside["rule"]))
    return OtherWay(name, says, [_("Plan"), name_of(names.rule), name], rows)


def nothing_changes() -> str:
    return _("The same plans would be chosen.")


def changes(here: set[str], there: set[str]) -> str:
    more, fewer = len(there - here), len(here - there)
    return _("Not chosen here, but chosen by the other way: %(more)s. The other way around: %(fewer)s.") % {"more": more, "fewer": fewer}


def per_hundred(overall: Overall) -> int:
    return round(100 * (overall.voters - overall.with_winner) / overall.voters) if overall.voters else 0
