"""A shift at a host, and who of the municipality takes part. The row of the shift is locked, so that seats go round once."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.accounts.models import Person
from buurtdraad.placements.models.hosts import Host
from buurtdraad.placements.states import OVER, ShiftStage, Stage


class Shift(models.Model):
    """A few hours at a host."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    seats = models.PositiveSmallIntegerField()
    tasks = models.CharField(max_length=300)
    stage = models.CharField(max_length=10, choices=ShiftStage.choices, default=ShiftStage.OFFERED)
    why = models.CharField(max_length=500, blank=True, help_text="Why it will not happen.")
    sequence = models.PositiveSmallIntegerField(default=0, help_text="Times that it was changed, for calendars.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When everybody who was there was asked how it was.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(seats__gt=0) & ~Q(tasks=""), name="shift_has_seats_and_tasks"),
            models.CheckConstraint(condition=~Q(stage=ShiftStage.CANCELLED) | ~Q(why=""), name="cancelled_shift_says_why"),
        )

    def __str__(self) -> str:
        return f"shift {self.uuid}"

    @property
    def thing(self) -> str:
        return f"shift:{self.uuid}"


class Placement(models.Model):
    """Somebody of the municipality in a shift. Never shown to others than the host, the manager and who organises it."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="placements")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    department = models.CharField(max_length=100)
    manager_email = models.EmailField(blank=True)
    motivation = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.REQUESTED)
    why = models.CharField(max_length=300, blank=True, help_text="Why it cannot be, in words for who asked.")
    since = models.DateTimeField(help_text="When they asked: who asked first comes first.")
    agreed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True, help_text="When it was cancelled, refused, or attendance was noted.")

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["shift", "person"], condition=~Q(stage__in=[Stage.CANCELLED, Stage.REFUSED]), name="in_a_shift_once"
            ),
            models.CheckConstraint(condition=~Q(department=""), name="placement_names_a_department"),
            models.CheckConstraint(condition=~Q(stage__in=sorted(OVER)) | Q(over_at__isnull=False), name="placement_over_says_when"),
        )

    def __str__(self) -> str:
        return f"placement {self.uuid}"

    @property
    def thing(self) -> str:
        return f"placement:{self.uuid}"
