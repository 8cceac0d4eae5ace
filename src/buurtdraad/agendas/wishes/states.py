"""What a wish can be: its kind and theme, how it came in, its steps, and whether it stands on the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    WISH = "wish", _("I want something")
    PROBLEM = "problem", _("Something bothers me")


class Theme(models.TextChoices):
    """Fixed, so that neighbourhoods can be laid side by side. A topic of an agenda has its own name."""

    GREEN = "green", _("Green and play")
    TRAFFIC = "traffic", _("Traffic and parking")
    CLEAN = "clean", _("Clean streets")
    SAFE = "safe", _("Safe")
    NUISANCE = "nuisance", _("Trouble and noise")
    TOGETHER = "together", _("Meeting each other")
    YOUTH = "youth", _("Young people")
    HOMES = "homes", _("Homes")
    MONEY = "money", _("Money and work")
    HEALTH = "health", _("Health and care")
    OTHER = "other", _("Something else")


# A point on the map would show who is meant.
WITHOUT_POINT = frozenset({Theme.NUISANCE})


class Channel(models.TextChoices):
    """How it came to us; all count alike."""

    WEB = "web", _("online")
    PHONE = "phone", _("by phone")
    DOOR = "door", _("at the door")
    PAPER = "paper", _("on paper")
    SPOKEN = "spoken", _("spoken")
    MEETING = "meeting", _("at a meeting")
    IMPORT = "import", _("from another list")


# Written down by who works here, from what somebody said.
BY_STAFF = frozenset({Channel.PHONE, Channel.DOOR})


class Showing(models.TextChoices):
    """Whether everybody sees it."""

    WAITING = "waiting", _("is read first")
    SHOWN = "shown", _("on the site")
    PRIVATE = "private", _("not on the site")


class Stage(models.TextChoices):
    TOLD = "told", _("Told")
    SEEN = "seen", _("Looked at")
    CHOSEN = "chosen", _("Chosen")
    BUSY = "busy", _("Under way")
    DONE = "done", _("Done")
    LATER = "later", _("On the list for later")
    REFERRED = "referred", _("Passed on")
    NOT_DONE = "not_done", _("Will not happen")


# The five steps that a wish shows; the others leave the track.
TRACK = (Stage.TOLD, Stage.SEEN, Stage.CHOSEN, Stage.BUSY, Stage.DONE)
# How a badge says it, beside the word (`ui` badge).
TONES = {
    Stage.TOLD: "neutral",
    Stage.SEEN: "info",
    Stage.CHOSEN: "info",
    Stage.BUSY: "info",
    Stage.DONE: "good",
    Stage.LATER: "watch",
    Stage.REFERRED: "watch",
    Stage.NOT_DONE: "bad",
}
MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.TOLD: (Stage.SEEN, Stage.CHOSEN, Stage.BUSY, Stage.DONE, Stage.LATER, Stage.REFERRED, Stage.NOT_DONE),
    Stage.SEEN: (Stage.CHOSEN, Stage.BUSY, Stage.DONE, Stage.LATER, Stage.REFERRED, Stage.NOT_DONE),
    Stage.CHOSEN: (Stage.SEEN, Stage.BUSY, Stage.DONE, Stage.LATER, Stage.REFERRED, Stage.NOT_DONE),
    Stage.BUSY: (Stage.CHOSEN, Stage.DONE, Stage.LATER, Stage.REFERRED, Stage.NOT_DONE),
    Stage.LATER: (Stage.SEEN, Stage.CHOSEN, Stage.BUSY, Stage.DONE, Stage.REFERRED, Stage.NOT_DONE),
    Stage.REFERRED: (Stage.SEEN, Stage.CHOSEN, Stage.BUSY, Stage.DONE, Stage.NOT_DONE),
    # What was said to be over can be taken up again.
    Stage.DONE: (Stage.SEEN, Stage.BUSY),
    Stage.NOT_DONE: (Stage.SEEN, Stage.LATER),
}
# Who hears one of these hears why, and it is written down when they heard.
TOLD_WHY = frozenset({Stage.LATER, Stage.NOT_DONE})


class Helped(models.IntegerChoices):
    """The answer to "Were you helped well?"."""

    NO = 1, _("No")
    SO_SO = 2, _("A little")
    YES = 3, _("Yes")
