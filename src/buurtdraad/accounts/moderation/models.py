"""Reports: what somebody finds wrong, and what was decided."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from buurtdraad.accounts.moderation.states import Reason, Stage
from buurtdraad.places.models import Area


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about many reports."""

    def waiting(self) -> "ReportQuerySet":
        """Those on which nobody decided yet, danger first and then the oldest."""
        return self.filter(stage=Stage.OPEN).annotate(danger=Q(reason=Reason.DANGER)).order_by("-danger", "made_at", "id")


class Report(models.Model):
    """Somebody says that something on a page is wrong. Who it was is kept only when they were signed in."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    thing = models.CharField(max_length=80, help_text="What it is about, as `kind:id`.")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    text = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=20, default="web")
    doubts = ArrayField(models.CharField(max_length=20), default=list, help_text="What speaks for a program that sent it.")
    same = models.CharField(max_length=64, blank=True, help_text="A hash that reports with the same words share.")
    marks = ArrayField(models.CharField(max_length=100), default=list, help_text="Of the forms with which this was sent.")
    times = models.PositiveIntegerField(default=1, help_text="How often the same was sent while it waited.")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OPEN)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=500, blank=True, help_text="Why it was decided so.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "id")
        indexes = (
            models.Index(fields=["thing", "stage"]),
            models.Index(fields=["same"], condition=Q(stage=Stage.OPEN), name="same_report_waiting"),
            GinIndex(fields=["marks"], name="report_marks"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(stage=Stage.OPEN) | (Q(decided_at__isnull=False) & ~Q(why="")), name="decided_report_says_when_and_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing}: {self.reason}"
