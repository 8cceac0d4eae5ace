"""Runs as they stand, for a page: the steps, what must be there to go on, and what the data say of it now."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, DateTimeField, F, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Cast, Coalesce, Lower

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.method.models import (
    CheckMet,
    Decision,
    Deviation,
    ExitCheck,
    MethodVersion,
    Risk,
    Run,
    RunMeeting,
    RunPartner,
    RunPerson,
    RunStep,
)
from buurtdraad.method.queries.measures import codes_of, values_of
from buurtdraad.method.rules import should_end_on
from buurtdraad.method.states import RunStage, StepStage, VersionStage
from buurtdraad.partners.models import Organisation
from buurtdraad.places import queries as places

# So many days before a run began, a meeting can already belong to it.
DAYS_BEFORE = 60


def present_steps() -> QuerySet[RunStep]:
    """The steps of runs, in order, without those that the version by which a run goes does not have: see `left_behind`."""
    return RunStep.objects.filter(step__version=F("run__version")).select_related("step").order_by("step__number")


def with_documents(step: RunStep) -> None:
    """Give a step of a run its documents to begin with. One query."""
    prefetch_related_objects([step.step], "templates")


def runs() -> QuerySet[Run]:
    """Runs with their steps, for `state_of`."""
    return Run.objects.select_related("area", "version", "like__area").prefetch_related(Prefetch("steps", present_steps()))


def nearest_run(codes: Sequence[str]) -> Run | None:
    """Of the runs that have not ended the one of the first of these areas that has one, with its steps. Two queries.

    A run is of one area, and counts in what lies in that: for residents of a neighbourhood the nearest one counts, of the neighbourhood
    itself, else of its working area, else of its district. Who carries a run out does so in its own area alone (`run_in`).
    """
    found = {run.area.code: run for run in runs().filter(area__code__in=codes).exclude(stage=RunStage.ENDED)}
    return next((found[code] for code in codes if code in found), None)


def run_in(code: str) -> Run | None:
    """The run of this very area that has not ended, with its steps; None where there is none."""
    return nearest_run([code])


def last_run_in(code: str) -> Run | None:
    """The same, or where none is under way the last one that ended."""
    return run_in(code) or runs().filter(area__code=code).order_by("-ended_on", "-id").first()


def method_in_use() -> MethodVersion | None:
    return MethodVersion.objects.filter(stage=VersionStage.IN_USE).first()


def going_on() -> QuerySet[Run]:
    """Every run that goes on or is paused, with its version and `place`, the name of its area; by place."""
    found = Run.objects.exclude(stage=RunStage.ENDED).select_related("area", "version")
    return found.annotate(place=places.last_name("area")).order_by("place", "pk")


@dataclass(frozen=True)
class RunState:
    """Where a run stands. `now` is None when the last step is done; `next` when there is no step after it."""

    run: Run
    steps: list[RunStep]
    now: RunStep | None
    next: RunStep | None

    @property
    def number(self) -> int:
        """The place of the step of now among all, from 1; after the last step that of the last."""
        return self.steps.index(self.now) + 1 if self.now else len(self.steps)

    @property
    def skips(self) -> bool:
        """Whether a step is skipped: then not all steps are done."""
        return any(one.stage == StepStage.SKIPPED for one in self.steps)

    @property
    def should_end_on(self) -> datetime.date | None:
        """Until when the step of now is not longer under way than usual."""
        if self.now is None or self.now.since_on is None:
            return None
        return should_end_on(self.now.since_on, self.now.step.weeks_least, self.now.step.weeks_most)


def left_behind(run: Run) -> list[RunStep]:
    """Steps on record of an older version that the run moved away from, and that the newer one does not have. One query."""
    older = RunStep.objects.filter(run=run).exclude(step__version=run.version_id).select_related("step__version")
    return list(older.order_by("step__version__number", "step__number"))


def state_of(run: Run) -> RunState:
    """Where a run stands, from its steps. No query for a run of `runs()` or `run_in`."""
    steps = list(run.steps.all())
    now = next((one for one in steps if one.stage == StepStage.NOW), None)
    return RunState(run, steps, now, to_come_next(steps) if now else None)


def to_come_next(steps: Sequence[RunStep]) -> RunStep | None:
    """The first step that is still to come, in the order of the version: a newer version may have put it before the one of now."""
    return next((one for one in steps if one.stage == StepStage.TO_COME), None)


@dataclass(frozen=True)
class Check:
    """An exit check in a run: whether it was met, and what the data say now where they answer it."""

    check: ExitCheck
    met: CheckMet | None
    value: int | None

    @property
    def words(self) -> str:
        """What must be there, to stand in a sentence or a row of several: without a full stop."""
        return self.check.text.rstrip(". ")

    @property
    def enough(self) -> bool:
        """Whether the data say that it is there; False for what people answer."""
        return self.value is not None and self.check.at_least is not None and self.value >= self.check.at_least

    @property
    def contradicted(self) -> bool:
        """It was met, and the data say otherwise now."""
        return self.met is not None and not self.met.passed_over and self.value is not None and not self.enough

    @property
    def missing(self) -> bool:
        """Whether one cannot go on because of it. What the data say by themselves need not be ticked."""
        return self.contradicted or (self.met is None and not self.enough)


def checks_of(run: Run, steps: Sequence[RunStep]) -> dict[int, list[Check]]:
    """The exit checks of these steps of a run, by id of the step of the run. Two queries, and those of the measures that are asked."""
    checks = list(ExitCheck.objects.filter(step__in=[one.step_id for one in steps]))
    met = {(one.step_id, one.exit_check_id): one for one in CheckMet.objects.filter(step__in=steps)}
    values = values_of([check.measure for check in checks if check.measure], run.area, run.started_on)
    return {
        one.pk: [
            Check(check, met.get((one.pk, check.pk)), values[check.measure] if check.measure else None)
            for check in checks
            if check.step_id == one.step_id
        ]
        for one in steps
    }


def began_from(run: Run) -> list[Run]:
    """The runs that began from this one, each with `place`."""
    return list(run.began_others.select_related("area").annotate(place=places.last_name("area")))


def asking_for_somebody(reach: Reach, on: datetime.date) -> list[tuple[RunStep, datetime.date | None]]:
    """Steps of runs under way that are longer under way than usual (with the day on which they should have ended), or of which a check
    that was met is contradicted by the data of last night (`contradicted` counts them). One query.
    """
    low = Count("checks_met", filter=Q(checks_met__passed_over=False, checks_met__value_now__lt=F("checks_met__exit_check__at_least")))
    found = present_steps().filter(run__stage=RunStage.RUNNING).exclude(stage=StepStage.SKIPPED)
    if not reach.everywhere:
        found = found.filter(run__area__code__in=reach.codes)
    found = found.annotate(contradicted=low, place=places.last_name("run__area")).filter(Q(stage=StepStage.NOW) | Q(contradicted__gt=0))
    steps = [(one, too_long(one, on)) for one in found.select_related("run__area").order_by("since_on", "pk")]
    return [(one, day) for one, day in steps if day or one.contradicted]


def too_long(step: RunStep, on: datetime.date) -> datetime.date | None:
    """The day on which a step of now should have ended, where that is over."""
    if step.stage != StepStage.NOW or step.since_on is None:
        return None
    day = should_end_on(step.since_on, step.step.weeks_least, step.step.weeks_most)
    return day if day < on else None


@dataclass(frozen=True)
class Around:
    """What stands with a run: its decisions, deviations, risks, who takes part, the colleagues, and the meetings of its steps."""

    decisions: list[Decision]
    deviations: list[Deviation]
    risks: list[Risk]
    partners: list[RunPartner]
    people: list[RunPerson]
    meetings: list[RunMeeting]

    @property
    def take_part(self) -> list[RunPartner]:
        return [one for one in self.partners if one.takes_part]

    @property
    def proposed(self) -> list[RunPartner]:
        return [one for one in self.partners if not one.takes_part]


def around(run: Run) -> Around:
    """All that people wrote with a run. Six queries."""
    return Around(
        list(run.decisions.select_related("step")),
        list(run.deviations.select_related("step")),
        list(run.risks.filter(over_on__isnull=True)),
        partners_of(run),
        list(run.people.select_related("person").order_by("person__name", "pk")),
        list(RunMeeting.objects.filter(step__run=run).select_related("meeting", "step__step").order_by("meeting__starts_at", "pk")),
    )


def partners_of(run: Run) -> list[RunPartner]:
    """Partners of a run by name: those that take part, and those that are proposed. Of doubles only the whole, once."""
    by_name = Lower(Coalesce("organisation__joined_to__name", "organisation__name"))
    once: dict[Organisation, RunPartner] = {}
    for one in run.partners.select_related("organisation__joined_to").order_by(by_name, "-takes_part", "pk"):
        once.setdefault(one.organisation.whole, one)
    return list(once.values())


def meetings_to_tie(run: Run) -> QuerySet[Meeting]:
    """Meetings of the area, and of what lies in it, since a little before the run began; the last one first."""
    begins = run.started_on - datetime.timedelta(days=DAYS_BEFORE)
    found = Meeting.objects.within(codes_of(run.area)).filter(starts_at__date__gte=begins)
    return found.exclude(stage=MeetingStage.CANCELLED).order_by("-starts_at", "-pk")


def staff_on(on: datetime.date) -> QuerySet[Person]:
    """Everybody who has a duty of staff on a day, by name."""
    held = DutyHeld.objects.on(on).filter(duty__in=STAFF).values("person")
    return Person.objects.people().filter(pk__in=held, is_active=True).order_by("name", "pk")


def runs_to_be_like() -> list[Run]:
    """Runs under way, and those that ended with every step done or skipped; with their steps and `place`, by place. Two queries."""
    found = runs().annotate(place=places.last_name("area")).order_by("place", "-pk")
    return [run for run in found if run.stage != RunStage.ENDED or is_whole(run)]


def is_whole(run: Run) -> bool:
    """Whether each step of a run of `runs()` was done or skipped."""
    return all(one.stage in (StepStage.DONE, StepStage.SKIPPED) for one in run.steps.all())


def runs_of(person: Person) -> QuerySet[RunPerson]:
    """The runs on which somebody works or worked, the last one first, each with `place`."""
    found = RunPerson.objects.filter(person=person).select_related("run__area").annotate(place=places.last_name("run__area"))
    return found.order_by("-run__started_on", "-pk")


def people_due(on: datetime.date) -> QuerySet[RunPerson]:
    """Who worked on a run that ended so long ago that this may go."""
    ended = ended_before(CLASSES["run person"], on)
    found = RunPerson.objects.filter(run__stage=RunStage.ENDED, run__ended_on__lt=ended)
    return found.annotate(since=Cast("run__ended_on", DateTimeField()), place=places.last_name("run__area"))
