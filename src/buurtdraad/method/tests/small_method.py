"""A method of three steps, runs that stand somewhere in it, and a pulse, for tests."""

import datetime

from django.utils import timezone

from buurtdraad.method.actions import pulse as pulses
from buurtdraad.method.models import CheckMet, ExitCheck, MethodStep, MethodVersion, Run, RunStep
from buurtdraad.method.states import StepStage, VersionStage

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)
NAMES = {"signal": "Signaleren", "picture": "Foto van de wijk", "choose": "Samen kiezen", "do": "Doen", "learn": "Leren"}
THREE = ("signal", "picture", "choose")


def make_version(number=1, keys=THREE, stage=VersionStage.IN_USE, weeks=(2, 6), names=None):
    """A version whose steps each have one exit check; each takes two to six weeks."""
    in_use_on = None if stage == VersionStage.DRAFT else TODAY
    version = MethodVersion.objects.create(number=number, stage=stage, name="De werkwijze", in_use_on=in_use_on, made_at=NOW)
    for place, key in enumerate(keys, start=1):
        step = MethodStep.objects.create(
            version=version, number=place, key=key, name=(names or {}).get(key, NAMES[key]), purpose="Weten wat er speelt.",
            for_residents="Kom op de buurtavond.", weeks_least=weeks[0], weeks_most=weeks[1],
        )  # fmt: skip
        ExitCheck.objects.create(step=step, number=1, key="seen", text=f"Bewoners zagen {step.name}")
    return version


def newer(older, keys=THREE, **facts):
    """The next version, which is in use from now on."""
    MethodVersion.objects.filter(pk=older.pk).update(stage=VersionStage.FOLLOWED)
    return make_version(older.number + 1, keys, **facts)


def make_run(area, version, now=2, weeks=1, **facts):
    """A run at a step (counted from 1) for so many weeks; what comes before is done."""
    run = Run.objects.create(area=area, version=version, started_on=TODAY - 200 * DAY, **facts)
    for step in version.steps.all():
        stage = StepStage.DONE if step.number < now else StepStage.NOW if step.number == now else StepStage.TO_COME
        since = None if stage == StepStage.TO_COME else TODAY - weeks * 7 * DAY
        RunStep.objects.create(run=run, step=step, stage=stage, since_on=since)
    return run


def meet_all(run, by):
    """The checks of the present step are met."""
    for step in run.steps.filter(stage=StepStage.NOW):
        for check in step.step.checks.all():
            CheckMet.objects.create(step=step, exit_check=check, by=by.uuid, at=NOW)


def stages_of(run):
    """The stage of each step of the version that a run works with, by key."""
    found = run.steps.filter(step__version=run.version).select_related("step").order_by("step__number")
    return {one.step.key: str(one.stage) for one in found}


def open_pulse(by, year=2026, days=10, at=NOW):
    day = timezone.localdate(at)
    return pulses.open_pulse(year, opens_on=day, closes_on=day + days * DAY, by=by, at=at)


def answered(pulse, group, number, value=4, at=NOW):
    """So many answers by link, each the same to all five questions."""
    for _each in range(number):
        token = pulses.make_code(pulse, group)
        pulses.answer(token, dict.fromkeys(("first", "second", "third", "fourth", "fifth"), value), at=at)
