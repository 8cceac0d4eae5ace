"""A comment below a wish."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import Stage as Reported
from buurtdraad.agendas.comments.rules import MOST_LETTERS
from buurtdraad.agendas.comments.states import Showing
from buurtdraad.agendas.wishes.models import Wish


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about many comments."""

    def on_site(self) -> "CommentQuerySet":
        """What everybody may read: shown, and not hidden after a report."""
        hidden = Report.objects.filter(thing__startswith="comment:", stage=Reported.HIDDEN).values_list("thing", flat=True)
        return self.filter(showing=Showing.SHOWN).exclude(uuid__in=[thing.partition(":")[2] for thing in hidden])


class Comment(models.Model):
    """What somebody says about a wish. `name` is what they let others read of their name."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=40, blank=True, help_text="First name that others read; empty: a neighbour.")
    text = models.TextField(max_length=MOST_LETTERS)
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.WAITING)
    at = models.DateTimeField()
    mark = models.CharField(max_length=100, unique=True, null=True, blank=True, help_text="Of the form: sent twice, it is one.")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),)
        indexes = (
            models.Index(fields=["wish", "at"], name="comment_of_wish"),
            models.Index(fields=["at"], condition=Q(showing=Showing.WAITING), name="comment_to_read"),
        )

    def __str__(self) -> str:
        return f"comment {self.uuid}"

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"comment:{self.uuid}"
