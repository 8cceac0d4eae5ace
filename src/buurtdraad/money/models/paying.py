"""Payments, and the lists on which they go to finance. To whom and to which account is for who pays only."""

import uuid

from django.db import models
from django.db.models import F, Q

from buurtdraad.money.models.pots import Commitment, euros
from buurtdraad.money.states import ListStage, PaymentStage


class PaymentList(models.Model):
    """Payments that go to finance together. Made by one, released by another."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True, help_text="It counts up.")
    stage = models.CharField(max_length=10, choices=ListStage.choices, default=ListStage.MADE)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    released_by = models.UUIDField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(condition=Q(released_by__isnull=True) | ~Q(released_by=F("made_by")), name="payment_list_two_people"),
            models.CheckConstraint(
                condition=~Q(stage__in=["released", "sent"]) | Q(released_by__isnull=False), name="payment_list_released_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"payment list {self.number}"

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"payment_list:{self.uuid}"


class Payment(models.Model):
    """One sum to one account. `reference` is what both sides see on the bank statement."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="payments")
    amount = euros()
    stage = models.CharField(max_length=10, choices=PaymentStage.choices, default=PaymentStage.DUE)
    reference = models.CharField(max_length=35, unique=True)
    payee = models.CharField(max_length=70, blank=True, help_text="Name of the account; empty once destroyed.")
    iban = models.CharField(max_length=34, blank=True)
    card = models.BooleanField(
        default=False, help_text="On a prepaid card instead of an account. Says something about debts: for who pays only."
    )
    listed = models.ForeignKey(PaymentList, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    due_on = models.DateField(help_text="The last day to pay it (Awb 4:87).")
    why = models.CharField(max_length=300, blank=True, help_text="Why it came back or will not be paid.")
    made_at = models.DateTimeField()
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=~Q(stage=PaymentStage.PAID) | Q(paid_on__isnull=False), name="paid_payment_says_when"),
            models.CheckConstraint(condition=~Q(stage=PaymentStage.ORDERED) | Q(listed__isnull=False), name="ordered_payment_on_a_list"),
        )
        indexes = (models.Index(fields=["stage", "due_on"], name="payment_to_do"),)

    def __str__(self) -> str:
        return self.reference

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"payment:{self.uuid}"
