"""What can be done with a round now, for the page of the round at work: each subject adds a function to `DOINGS`."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import may_close, may_make, may_see_plans, may_see_to_plans, may_type_paper
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries import codes
from buurtdraad.budgets.states import COUNTED, RESULT, Channel, RoundStage

type Doing = tuple[str, str]  # what one can do, and the address where


def sheet(round_: BudgetRound, person: Person) -> list[Doing]:
    """Of who makes the round: its words, its budgets, and trying other rules."""
    if not may_make(person, round_.area):
        return []
    tried = (_("Try the rules on votes of before"), reverse("budgets:simulate", args=[round_.slug]))
    if round_.stage != RoundStage.PREPARING:
        return [tried]
    return [
        (_("Change the name and what it is for"), reverse("budgets:change_round", args=[round_.slug])),
        (_("Divide the money over budgets"), reverse("budgets:work_parts", args=[round_.slug])),
        tried,
    ]


def proposals(round_: BudgetRound, person: Person) -> list[Doing]:
    """Of who reads plans or says whether they can be done: all plans of the round."""
    if round_.stage == RoundStage.PREPARING or not may_see_plans(person, round_):
        return []
    return [(_("Plans: read them, answer them, put them on the list"), reverse("budgets:work_plans", args=[round_.slug]))]


def voting(round_: BudgetRound, person: Person) -> list[Doing]:
    """Of who types paper."""
    if round_.stage != RoundStage.VOTING or Channel.PAPER not in round_.sheet.channels or not may_type_paper(person, round_):
        return []
    return [(_("Type ballots on paper"), reverse("budgets:paper", args=[round_.slug]))]


def counting(round_: BudgetRound, person: Person) -> list[Doing]:
    """Of who closes it: while people vote; later to look at the count."""
    if round_.stage == RoundStage.VOTING and may_close(person, round_):
        return [(_("Close and count"), reverse("budgets:close", args=[round_.slug]))]
    if round_.stage in COUNTED:
        return [(_("See how it was counted"), reverse("budgets:result", args=[round_.slug]))]
    return []


def after(round_: BudgetRound, person: Person) -> list[Doing]:
    """Of who lays the result before who decides, and sees to the chosen plans."""
    if not may_see_to_plans(person, round_) or round_.elsewhere:
        return []
    result = reverse("budgets:adopt_result", args=[round_.slug])
    if round_.stage == RoundStage.CLOSED:
        return [(_("The result: write it down and let a colleague look"), result)]
    if round_.stage in RESULT:
        return [(_("See to the chosen plans"), reverse("budgets:chosen_plans", args=[round_.slug])), (_("What was decided"), result)]
    return []


DOINGS: tuple[Callable[[BudgetRound, Person], list[Doing]], ...] = (
    sheet,
    proposals,
    # codes
    codes.doings,
    # voting
    voting,
    # counting
    counting,
    # after
    after,
)


def doings(round_: BudgetRound, person: Person) -> list[Doing]:
    """All that this person can do with the round in its step."""
    return [one for subject in DOINGS for one in subject(round_, person)]
