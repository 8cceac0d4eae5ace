"""What every deed on a round shares: holding its row, taking it to another step, and writing that down."""

import datetime

from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.budgets.access import duty_of
from buurtdraad.budgets.models import BudgetRound, RoundStep
from buurtdraad.budgets.states import ROUND_MOVES, RoundStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.places import queries as places


class Frozen(Refused):
    """The rules are known: they and what they say stay as they are."""


def hold(round_: BudgetRound) -> BudgetRound:
    """The row of a round as it is now, with its sheet, area and pot, held until the end of the transaction."""
    return BudgetRound.objects.select_for_update(of=("self",)).select_related("sheet", "area", "pot").get(pk=round_.pk)


def must_be_preparing(held: BudgetRound) -> None:
    """Raises `Frozen` once the rules are known."""
    if held.stage != RoundStage.PREPARING or held.sheet.announced_at:
        raise Frozen(_("The rules are known. What they say stays as it is."))


def go(held: BudgetRound, to: RoundStage, *, why: str = "", by: Person | None, at: datetime.datetime) -> None:
    """To another step, with a line in the history that everybody reads. Raises `WrongStage`. The caller records the deed."""
    move(held, to, moves=ROUND_MOVES)
    RoundStep.objects.create(round=held, stage=to, why=why, by=by.uuid if by else None, at=at)


def note(verb: str, round_: BudgetRound, *, by: Person | None, at: datetime.datetime, payload: dict | None = None) -> None:
    """One line in the record; the pages of the areas of the round change with it."""
    codes = {round_.area.code, *round_.parts.values_list("area__code", flat=True)}
    record(
        verb, room="budgets", thing=round_.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "", at=at,
        channel="" if by else "web", touches=places.touched_by(codes), payload=payload,
    )  # fmt: skip
