"""The steps of an initiative, what it needs, what people think of it, and which step may follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    IDEA = "idea", _("Idea")
    PLAN = "plan", _("Plan")
    DECISION = "decision", _("Decision")
    DOING = "doing", _("Doing")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Will not happen")


TRACK = (Stage.IDEA, Stage.PLAN, Stage.DECISION, Stage.DOING, Stage.DONE)
MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.IDEA: (Stage.PLAN, Stage.DECISION, Stage.DOING, Stage.STOPPED),
    # Without money there is nothing to decide.
    Stage.PLAN: (Stage.IDEA, Stage.DECISION, Stage.DOING, Stage.STOPPED),
    Stage.DECISION: (Stage.PLAN, Stage.DOING, Stage.STOPPED),
    Stage.DOING: (Stage.PLAN, Stage.DONE, Stage.STOPPED),
    # What was said to be over can be taken up again.
    Stage.DONE: (Stage.DOING,),
    Stage.STOPPED: (Stage.IDEA, Stage.PLAN),
}
OPEN = frozenset({Stage.IDEA, Stage.PLAN, Stage.DECISION, Stage.DOING})
SAYS_WHY = frozenset({Stage.STOPPED})


class Showing(models.TextChoices):
    """Whether it stands on the site. A request for money makes its initiative without showing it."""

    PRIVATE = "private", _("Only for you and who helps you")
    TO_READ = "to_read", _("Waits until somebody reads it")
    SHOWN = "shown", _("On the site")
    BACK = "back", _("Back to you, with a question")
    REMOVED = "removed", _("Taken off the site")


SHOWING_MOVES: dict[str, tuple[Showing, ...]] = {
    Showing.PRIVATE: (Showing.TO_READ, Showing.SHOWN),
    Showing.TO_READ: (Showing.SHOWN, Showing.BACK, Showing.PRIVATE),
    Showing.SHOWN: (Showing.PRIVATE, Showing.TO_READ, Showing.REMOVED),
    Showing.BACK: (Showing.TO_READ, Showing.SHOWN, Showing.PRIVATE),
    Showing.REMOVED: (Showing.SHOWN, Showing.PRIVATE),
}


class Role(models.TextChoices):
    """Of somebody of an initiative. Each of them may change it."""

    INITIATOR = "initiator", _("started it")
    CO_WORKER = "co_worker", _("does it with them")
    HELPER = "helper", _("helps from the municipality or a partner")


class NeedKind(models.TextChoices):
    HANDS = "hands", _("helping hands")
    MATERIAL = "material", _("material")
    PERMIT = "permit", _("a permit")
    MONEY = "money", _("money")
    SPACE = "space", _("a place")
    KNOWLEDGE = "knowledge", _("somebody who knows about it")


class OfferStage(models.TextChoices):
    """Of an offer to help."""

    OFFERED = "offered", _("Offered")
    TAKEN = "taken", _("Gladly taken")
    DECLINED = "declined", _("Not needed")
    WITHDRAWN = "withdrawn", _("Taken back")


OFFER_MOVES: dict[str, tuple[OfferStage, ...]] = {
    OfferStage.OFFERED: (OfferStage.TAKEN, OfferStage.DECLINED, OfferStage.WITHDRAWN),
    OfferStage.TAKEN: (OfferStage.WITHDRAWN, OfferStage.DECLINED),
    OfferStage.DECLINED: (OfferStage.TAKEN,),
    OfferStage.WITHDRAWN: (),
}

# Of these somebody still helps, or wants to.
HELPS = frozenset({OfferStage.OFFERED, OfferStage.TAKEN})


class Says(models.TextChoices):
    """What neighbours think: a count of three, never of likes."""

    FOR = "for", _("In favour")
    AGAINST = "against", _("Against")
    NEUTRAL = "neutral", _("No opinion")


class Unit(models.TextChoices):
    """Whom an opinion stands for."""

    PERSON = "person", _("person")
    HOUSEHOLD = "household", _("household")


class ZoneRule(models.TextChoices):
    """How much support a zone asks. In a street that closes for cars everybody agrees; around it a large majority."""

    EVERYBODY = "everybody", _("everybody in favour")
    MAJORITY = "majority", _("a large majority in favour")
    HEARD = "heard", _("everybody has been asked")


class EvidenceKind(models.TextChoices):
    SHEET = "sheet", _("a list with signatures")
    QUESTIONNAIRE = "questionnaire", _("a questionnaire")
    MEETING = "meeting", _("asked at a meeting")


class EvidenceStage(models.TextChoices):
    """A list counts when two people counted the same."""

    TO_COUNT = "to_count", _("Has to be counted by two people")
    DIFFERENT = "different", _("Two people counted differently")
    COUNTED = "counted", _("Counted")
    REJECTED = "rejected", _("Does not count")


EVIDENCE_MOVES: dict[str, tuple[EvidenceStage, ...]] = {
    EvidenceStage.TO_COUNT: (EvidenceStage.COUNTED, EvidenceStage.DIFFERENT, EvidenceStage.REJECTED),
    EvidenceStage.DIFFERENT: (EvidenceStage.COUNTED, EvidenceStage.DIFFERENT, EvidenceStage.REJECTED),
    EvidenceStage.COUNTED: (EvidenceStage.TO_COUNT, EvidenceStage.REJECTED),
    EvidenceStage.REJECTED: (EvidenceStage.TO_COUNT,),
}
