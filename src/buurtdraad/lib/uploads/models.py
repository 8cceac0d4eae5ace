"""What a room builds its own table of pictures or documents on. The room adds the key to the thing that it belongs to."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.uploads.pictures import widths_of


class People(models.TextChoices):
    """Whether somebody can be recognised in a picture, and whether they agree."""

    NOBODY = "nobody", _("No, nobody can be recognised.")
    AGREED = "agreed", _("Yes, and everybody agrees that we show it.")


class Upload(models.Model):
    """One file that somebody gave."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=32, unique=True, help_text="Random name of the folder that it is kept in.")
    given_by = models.UUIDField(null=True, help_text="Public id of the person; empty for somebody unknown.")
    given_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.uuid)


class PictureUpload(Upload):
    """A picture, with words for who cannot see it, and the consent of who can be recognised in it."""

    alt = models.CharField(max_length=200, help_text="What can be seen, for who cannot see it.")
    width = models.PositiveIntegerField(help_text="Pixels, of the picture as it was drawn anew.")
    height = models.PositiveIntegerField()
    people = models.CharField(max_length=10, choices=People.choices)
    agreed_with = models.CharField(max_length=200, blank=True, help_text="Who asked them, and how: 'Kees, at the party itself'.")
    agreed_at = models.DateTimeField(null=True, help_text="When the sender said that they agree.")

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(condition=~Q(alt=""), name="%(app_label)s_%(class)s_has_words"),
            models.CheckConstraint(
                condition=~Q(people=People.AGREED) | Q(agreed_at__isnull=False), name="%(app_label)s_%(class)s_agreed_when"
            ),
        )

    def width_for(self, wanted: int) -> int:
        """The width that is kept and is the largest not above `wanted`, or the only one there is."""
        kept = widths_of(self.width)
        return max((width for width in kept if width <= wanted), default=kept[0])


class DocumentUpload(Upload):
    """A document, kept as it came."""

    name = models.CharField(max_length=100, help_text="What the sender calls it; only for giving it back.")
    kind = models.CharField(max_length=4, choices=[(kind, kind) for kind in ("pdf", "docx", "xlsx", "odt")])
    bytes = models.PositiveIntegerField()

    class Meta:
        abstract = True
