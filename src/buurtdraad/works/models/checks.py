"""The Buurtcheck: what an official looked at and answered before a proposal went on."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.places.models import Area


class Buurtcheck(models.Model):
    """Three questions about a proposal for some areas. Finished when all three have an answer; then it counts for the department."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=150, help_text="What the proposal is about.")
    department = models.CharField(max_length=120)
    areas = models.ManyToManyField(Area, related_name="+")
    asks = models.TextField(blank=True, max_length=3000, help_text="What does the neighbourhood ask?")
    does = models.TextField(blank=True, max_length=3000, help_text="What do we do with it, and why not?")
    spoke_with = models.TextField(blank=True, max_length=3000, help_text="With whom was spoken? Organisations and groups, no residents.")
    wishes = models.ManyToManyField(Wish, related_name="+", help_text="Those that the proposal is about.")
    paragraph = models.TextField(blank=True, help_text="What was made of it to paste, as it stood when it was finished.")
    made_by = models.UUIDField(null=True, help_text="Public id of who made it.")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(department=""), name="check_has_title_and_department"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | (~Q(asks="") & ~Q(does="") & ~Q(spoke_with="")), name="check_finished_is_answered"
            ),
        )
        indexes = (models.Index(fields=["made_by", "-made_at"], name="check_of_somebody"),)

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> str:
        """How the record names it."""
        return f"check:{self.uuid}"
