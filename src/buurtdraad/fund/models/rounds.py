"""Rounds: intake until a day, then an order by criteria that were frozen when it opened, by points, a jury or a vote."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.fund.models.application import Application
from buurtdraad.fund.models.scheme import SchemeRules
from buurtdraad.fund.states import RankedBy, RoundStage
from buurtdraad.money.models import Pot


class Round(models.Model):
    """One round of a scheme."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    rules = models.ForeignKey(SchemeRules, on_delete=models.PROTECT, related_name="rounds")
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField()
    decide_by = models.DateField()
    ranked_by = models.CharField(max_length=10, choices=RankedBy.choices, default=RankedBy.SCORES)
    least_points = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Below this a plan gets nothing.")
    stage = models.CharField(max_length=10, choices=RoundStage.choices, default=RoundStage.ANNOUNCED)
    how = models.CharField(max_length=500, blank=True, help_text="How the order came about: the evening, how many people.")
    seed = models.CharField(max_length=64, blank=True, help_text="With which equal points were put in order by lot; anybody can repeat it.")
    ranked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opens_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=["rules", "name"], name="round_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")) & Q(decide_by__gt=F("closes_on")), name="round_days"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"round:{self.uuid}"


class Criterion(models.Model):
    """What counts, and how much. Frozen once the round is open."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=5, help_text="Most points.")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["round", "name"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gte=1) & Q(most__gte=1), name="criterion_counts"),
        )

    def __str__(self) -> str:
        return self.name


class Score(models.Model):
    """The points of one assessor or jury member for one criterion."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="scores")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scores")
    given_by = models.UUIDField()
    points = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["criterion", "application", "given_by"], name="score_once"),)

    def __str__(self) -> str:
        return f"{self.points} for {self.application_id}"


class RoundEntry(models.Model):
    """An application in a round, with its place once the order is known."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="round_entry")
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True, help_text="Weighted mean, or votes.")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("place", "id")
        constraints = (models.UniqueConstraint(fields=["round", "place"], name="place_once"),)

    def __str__(self) -> str:
        return f"{self.application_id} in {self.round_id}"
