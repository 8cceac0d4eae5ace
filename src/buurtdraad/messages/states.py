"""How somebody wants to hear from us, what messages are about, and what becomes of a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How somebody hears from us."""

    EMAIL = "email", _("By e-mail")
    CALL = "call", _("Call me")
    BOARD = "board", _("I look at the board in the community centre")
    NONE = "none", _("I do not need to hear anything")


class Kind(models.TextChoices):
    """What a message is about."""

    WISH = "wish", _("wishes")
    AGENDA = "agenda", _("neighbourhood agenda")
    MEETING = "meeting", _("meetings")
    MONEY = "money", _("money for plans")
    DONE = "done", _("what has been done")
    DECISION = "decision", _("a decision about your request")
    ACCOUNT = "account", _("signing in and your data")
    WORK = "work", _("your week at work")


# The city must tell these, so nobody can choose to hear them later or never.
ALWAYS = frozenset({Kind.DECISION, Kind.ACCOUNT})
CHOOSABLE = (Kind.WISH, Kind.AGENDA, Kind.MEETING, Kind.MONEY, Kind.DONE)


class Rhythm(models.TextChoices):
    """How often somebody hears about a subject."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, together")
    WEEKLY = "weekly", _("Once a week, together")
    NEVER = "never", _("Never")


class Stage(models.TextChoices):
    """What became of a message or a mail. `KEPT` is told to nobody: it can be looked up."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    CALLED = "called", _("called")
    KEPT = "kept", _("to look up")


MOVES = {
    Stage.WAITING: {Stage.SENT, Stage.FAILED, Stage.CALLED, Stage.KEPT},
    Stage.SENT: set(),
    Stage.FAILED: set(),
    Stage.CALLED: set(),
    Stage.KEPT: set(),
}
