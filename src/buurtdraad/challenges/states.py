"""How a promise stands: kept, still to come, or later than was promised."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class PledgeKind(models.TextChoices):
    PLEDGE = "pledge", _("pledge")
    MOTION = "motion", _("motion")


class Standing(models.TextChoices):
    """Never stored: it follows from the days of a promise."""

    DONE = "done", _("Done")
    OPEN = "open", _("Not yet")
    LATE = "late", _("Not yet, and later than promised")


TONES = {Standing.DONE: "good", Standing.OPEN: "info", Standing.LATE: "watch"}


def standing(due_on: datetime.date | None, done_on: datetime.date | None, on: datetime.date) -> Standing:
    """How it stands on a day. What was promised for a day is late from the next one on; without a day it is never late."""
    if done_on:
        return Standing.DONE
    return Standing.LATE if due_on and due_on < on else Standing.OPEN
