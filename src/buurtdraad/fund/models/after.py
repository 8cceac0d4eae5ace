"""After the decision: changes, showing what was done, the final amount, money back, and objections with a clock of their own."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.fund.models.application import Application
from buurtdraad.fund.models.deciding import Decision, Letter
from buurtdraad.fund.models.handling import Notice
from buurtdraad.fund.states import ObjectionOutcome, SettlementGround
from buurtdraad.lib.uploads.models import DocumentUpload, PictureUpload
from buurtdraad.money.models.pots import euros


class ChangeAsked(models.Model):
    """Somebody wants to do it otherwise than was agreed, and the answer."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="changes")
    words = models.TextField(max_length=3000)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | Q(agreed__isnull=False), name="answered_change_says_what"),
        )

    def __str__(self) -> str:
        return f"change of {self.application_id}"


class Account(models.Model):
    """What somebody shows of what they did (verantwoording): three questions, or a full report with all costs."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="account")
    due_on = models.DateField()
    done = models.TextField(max_length=3000, blank=True, help_text="What did you do?")
    people = models.PositiveIntegerField(null=True, blank=True, help_text="How many people came or joined in?")
    learned = models.TextField(max_length=3000, blank=True, help_text="What went well, what would you do otherwise?")
    spent = euros(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    back_why = models.CharField(max_length=1000, blank=True, help_text="What still misses, when it was given back.")
    looked_by = models.UUIDField(null=True, blank=True, help_text="Who looked at it and found it in order, before the final amount.")
    looked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"account of {self.application_id}"


class Spent(models.Model):
    """What one line of the costs came to."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="lines")
    label = models.CharField(max_length=150)
    planned = euros(default=0)
    amount = euros()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(amount__gte=0), name="spent_not_negative"),)

    def __str__(self) -> str:
        return self.label


class Receipt(DocumentUpload):
    """A receipt or bank statement."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="receipts")

    class Meta(DocumentUpload.Meta):
        abstract = False
        ordering = ("given_at", "id")


class AccountPicture(PictureUpload):
    """A picture of what was done; it can go to the page of the initiative."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="pictures")

    class Meta(PictureUpload.Meta):
        abstract = False
        ordering = ("given_at", "id")


class Settlement(models.Model):
    """The final amount (vaststelling, Awb 4:46): as granted, or lower on one of four grounds. Never changes: a new one replaces it."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="settlements")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="settlement")
    granted = euros()
    amount = euros()
    ground = models.CharField(max_length=15, choices=SettlementGround.choices)
    words = models.TextField(max_length=3000)
    made_by = models.UUIDField()
    with_whom = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    known_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0) & Q(amount__lte=F("granted")), name="settlement_not_above_grant"),
            models.CheckConstraint(
                condition=Q(ground=SettlementGround.AS_GRANTED, amount=F("granted"))
                | (~Q(ground=SettlementGround.AS_GRANTED) & Q(amount__lt=F("granted"))),
                name="lower_settlement_has_a_ground",
            ),
            models.CheckConstraint(condition=Q(with_whom__isnull=True) | ~Q(with_whom=F("made_by")), name="settlement_two_people"),
            models.UniqueConstraint(fields=["application"], condition=Q(replaces__isnull=True), name="one_first_settlement"),
        )

    def __str__(self) -> str:
        return f"settlement of {self.application_id}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"settlement:{self.uuid}"


class Recovery(models.Model):
    """Money that has to come back (terugvordering, Awb 4:57), within five years."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recoveries")
    amount = euros()
    why = models.TextField(max_length=2000)
    due_on = models.DateField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    received = euros(default=0)
    received_on = models.DateField(null=True, blank=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0) & Q(received__gte=0) & Q(received__lte=F("amount")), name="recovery_amounts"),
        )

    def __str__(self) -> str:
        return f"recovery {self.uuid}"


class Objection(models.Model):
    """An objection (bezwaar, Awb 6:7, 7:10) to a decision, with its own clock; a decision that was wrong is replaced by a new one."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="objections")
    settlement = models.ForeignKey(
        Settlement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="objections",
        help_text="When it is about the final amount.",
    )
    by_other = models.CharField(max_length=300, blank=True, help_text="Name and address of who objects, when it is not who asked.")
    received_on = models.DateField()
    words = models.TextField(max_length=5000)
    handler = models.UUIDField(null=True, blank=True, help_text="Not one of those who took the decision.")
    with_committee = models.BooleanField(default=False, help_text="12 weeks instead of 6.")
    extended_on = models.DateField(null=True, blank=True)
    decide_by = models.DateField(help_text="As the clock says now; kept to sort by.")
    heard_on = models.DateField(null=True, blank=True)
    heard = models.TextField(max_length=5000, blank=True)
    outcome = models.CharField(max_length=15, choices=ObjectionOutcome.choices, blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    letter = models.OneToOneField(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="objection")
    noted_by = models.UUIDField(null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("decide_by", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="decided_objection_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["unfounded", "founded", "inadmissible"]) | ~Q(answer=""), name="decided_objection_has_an_answer"
            ),
        )

    def __str__(self) -> str:
        return f"objection {self.uuid}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"objection:{self.uuid}"


class ObjectionNotice(Notice):
    """That the decision on an objection is late; the same money runs (Awb 7:14)."""

    objection = models.OneToOneField(Objection, on_delete=models.CASCADE, related_name="default_notice")

    def __str__(self) -> str:
        return f"default notice on {self.objection_id}"
