"""What people write with a run: decisions, what is done otherwise and why, risks, who takes part, meetings, dates."""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.method.actions.run_records import NotSoNow, held, write_down
from buurtdraad.method.models import Decision, Deviation, MethodStep, Risk, Run, RunMeeting, RunPartner, RunPerson, RunStep
from buurtdraad.method.queries.runs import people_due
from buurtdraad.method.states import StepStage
from buurtdraad.partners.models import Organisation
from buurtdraad.partners.queries.joining import is_one_of


def of_this_method(run: Run, step: MethodStep | None) -> None:
    if step is not None and step.version_id != run.version_id:
        raise NotSoNow(_("This step is not of the method of this run."))


@transaction.atomic
def decide(
    run: Run, *, what: str, decided_by: str, on: datetime.date, step: MethodStep | None = None, by: Person, at: datetime.datetime
) -> Decision:
    """Write down what was decided, by which group or function, when. Everybody reads it. The same twice is refused (`NotSoNow`)."""
    run = held(run)
    of_this_method(run, step)
    if run.decisions.filter(what=what, decided_by=decided_by, on=on).exists():
        raise NotSoNow(_("This decision is written down already."))
    made = Decision.objects.create(run=run, step=step, what=what, decided_by=decided_by, on=on, by=by.uuid)
    write_down("run.decided", run, by=by, at=at)
    return made


@transaction.atomic
def deviate(
    run: Run,
    *,
    what: str,
    why: str,
    on: datetime.date | None = None,
    step: MethodStep | None = None,
    by: Person,
    at: datetime.datetime,
) -> Deviation:
    """Write down what is done otherwise than the method says, and why; today where no day is given. Everybody reads it."""
    run = held(run)
    of_this_method(run, step)
    made = Deviation.objects.create(run=run, step=step, what=what, why=why, on=on or timezone.localdate(at), by=by.uuid)
    write_down("run.deviated", run, by=by, at=at)
    return made


@transaction.atomic
def say_differently(run: Run, *, differently: str, because: str, by: Person, at: datetime.datetime) -> None:
    """The two sentences for residents on the page of their area: what we do otherwise here, and why. Empty takes them away."""
    run = held(run)
    Run.objects.filter(pk=run.pk).update(differently=differently, because=because)
    write_down("run.said_differently", run, by=by, at=at)


@transaction.atomic
def see_risk(run: Run, *, what: str, we_do: str, by: Person, at: datetime.datetime) -> Risk:
    """What can go wrong, and what we do about it. For staff."""
    run = held(run)
    made = Risk.objects.create(run=run, what=what, we_do=we_do, by=by.uuid, at=at)
    write_down("run.risk_seen", run, by=by, at=at)
    return made


@transaction.atomic
def choose_partners(
    run: Run, *, take_part: Collection[Organisation], proposed: Collection[Organisation] = (), by: Person, at: datetime.datetime
) -> None:
    """Which partners take part, and which are still to be asked; the others are no part of the run any more."""
    run = held(run)
    takes = {one.whole.pk for one in take_part}
    wanted = takes | {one.whole.pk for one in proposed}
    RunPartner.objects.filter(run=run).exclude(is_one_of(wanted)).delete()
    for pk in wanted:
        # One that stands there as a double keeps standing so: then it can be parted again.
        if not RunPartner.objects.filter(is_one_of([pk]), run=run).update(takes_part=pk in takes):
            RunPartner.objects.create(run=run, organisation_id=pk, takes_part=pk in takes)
    write_down("run.partners_chosen", run, by=by, at=at)


@transaction.atomic
def add_person(run: Run, *, person: Person, role: str = "", by: Person, at: datetime.datetime) -> None:
    """Somebody of the staff works on it, as what. Who does already gets this role."""
    run = held(run)
    RunPerson.objects.update_or_create(run=run, person=person, defaults={"role": role})
    write_down("run.person_added", run, by=by, at=at)


@transaction.atomic
def tie_meeting(step: RunStep, meeting: Meeting, *, by: Person, at: datetime.datetime) -> None:
    """A meeting of the agenda belongs to this step. Tied twice, it is one."""
    run = held(step.run)
    RunMeeting.objects.get_or_create(step=step, meeting=meeting)
    write_down("run.meeting_tied", run, by=by, at=at, payload={"meeting": meeting.pk, "step": step.step.key})


@transaction.atomic
def plan_steps(run: Run, days: Mapping[int, datetime.date | None], *, by: Person, at: datetime.datetime) -> None:
    """When steps to come should begin, by id of the step of the run. What has begun keeps its date."""
    run = held(run)
    for pk, day in days.items():
        RunStep.objects.filter(pk=pk, run=run, stage=StepStage.TO_COME).update(planned_on=day)
    write_down("run.planned", run, by=by, at=at)


# What can be taken away again, by its word in the address.
TAKEN_AWAY = {"besluit": Decision, "anders": Deviation, "collega": RunPerson, "bijeenkomst": RunMeeting}


@transaction.atomic
def take_away(run: Run, kind: str, pk: int, *, by: Person, at: datetime.datetime) -> None:
    """Take away a decision, a deviation, a colleague or a meeting that was put with a run by mistake; a risk is over from now
    on. Twice is once. `kind` is a key of `TAKEN_AWAY`, or `risico`.
    """
    run = held(run)
    if kind == "risico":
        gone = Risk.objects.filter(pk=pk, run=run, over_on__isnull=True).update(over_on=timezone.localdate(at))
    else:
        model = TAKEN_AWAY[kind]
        of_run = {"step__run": run} if model is RunMeeting else {"run": run}
        gone, _rows = model._default_manager.filter(pk=pk, **of_run).delete()
    if gone:
        write_down("run.taken_away", run, by=by, at=at, payload={"kind": kind})


def noted(run: Run, kind: str, pk: int) -> Model | None:
    """What can be taken away under this word and id, of this run; None when it is gone."""
    if kind == "risico":
        return run.risks.filter(pk=pk, over_on__isnull=True).first()
    if kind == "bijeenkomst":
        return RunMeeting.objects.filter(pk=pk, step__run=run).select_related("meeting").first()
    return TAKEN_AWAY[kind]._default_manager.filter(pk=pk, run=run).first()


def forget_people(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy who worked on runs that ended long ago, of those that are still due. Returns how many went."""
    return RunPerson.objects.filter(pk__in=people_due(on).filter(pk__in=ids).values("pk")).delete()[0]
