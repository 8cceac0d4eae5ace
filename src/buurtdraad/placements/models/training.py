"""Training of staff: modules, sessions, and who takes part."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.accounts.models import Person
from buurtdraad.placements.states import Enrolled


class Module(models.Model):
    """One training, given more than once."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=2000, help_text="What one learns, and for whom it is.")
    over_on = models.DateField(null=True, blank=True, help_text="No longer given from this day.")

    class Meta:
        ordering = ("name", "id")
        constraints = (models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="module_has_name_and_text"),)

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One time that it is given. Its row is locked, so that places go round once."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    seats = models.PositiveSmallIntegerField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it will not happen.")
    sequence = models.PositiveSmallIntegerField(default=0, help_text="Times that it was changed, for calendars.")
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(seats__gt=0) & ~Q(place=""), name="session_has_place_and_seats"),
            models.CheckConstraint(condition=Q(cancelled_at__isnull=True) | ~Q(why=""), name="cancelled_session_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.module} {self.starts_at:%Y-%m-%d}"

    @property
    def thing(self) -> str:
        """How the record and messages name it."""
        return f"training_session:{self.uuid}"


class Enrolment(models.Model):
    """Somebody in a session, and afterwards what they thought of it."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=10, choices=Enrolled.choices, default=Enrolled.PLACE)
    since = models.DateTimeField()
    useful = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 (not) to 5 (very).")
    words = models.CharField(max_length=500, blank=True, help_text="What can be better.")
    evaluated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=["session", "person"], condition=~Q(stage=Enrolled.CANCELLED), name="in_a_session_once"),
            models.CheckConstraint(condition=Q(useful__isnull=True) | Q(useful__range=(1, 5)), name="useful_is_one_to_five"),
        )

    def __str__(self) -> str:
        return f"enrolment {self.uuid}"
