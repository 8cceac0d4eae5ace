"""A chosen plan is rounded off by itself when its last euro and its last picture are there, or by hand with words; then its round too."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.actions import leftover
from buurtdraad.budgets.actions.steps import go, hold, note
from buurtdraad.budgets.models import BudgetRound, Winner
from buurtdraad.budgets.queries.tracking import Tracked, tracked
from buurtdraad.budgets.states import RoundStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage
from buurtdraad.ui.euros import euros


class NotFinished(Refused):
    """This plan cannot be rounded off yet."""


@transaction.atomic
def close(winner: Winner, *, words: str, by: Person, at: datetime.datetime) -> None:
    """Round a plan off by hand: `words` say why, for everybody to read. Raises `NotFinished` and `WrongStage`."""
    held = hold(winner.plan.round)
    one = next(each for each in tracked(held, today=timezone.localdate(at)) if each.winner.pk == winner.pk)
    if held.stage != RoundStage.ADOPTED or one.winner.closed_on:
        raise wrong_stage(f"{winner} is rounded off already")
    if not words.strip():
        raise NotFinished(_("Say why it is rounded off now. Everybody reads it."))
    if one.promised > one.paid:
        left = euros(one.promised - one.paid)
        raise NotFinished(_("Of this plan %(left)s was not paid yet. Pay it, or set it free first.") % {"left": left})
    shut(held, one, words=words, by=by, at=at)
    finish(held, by=by, at=at)
    winner.refresh_from_db()


def see_to_plans(*, at: datetime.datetime) -> int:
    """Round off what is finished, and rounds of which all plans are; how many plans. Each round is a deed of its own."""
    return sum(see_to_round(one, at=at) for one in BudgetRound.objects.filter(stage=RoundStage.ADOPTED, elsewhere=""))


@transaction.atomic
def see_to_round(round_: BudgetRound, *, at: datetime.datetime) -> int:
    """One round; how many of its plans were rounded off now."""
    held = hold(round_)
    if held.stage != RoundStage.ADOPTED:
        return 0
    ready = [one for one in tracked(held, today=timezone.localdate(at)) if one.finished and not one.winner.closed_on]
    for one in ready:
        shut(held, one, words="", by=None, at=at)
    finish(held, by=None, at=at)
    return len(ready)


def shut(held: BudgetRound, one: Tracked, *, words: str, by: Person | None, at: datetime.datetime) -> None:
    Winner.objects.filter(pk=one.winner.pk).update(closed_on=timezone.localdate(at), closed_words=words)
    note("budget_round.plan_closed", held, by=by, at=at, payload={"plan": one.winner.plan.number})


def finish(held: BudgetRound, *, by: Person | None, at: datetime.datetime) -> None:
    """When all its plans are rounded off the round is done, and what is left goes where its rules say."""
    if Winner.objects.filter(plan__round=held, closed_on=None).exists():
        return
    if not held.fund_round_id:
        leftover.see_to(held, by=by, at=at)
    leftover.let_go(held, by=by, at=at)
    go(held, RoundStage.DONE, by=by, at=at)
    note("budget_round.done", held, by=by, at=at)
