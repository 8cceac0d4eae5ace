"""What a partner offers in an area, besides its agreements."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.lib.dated import ENDS_AFTER_IT_BEGINS, DatedQuerySet
from buurtdraad.partners.models.organisations import Organisation
from buurtdraad.places.models import Area


class Offer(models.Model):
    """Something that a partner does or has for people in these areas: a walk-in hour, a room, hands."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offers")
    areas = models.ManyToManyField(Area, related_name="+")
    what = models.CharField(max_length=200)
    for_whom = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="The last day; empty: until further notice.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("what", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(what=""), name="offer_says_what"),
            models.CheckConstraint(condition=ENDS_AFTER_IT_BEGINS, name="offer_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def thing(self) -> str:
        """How a confirmation and the record name it."""
        return f"offer:{self.uuid}"
