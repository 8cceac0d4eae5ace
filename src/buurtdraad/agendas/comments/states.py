"""Whether everybody sees a comment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Showing(models.TextChoices):
    WAITING = "waiting", _("is read first")
    SHOWN = "shown", _("on the site")
    HIDDEN = "hidden", _("not on the site")
