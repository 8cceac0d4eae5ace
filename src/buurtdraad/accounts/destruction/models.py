"""Destruction lists: numbers of rows and nothing of what stands in them, so that the list itself may be kept."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from buurtdraad.accounts.destruction.states import Stage


class DestructionList(models.Model):
    """What may go on a day, proposed by one and approved by another (four eyes)."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    on = models.DateField(help_text="The day for which it was looked what is past its time.")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True, help_text="Why it was not destroyed.")

    class Meta:
        ordering = ("-proposed_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["stage"], condition=Q(stage=Stage.PROPOSED), name="one_proposed_destruction_list"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="destruction_has_four_eyes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.on}: {self.stage}"


class DestructionLine(models.Model):
    """So many records of one kind. Their numbers go when they do; the count stays."""

    destruction_list = models.ForeignKey(DestructionList, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=40, help_text="As in `pages/destruction/kinds.py`.")
    retention_class = models.CharField(max_length=40)
    ids = ArrayField(models.BigIntegerField(), default=list)
    proposed = models.PositiveIntegerField()
    destroyed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("kind",)
        constraints = (models.UniqueConstraint(fields=["destruction_list", "kind"], name="kind_once_in_a_destruction_list"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.proposed}"
