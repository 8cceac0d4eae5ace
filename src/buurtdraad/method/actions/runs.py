"""A run goes on: its exit checks, its steps, standing still and ending. Starting and what people write stand beside it."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.lib.stages import WrongStage, move
from buurtdraad.method.access import duty_here
from buurtdraad.method.actions.run_notes import (
    add_person,
    choose_partners,
    decide,
    deviate,
    forget_people,
    plan_steps,
    say_differently,
    see_risk,
    take_away,
    tie_meeting,
)
from buurtdraad.method.actions.run_records import NotSoNow, held, move_step, write_down
from buurtdraad.method.actions.starting import NotStarted, start, version_to_start
from buurtdraad.method.models import CheckMet, Decision, ExitCheck, Run, RunStep
from buurtdraad.method.queries.measures import value_of, values_of
from buurtdraad.method.queries.runs import Check, checks_of, present_steps, to_come_next
from buurtdraad.method.states import RUN_MOVES, RunStage, StepStage

__all__ = [
    "ChecksMissing",
    "NotSoNow",
    "NotStarted",
    "add_person",
    "back_to",
    "choose_partners",
    "count_again",
    "decide",
    "deviate",
    "end",
    "forget_people",
    "go_on",
    "meet_check",
    "pass_over",
    "pause",
    "plan_steps",
    "resume",
    "say_differently",
    "see_risk",
    "skip",
    "start",
    "take_away",
    "take_up",
    "tie_meeting",
    "unmeet_check",
    "version_to_start",
]


class ChecksMissing(NotSoNow):
    """Something that must be there to go on is not there yet."""


# --- what must be there to go on --------------------------------------------------------------------


def step_with(run: Run, check: ExitCheck) -> RunStep:
    """The step of the run to which a check belongs; `NotSoNow` for a check of another method."""
    found = RunStep.objects.filter(run=run, step=check.step_id).select_related("step").first()
    if found is None:
        raise NotSoNow(_("This check is not of the method of this run."))
    return found


@transaction.atomic
def meet_check(run: Run, check: ExitCheck, *, by: Person, at: datetime.datetime) -> CheckMet:
    """Say that an exit check is met. Where the data answer it they must say so too, and what they say is kept."""
    run = held(run)
    step = step_with(run, check)
    value = value_of(check.measure, run.area, run.started_on) if check.measure else None
    if value is not None and value < (check.at_least or 0):
        raise ChecksMissing(_("The data say %(value)d, and %(least)d is needed.") % {"value": value, "least": check.at_least})
    met = write_check(step, check, value=value, by=by, at=at)
    write_down("run.check_met", run, by=by, at=at, payload={"check": check.key, "step": step.step.key})
    return met


@transaction.atomic
def pass_over(run: Run, check: ExitCheck, *, why: str, by: Person, at: datetime.datetime) -> CheckMet:
    """Go on without an exit check, for a reason. What the data say of it is kept."""
    run = held(run)
    step = step_with(run, check)
    value = value_of(check.measure, run.area, run.started_on) if check.measure else None
    met = write_check(step, check, value=value, why=why, by=by, at=at)
    write_down("run.check_passed_over", run, by=by, at=at, payload={"check": check.key, "step": step.step.key})
    return met


@transaction.atomic
def unmeet_check(run: Run, check: ExitCheck, *, by: Person, at: datetime.datetime) -> None:
    """Take back that a check was met or passed over."""
    run = held(run)
    step = step_with(run, check)
    if CheckMet.objects.filter(step=step, exit_check=check).delete()[0]:
        write_down("run.check_taken_back", run, by=by, at=at, payload={"check": check.key, "step": step.step.key})


def write_check(step: RunStep, check: ExitCheck, *, value: int | None, why: str = "", by: Person, at: datetime.datetime) -> CheckMet:
    facts = {"passed_over": bool(why), "why": why, "value": value, "value_now": value, "by": by.uuid, "at": at}
    return CheckMet.objects.update_or_create(step=step, exit_check=check, defaults=facts)[0]


@transaction.atomic
def count_again() -> int:
    """What the data say now of the checks that were met in runs under way, for the lists. Nobody decided it, so nothing is recorded.

    Returns how many changed.
    """
    met = CheckMet.objects.filter(step__run__stage=RunStage.RUNNING, value__isnull=False)
    by_run: dict[Run, list[CheckMet]] = {}
    for one in met.select_related("step__run__area", "exit_check"):
        by_run.setdefault(one.step.run, []).append(one)
    changed = []
    for run, checks in by_run.items():
        values = values_of([one.exit_check.measure for one in checks], run.area, run.started_on)
        for one in checks:
            if one.value_now != values[one.exit_check.measure]:
                one.value_now = values[one.exit_check.measure]
                changed.append(one)
    CheckMet.objects.bulk_update(changed, ["value_now"])
    return len(changed)


# --- from step to step -------------------------------------------------------------------------------


@transaction.atomic
def go_on(run: Run, *, step: RunStep | None = None, by: Person, at: datetime.datetime) -> RunStep | None:
    """From the step of now to the next one: given back, None after the last.

    What the data say is there is written as met. `ChecksMissing` names what is missing. `step` is the step that somebody saw as the
    one of now: when another went on first, this is refused (`NotSoNow`).
    """
    run = held(run, RunStage.RUNNING)
    steps = steps_of(run)
    now = step_of_now(steps)
    if step is not None and step.pk != now.pk:
        raise NotSoNow(_("Somebody else was first. Look how the run stands now."))
    checks = checks_of(run, [now])[now.pk]
    if missing := [in_words(check) for check in checks if check.missing]:
        raise ChecksMissing(_("This is not there yet: %(what)s. Or pass it over with a reason.") % {"what": "; ".join(missing)})
    for check in checks:
        if check.met is None:
            write_check(now, check.check, value=check.value, by=by, at=at)
    today = timezone.localdate(at)
    move_step(now, StepStage.DONE)
    RunStep.objects.filter(pk=now.pk).update(until_on=today)
    then = to_come_next(steps)
    if then:
        begin(then, today)
    write_down("run.went_on", run, by=by, at=at, payload={"from": now.step.key, "to": then.step.key if then else ""})
    return then


@transaction.atomic
def back_to(run: Run, step: RunStep, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Back to a step that was done or skipped; the one of now comes later again. `why` goes into the record, so it names nobody.

    Why, and when the step was done before, stays to be read as a decision of the run.
    """
    run = held(run, RunStage.RUNNING)
    steps = steps_of(run)
    back = next((one for one in steps if one.pk == step.pk), None)
    if back is None or back.stage not in (StepStage.DONE, StepStage.SKIPPED):
        raise NotSoNow(_("One goes back to a step that was done or skipped."))
    for now in steps:
        if now.stage == StepStage.NOW:
            move_step(now, StepStage.TO_COME)
    today = timezone.localdate(at)
    Decision.objects.create(run=run, step=back.step, what=back_in_words(back, why), decided_by=function_of(by), on=today, by=by.uuid)
    begin(back, today)
    write_down("run.went_back", run, by=by, at=at, payload={"to": back.step.key, "why": why})


