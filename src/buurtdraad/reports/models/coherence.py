"""What a task prepared about coherence: cells of the overview, findings, measures. Made from the other rooms, and never typed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.challenges.models import Challenge
from buurtdraad.places.models import Area
from buurtdraad.reports.states import FindingKind, FindingStage


class Prepared(models.Model):
    """When a part of the overview was last made: pages say so, and never show what is older."""

    part = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    seconds = models.FloatField(help_text="CPU time that it took.")

    def __str__(self) -> str:
        return self.part


class Cell(models.Model):
    """One neighbourhood and one challenge: how large the need is (1 goes well, 2 look at it, 3 attention, 4 much attention; empty: not
    known), and what is being done."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    need = models.PositiveSmallIntegerField(null=True)
    figures = models.JSONField(default=list, help_text="Which figures say so: code, value, of the city, year.")
    agreements = models.PositiveIntegerField(default=0)
    works = models.PositiveIntegerField(default=0)
    initiatives = models.PositiveIntegerField(default=0)
    wishes = models.PositiveIntegerField(default=0)
    euros = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "challenge"], name="cell_once"),
            models.CheckConstraint(condition=Q(need__isnull=True) | Q(need__range=(1, 4)), name="cell_need_is_one_of_four"),
        )

    def __str__(self) -> str:
        return f"{self.area_id} x {self.challenge_id}"


class Finding(models.Model):
    """Something that fits badly, found by the machine and judged by a person. `key` makes the same finding the same one tomorrow."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=FindingKind.choices)
    key = models.CharField(max_length=300, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    things = ArrayField(models.CharField(max_length=80), default=list, help_text="What it is about, as the record names things.")
    facts = models.JSONField(default=dict, help_text="What was seen; no names of residents.")
    stage = models.CharField(max_length=10, choices=FindingStage.choices, default=FindingStage.OPEN)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When it was last found; not seen any more: solved by itself.")
    taken_by = models.UUIDField(null=True, blank=True, help_text="Public id of who sees to it.")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    solved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-found_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(stage=FindingStage.SOLVED) | Q(solved_at__isnull=False), name="finding_solved_has_a_moment"
            ),
        )
        indexes = (
            models.Index(fields=["stage", "kind"], name="finding_open"),
            models.Index(fields=["area", "stage"], name="finding_in_area"),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"finding:{self.uuid}"


class FindingStep(models.Model):
    """What was done with a finding, and why. It only grows."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=FindingStage.choices)
    why = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True, help_text="Public id; empty: found by the machine.")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.stage


class MeasureValue(models.Model):
    """A measure of coherence as it stood in a month: `value` = `part` of `whole` where it is a share."""

    name = models.CharField(max_length=40)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the whole city.")
    month = models.DateField(help_text="Its first day.")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    part = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    whole = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "month")
        constraints = (models.UniqueConstraint(fields=["name", "area", "month"], nulls_distinct=False, name="measure_once_a_month"),)

    def __str__(self) -> str:
        return f"{self.name} {self.month}"
