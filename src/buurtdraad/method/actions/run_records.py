"""What all deeds with a run share: holding it, and writing down what was done."""

import datetime

from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage, move
from buurtdraad.method.access import duty_here
from buurtdraad.method.models import Run, RunStep
from buurtdraad.method.states import STEP_MOVES, RunStage, StepStage
from buurtdraad.places import queries as places


class NotSoNow(Refused):
    """As the run stands now, this cannot be done."""


def held(run: Run, *stages: RunStage) -> Run:
    """The run as it is now, held until the end of the transaction: who moves it on is alone. `NotSoNow` in another stage than these."""
    now = Run.objects.select_for_update(of=("self",)).select_related("area").get(pk=run.pk)
    if now.stage == RunStage.ENDED and RunStage.ENDED not in stages:
        raise NotSoNow(_("This run has ended. Nothing changes in it any more."))
    if stages and now.stage not in stages:
        raise NotSoNow(_("This run stands still. First let it go on."))
    return now


def move_step(step: RunStep, to: StepStage) -> None:
    """Move a step of a run, unless somebody else did first: `NotSoNow`."""
    try:
        move(step, to, moves=STEP_MOVES)
    except WrongStage:
        raise NotSoNow(_("Somebody else was first. Look how the run stands now.")) from None


def write_down(verb: str, run: Run, *, by: Person, at: datetime.datetime, payload: dict | None = None) -> None:
    """One line in the record. The pages of the area, of all that holds it and of what lies in it are made anew."""
    touches = places.around([run.area.code])
    record(verb, room="method", thing=run.thing, by=by.uuid, duty=duty_here(by), at=at, touches=touches, payload=payload)
