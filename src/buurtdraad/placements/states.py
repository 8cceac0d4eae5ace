"""The steps of a shift, of who takes part in it, of a lesson, and of a training session."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShiftStage(models.TextChoices):
    """Full or not is counted, and no step of its own."""

    OFFERED = "offered", _("Open")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


SHIFT_MOVES: dict[str, tuple[ShiftStage, ...]] = {
    ShiftStage.OFFERED: (ShiftStage.HELD, ShiftStage.CANCELLED),
    ShiftStage.HELD: (),
    ShiftStage.CANCELLED: (),
}


class Stage(models.TextChoices):
    """Of one person in one shift."""

    REQUESTED = "requested", _("The manager is asked")
    WAITING = "waiting", _("On the waiting list")
    AGREED = "agreed", _("The host is asked")
    CONFIRMED = "confirmed", _("You are expected")
    REFUSED = "refused", _("It cannot be now")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Was there")
    NO_SHOW = "no_show", _("Did not come")


MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.REQUESTED: (Stage.AGREED, Stage.WAITING, Stage.REFUSED, Stage.CANCELLED),
    Stage.WAITING: (Stage.AGREED, Stage.REQUESTED, Stage.REFUSED, Stage.CANCELLED),
    Stage.AGREED: (Stage.CONFIRMED, Stage.REFUSED, Stage.CANCELLED),
    Stage.CONFIRMED: (Stage.ATTENDED, Stage.NO_SHOW, Stage.CANCELLED),
    Stage.REFUSED: (),
    Stage.CANCELLED: (),
    Stage.ATTENDED: (Stage.NO_SHOW,),
    Stage.NO_SHOW: (Stage.ATTENDED,),
}
# These have a seat. Who waits for the manager has one too: otherwise the seat would be given away meanwhile.
SEATED = frozenset({Stage.REQUESTED, Stage.AGREED, Stage.CONFIRMED, Stage.ATTENDED, Stage.NO_SHOW})
# Of these the host knows that they want to come.
KNOWN_TO_HOST = frozenset({Stage.AGREED, Stage.CONFIRMED})
# Of these nothing more is to come.
OVER = frozenset({Stage.REFUSED, Stage.CANCELLED, Stage.ATTENDED, Stage.NO_SHOW})


class LessonStage(models.TextChoices):
    """A lesson is read by somebody else before others see it: nobody may be recognised in it."""

    TO_READ = "to_read", _("Waits until somebody reads it")
    SHARED = "shared", _("Shared")
    BACK = "back", _("Back to who wrote it")
    WITHDRAWN = "withdrawn", _("Taken back")


LESSON_MOVES: dict[str, tuple[LessonStage, ...]] = {
    LessonStage.TO_READ: (LessonStage.SHARED, LessonStage.BACK, LessonStage.WITHDRAWN),
    LessonStage.BACK: (LessonStage.TO_READ, LessonStage.WITHDRAWN),
    LessonStage.SHARED: (LessonStage.WITHDRAWN,),
    LessonStage.WITHDRAWN: (),
}


class RuleStage(models.TextChoices):
    """Of a rule that must be simpler."""

    OPEN = "open", _("Who sees to it?")
    BUSY = "busy", _("Under way")
    DONE = "done", _("The rule is simpler now")
    NOT_DONE = "not_done", _("Will not happen")


RULE_MOVES: dict[str, tuple[RuleStage, ...]] = {
    RuleStage.OPEN: (RuleStage.BUSY, RuleStage.NOT_DONE),
    RuleStage.BUSY: (RuleStage.BUSY, RuleStage.DONE, RuleStage.NOT_DONE),
    RuleStage.DONE: (),
    RuleStage.NOT_DONE: (RuleStage.OPEN,),
}


# What stays on the site when the lesson behind it is taken back: the rule, without the lesson.
RULE_STAYS = (RuleStage.BUSY, RuleStage.DONE)


class Theme(models.TextChoices):
    """What a lesson is about."""

    RULES = "rules", _("rules and forms")
    LANGUAGE = "language", _("language")
    MONEY = "money", _("money")
    HOUSING = "housing", _("housing")
    CARE = "care", _("care and health")
    YOUTH = "youth", _("young people")
    PUBLIC_SPACE = "public_space", _("streets and green")
    TOGETHER = "together", _("working together")
    OTHER = "other", _("something else")


class Physical(models.TextChoices):
    """What the work asks of a body."""

    SITTING = "sitting", _("Can be done sitting")
    STANDING = "standing", _("Much standing and walking")
    LIFTING = "lifting", _("Lifting and carrying")


class Enrolled(models.TextChoices):
    """Of one person in one training session."""

    PLACE = "place", _("You have a place")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Was there")
    NO_SHOW = "no_show", _("Did not come")


ENROLLED_MOVES: dict[str, tuple[Enrolled, ...]] = {
    Enrolled.PLACE: (Enrolled.ATTENDED, Enrolled.NO_SHOW, Enrolled.CANCELLED),
    Enrolled.WAITING: (Enrolled.PLACE, Enrolled.CANCELLED),
    Enrolled.CANCELLED: (),
    Enrolled.ATTENDED: (Enrolled.NO_SHOW,),
    Enrolled.NO_SHOW: (Enrolled.ATTENDED,),
}
