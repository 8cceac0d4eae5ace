"""Afterwards: what somebody keeps for themselves, what the host thought, thanks, and two questions without a name."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.placements.models.shifts import Placement, Shift


class Reflection(models.Model):
    """What struck somebody. Nobody but its writer ever reads it."""

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="reflection")
    words = models.TextField(max_length=5000)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reflection of {self.placement_id}"


class HostFeedback(models.Model):
    """How it was for the host; for who organises the placements, about the shift and never about a person."""

    shift = models.OneToOneField(Shift, on_delete=models.CASCADE, related_name="feedback")
    again = models.BooleanField(help_text="Whether they would do it again.")
    words = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feedback on {self.shift_id}"


class Thanks(models.Model):
    """Words of thanks to the host, from who was there; they are mailed to the host."""

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="thanks")
    words = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="thanks_say_something"),)

    def __str__(self) -> str:
        return f"thanks of {self.placement_id}"


class FeelingCode(models.Model):
    """A link to answer the two questions once. It holds nobody's name; used, it is deleted."""

    token_hash = models.CharField(max_length=64, unique=True)
    half_year = models.CharField(max_length=6, help_text="2026-1: no more is known of when.")

    def __str__(self) -> str:
        return f"code of {self.half_year}"


class FeelingAnswer(models.Model):
    """Was it sometimes awkward, was it worth while? No moment, no person, no host, and a random id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    half_year = models.CharField(max_length=6)
    awkward = models.BooleanField()
    worth_while = models.BooleanField()

    def __str__(self) -> str:
        return f"answer in {self.half_year}"
