"""What an initiative tells: updates with pictures, and prizes."""

import uuid

from django.db import models
from django.db.models import Q

from buurtdraad.initiatives.models.initiative import Initiative
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.uploads.models import PictureUpload


class Update(models.Model):
    """What happened, told by its people; read before it stands on the site, as all texts of residents are."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="updates")
    text = models.TextField(max_length=2000)
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.TO_READ)
    given_by = models.UUIDField(null=True, help_text="Public id of who wrote it.")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="update_says_something"),)

    def __str__(self) -> str:
        return f"update of {self.initiative_id}"

    @property
    def thing(self) -> str:
        """How a report and the record name it."""
        return f"update:{self.uuid}"


class InitiativePicture(PictureUpload):
    """A picture of it, or of an update; the first that is shown stands in the gallery."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="pictures")
    update = models.ForeignKey(Update, on_delete=models.CASCADE, null=True, blank=True, related_name="pictures")
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.TO_READ)

    class Meta(PictureUpload.Meta):
        abstract = False
        ordering = ("given_at", "id")


class Prize(models.Model):
    """A prize that it won."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="prizes")
    name = models.CharField(max_length=150)
    year = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=300, blank=True, help_text="Where it can be read.")

    class Meta:
        ordering = ("-year", "name")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "name", "year"], name="prize_once"),
            models.CheckConstraint(condition=Q(year__gte=1950, year__lte=2100), name="prize_year"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
