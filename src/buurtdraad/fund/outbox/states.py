"""How it stands with bringing a request to the case system, and why it did not arrive."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    WAITING = "waiting", _("waits to be brought")
    FAILED = "failed", _("was refused there")
    THERE = "there", _("is there")


MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.WAITING: (Stage.THERE, Stage.FAILED),
    Stage.FAILED: (Stage.WAITING,),
    Stage.THERE: (),
}


class Problem(models.TextChoices):
    """Why it did not arrive. What may pass by itself is tried again; the rest waits for a person."""

    NONE = "", _("No problem")
    NO_ANSWER = "no_answer", _("The case system does not answer. We try again.")
    BROKEN = "broken", _("The case system has a fault. We try again.")
    NONSENSE = "nonsense", _("The case system answers something that we do not understand. We try again.")
    NOT_KNOWN = "not_known", _("The case system does not let us in. Look at the settings.")
    SAYS_NO = "says_no", _("The case system does not take it. Look at the settings, or at the kind of case.")


# Nothing but a person can help.
FINAL = frozenset({Problem.NOT_KNOWN, Problem.SAYS_NO})
