"""What an agenda, a topic and an agreement can be, and which step may follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionStage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("This counts now")
    FOLLOWED = "followed", _("There is a newer one")


VERSION_MOVES: dict[str, tuple[VersionStage, ...]] = {
    VersionStage.DRAFT: (VersionStage.ADOPTED,),
    VersionStage.ADOPTED: (VersionStage.FOLLOWED,),
    VersionStage.FOLLOWED: (),
}


class Origin(models.TextChoices):
    """Where a topic came from."""

    CONVERSATION = "conversation", _("talks in the neighbourhood")
    FIGURES = "figures", _("figures")
    MEETING = "meeting", _("a meeting")
    ONLINE = "online", _("wishes online")


class Method(models.TextChoices):
    """How a topic was chosen."""

    STICKERS = "stickers", _("with stickers")
    HANDS = "hands", _("by a show of hands")
    ONLINE = "online", _("online")
    PANEL = "panel", _("by a panel of residents")
    CONVERSATION = "conversation", _("in a conversation")


class Following(models.TextChoices):
    """What became of a topic of the version before."""

    CONTINUED = "continued", _("It goes on")
    MERGED = "merged", _("It was joined with others")
    REPLACED = "replaced", _("Something else came instead")


class Stage(models.TextChoices):
    TODO = "todo", _("To do")
    LOOKING = "looking", _("Being looked into")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    LATER = "later", _("Will be later")
    STOPPED = "stopped", _("Stopped")


TRACK = (Stage.TODO, Stage.LOOKING, Stage.RUNNING, Stage.DONE)
MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.TODO: (Stage.LOOKING, Stage.RUNNING, Stage.DONE, Stage.LATER, Stage.STOPPED),
    Stage.LOOKING: (Stage.TODO, Stage.RUNNING, Stage.DONE, Stage.LATER, Stage.STOPPED),
    Stage.RUNNING: (Stage.LOOKING, Stage.DONE, Stage.LATER, Stage.STOPPED),
    Stage.LATER: (Stage.TODO, Stage.LOOKING, Stage.RUNNING, Stage.DONE, Stage.STOPPED),
    # What was said to be over can be taken up again.
    Stage.DONE: (Stage.RUNNING,),
    Stage.STOPPED: (Stage.TODO, Stage.LOOKING, Stage.RUNNING),
}
OPEN = frozenset({Stage.TODO, Stage.LOOKING, Stage.RUNNING, Stage.LATER})
# Who reads this wants to know why.
SAYS_WHY = frozenset({Stage.LATER, Stage.STOPPED})
TONES = {
    Stage.TODO: "neutral",
    Stage.LOOKING: "info",
    Stage.RUNNING: "info",
    Stage.DONE: "good",
    Stage.LATER: "watch",
    Stage.STOPPED: "bad",
}


class OwnerKind(models.TextChoices):
    RESIDENT = "resident", _("residents")
    ENTREPRENEUR = "entrepreneur", _("entrepreneurs")
    PARTNER = "partner", _("a partner")
    MUNICIPALITY = "municipality", _("the municipality")


class Role(models.TextChoices):
    OWNER = "owner", _("sees to it")
    CO_WORKER = "co_worker", _("helps")


class Said(models.TextChoices):
    """How an owner said yes or no."""

    LINK = "link", _("by the link in the mail")
    SIGNED_IN = "signed_in", _("signed in")
    TOLD = "told", _("told to us")


class Noticed(models.IntegerChoices):
    """The answers of the poll."""

    NO = 1, _("No")
    A_LITTLE = 2, _("A little")
    YES = 3, _("Yes")
