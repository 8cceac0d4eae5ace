"""A round, its budgets and their sources, and the rules sheet that everybody can read before it begins."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from buurtdraad.budgets.states import HIDDEN, BallotKind, Channel, Leftover, RoundStage
from buurtdraad.fund.models import Round
from buurtdraad.money.models import Pot
from buurtdraad.money.models.pots import euros
from buurtdraad.places.models import Area

YOUNGEST = 12  # years


def the_usual_channels() -> list[str]:
    return [Channel.POST, Channel.EMAIL, Channel.MEETING, Channel.HELP, Channel.PAPER]


class BudgetRoundQuerySet(models.QuerySet["BudgetRound"]):
    """Questions about many rounds."""

    def public(self) -> "BudgetRoundQuerySet":
        return self.exclude(stage__in=sorted(HIDDEN)).exclude(sheet__announced_at__isnull=True)


class BudgetRound(models.Model):
    """A budget of an area and a year that its people divide. Its money lies in a pot of its own from the first euro on."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True, help_text="In its address; it never changes once the rules are known.")
    name = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    about = models.TextField(max_length=2000, blank=True, help_text="What it is for, in plain words.")
    stage = models.CharField(max_length=12, choices=RoundStage.choices, default=RoundStage.PREPARING)
    why = models.CharField(max_length=500, blank=True, help_text="Why it does not go on.")
    pot = models.OneToOneField(Pot, on_delete=models.PROTECT, related_name="+", null=True, blank=True, help_text="Where its money lies.")
    fund_round = models.OneToOneField(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="The vote puts this round of the fund in order."
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", help_text="The round before this one here."
    )
    elsewhere = models.CharField(
        max_length=300, blank=True, help_text="Where this was voted, when it was not here: a round loaded from a file."
    )
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When the ballots were frozen.")
    final_on = models.DateField(null=True, blank=True, help_text="Since when nothing of the result can change any more.")

    objects = BudgetRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="budget_round_year"),
            models.CheckConstraint(condition=~Q(stage=RoundStage.STOPPED) | ~Q(why=""), name="stopped_budget_round_says_why"),
            models.CheckConstraint(
                condition=~Q(stage__in=["closed", "adopted", "done"]) | Q(closed_at__isnull=False), name="closed_budget_round_says_when"
            ),
        )
        indexes = (models.Index(fields=["area", "-year"], name="budget_round_of_area"),)

    def __str__(self) -> str:
        return self.name

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"budget_round:{self.uuid}"


class Part(models.Model):
    """A budget within a round: mostly one; a neighbourhood and the whole city in one are two. People mark those of where they live."""

    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    amount = euros(help_text="Euros to divide. Frozen with the rules sheet.")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("round", "order", "id")
        constraints = (
            models.UniqueConstraint(fields=["round", "name"], name="part_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="part_not_negative"),
        )

    def __str__(self) -> str:
        return self.name


class RoundStep(models.Model):
    """That a round came to a step: by its days, or by somebody on another day, who says why. Everybody reads that."""

    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=12, choices=RoundStage.choices)
    why = models.CharField(max_length=500, blank=True, help_text="Why it is not on the day of the rules.")
    by = models.UUIDField(null=True, blank=True, help_text="Empty: by its days.")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.round_id}: {self.stage}"


class RoundMoney(models.Model):
    """Money that was moved from a pot into the pot of the round, so that what is left can go back."""

    round = models.ForeignKey(BudgetRound, on_delete=models.PROTECT, related_name="sources")
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="+", help_text="Where it came from.")
    amount = euros()
    back = euros(default=0)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["round", "pot"], name="source_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="source_positive"),
            models.CheckConstraint(condition=Q(back__gte=0) & Q(back__lte=F("amount")), name="source_back_within"),
        )

    def __str__(self) -> str:
        return f"{self.amount} of {self.pot_id}"


class RulesSheet(models.Model):
    """The rules of a round, in plain words and as data. From `announced_at` on they stay: a trigger refuses every change."""

    round = models.OneToOneField(BudgetRound, on_delete=models.CASCADE, related_name="sheet")
    # Who may propose.
    propose_age = models.PositiveSmallIntegerField(default=YOUNGEST)
    propose_organisations = models.BooleanField(default=True)
    propose_words = models.CharField(max_length=500, blank=True, help_text="Who may send a plan, in words.")
    likes_needed = models.PositiveSmallIntegerField(default=0, help_text="Before a plan is looked at; 0: none.")
    most_a_plan = euros(null=True, blank=True, help_text="A plan costs at most this; empty: the whole budget.")
    least_a_plan = euros(default=0)
    months_to_do = models.PositiveSmallIntegerField(default=12, help_text="Within how many months a plan can be done.")
    # Who may vote, and how.
    vote_age = models.PositiveSmallIntegerField(default=YOUNGEST)
    vote_organisations = models.BooleanField(default=False)
    vote_words = models.CharField(max_length=500, blank=True)
    channels = ArrayField(models.CharField(max_length=10, choices=Channel.choices), default=the_usual_channels)
    ballot = models.CharField(max_length=10, choices=BallotKind.choices, default=BallotKind.CHOOSE)
    least_marks = models.PositiveSmallIntegerField(default=3, help_text="So many plans at least: one is too few for a fair division.")
    most_marks = models.PositiveSmallIntegerField(default=5, help_text="So many plans at most (choose, rank).")
    points = models.PositiveSmallIntegerField(default=10, help_text="To divide (points).")
    # How it is counted: `budgets.tally.rule.Rule` as data; every choice of the count stands in it.
    rule = models.JSONField(default=dict, blank=True)
    leftover = models.CharField(max_length=10, choices=Leftover.choices, default=Leftover.NEXT)
    decides = models.CharField(max_length=200, blank=True, help_text="Who adopts the result: 'het college van burgemeester en wethouders'.")
    if_not_adopted = models.CharField(
        max_length=500, blank=True, help_text="When they may depart from the vote, and that they then say why."
    )
    smallest_group = models.PositiveSmallIntegerField(default=10, help_text="Totals of fewer people are not shown.")
    # When. First and last days; voting in moments, for it closes at one.
    propose_from = models.DateField(null=True, blank=True)
    propose_until = models.DateField(null=True, blank=True)
    list_on = models.DateField(null=True, blank=True, help_text="When the list of plans is known.")
    vote_from = models.DateTimeField(null=True, blank=True)
    vote_until = models.DateTimeField(null=True, blank=True)
    paper_until = models.DateField(null=True, blank=True, help_text="Paper handed in in time may be typed until this day.")
    result_on = models.DateField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(propose_age__gte=YOUNGEST, vote_age__gte=YOUNGEST), name="sheet_ages"),
            models.CheckConstraint(condition=Q(least_marks__gte=1) & Q(most_marks__gte=F("least_marks")), name="sheet_marks"),
            models.CheckConstraint(condition=Q(smallest_group__gte=10), name="sheet_smallest_group"),
            models.CheckConstraint(
                condition=Q(announced_at__isnull=True)
                | (
                    Q(propose_from__lte=F("propose_until"))
                    & Q(list_on__gt=F("propose_until"))
                    & Q(vote_until__gt=F("vote_from"))
                    & Q(paper_until__isnull=False)
                    & Q(result_on__isnull=False)
                    & ~Q(decides="")
                ),
                name="announced_sheet_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"rules of {self.round_id}"
