"""The steps of an agreement between partners, and what a partner can say of what it does."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccordStage(models.TextChoices):
    """Of one version of an agreement between partners."""

    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("This counts now")
    FOLLOWED = "followed", _("There is a newer one")
    ENDED = "ended", _("Ended")


ACCORD_MOVES: dict[str, tuple[AccordStage, ...]] = {
    AccordStage.DRAFT: (AccordStage.IN_FORCE,),
    AccordStage.IN_FORCE: (AccordStage.FOLLOWED, AccordStage.ENDED),
    AccordStage.FOLLOWED: (),
    AccordStage.ENDED: (),
}


class Binding(models.TextChoices):
    """What who signs promises."""

    EFFORT = "effort", _("to do their best")
    RESULT = "result", _("to reach the result")


class Says(models.TextChoices):
    """What a partner says of one of its agreements or offers."""

    RIGHT = "right", _("This is right")
    CHANGED = "changed", _("This has changed")
    STUCK = "stuck", _("I am stuck")
