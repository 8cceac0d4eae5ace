"""What we would do differently: the log that the next version of the method is made from."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.method.models.runs import Run
from buurtdraad.method.models.versions import MethodVersion
from buurtdraad.method.states import LessonStage


class Lesson(models.Model):
    """A lesson about a step (by its key) or about the whole; of a run, or brought in from elsewhere."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, blank=True, related_name="lessons")
    step_key = models.SlugField(max_length=40, blank=True)
    happened = models.TextField(max_length=1000, help_text="What happened.")
    next_time = models.TextField(max_length=1000, help_text="What we would do differently.")
    stage = models.CharField(max_length=10, choices=LessonStage.choices, default=LessonStage.OPEN)
    version = models.ForeignKey(MethodVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons")
    why_not = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(happened="") & ~Q(next_time=""), name="method_lesson_says_both"),
            models.CheckConstraint(condition=~Q(stage=LessonStage.NOT_TAKEN) | ~Q(why_not=""), name="lesson_not_taken_says_why"),
            models.CheckConstraint(
                condition=Q(stage__in=[LessonStage.OPEN, LessonStage.NOT_TAKEN]) | Q(version__isnull=False),
                name="proposed_lesson_names_its_version",
            ),
        )

    def __str__(self) -> str:
        return self.next_time[:80]
