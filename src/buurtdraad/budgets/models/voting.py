"""Who may vote and what was voted: two tables that only somebody who holds a code can join.

`Register` knows that a code voted, never what; `Ballot` knows what was voted, never by whom. Their keys are two different keyed
hashes of the code (`budgets.secrecy`), with a key per round that lies outside the database. Neither has a time, a sequence or
an owner, and the role of web processes may not read the hidden columns that a row has of its transaction. Who is superuser of the
database and watches live could still join them: said in `docs/voting.md`.
"""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.budgets.models.round import BudgetRound
from buurtdraad.budgets.states import AgeBand, AsideReason, Channel, PaperStage
from buurtdraad.places.models import Area

HASH = 32  # bytes: HMAC-SHA256


class CodeBatch(models.Model):
    """Codes that were made together and went out as one PDF, once. Neither the codes nor whose they are is kept."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="batches")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, help_text="'Geuzenwijk, straten A tot M' or 'Buurtavond 12 mei'.")
    number = models.PositiveIntegerField(help_text="How many codes.")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["round", "name"], name="batch_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="batch_not_empty"),
        )

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """One voter: that there is one, and whether they voted. The key is the keyed hash of a code. Rows are made in random order."""

    register_id = models.BinaryField(primary_key=True, max_length=HASH)
    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="register")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="Where they vote.")
    age_band = models.CharField(max_length=10, choices=AgeBand.choices, blank=True)
    reference = models.CharField(max_length=12, help_text="Printed on the letter, so that a lost code can be replaced. It is not the code.")
    batch = models.ForeignKey(
        CodeBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        help_text="So that a pile of letters that got lost is worth nothing. Empty: one code for one person.",
    )
    used = models.BooleanField(default=False)
    receipt = models.BinaryField(max_length=HASH, null=True, blank=True, help_text="Published at the end, of those that voted.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "reference"], name="register_reference_once"),
            models.CheckConstraint(
                condition=Q(used=False, receipt__isnull=True) | Q(used=True, receipt__isnull=False), name="who_voted_has_a_receipt"
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=["round", "channel", "used"], name="register_turnout"),)

    def __str__(self) -> str:
        return self.reference


class Ballot(models.Model):
    """What one code voted, until the round closes. `channel` only where the rule weighs channels, `area` only where it asks for it."""

    ballot_id = models.BinaryField(primary_key=True, max_length=HASH)
    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="ballots")
    marks = models.JSONField(
        help_text="Numbers of plans with their points, per budget: {'1': {'12': 1, '7': 1}}; a part without marks: {}."
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    def __str__(self) -> str:
        return "a ballot"


class Claim(models.Model):
    """Somebody who got a code by letter, mail or a broker: one code each. The key is a keyed hash of what they are known by."""

    claim_id = models.BinaryField(primary_key=True, max_length=HASH)
    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="claims")
    reference = models.CharField(max_length=12, help_text="Of their line in the register, so that an unused code can be replaced.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "reference"], name="claim_reference_once"),)

    def __str__(self) -> str:
        return self.reference


class PaperEntry(models.Model):
    """A paper ballot that one person typed, until a second typed the same. The key is a third keyed hash of its code."""

    paper_id = models.BinaryField(primary_key=True, max_length=HASH)
    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="papers")
    pile = models.CharField(max_length=40, help_text="Which pile of paper, so that it can be found again.")
    stage = models.CharField(max_length=10, choices=PaperStage.choices, default=PaperStage.ONCE)
    first = models.JSONField()
    first_by = models.UUIDField()
    second = models.JSONField(null=True, blank=True)
    second_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(second_by__isnull=True) | ~Q(second_by=models.F("first_by")), name="paper_two_people"),
            models.CheckConstraint(condition=Q(stage=PaperStage.ONCE) | Q(second_by__isnull=False), name="different_paper_has_two"),
        )

    def __str__(self) -> str:
        return "a paper ballot"


class CastDay(models.Model):
    """How many voted on a day by a channel: all that the record says about casting. Changes of a vote are not counted again."""

    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    number = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("day", "channel")
        constraints = (models.UniqueConstraint(fields=["round", "day", "channel"], name="cast_day_once"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.number}"


class Aside(models.Model):
    """How many paper ballots were set aside, and why. Never which code."""

    round = models.ForeignKey(BudgetRound, on_delete=models.CASCADE, related_name="asides")
    pile = models.CharField(max_length=40)
    reason = models.CharField(max_length=12, choices=AsideReason.choices)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "pile", "reason"], name="aside_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.reason}"
