"""What becomes of a spoken note, and what kinds of batches there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteStage(models.TextChoices):
    """A note waits until somebody has listened; after that there is no sound any more."""

    WAITING = "waiting", _("waits for somebody to listen")
    WRITTEN = "written", _("written down")
    UNHEARD = "unheard", _("nothing could be understood")


MOVES: dict[str, tuple[NoteStage, ...]] = {
    NoteStage.WAITING: (NoteStage.WRITTEN, NoteStage.UNHEARD),
    NoteStage.WRITTEN: (),
    NoteStage.UNHEARD: (),
}


class ReadBack(models.TextChoices):
    """Whether the giver heard what we wrote down."""

    YES = "yes", _("Yes, and it is right")
    NOT_REACHED = "not_reached", _("No, I could not reach them")


class BatchKind(models.TextChoices):
    PILE = "pile", _("pile of answer sheets")
    IMPORT = "import", _("table")
    MEETINGS = "meetings", _("table of meetings")
    OPENSTAD = "openstad", _("export of OpenStad")
