"""The steps of a finding, and what kinds there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingKind(models.TextChoices):
    """What does not fit. `rules.py` says of each how it is found and what it does not say."""

    NEED_WITHOUT_WORK = "need", _("Much attention needed, and no work yet")
    WORK_WITHOUT_NEED = "no_need", _("Work where the figures show no need")
    NO_OWNER = "no_owner", _("Nobody leads this work")
    NOT_CONFIRMED = "stale", _("Nobody confirmed this for a long time")
    SAME_PLACE = "place", _("Same place within 12 months")
    SAME_GOAL = "goal", _("Same goal, same people, different departments")
    ALREADY_ANSWERED = "answered", _("A project may answer this already")
    MANY_CONTACTS = "contacts", _("Many different contacts in one neighbourhood")
    MONEY_TWICE = "money", _("Money may be promised twice")


class FindingStage(models.TextChoices):
    OPEN = "open", _("Open")
    TAKEN_UP = "taken_up", _("Somebody sees to it")
    SET_ASIDE = "set_aside", _("Set aside")
    SOLVED = "solved", _("Solved")


FINDING_MOVES: dict[str, tuple[FindingStage, ...]] = {
    FindingStage.OPEN: (FindingStage.TAKEN_UP, FindingStage.SET_ASIDE, FindingStage.SOLVED),
    FindingStage.TAKEN_UP: (FindingStage.OPEN, FindingStage.SET_ASIDE, FindingStage.SOLVED),
    FindingStage.SET_ASIDE: (FindingStage.OPEN, FindingStage.SOLVED),
    FindingStage.SOLVED: (FindingStage.OPEN,),
}


class ReportStage(models.TextChoices):
    DRAFT = "draft", _("Being written")
    REVIEW = "review", _("Others read along")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")


REPORT_MOVES: dict[str, tuple[ReportStage, ...]] = {
    ReportStage.DRAFT: (ReportStage.REVIEW,),
    ReportStage.REVIEW: (ReportStage.DRAFT, ReportStage.APPROVED),
    ReportStage.APPROVED: (ReportStage.REVIEW, ReportStage.PUBLISHED),
    ReportStage.PUBLISHED: (),
}


class SectionKind(models.TextChoices):
    """The parts of a report, in the order in which they are read."""

    SUMMARY = "summary", _("In short")
    AMBITION = "ambition", _("Ambition")
    EXAMPLES = "examples", _("Examples")
    MONEY = "money", _("Money")
    LEARNED = "learned", _("What we learned")
    SLOWER = "slower", _("What goes slower, and why")
    NEXT = "next", _("The next half year")
    PLEDGES = "pledges", _("Pledges and motions")
    REQUEST = "request", _("What we ask of the council")
    AREA = "area", _("Area")
    ANNEX = "annex", _("Annex")


class Part(models.TextChoices):
    """Of an ambition."""

    INTENDED = "intended", _("What we wanted")
    DONE = "done", _("What we did")
    SEEN = "seen", _("What we see")
    LEARNED = "learned", _("What we learned")
