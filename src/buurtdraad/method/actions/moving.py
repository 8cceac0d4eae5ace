"""A run moves to a newer version of the method: what is done stays done, and nothing is lost."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.method.actions.run_records import write_down
from buurtdraad.method.models import CheckMet, Decision, Deviation, ExitCheck, MethodVersion, Run, RunStep
from buurtdraad.method.queries.moving import Becomes, MovedStep, difference_for
from buurtdraad.method.states import STEP_MOVES, RunStage, StepStage, VersionStage


class CannotMove(Refused):
    """The run is over, has moved already, or the version is not the one in use."""


@transaction.atomic
def move_run(run: Run, *, to: MethodVersion, by: Person, at: datetime.datetime) -> Run:
    """Move a run to the version in use, as `difference_for` shows it. Raises `CannotMove`; of two at once one succeeds."""
    run = Run.objects.select_for_update(of=("self",)).select_related("area", "version").get(pk=run.pk)
    to = MethodVersion.objects.select_for_update().get(pk=to.pk)
    if run.stage == RunStage.ENDED:
        raise CannotMove(_("This area is no longer under way, so it does not move to a newer version."))
    if to.stage != VersionStage.IN_USE or to.number <= run.version.number:
        raise CannotMove(_("This version is no longer the newest one, or the area works with it already. Look again."))
    before, found = run.version.number, difference_for(run, to)
    for one in sorted(found, key=lambda moved: moved.becomes == Becomes.BEGINS):
        move_step(run, one, to, at)
    run.version = to
    run.save(update_fields=["version"])
    write_down("run.moved", run, by=by, at=at, payload={"from": before, "to": to.number})
    return run


def move_step(run: Run, moved: MovedStep, to: MethodVersion, at: datetime.datetime) -> None:
    """One step to its new place. What is gone goes before what begins: one step at a time."""
    step = moved.old
    if moved.new is None:
        assert step
        put_on_record(step, to, at)
        return
    if step is None:
        step = RunStep.objects.create(run=run, step=moved.new)
    else:
        carry_over(step, moved)
    if moved.becomes == Becomes.BEGINS:
        RunStep.objects.filter(pk=step.pk).update(since_on=timezone.localdate(at))
        move(step, StepStage.NOW, moves=STEP_MOVES)


def carry_over(step: RunStep, moved: MovedStep) -> None:
    """The same step in the new version; with it go the checks that were met, what deviates and what was decided."""
    before, new = step.step, moved.new
    assert new
    RunStep.objects.filter(pk=step.pk).update(step=new)
    for model in (Deviation, Decision):
        model._default_manager.filter(run=step.run_id, step=before).update(step=new)
    checks = {check.key: check for check in ExitCheck.objects.filter(step=new)}
    for met in CheckMet.objects.filter(step=step).select_related("exit_check"):
        if same := checks.get(met.exit_check.key):
            CheckMet.objects.filter(pk=met.pk).update(exit_check=same)


def put_on_record(step: RunStep, to: MethodVersion, at: datetime.datetime) -> None:
    """A step that the method has no more: what was done stays done, what was not is skipped, and says why."""
    if step.stage in {StepStage.DONE, StepStage.SKIPPED}:
        return
    why = _("This step is no longer in version %(number)s of the method.") % {"number": to.number}
    until = timezone.localdate(at) if step.stage == StepStage.NOW else None
    RunStep.objects.filter(pk=step.pk).update(why=why, until_on=until)
    move(step, StepStage.SKIPPED, moves=STEP_MOVES)
