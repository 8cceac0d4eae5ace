"""The steps of a destruction list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    REFUSED = "refused", _("not destroyed")
    DESTROYED = "destroyed", _("destroyed")


MOVES: dict[str, tuple[str, ...]] = {Stage.PROPOSED: (Stage.REFUSED, Stage.DESTROYED), Stage.REFUSED: (), Stage.DESTROYED: ()}
