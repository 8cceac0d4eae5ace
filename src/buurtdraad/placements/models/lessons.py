"""What was learned at a placement and is shared, which rule must be simpler, and what a lesson led to."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.models import Topic, Wish
from buurtdraad.method.models import Lesson as MethodLesson
from buurtdraad.placements.models.shifts import Placement
from buurtdraad.placements.states import LessonStage, RuleStage, Theme
from buurtdraad.places.models import Area


class Lesson(models.Model):
    """A lesson for others. Without the name of who wrote it, and never with the story of a client."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons")
    writer = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown to nobody: to give it back, and so that nobody reads their own.",
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.CharField(max_length=100, help_text="Of who wrote it; only counted, from five.")
    theme = models.CharField(max_length=15, choices=Theme.choices)
    text = models.CharField(max_length=500)
    stage = models.CharField(max_length=10, choices=LessonStage.choices, default=LessonStage.TO_READ)
    why_back = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="placement_lesson_says_something"),
            models.CheckConstraint(condition=~Q(stage=LessonStage.BACK) | ~Q(why_back=""), name="lesson_back_says_why"),
            models.CheckConstraint(condition=~Q(stage=LessonStage.SHARED) | Q(shared_at__isnull=False), name="shared_lesson_says_when"),
        )

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def thing(self) -> str:
        return f"lesson:{self.uuid}"


class SimplerRule(models.Model):
    """'Which rule must be simpler?' With somebody who sees to it, a date, and what came of it."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    lesson = models.OneToOneField(Lesson, on_delete=models.CASCADE, related_name="rule")
    rule = models.CharField(max_length=200, help_text="Which rule or form.")
    proposal = models.CharField(max_length=500, help_text="How it can be simpler.")
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=150, blank=True, help_text="Department or function; stands with it.")
    due_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=RuleStage.choices, default=RuleStage.OPEN)
    what_came = models.CharField(max_length=500, blank=True, help_text="What is different now, or why it will not happen.")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(rule="") & ~Q(proposal=""), name="rule_says_what_and_how"),
            models.CheckConstraint(
                condition=~Q(stage=RuleStage.BUSY) | (~Q(owner_name="") & Q(due_on__isnull=False)), name="busy_rule_has_owner_and_date"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[RuleStage.DONE, RuleStage.NOT_DONE]) | ~Q(what_came=""), name="rule_says_what_came"
            ),
            models.CheckConstraint(condition=~Q(stage=RuleStage.DONE) | Q(done_on__isnull=False), name="done_rule_says_when"),
        )

    def __str__(self) -> str:
        return self.rule


class LessonWish(models.Model):
    """That a lesson became a wish: the thread goes on from there."""

    lesson = models.OneToOneField(Lesson, on_delete=models.CASCADE, related_name="became_wish")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.lesson_id} became {self.wish_id}"


class LessonTopic(models.Model):
    """That a lesson belongs to a topic of an agenda."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="became_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["lesson", "topic"], name="lesson_in_a_topic_once"),)

    def __str__(self) -> str:
        return f"{self.lesson_id} in {self.topic_id}"


class LessonStep(models.Model):
    """That a lesson became a proposal to change a step of the method."""

    lesson = models.OneToOneField(Lesson, on_delete=models.CASCADE, related_name="became_proposal")
    proposal = models.ForeignKey(MethodLesson, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.lesson_id} became {self.proposal_id}"
