"""The steps of a report, why people report, and which step may follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    OPEN = "open", _("to be looked at")
    LEFT = "left", _("stays as it is")
    HIDDEN = "hidden", _("is hidden")
    REFERRED = "referred", _("is passed on")


class Reason(models.TextChoices):
    RUDE = "rude", _("It is rude or hurts people")
    PRIVATE = "private", _("It tells something private about somebody")
    WRONG = "wrong", _("It is not true")
    ADVERTISEMENT = "advertisement", _("It is advertising")
    DANGER = "danger", _("Somebody is in danger")
    OTHER = "other", _("Something else")


DECISIONS = (Stage.LEFT, Stage.HIDDEN, Stage.REFERRED)
# What was passed on comes back as decided; a decision that was wrong is turned round.
MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.OPEN: DECISIONS,
    Stage.REFERRED: (Stage.LEFT, Stage.HIDDEN),
    Stage.LEFT: (Stage.HIDDEN,),
    Stage.HIDDEN: (Stage.LEFT,),
}
VERBS: dict[str, str] = {Stage.LEFT: "report.left", Stage.HIDDEN: "report.hidden", Stage.REFERRED: "report.referred"}
