"""A run of the method in an area: where it stands, what was decided, and where it does otherwise and why."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.models import Meeting
from buurtdraad.method.models.versions import ExitCheck, MethodStep, MethodVersion
from buurtdraad.method.states import RunStage, StepStage
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area


class Run(models.Model):
    """The method at work in one area. `like` is the run that it began from: lessons flow both ways along that tie."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(MethodVersion, on_delete=models.PROTECT, related_name="runs")
    like = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="began_others")
    stage = models.CharField(max_length=10, choices=RunStage.choices, default=RunStage.RUNNING)
    differently = models.CharField(max_length=300, blank=True, help_text="What we do otherwise here, in one sentence for residents.")
    because = models.CharField(max_length=300, blank=True, help_text="Why, in one sentence for residents.")
    why = models.CharField(max_length=500, blank=True, help_text="Why it is paused or ended.")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("started_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["area"], condition=~Q(stage=RunStage.ENDED), name="one_run_in_an_area"),
            models.CheckConstraint(condition=Q(stage=RunStage.RUNNING) | ~Q(why=""), name="run_that_stands_still_says_why"),
            models.CheckConstraint(condition=~Q(like=F("pk")), name="run_is_not_like_itself"),
            models.CheckConstraint(condition=~Q(stage=RunStage.ENDED) | Q(ended_on__isnull=False), name="ended_run_says_when"),
        )

    def __str__(self) -> str:
        return f"run {self.uuid}"

    @property
    def thing(self) -> str:
        return f"run:{self.uuid}"

    @property
    def in_two_sentences(self) -> str:
        """What we do otherwise and why, each with a full stop; empty where that is not written."""
        return " ".join(text if text[-1] in ".!?" else f"{text}." for text in (self.differently, self.because) if text)


class RunStep(models.Model):
    """One step of a run: planned, since when, and why it was skipped."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    step = models.ForeignKey(MethodStep, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=StepStage.choices, default=StepStage.TO_COME)
    planned_on = models.DateField(null=True, blank=True, help_text="When it should begin.")
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True, help_text="Why it is skipped.")

    class Meta:
        ordering = ("step__number", "id")
        constraints = (
            models.UniqueConstraint(fields=["run", "step"], name="step_of_a_run_once"),
            models.UniqueConstraint(fields=["run"], condition=Q(stage=StepStage.NOW), name="one_step_at_a_time"),
            models.CheckConstraint(condition=~Q(stage=StepStage.SKIPPED) | ~Q(why=""), name="skipped_step_says_why"),
            models.CheckConstraint(
                condition=Q(stage__in=[StepStage.TO_COME, StepStage.SKIPPED]) | Q(since_on__isnull=False), name="begun_step_says_since_when"
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id}: {self.step_id} {self.stage}"

    @property
    def begins_later(self) -> bool:
        """It is the step of now of a run that has still to begin."""
        return self.stage == StepStage.NOW and self.since_on is not None and self.since_on > timezone.localdate()

    @property
    def is_late(self) -> bool:
        """It is still to come, and the day on which it should have begun is over."""
        return self.stage == StepStage.TO_COME and self.planned_on is not None and self.planned_on < timezone.localdate()


class CheckMet(models.Model):
    """That an exit check was met, or passed over with a reason.

    `value` is what the data said at that moment; `value_now` what they said last night, so that a list need not count.
    """

    step = models.ForeignKey(RunStep, on_delete=models.CASCADE, related_name="checks_met")
    exit_check = models.ForeignKey(ExitCheck, on_delete=models.PROTECT, related_name="+")
    passed_over = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    value = models.PositiveIntegerField(null=True, blank=True)
    value_now = models.PositiveIntegerField(null=True, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("exit_check__number", "id")
        constraints = (
            models.UniqueConstraint(fields=["step", "exit_check"], name="check_met_once"),
            models.CheckConstraint(condition=Q(passed_over=False) | ~Q(why=""), name="passed_over_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.exit_check_id} of {self.step_id}"

    @property
    def contradicted(self) -> bool:
        """It was met, and the data of last night say otherwise."""
        least = self.exit_check.at_least
        return not self.passed_over and None not in (self.value_now, least) and self.value_now < least  # type: ignore[operator]


class Deviation(models.Model):
    """What we do otherwise than the method says, made to measure for the area."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="deviations")
    step = models.ForeignKey(MethodStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=500)
    on = models.DateField()
    by = models.UUIDField()

    class Meta:
        ordering = ("on", "id")
        constraints = (models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="deviation_says_what_and_why"),)

    def __str__(self) -> str:
        return self.what


class Decision(models.Model):
    """What was decided in a run, by whom (a group or function), when."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="decisions")
    step = models.ForeignKey(MethodStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=500)
    decided_by = models.CharField(max_length=150)
    on = models.DateField()
    by = models.UUIDField(help_text="Who wrote it down.")

    class Meta:
        ordering = ("-on", "-id")
        constraints = (models.CheckConstraint(condition=~Q(what="") & ~Q(decided_by=""), name="decision_says_what_and_by_whom"),)

    def __str__(self) -> str:
        return self.what


class Risk(models.Model):
    """What can go wrong, and what we do about it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="risks")
    what = models.CharField(max_length=300)
    we_do = models.CharField(max_length=500)
    over_on = models.DateField(null=True, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(what="") & ~Q(we_do=""), name="risk_says_what_we_do"),)

    def __str__(self) -> str:
        return self.what


class RunPartner(models.Model):
    """A partner in a run; proposed until somebody says that it takes part."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    takes_part = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["run", "organisation"], name="partner_of_a_run_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.run_id}"


class RunPerson(models.Model):
    """Somebody of the staff who works on a run, and as what. For staff."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["run", "person"], name="person_of_a_run_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.run_id}"


class RunMeeting(models.Model):
    """A meeting of the agenda that belongs to a step of a run."""

    step = models.ForeignKey(RunStep, on_delete=models.CASCADE, related_name="meetings")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["step", "meeting"], name="meeting_of_a_step_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} in {self.step_id}"