def back_in_words(step: RunStep, why: str) -> str:
    """What stays to be read of going back to a step, in the language of the city. At most 500 characters."""
    with override(settings.LANGUAGE_CODE):
        said = [_("Back to step “%(step)s”.") % {"step": step.step.name}]
        if step.since_on and step.until_on:
            days = {"first": date_format(step.since_on, "j F Y"), "last": date_format(step.until_on, "j F Y")}
            said.append(_("It was done before, from %(first)s until %(last)s.") % days)
        said.append(_("Why: %(why)s") % {"why": why})
    return " ".join(said)[: Decision._meta.get_field("what").max_length]


def function_of(by: Person) -> str:
    """By which function somebody decided, in the language of the city: no name, for everybody reads it."""
    with override(settings.LANGUAGE_CODE):
        return capfirst(str(dict(Duty.choices).get(duty_here(by), _("Who carries out the run"))))


@transaction.atomic
def skip(run: Run, step: RunStep, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Skip a step for a reason. When it is the one of now, the next one begins."""
    run = held(run, RunStage.RUNNING)
    steps = steps_of(run)
    skipped = next((one for one in steps if one.pk == step.pk), None)
    if skipped is None or skipped.stage not in (StepStage.TO_COME, StepStage.NOW):
        raise NotSoNow(_("A step that was done cannot be skipped."))
    then = to_come_next(steps) if skipped.stage == StepStage.NOW else None
    RunStep.objects.filter(pk=skipped.pk).update(why=why)
    move_step(skipped, StepStage.SKIPPED)
    if then:
        begin(then, timezone.localdate(at))
    write_down("run.skipped", run, by=by, at=at, payload={"step": skipped.step.key})


@transaction.atomic
def take_up(run: Run, step: RunStep, *, by: Person, at: datetime.datetime) -> None:
    """A step that was skipped comes after all. When the last step was done it begins now."""
    run = held(run, RunStage.RUNNING)
    steps = steps_of(run)
    skipped = next((one for one in steps if one.pk == step.pk and one.stage == StepStage.SKIPPED), None)
    if skipped is None:
        raise NotSoNow(_("This step is not skipped."))
    if any(one.stage == StepStage.NOW for one in steps):
        move_step(skipped, StepStage.TO_COME)
        RunStep.objects.filter(pk=skipped.pk).update(why="")
    else:
        begin(skipped, timezone.localdate(at))
    write_down("run.step_taken_up", run, by=by, at=at, payload={"step": skipped.step.key})


def steps_of(run: Run) -> list[RunStep]:
    return list(present_steps().filter(run=run))


def step_of_now(steps: list[RunStep]) -> RunStep:
    now = next((one for one in steps if one.stage == StepStage.NOW), None)
    if now is None:
        raise NotSoNow(_("The last step is done. End this run, or go back to a step."))
    return now


def begin(step: RunStep, on: datetime.date) -> None:
    """This is the step of now, since this day."""
    RunStep.objects.filter(pk=step.pk).update(since_on=on, until_on=None)
    move_step(step, StepStage.NOW)
    RunStep.objects.filter(pk=step.pk).update(why="")


def in_words(check: Check) -> str:
    """What is missing, with the numbers where the data answer it."""
    if check.value is None:
        return check.words
    numbers = {"what": check.words, "value": check.value, "least": check.check.at_least}
    return _("%(what)s (now %(value)d, needed %(least)d)") % numbers


# --- the run as a whole ------------------------------------------------------------------------------


@transaction.atomic
def pause(run: Run, *, why: str, by: Person, at: datetime.datetime) -> None:
    """The run stands still, and says why."""
    run = held(run, RunStage.RUNNING)
    Run.objects.filter(pk=run.pk).update(why=why)
    set_stage(run, RunStage.PAUSED)
    write_down("run.paused", run, by=by, at=at)


@transaction.atomic
def resume(run: Run, *, by: Person, at: datetime.datetime) -> None:
    """It goes on again."""
    run = held(run)
    set_stage(run, RunStage.RUNNING)
    Run.objects.filter(pk=run.pk).update(why="")
    write_down("run.resumed", run, by=by, at=at)


@transaction.atomic
def end(run: Run, *, why: str, by: Person, at: datetime.datetime) -> None:
    """The run is over: for good, with why. After it another one can begin in the area."""
    run = held(run)
    Run.objects.filter(pk=run.pk).update(why=why, ended_on=max(timezone.localdate(at), run.started_on))
    set_stage(run, RunStage.ENDED)
    write_down("run.ended", run, by=by, at=at)


def set_stage(run: Run, to: RunStage) -> None:
    try:
        move(run, to, moves=RUN_MOVES)
    except WrongStage:
        raise NotSoNow(_("Somebody else was first. Look how the run stands now.")) from None
