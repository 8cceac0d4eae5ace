"""The steps of a round, of a plan in it, and of what else moves; and which step may follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundStage(models.TextChoices):
    """From the announcement on, the rules sheet stays as it is."""

    PREPARING = "preparing", _("Is being prepared")
    ANNOUNCED = "announced", _("The rules are known")
    GATHERING = "gathering", _("Tell us your plan")
    CHECKING = "checking", _("We see whether each plan can be done")
    READY = "ready", _("The list of plans is known")
    VOTING = "voting", _("You can vote now")
    # Ballots are frozen and counted.
    CLOSED = "closed", _("The votes are counted")
    # Adopted by who must, in the words of the rules sheet.
    ADOPTED = "adopted", _("The result is known")
    DONE = "done", _("All plans are done")
    STOPPED = "stopped", _("Does not go on")


ROUND_MOVES: dict[str, tuple[RoundStage, ...]] = {
    RoundStage.PREPARING: (RoundStage.ANNOUNCED, RoundStage.STOPPED),
    RoundStage.ANNOUNCED: (RoundStage.GATHERING, RoundStage.STOPPED),
    RoundStage.GATHERING: (RoundStage.CHECKING, RoundStage.STOPPED),
    RoundStage.CHECKING: (RoundStage.READY, RoundStage.STOPPED),
    # Back as long as nobody voted: a plan was forgotten.
    RoundStage.READY: (RoundStage.CHECKING, RoundStage.VOTING, RoundStage.STOPPED),
    RoundStage.VOTING: (RoundStage.CLOSED, RoundStage.STOPPED),
    RoundStage.CLOSED: (RoundStage.ADOPTED, RoundStage.STOPPED),
    RoundStage.ADOPTED: (RoundStage.DONE,),
    RoundStage.DONE: (),
    RoundStage.STOPPED: (),
}
# Nobody but staff sees it.
HIDDEN = frozenset({RoundStage.PREPARING})
# The list of plans on which people vote stands in these.
LISTED = frozenset({RoundStage.READY, RoundStage.VOTING, RoundStage.CLOSED, RoundStage.ADOPTED, RoundStage.DONE})
COUNTED = frozenset({RoundStage.CLOSED, RoundStage.ADOPTED, RoundStage.DONE})
# The result is for everybody from here: before it is adopted it is a count, said as such.
RESULT = frozenset({RoundStage.ADOPTED, RoundStage.DONE})
RUNNING = frozenset(
    {RoundStage.ANNOUNCED, RoundStage.GATHERING, RoundStage.CHECKING, RoundStage.READY, RoundStage.VOTING, RoundStage.CLOSED}
)
# Codes are made in these: letters go out before people vote.
WITH_CODES = frozenset({RoundStage.ANNOUNCED, RoundStage.GATHERING, RoundStage.CHECKING, RoundStage.READY, RoundStage.VOTING})

# In which steps staff put plans in, and in which each plan gets its answer: that begins early.
TAKING_IN = frozenset({RoundStage.ANNOUNCED, RoundStage.GATHERING, RoundStage.CHECKING})
ANSWERING = frozenset({RoundStage.GATHERING, RoundStage.CHECKING})


class BallotKind(models.TextChoices):
    """How people mark."""

    CHOOSE = "choose", _("choose plans")
    BASKET = "basket", _("fill a basket up to the budget")
    POINTS = "points", _("divide points")
    RANK = "rank", _("put plans in order")


class Channel(models.TextChoices):
    """How somebody came to vote. One register for all: one voter, one ballot."""

    POST = "post", _("a code by post")
    EMAIL = "email", _("a code by e-mail")
    BROKER = "broker", _("signed in")
    MEETING = "meeting", _("a code at a meeting")
    HELP = "help", _("with help")
    PAPER = "paper", _("on paper")


# Handed out by the municipality; the others ask for their own.
BY_HAND = (Channel.POST, Channel.MEETING, Channel.HELP, Channel.PAPER)
# Who says where they live is believed: said as such in the result.
WEAK = frozenset({Channel.EMAIL})


class AgeBand(models.TextChoices):
    """The borders are those of the figures of CBS, so that who is not reached can be seen."""

    UNKNOWN = "", _("not known")
    YOUNG = "12-24", _("12 to 24 years")
    ADULT = "25-44", _("25 to 44 years")
    MIDDLE = "45-64", _("45 to 64 years")
    OLD = "65-", _("65 years and older")


class Leftover(models.TextChoices):
    """Where money goes that no plan got."""

    BACK = "back", _("back to where it came from")
    NEXT = "next", _("to the next round in this neighbourhood")
    STAY = "stay", _("it stays for this neighbourhood, the group of the agenda chooses")


class PlanStage(models.TextChoices):
    """A plan on its way to the list. Of each 'no' everybody reads why."""

    WRITING = "writing", _("You are still writing")
    PROPOSED = "proposed", _("Sent in")
    REPAIR = "repair", _("Something has to change first")
    FEASIBLE = "feasible", _("This can be done")
    NOT_FEASIBLE = "not_feasible", _("This cannot be done")
    LISTED = "listed", _("On the list")
    WITHDRAWN = "withdrawn", _("Taken back")
    # It goes on in another plan, or in its parts.
    JOINED = "joined", _("Goes on together with another plan")
    SPLIT = "split", _("Goes on as more than one plan")


PLAN_MOVES: dict[str, tuple[PlanStage, ...]] = {
    PlanStage.WRITING: (PlanStage.PROPOSED, PlanStage.WITHDRAWN),
    PlanStage.PROPOSED: (
        PlanStage.REPAIR, PlanStage.FEASIBLE, PlanStage.NOT_FEASIBLE, PlanStage.WITHDRAWN, PlanStage.JOINED, PlanStage.SPLIT,
    ),
    PlanStage.REPAIR: (
        PlanStage.PROPOSED, PlanStage.FEASIBLE, PlanStage.NOT_FEASIBLE, PlanStage.WITHDRAWN, PlanStage.JOINED, PlanStage.SPLIT,
    ),
    PlanStage.FEASIBLE: (
        PlanStage.LISTED, PlanStage.REPAIR, PlanStage.NOT_FEASIBLE, PlanStage.WITHDRAWN, PlanStage.JOINED, PlanStage.SPLIT,
    ),
    PlanStage.NOT_FEASIBLE: (PlanStage.PROPOSED,),
    # Also while people vote: its votes then count for nothing.
    PlanStage.LISTED: (PlanStage.FEASIBLE, PlanStage.WITHDRAWN),
    PlanStage.WITHDRAWN: (),
    PlanStage.JOINED: (),
    PlanStage.SPLIT: (),
}  # fmt: skip
TO_CHECK = frozenset({PlanStage.PROPOSED, PlanStage.REPAIR})
# Of these the makers still change the words; a new look follows.
OPEN_WORDS = frozenset({PlanStage.WRITING, PlanStage.PROPOSED, PlanStage.REPAIR, PlanStage.NOT_FEASIBLE})
# They can be joined, split and taken back by who made them; one on the list can only be taken back.
OPEN_PLANS = frozenset({PlanStage.PROPOSED, PlanStage.REPAIR, PlanStage.FEASIBLE})
ALIVE = frozenset({PlanStage.PROPOSED, PlanStage.REPAIR, PlanStage.FEASIBLE, PlanStage.LISTED})


class Verdict(models.TextChoices):
    YES = "yes", _("This can be done")
    REPAIR = "repair", _("It can be done if something changes")
    NO = "no", _("This cannot be done")


class CostFrom(models.TextChoices):
    """Where an estimate of the cost comes from."""

    MAKER = "maker", _("who thought of it")
    OFFER = "offer", _("an offer of a firm")
    EXPERT = "expert", _("an official who knows such work")
    EARLIER = "earlier", _("what it cost elsewhere")


class ChangeKind(models.TextChoices):
    JOIN = "join", _("join plans")
    SPLIT = "split", _("split a plan")


class ChangeStage(models.TextChoices):
    """A proposal to join or split. It happens when all makers said yes."""

    ASKED = "asked", _("Waits for its makers")
    DONE = "done", _("All said yes, and it was done")
    REFUSED = "refused", _("Somebody said no")


CHANGE_MOVES: dict[str, tuple[ChangeStage, ...]] = {
    ChangeStage.ASKED: (ChangeStage.DONE, ChangeStage.REFUSED),
    ChangeStage.DONE: (),
    ChangeStage.REFUSED: (),
}


class PaperStage(models.TextChoices):
    """A paper ballot on its way: typed by two people who do not see each other's."""

    ONCE = "once", _("Typed by one person")
    DIFFERENT = "different", _("The two are not the same")


PAPER_MOVES: dict[str, tuple[PaperStage, ...]] = {
    # It ends by being counted or set aside: then the entry is gone.
    PaperStage.ONCE: (PaperStage.DIFFERENT,),
    PaperStage.DIFFERENT: (),
}


class AsideReason(models.TextChoices):
    """Why a paper ballot does not count. Only how many is kept."""

    USED = "used", _("this code voted already")
    UNKNOWN = "unknown", _("no such code")
    UNREADABLE = "unreadable", _("nobody can read it")
    INVALID = "invalid", _("too many or too few plans")
    LATE = "late", _("it came after the last day")
    UNCHECKED = "unchecked", _("nobody typed it a second time in time")
