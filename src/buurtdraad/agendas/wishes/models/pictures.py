"""A picture that somebody gave with a wish; on the site only after one of the staff looked at it."""

from django.db import models

from buurtdraad.agendas.wishes.models.wish import Wish
from buurtdraad.lib.uploads.models import PictureUpload


class WishPicture(PictureUpload):
    """What somebody showed with their wish."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="pictures")
    shown_at = models.DateTimeField(null=True, blank=True, help_text="Since when everybody sees it, if its wish is on the site.")

    class Meta(PictureUpload.Meta):
        abstract = False
        ordering = ("given_at", "id")
        indexes = (models.Index(fields=["given_at"], condition=models.Q(shown_at__isnull=True), name="picture_to_look_at"),)
