"""The monthly question to partners: is what we have of you still right? And what they say."""

import datetime
import uuid

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from buurtdraad.partners.models.organisations import Organisation, Representative
from buurtdraad.partners.states import Says
from buurtdraad.places.models import Area

# Who is stuck hears from the area manager within this time.
ANSWERED_WITHIN = datetime.timedelta(days=14)


class Asked(models.Model):
    """That a representative was mailed in a month: once."""

    representative = models.ForeignKey(Representative, on_delete=models.CASCADE, related_name="asked")
    month = models.DateField(help_text="The first day of it.")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["representative", "month"], name="asked_once_a_month"),)

    def __str__(self) -> str:
        return f"{self.representative_id} in {self.month:%Y-%m}"


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Questions about what many partners said."""

    def waiting(self) -> "ConfirmationQuerySet":
        """What asks for an answer: all that was not answered. The link may be forwarded, so what is said later takes no question away."""
        return self.filter(says__in=(Says.STUCK, Says.CHANGED), answered_at__isnull=True)

    def with_later(self) -> "ConfirmationQuerySet":
        """Each with `right_later`: when the same organisation said, after it, that the thing is right; else None."""
        later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
        right = Confirmation.objects.filter(later, thing=OuterRef("thing"), organisation=OuterRef("organisation"), says=Says.RIGHT)
        return self.annotate(right_later=Subquery(right.order_by("-at", "-pk").values("at")[:1]))


class Confirmation(models.Model):
    """What a partner says of one of its things: `agreement:12`, `offer:<uuid>`. The last one counts; none is ever changed.

    Who is stuck gets an answer: from the area manager within two weeks, after that from the programme manager.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="confirmations")
    thing = models.CharField(max_length=60)
    title = models.CharField(max_length=300, help_text="Of the thing, as they read it.")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    says = models.CharField(max_length=10, choices=Says.choices)
    words = models.CharField(max_length=500, blank=True)
    said_by = models.CharField(max_length=150, blank=True, help_text="Who says so, as they wrote it. Staff only.")
    through = models.ForeignKey(
        Representative,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose link it came by; the answer goes there.",
    )
    mark = models.CharField(max_length=100, unique=True, null=True, blank=True, help_text="Of the button: pressed twice, it is one.")
    at = models.DateTimeField()
    # Of what has changed, or is stuck: what we did about it.
    answer_by = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    on_site = models.BooleanField(default=False, help_text="Whether everybody reads what was said and the answer.")

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["thing", "-at"], name="confirmation_of_a_thing"),
            models.Index(fields=["answer_by"], condition=Q(answered_at__isnull=True), name="confirmation_unanswered"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="confirmation_names_its_thing"),
            models.CheckConstraint(condition=~Q(says=Says.STUCK) | (~Q(words="") & Q(answer_by__isnull=False)), name="stuck_says_why"),
            models.CheckConstraint(condition=~Q(says=Says.CHANGED) | ~Q(words=""), name="changed_says_what"),
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | Q(answered_by__isnull=False), name="confirmation_answered_by"),
            models.CheckConstraint(condition=Q(on_site=False) | Q(answered_at__isnull=False), name="confirmation_on_site_is_answered"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.says} {self.thing}"
