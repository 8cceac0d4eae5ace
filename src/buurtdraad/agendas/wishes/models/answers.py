"""What became of a wish: its steps, the answers to who gave it, and whether that helped."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.agendas.wishes.models.wish import Wish
from buurtdraad.agendas.wishes.states import Helped, Stage
from buurtdraad.messages.models import Contact


class Answer(models.Model):
    """One answer to one or many wishes; each giver got it in their own way, with their own words quoted."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    text = models.TextField(max_length=2000)
    by = models.UUIDField(null=True, blank=True, help_text="Public id of who answered.")
    at = models.DateTimeField()
    why_late = models.CharField(max_length=200, blank=True, db_default="", help_text="Why it came after the promised day; for staff alone.")
    mark = models.CharField(max_length=100, unique=True, null=True, blank=True, help_text="Of the form: sent twice, it is one answer.")
    wishes = models.ManyToManyField(Wish, through="Answered", related_name="answers")

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="answer_says_something"),)

    def __str__(self) -> str:
        return f"answer {self.uuid}"


class Answered(models.Model):
    """That this wish got this answer, and how it stood then."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="answered")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="answered")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    told = models.PositiveIntegerField(default=0, help_text="How many people were told.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["answer", "wish"], name="answered_once"),)

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.wish_id}"


class Step(models.Model):
    """One move of a wish, with its reason in plain words. The line that everybody can follow."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    why = models.CharField(max_length=1000, blank=True)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=["-at"], condition=Q(stage=Stage.DONE), name="step_done"),)

    def __str__(self) -> str:
        return f"{self.wish_id}: {self.stage}"


class Rating(models.Model):
    """Whether an answer helped, as somebody who got it says; a few words if they want. Staff of the area read them."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="ratings")
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="+", help_text="Empty: somebody who was erased."
    )
    helped = models.PositiveSmallIntegerField(choices=Helped.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["answer", "contact"], name="rating_once"),)

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.helped}"
