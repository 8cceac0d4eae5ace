"""Moving a thing from one stage to the next, by its table of moves."""

from collections.abc import Collection, Mapping

from django.db.models import Model
from django.utils.translation import gettext as _

from buurtdraad.lib.refusal import Refused


class WrongStage(Refused):
    """The move is not in the table, or somebody else moved the thing first."""


def move(thing: Model, to: str, *, moves: Mapping[str, Collection[str]]) -> None:
    """Move one row to its next stage, unless someone else moved it first.

    The row is compared and set in one statement, so of two people at once exactly one succeeds.
    Raises `WrongStage`. The thing in memory follows the row.
    """
    seen = thing.stage  # type: ignore[attr-defined]
    if to not in moves[seen]:
        raise wrong_stage(f"{thing} cannot go from {seen} to {to}")
    if not type(thing)._default_manager.filter(pk=thing.pk, stage=seen).update(stage=to):
        raise wrong_stage(f"{thing} is no longer {seen}")
    thing.stage = to  # type: ignore[attr-defined]


def wrong_stage(precisely: str) -> WrongStage:
    """A sentence for the person; what exactly is wrong goes along as a note, for the log."""
    refusal = WrongStage(_("This was done already, or it stands otherwise now. Look at it again."))
    refusal.add_note(precisely)
    return refusal
