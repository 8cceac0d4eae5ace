"""The frozen ballots, the count, who adopted it, and what each plan that won became. None of it ever changes."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.budgets.models.plans import BudgetPlan
from buurtdraad.budgets.models.round import BudgetRound, Part
from buurtdraad.money.models import Commitment
from buurtdraad.money.models.pots import euros


class FrozenBallot(models.Model):
    """A ballot as it was at closing, under a new random id, in a random order: nothing leads back to a code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="frozen")
    marks = models.JSONField(help_text="Numbers of plans with their points.")
    channel = models.CharField(max_length=10, blank=True, help_text="Only where the rule weighs channels.")

    def __str__(self) -> str:
        return "a frozen ballot"


class Counted(models.Model):
    """One budget as it was frozen, and its count. The first half never changes from the moment of closing (a trigger refuses it);
    `result` and what stands below it come from the job that counts, and stay once a second program found the same."""

    part = models.OneToOneField(Part, on_delete=models.PROTECT, related_name="counted")
    rule = models.JSONField(help_text="`tally.rule.Rule` as data, with the plans that exclude each other.")
    plans = models.JSONField(help_text="What was on the ballot: number, title, cost, theme, area, and whether it was taken back.")
    budget = euros(help_text="Euros that were divided.")
    turnout = models.JSONField(default=dict, help_text="Totals of the round by channel, age and neighbourhood; small groups left out.")
    ballots = models.PositiveIntegerField()
    blank = models.PositiveIntegerField(default=0)
    ballots_hash = models.CharField(max_length=64)
    plans_hash = models.CharField(max_length=64)
    rule_hash = models.CharField(max_length=64)
    whole_hash = models.CharField(max_length=64, help_text="SHA-256 over the list of the three.")
    receipts = models.TextField(blank=True, help_text="Sorted, one a line: as many as there are ballots in the round.")
    result = models.JSONField(null=True, help_text="Winners in order, payments as fractions.")
    explanation = models.JSONField(null=True, help_text="Per plan, in numbers.")
    beside = models.JSONField(null=True, help_text="What another rule makes of the same ballots.")
    counted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True, help_text="When a second program found the same.")
    differs = models.CharField(max_length=300, blank=True, help_text="What the second program found otherwise.")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True, result__isnull=True, explanation__isnull=True)
                | Q(counted_at__isnull=False, result__isnull=False, explanation__isnull=False),
                name="counted_says_when",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(counted_at__isnull=False, differs=""), name="verified_is_counted_and_equal"
            ),
            models.CheckConstraint(condition=Q(blank__lte=F("ballots")), name="blank_within_ballots"),
        )

    def __str__(self) -> str:
        return f"count of {self.part_id}"


class Adoption(models.Model):
    """The result laid before who decides: proposed by one, adopted by another."""

    round = models.OneToOneField(BudgetRound, on_delete=models.PROTECT, related_name="adoption")
    words = models.TextField(max_length=2000, help_text="What was decided, in plain words.")
    decided_on = models.DateField()
    without = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="Numbers of chosen plans that get nothing."
    )
    also = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="Numbers of plans that get money all the same."
    )
    departs = models.CharField(max_length=1000, blank=True, help_text="Why it departs from the vote: everybody reads it.")
    back = models.CharField(max_length=500, blank=True, help_text="Why the second person gave it back: it is written anew.")
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    adopted_by = models.UUIDField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(adopted_by__isnull=True) | ~Q(adopted_by=F("proposed_by")), name="adoption_two_people"),
            models.CheckConstraint(condition=Q(without=[], also=[]) | ~Q(departs=""), name="adoption_that_departs_says_why"),
            models.CheckConstraint(condition=Q(adopted_by__isnull=True) | Q(back=""), name="adoption_given_back_is_not_adopted"),
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True, adopted_at__isnull=True) | Q(adopted_by__isnull=False, adopted_at__isnull=False),
                name="adoption_says_when",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"adoption of {self.round_id}"

    @property
    def waits(self) -> bool:
        """Whether a second person has to look at it."""
        return self.adopted_at is None and not self.back


class Winner(models.Model):
    """A plan that won, with the money it got and the agreement in which somebody does it."""

    plan = models.OneToOneField(BudgetPlan, on_delete=models.PROTECT, related_name="winner")
    place = models.PositiveSmallIntegerField()
    amount = euros()
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True, help_text="The last euro and the last picture are there.")
    closed_words = models.CharField(max_length=500, blank=True, help_text="What somebody said when they closed it by hand.")

    class Meta:
        ordering = ("plan__part", "place")
        constraints = (models.CheckConstraint(condition=Q(amount__gte=0), name="winner_amount"),)

    def __str__(self) -> str:
        return f"winner {self.plan_id}"
