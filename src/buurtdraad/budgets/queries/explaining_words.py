"""The sentences about one plan: how it was chosen, or why it was not and what it lacked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.queries.counted import CENTS
from buurtdraad.budgets.tally import explanation as why
from buurtdraad.budgets.tally.explanation import Lost, Story, Won, in_currency
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.ui.euros import euros
from buurtdraad.ui.numbers import as_text


@dataclass(frozen=True)
class Names:
    """What plans and labels are called, and the rule by which was counted."""

    titles: dict[str, str]
    rule: Rule

    def of(self, plan: str) -> str:
        return f"{plan}. {self.titles.get(plan, '')}"


def euros_of(cents: Fraction | int) -> Decimal:
    """An exact amount in cents as euros, rounded to the cent for people."""
    return in_currency(cents, CENTS)


def money(cents: Fraction | int) -> str:
    return euros(euros_of(cents))


def people(number: Fraction | int) -> str:
    """How many: a whole number, or with decimals where ballots weigh something else than 1."""
    exact = Fraction(number)
    return as_text(float(exact), 0 if exact.denominator == 1 else 2)


# --- chosen --------------------------------------------------------------------------------------


def won_lines(story: Story, names: Names) -> Iterator[str]:
    """How a plan was chosen."""
    won = story.won
    assert won
    if not story.cost:
        yield _("This plan costs nothing. Somebody chose it, so it is chosen.")
    elif won.how == "equal-shares":
        yield from shared_lines(won, names)
    elif won.how == "phragmen":
        yield ngettext("%(voters)s person had enough together at its turn.", "%(voters)s people had enough together at its turn.",
                       int(story.votes)) % {"voters": people(story.votes)}  # fmt: skip
    elif won.how == "leftover" and won.amount < story.cost:
        yield _("It gets what was left: %(amount)s. The rest has to come from somewhere else.") % {"amount": money(won.amount)}
    elif won.how in ("leftover", "completion"):
        yield _("There was money left. Of the plans that still fitted in it, this one was first.")
    else:
        yield _("It was its turn, and there was still enough money for it.")


def shared_lines(won: Won, names: Names) -> Iterator[str]:
    """Who gave what for it."""
    if won.full and won.price is not None:
        facts = {"voters": people(won.full), "price": money(won.price)}
        if names.rule.utility == "points":
            yield ngettext("%(voters)s person gave %(price)s for every point.",
                           "%(voters)s people gave %(price)s for every point.", int(won.full)) % facts  # fmt: skip
        else:
            yield ngettext("%(voters)s person gave %(price)s.", "%(voters)s people gave %(price)s each.", int(won.full)) % facts
    if won.rest:
        facts = {"voters": people(won.rest), "total": money(won.rest_total)}
        yield ngettext("%(voters)s person had less left and gave all of it: %(total)s.",
                       "%(voters)s people had less left and gave all of it: %(total)s together.", int(won.rest)) % facts  # fmt: skip


# --- not chosen ----------------------------------------------------------------------------------


def lost_lines(story: Story, names: Names) -> Iterator[str]:
    """Why a plan was not chosen, and what it lacked."""
    lost = story.lost
    assert lost
    facts = {"cost": money(story.cost), "by": names.of(lost.by) if lost.by in names.titles else label(lost.by)}
    match lost.why:
        case why.NO_VOTES:
            yield _("Nobody chose this plan.")
        case why.BELOW_VOTES | why.BELOW_SHARE | why.BELOW_COST:
            yield _("It has fewer votes than the rules ask.")
        case why.OVER_BUDGET:
            yield _("It costs %(cost)s. That is more than there was to divide.") % facts
        case why.EXCLUDED:
            yield _("Only one plan can come in this place. That is this one: %(by)s.") % facts
        case why.CAP:
            yield _("There was already as much as the rules allow for: %(by)s.") % facts
        case why.EARMARK:
            yield _("The money that was left is kept for: %(by)s.") % facts
        case why.NOT_PAID:
            yield from not_paid(lost, story)
        case _:
            yield from no_room(lost, story, names)


def not_paid(lost: Lost, story: Story) -> Iterator[str]:
    """Its voters had not enough left to give."""
    left = lost.left or Fraction(0)
    facts = {"voters": people(story.votes), "left": money(left), "cost": money(story.cost), "lack": money(story.cost - left)}
    if left < story.cost:
        yield ngettext("%(voters)s person chose this plan and had %(left)s left to give. It costs %(cost)s.",
                       "%(voters)s people chose this plan. Together they had %(left)s left to give. It costs %(cost)s.",
                       int(story.votes)) % facts  # fmt: skip
        yield _("So it lacked %(lack)s.") % facts
    else:
        yield _("With more to give for everybody, the plans together would cost more than there was.")
    if lost.votes_short and left < story.cost:
        yield ngettext("%(number)s more voter for this plan would have been enough.",
                       "%(number)s more voters for this plan would have been enough.", lost.votes_short) % {
                           "number": as_text(lost.votes_short)}  # fmt: skip


def no_room(lost: Lost, story: Story, names: Names) -> Iterator[str]:
    """Other plans went first, and then there was not enough left."""
    if lost.by:
        yield _("Its place went to this plan, that came before it: %(by)s.") % {"by": names.of(lost.by)}
    elif lost.left is not None:
        facts = {"left": money(lost.left), "cost": money(story.cost)}
        yield _("Its voters had %(left)s together when the count ended. It costs %(cost)s.") % facts
    else:
        yield _("Other plans went first. After those there was not enough money left for it.")
    if lost.votes_short:
        yield short_of(lost.votes_short, by_points=names.rule.kind == "greedy" and "points" in names.rule.greedy_order)


def short_of(number: int, *, by_points: bool) -> str:
    facts = {"number": as_text(number)}
    if by_points:
        return ngettext("%(number)s more point would have been enough.", "%(number)s more points would have been enough.", number) % facts
    return ngettext("%(number)s more vote would have been enough.", "%(number)s more votes would have been enough.", number) % facts


def label(name: str) -> str:
    """A theme in words; another label as it is."""
    return str(Theme(name).label) if name in Theme else name
