"""The steps of an application and of what hangs on it, and which step may follow. The legal word stands in the comment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    DRAFT = "draft", _("You are still writing")
    SUBMITTED = "submitted", _("We have your request")
    CHECKING = "checking", _("We see whether everything is there")
    # The term is suspended (Awb 4:15).
    WAITING = "waiting", _("We asked you something")
    ASSESSING = "assessing", _("We look at your plan")
    # Zienswijze (Awb 4:7, 4:8).
    VIEW = "view", _("We want to hear you before we decide")
    PROPOSED = "proposed", _("A decision is being made")
    GRANTED = "granted", _("You get the money")
    PARTLY = "partly", _("You get a part of the money")
    REFUSED = "refused", _("You do not get the money")
    # Buiten behandeling (Awb 4:5).
    NOT_PROCESSED = "not_processed", _("We could not look at it, because something was missing")
    REPORT_DUE = "report_due", _("Show us what you did")
    REPORTED = "reported", _("We look at what you did")
    # Vaststelling (Awb 4:42).
    DETERMINED = "determined", _("The final amount is known")
    CLOSED = "closed", _("Finished")
    WITHDRAWN = "withdrawn", _("You took it back")
    REFERRED = "referred", _("Another desk takes this up")
    # Intrekking (Awb 4:48, 4:49).
    REVOKED = "revoked", _("The money was taken back")


YES = frozenset({Stage.GRANTED, Stage.PARTLY})
NO = frozenset({Stage.REFUSED, Stage.NOT_PROCESSED})
DECIDED = YES | NO
# Somebody of the municipality works on it; the clock of the term is of these.
IN_HAND = frozenset({Stage.SUBMITTED, Stage.CHECKING, Stage.WAITING, Stage.ASSESSING, Stage.VIEW, Stage.PROPOSED})
OPEN = IN_HAND | {Stage.DRAFT}
# Only of these money may ever be paid; of every other never, by no path.
PAYABLE = frozenset({Stage.GRANTED, Stage.PARTLY, Stage.REPORT_DUE, Stage.REPORTED, Stage.DETERMINED})
# Where money was promised and is not accounted for yet: what was agreed can still become otherwise.
CHANGEABLE = YES | {Stage.REPORT_DUE}
OVER = frozenset({Stage.REFUSED, Stage.NOT_PROCESSED, Stage.CLOSED, Stage.WITHDRAWN, Stage.REFERRED, Stage.REVOKED})

MOVES: dict[str, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.SUBMITTED, Stage.WITHDRAWN),
    Stage.SUBMITTED: (Stage.CHECKING, Stage.WITHDRAWN, Stage.REFERRED),
    Stage.CHECKING: (Stage.WAITING, Stage.ASSESSING, Stage.WITHDRAWN, Stage.REFERRED),
    Stage.WAITING: (Stage.CHECKING, Stage.ASSESSING, Stage.PROPOSED, Stage.WITHDRAWN, Stage.REFERRED),
    Stage.ASSESSING: (Stage.WAITING, Stage.VIEW, Stage.PROPOSED, Stage.WITHDRAWN, Stage.REFERRED),
    Stage.VIEW: (Stage.ASSESSING, Stage.PROPOSED, Stage.WITHDRAWN),
    # The second person says yes, or it goes back.
    Stage.PROPOSED: (Stage.ASSESSING, Stage.GRANTED, Stage.PARTLY, Stage.REFUSED, Stage.NOT_PROCESSED, Stage.WITHDRAWN),
    Stage.GRANTED: (Stage.REPORT_DUE, Stage.DETERMINED, Stage.REVOKED, Stage.WITHDRAWN),
    Stage.PARTLY: (Stage.REPORT_DUE, Stage.DETERMINED, Stage.REVOKED, Stage.WITHDRAWN),
    Stage.REPORT_DUE: (Stage.REPORTED, Stage.DETERMINED, Stage.REVOKED),
    Stage.REPORTED: (Stage.REPORT_DUE, Stage.DETERMINED, Stage.REVOKED),
    Stage.DETERMINED: (Stage.CLOSED, Stage.REVOKED),
    Stage.CLOSED: (Stage.REVOKED,),
    # An objection that is right brings a new decision, which replaces the old one.
    Stage.REFUSED: (Stage.ASSESSING,),
    Stage.NOT_PROCESSED: (Stage.CHECKING,),
    Stage.WITHDRAWN: (),
    Stage.REFERRED: (),
    Stage.REVOKED: (),
}
TONES = {
    Stage.GRANTED: "good", Stage.PARTLY: "good", Stage.DETERMINED: "good", Stage.CLOSED: "good",
    Stage.WAITING: "watch", Stage.VIEW: "watch", Stage.REPORT_DUE: "watch",
    Stage.REFUSED: "bad", Stage.NOT_PROCESSED: "bad", Stage.REVOKED: "bad",
}  # fmt: skip


# What a step is called among those who work on it: the labels of `Stage` speak to who asked.
AT_WORK = {
    Stage.DRAFT: _("Not sent yet"),
    Stage.SUBMITTED: _("Came in, not looked at yet"),
    Stage.CHECKING: _("See whether everything is there"),
    Stage.WAITING: _("Waits for an answer of the applicant"),
    Stage.ASSESSING: _("Assess the plan"),
    Stage.VIEW: _("The applicant reacts first"),
    Stage.PROPOSED: _("A proposal waits for a decision"),
    Stage.GRANTED: _("Granted"),
    Stage.PARTLY: _("Partly granted"),
    Stage.REFUSED: _("Refused"),
    Stage.NOT_PROCESSED: _("Not processed"),
    Stage.REPORT_DUE: _("The applicant has to show what was done"),
    Stage.REPORTED: _("Look at what was done"),
    Stage.DETERMINED: _("The final amount is known"),
    Stage.CLOSED: _("Finished"),
    Stage.WITHDRAWN: _("Withdrawn"),
    Stage.REFERRED: _("Sent to another desk"),
    Stage.REVOKED: _("The money was taken back"),
}


def tone_of(stage: str) -> str:
    return TONES.get(Stage(stage), "info")


class Channel(models.TextChoices):
    """How it came in. All count alike."""

    WEB = "web", _("on the site")
    ASSISTED = "assisted", _("filled in together with us")
    PHONE = "phone", _("by phone")
    PAPER = "paper", _("on paper")
    OLDER = "older", _("from an older system")


class Who(models.TextChoices):
    """For whom somebody asks."""

    NEIGHBOURS = "neighbours", _("for myself or with neighbours")
    ORGANISATION = "organisation", _("for an association or foundation")
    CHILDREN = "children", _("for children or young people")


class Activity(models.TextChoices):
    """What kind of plan it is; some have a highest price."""

    STREET_PARTY = "street_party", _("a street party")
    NEIGHBOURHOOD_PARTY = "neighbourhood_party", _("a party of the neighbourhood")
    DISTRICT_PARTY = "district_party", _("a party of the district")
    MEAL = "meal", _("eating together")
    OUTING = "outing", _("a trip")
    GREEN = "green", _("green")
    PUBLIC_SPACE = "public_space", _("something in the street or the square")
    MEETING = "meeting", _("meeting each other")
    COURSE = "course", _("learning or sport")
    LIVING_STREET = "living_street", _("a street without cars for a while")
    OTHER = "other", _("something else")


class CostKind(models.TextChoices):
    MATERIAL = "material", _("material")
    RENT = "rent", _("rent of a place or things")
    PEOPLE = "people", _("people who are paid")
    FLYERS = "flyers", _("flyers and posters")
    FOOD = "food", _("food and drink")
    PERMIT = "permit", _("permits and insurance")
    UNFORESEEN = "unforeseen", _("unforeseen")
    OTHER = "other", _("something else")


class IncomeKind(models.TextChoices):
    """What does not come from the fund. Hours and goods count with what they are worth."""

    HOURS = "hours", _("hours that you put in")
    OWN_MONEY = "own_money", _("your own money")
    GOODS = "goods", _("things that you bring or get")
    PARTNER = "partner", _("money of a partner")
    OTHER_FUND = "other_fund", _("money that you ask elsewhere")
    ENTRANCE = "entrance", _("what visitors pay")


class DocumentKind(models.TextChoices):
    BUDGET = "budget", _("what it costs, as a table")
    SUPPORT = "support", _("what the neighbours think")
    MAP = "map", _("a map of the place")
    BANK = "bank", _("a bank statement with the name and the number")
    REGISTER = "register", _("an extract of the Chamber of Commerce")
    STATUTES = "statutes", _("the statutes")
    ACTIVITY_PLAN = "activity_plan", _("a plan with days")
    SIGNED = "signed", _("the form on paper, signed")
    OTHER = "other", _("something else")


class ClockStart(models.TextChoices):
    """From when the term runs."""

    RECEIPT = "receipt", _("the day on which we got it")
    COMPLETE = "complete", _("the day on which everything was there")
    ROUND = "round", _("the closing day of the round")


class Accounting(models.TextChoices):
    """How somebody shows what they did, by the height of the grant."""

    AT_ONCE = "at_once", _("nothing afterwards")
    LIGHT = "light", _("three questions, pictures and receipts")
    FULL = "full", _("a report with all costs")


class ClockEventKind(models.TextChoices):
    """What moves the last day: asked, answered or not, extended, a failure of our system."""

    ASKED = "asked", _("We asked for more")
    ANSWERED = "answered", _("The answer came")
    LAPSED = "lapsed", _("The days to answer went by")
    EXTENDED = "extended", _("We took more time")
    AGREED = "agreed", _("You agreed to more time")
    OUTAGE = "outage", _("Our system did not work")


class Interest(models.TextChoices):
    """What somebody says about an application before they work on it (Awb 2:4)."""

    NONE = "none", _("I have nothing to do with it.")
    YES = "yes", _("I know the people or have something to gain. Somebody else must do it.")


class Outcome(models.TextChoices):
    """Of a decision (beschikking)."""

    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Partly granted")
    REFUSED = "refused", _("Refused")
    NOT_PROCESSED = "not_processed", _("Not processed")


class Ground(models.TextChoices):
    """Why not, or not all: the code of the ground. The words for the person are written beside it."""

    NONE = "", _("No ground needed")
    CEILING = "ceiling", _("The money of this year is spent (Awb 4:25)")
    NOT_IN_CITY = "not_in_city", _("It is not in this municipality")
    TOO_LATE = "too_late", _("It began before you asked")
    NOT_PAID = "not_paid", _("The fund does not pay these costs")
    TOO_HIGH = "too_high", _("The costs are higher than needed")
    LITTLE_SUPPORT = "little_support", _("Too few neighbours agree")
    OWN_SHARE = "own_share", _("Your own share is too small")
    THREE_YEARS = "three_years", _("The fund paid this three years before")
    WILL_NOT_HAPPEN = "will_not_happen", _("We expect that it will not happen (Awb 4:35)")
    FALSE_FACTS = "false_facts", _("What you told us was not right (Awb 4:35)")
    NOT_FOR_ALL = "not_for_all", _("Not everybody can take part")
    RANKED_LOWER = "ranked_lower", _("Others came higher in the round")
    REPEATED = "repeated", _("It was refused before, and nothing is new (Awb 4:6)")
    INCOMPLETE = "incomplete", _("Something was still missing (Awb 4:5)")


class SettlementGround(models.TextChoices):
    """Why the final amount is lower than the grant: only on these (Awb 4:46)."""

    AS_GRANTED = "as_granted", _("As granted")
    NOT_DONE = "not_done", _("The activity did not or not fully take place")
    OBLIGATIONS = "obligations", _("What was agreed was not done")
    FALSE_FACTS = "false_facts", _("What you told us was not right")
    WRONG_GRANT = "wrong_grant", _("The grant was wrong, and you could know it")


class SentBy(models.TextChoices):
    """How a letter went out: as the person chose (Wmebv)."""

    EMAIL = "email", _("by e-mail")
    POST = "post", _("by post")
    HANDED = "handed", _("handed over and read aloud")


class ObjectionOutcome(models.TextChoices):
    UNDECIDED = "", _("Not decided yet")
    UNFOUNDED = "unfounded", _("The decision stays")
    FOUNDED = "founded", _("There is a new decision")
    INADMISSIBLE = "inadmissible", _("We could not look at it")
    WITHDRAWN = "withdrawn", _("Taken back")


class RoundStage(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    RANKED = "ranked", _("In order")
    DECIDED = "decided", _("Decided")


ROUND_MOVES: dict[str, tuple[RoundStage, ...]] = {
    RoundStage.ANNOUNCED: (RoundStage.OPEN,),
    RoundStage.OPEN: (RoundStage.CLOSED,),
    RoundStage.CLOSED: (RoundStage.RANKED,),
    # Back when the order was wrong, before there is a proposal.
    RoundStage.RANKED: (RoundStage.DECIDED, RoundStage.CLOSED),
    RoundStage.DECIDED: (),
}


class RankedBy(models.TextChoices):
    """How the order of a round comes about."""

    SCORES = "scores", _("points of who assesses, on criteria that were known before")
    JURY = "jury", _("a jury of residents")
    VOTE = "vote", _("a vote of residents")
