"""Decisions (beschikkingen), which never change: a new one replaces an old one; their letters, and a draw where a ceiling runs out."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.fund.models.application import Application
from buurtdraad.fund.states import Ground, Outcome, SentBy
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.models.pots import euros


class Proposal(models.Model):
    """What who handles it proposes to decide. Somebody with the mandate takes it over, or gives it back."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="proposal")
    outcome = models.CharField(max_length=15, choices=Outcome.choices)
    amount = euros(default=0)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    words = models.TextField(max_length=4000, help_text="For the applicant, in plain words.")
    obligations = models.TextField(max_length=3000, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    first_yes_by = models.UUIDField(null=True, blank=True, help_text="The first of two who decide, above the amount of four eyes.")
    first_yes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=["granted", "partly"], amount__gt=0) | Q(outcome__in=["refused", "not_processed"], amount=0),
                name="proposal_amount",
            ),
            models.CheckConstraint(condition=Q(outcome="granted") | ~Q(ground=""), name="proposal_says_why_not"),
            models.CheckConstraint(condition=~Q(words=""), name="proposal_has_words"),
        )

    def __str__(self) -> str:
        return f"proposal for {self.application_id}"


class Decision(models.Model):
    """A decision as it was taken. A trigger refuses every change but when it was made known, once, and its end."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    outcome = models.CharField(max_length=15, choices=Outcome.choices)
    asked = euros()
    amount = euros(default=0)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    words = models.TextField(max_length=4000)
    obligations = models.TextField(max_length=3000, blank=True)
    at_once = models.BooleanField(default=False, help_text="Determined at once: nothing has to be accounted for.")
    prepared_by = models.UUIDField(null=True, blank=True)
    taken_by = models.UUIDField()
    with_whom = models.UUIDField(null=True, blank=True, help_text="The second of two who decided.")
    mandate = models.CharField(max_length=30, help_text="The duty from which it was taken.")
    taken_at = models.DateTimeField()
    known_on = models.DateField(
        null=True, blank=True, help_text="The day it was made known (Awb 3:41): from then it is in force, and objections can come."
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Its money. Of a decision that replaces one: what it grants more, or else the commitment of the old one.",
    )

    class Meta:
        ordering = ("-taken_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=["granted", "partly"], amount__gt=0) | Q(outcome__in=["refused", "not_processed"], amount=0),
                name="decision_amount",
            ),
            models.CheckConstraint(condition=Q(amount__lte=F("asked")), name="decision_not_above_what_was_asked"),
            models.CheckConstraint(
                condition=Q(outcome__in=["refused", "not_processed"]) | Q(commitment__isnull=False), name="grant_has_money"
            ),
            models.CheckConstraint(condition=Q(with_whom__isnull=True) | ~Q(with_whom=F("taken_by")), name="decision_two_people"),
            models.UniqueConstraint(fields=["application"], condition=Q(replaces__isnull=True), name="one_first_decision"),
        )
        # The register, in its order.
        indexes = (
            models.Index(
                fields=["-known_on", "-id"],
                condition=Q(outcome__in=["granted", "partly"], known_on__isnull=False),
                name="grants_made_known",
            ),
        )

    def __str__(self) -> str:
        return f"decision on {self.application_id}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"decision:{self.uuid}"


class Letter(models.Model):
    """The letter of a decision, question or settlement: its facts as they were, from which the PDF is drawn again the same."""

    class About(models.TextChoices):
        RECEIPT = "receipt", "receipt"
        QUESTION = "question", "question"
        EXTENSION = "extension", "extension"
        VIEW = "view", "view"
        DECISION = "decision", "decision"
        SETTLEMENT = "settlement", "settlement"
        OBJECTION = "objection", "objection"
        REVOKED = "revoked", "revoked"

    # Before a decision, on paper beside the message; and after it, when what was decided counts from the day on which the letter goes.
    BEFORE = (About.QUESTION, About.VIEW, About.EXTENSION)
    AFTER = (About.SETTLEMENT, About.REVOKED, About.OBJECTION)

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="letter")
    about = models.CharField(max_length=12, choices=About.choices)
    facts = models.JSONField(help_text="What the template reads.")
    made_at = models.DateTimeField()
    sent_by = models.CharField(max_length=10, choices=SentBy.choices, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    noted_by = models.UUIDField(null=True, blank=True, help_text="Who put it in the post or handed it over.")

    class Meta:
        ordering = ("made_at", "id")
        constraints = (models.CheckConstraint(condition=Q(sent_on__isnull=True) | ~Q(sent_by=""), name="sent_letter_says_how"),)
        # What has to be sent before it counts: nearly all of it went out. The words of `AFTER`, which cannot be named here.
        indexes = (
            models.Index(
                fields=["made_at", "id"],
                condition=Q(about__in=["objection", "revoked", "settlement"], sent_on__isnull=True),
                name="letter_to_send",
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.uuid}"


class Draw(models.Model):
    """A lottery on the day on which a ceiling runs out: the order, and the seed with which anybody can repeat it."""

    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="The day of completeness of those who drew.")
    seed = models.CharField(max_length=64)
    order = models.JSONField(help_text="Public ids of the applications, the first first.")
    drawn_by = models.UUIDField()
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ("-drawn_at",)
        constraints = (models.UniqueConstraint(fields=["pot", "on"], name="one_draw_a_day"),)

    def __str__(self) -> str:
        return f"draw of {self.on}"
