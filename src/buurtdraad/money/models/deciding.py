"""Money that the group of an agenda reserves at a meeting: how they decided, with which numbers, and the second person."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.money.models.pots import Commitment, Pot, euros
from buurtdraad.money.states import How, ReservationStage


class Reservation(models.Model):
    """A proposal to reserve money of a pot for an agreement. Above an amount somebody else says yes too."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    amount = euros()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField()
    how = models.CharField(max_length=15, choices=How.choices)
    people = models.PositiveIntegerField(help_text="How many took part.")
    in_favour = models.PositiveIntegerField()
    against = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=500, blank=True, help_text="Why, in plain words.")
    stage = models.CharField(max_length=10, choices=ReservationStage.choices, default=ReservationStage.PROPOSED)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    second_by = models.UUIDField(null=True, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=300, blank=True)
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="reservation")

    class Meta:
        ordering = ("-proposed_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="reservation_positive"),
            models.CheckConstraint(condition=Q(people__gte=F("in_favour") + F("against")), name="reservation_counts_fit"),
            models.CheckConstraint(condition=Q(second_by__isnull=True) | ~Q(second_by=F("proposed_by")), name="reservation_two_people"),
            models.CheckConstraint(
                condition=~Q(stage=ReservationStage.MADE) | Q(commitment__isnull=False), name="reservation_made_has_money"
            ),
            models.CheckConstraint(
                condition=~Q(stage=ReservationStage.REFUSED) | Q(commitment__isnull=True), name="reservation_refused_has_none"
            ),
        )

    def __str__(self) -> str:
        return f"reservation {self.uuid}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"reservation:{self.uuid}"
