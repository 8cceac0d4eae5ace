"""What a rules sheet still needs before it can be announced."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.rounds import ZERO, days_of
from buurtdraad.budgets.rules import first_wrong
from buurtdraad.budgets.states import BallotKind
from buurtdraad.budgets.tally.rule import Rule, WrongRule
from buurtdraad.ui.euros import euros


class Missing(NamedTuple):
    """One thing that is missing, and the page where it is filled in."""

    says: str
    url: str


def missing(round_: BudgetRound, *, at: datetime.datetime) -> list[Missing]:
    """All of it, in the order of the sheet: the money, the way of voting and counting, the days, and who decides."""
    return [*of_money(round_), *of_voting(round_), *of_days(round_, at), *of_decision(round_)]


def of_money(round_: BudgetRound) -> Iterator[Missing]:
    lies = round_.pot.free if round_.pot else ZERO
    parts = round_.parts.aggregate(all=Sum("amount"))["all"] or ZERO
    if not lies:
        yield Missing(_("There is no money in the round yet."), reverse("budgets:work_sources", args=[round_.slug]))
    elif lies != parts:
        says = _("The budgets together are %(parts)s. There is %(lies)s in the pot of the round.")
        yield Missing(says % {"parts": euros(parts), "lies": euros(lies)}, reverse("budgets:work_parts", args=[round_.slug]))
    if round_.parts.filter(amount=0).exists() and lies:
        yield Missing(_("A budget of the round is zero."), reverse("budgets:work_parts", args=[round_.slug]))


def of_voting(round_: BudgetRound) -> Iterator[Missing]:
    sheet = round_.sheet
    if not sheet.channels:
        yield Missing(_("Choose how people can vote."), step(round_, "stemmen"))
    try:
        rule = Rule.from_dict(sheet.rule)
    except WrongRule:
        yield Missing(_("Choose how the votes are counted."), step(round_, "tellen"))
        return
    if rule.utility == "points" and sheet.ballot not in {BallotKind.POINTS, BallotKind.RANK}:
        yield Missing(_("Points can only be counted when people give points or put plans in order."), step(round_, "tellen"))


def of_days(round_: BudgetRound, at: datetime.datetime) -> Iterator[Missing]:
    days = days_of(round_.sheet)
    if wrong := first_wrong(days):
        says = _("Look at this day again: %(day)s") if getattr(days, wrong) else _("A day is missing: %(day)s")
        yield Missing(says % {"day": names_of_days()[wrong]}, step(round_, "dagen"))
    elif days.propose_from and days.propose_from < timezone.localdate(at):
        yield Missing(_("People must be able to read the rules before they can send plans."), step(round_, "dagen"))


def of_decision(round_: BudgetRound) -> Iterator[Missing]:
    if not round_.sheet.decides:
        yield Missing(_("Write who decides about the result."), step(round_, "besluit"))


def step(round_: BudgetRound, name: str) -> str:
    return reverse("budgets:write_sheet", args=[round_.slug, name])


def names_of_days() -> dict[str, str]:
    """The days of a sheet in words."""
    return {
        "propose_from": _("First day to send a plan"),
        "propose_until": _("Last day to send a plan"),
        "list_on": _("The list of plans is known"),
        "vote_from": _("You can vote from"),
        "vote_until": _("You can vote until"),
        "paper_until": _("Votes on paper are counted in until"),
        "result_on": _("The result is known"),
    }
