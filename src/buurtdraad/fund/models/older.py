"""What an older system decided, before this one came: history, without money, terms or letters of ours."""

from django.db import models
from django.db.models import F, Q

from buurtdraad.fund.models.application import Application
from buurtdraad.fund.states import Outcome
from buurtdraad.money.models.pots import euros


class OlderDecision(models.Model):
    """How a request ended in an older system. Its money was promised and paid there: no pot of ours counts it."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="older_decision")
    outcome = models.CharField(max_length=15, choices=Outcome.choices)
    amount = euros(default=0)
    final = euros(null=True, blank=True, help_text="The amount that was determined in the end.")
    decided_on = models.DateField()
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=["granted", "partly"], amount__gt=0) | Q(outcome__in=["refused", "not_processed"], amount=0),
                name="older_decision_amount",
            ),
            models.CheckConstraint(
                condition=Q(final__isnull=True) | Q(final__gte=0, final__lte=F("amount")), name="older_final_not_above_grant"
            ),
        )

    def __str__(self) -> str:
        return f"older decision on {self.application_id}"
