"""Who signed up for a meeting."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.agendas.meetings.models.meeting import Meeting
from buurtdraad.agendas.meetings.rules import MOST_PEOPLE
from buurtdraad.agendas.meetings.states import Seat
from buurtdraad.messages.models import Contact


class SignUp(models.Model):
    """Somebody who wants to come, with how many, seen by staff of the area only. The waiting list goes by id."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sign_ups")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60, help_text="First name.")
    people = models.PositiveSmallIntegerField(default=1)
    needs = models.CharField(max_length=300, blank=True, help_text="What they need to be able to come, in their own words.")
    stage = models.CharField(max_length=10, choices=Seat.choices)
    mark = models.CharField(max_length=100, unique=True, null=True, blank=True, help_text="Of the form: sent twice, it is one.")
    at = models.DateTimeField()
    came_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(people__range=(1, MOST_PEOPLE)), name="sign_up_of_some_people"),
            models.UniqueConstraint(
                fields=["meeting", "contact"], condition=Q(contact__isnull=False) & ~Q(stage=Seat.CANCELLED), name="signed_up_once"
            ),
        )
        indexes = (models.Index(fields=["meeting", "stage"], name="sign_up_by_stage"),)

    def __str__(self) -> str:
        return f"sign-up for {self.meeting_id}"

    @property
    def thing(self) -> str:
        return f"signup:{self.uuid}"
