"""Rounds in which people divide a budget, the plans in them, and reports to the council."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, QuerySet, Sum, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from buurtdraad.budgets.access import visible_plans, visible_rounds
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.states import COUNTED, RESULT, BallotKind, PlanStage, RoundStage
from buurtdraad.pages.opening.columns import EUROS, NOT_KNOWN, POINT, THEME, area_of, page_of, text
from buurtdraad.pages.opening.table import Column, Dataset, Plain, page
from buurtdraad.reports.models import Report

EVERYBODY = AnonymousUser()
NOT_YET = _("not yet")


def rounds() -> QuerySet[BudgetRound]:
    return visible_rounds(EVERYBODY).annotate(to_divide=Sum("parts__amount")).order_by("pk")


def plans() -> QuerySet[BudgetPlan]:
    """What stands on the site, each with what it got; nothing of that before the result is adopted."""
    return visible_plans(EVERYBODY).annotate(
        got=Case(When(round__stage__in=sorted(RESULT), then=F("winner__amount"))),
        at=JSONObject(round="round__slug", number="number"),
    ).order_by("round", "number")  # fmt: skip


def reports() -> QuerySet[Report]:
    return Report.objects.published().light().order_by("from_on")


def plan_page(at: dict) -> Plain:
    return page("budgets:plan")([at["round"], at["number"]])


COUNTED_SLUG = Case(When(stage__in=sorted(COUNTED), then=F("slug")))

ROUNDS = Dataset(
    "rondes",
    _("Rounds"),
    _("Each round in which residents divide a budget: its rules in short, its days, and where its result stands."),
    "GOVE",
    (
        Column("slug", _("Its name in the address of its page.")),
        page_of("budgets:round", "slug"),
        Column("name", _("What it is called.")),
        *area_of(),
        Column("year", _("The year of the money.")),
        Column("stage", _("How it stands now."), values=RoundStage),
        text("why", _("Why it does not go on.")),
        Column("amount", _("How much money is divided."), "to_divide", unit=EUROS),
        Column("ballot", _("How people mark."), "sheet__ballot", values=BallotKind),
        Column("vote_age", _("From which age somebody can vote."), "sheet__vote_age", unit=_("years")),
        Column("propose_from", _("The first day to send a plan."), "sheet__propose_from"),
        Column("propose_until", _("The last day to send a plan."), "sheet__propose_until"),
        Column("vote_from", _("When voting begins."), "sheet__vote_from"),
        Column("vote_until", _("When voting ends."), "sheet__vote_until"),
        Column(
            "result_url",
            _("Where the result stands, with the ballots to count again."),
            COUNTED_SLUG,
            empty=NOT_YET,
            shown=page("budgets:result"),
        ),
    ),
    rounds,
    ("sheet__announced_at", "closed_at"),
)
PLANS = Dataset(
    "budgetplannen",
    _("Plans in a round"),
    _("The plans on which residents vote, also those that cannot be done, with the reason; and what each got."),
    "GOVE",
    (
        Column("round", _("The round, as the dataset of rounds names it."), "round__slug"),
        Column("number", _("The number of the plan on the ballot.")),
        Column("url", _("Its page on this website."), "at", shown=plan_page),
        text("title", _("What it is called.")),
        text("summary", _("What it is, in one or two sentences.")),
        *area_of(),
        text("place", _("Where in the neighbourhood.")),
        THEME,
        Column("cost", _("What it costs."), unit=EUROS, empty=NOT_KNOWN),
        Column("stage", _("How it stands now."), values=PlanStage),
        text("why", _("Why it cannot be done or was taken back.")),
        Column("got", _("How much money it got."), unit=EUROS, empty=_("it got none, or the result is not known yet")),
        *POINT,
    ),
    plans,
    ("listed_at", "made_at"),
    point=True,
)
REPORTS = Dataset(
    "voortgang",
    _("Progress reports"),
    _("The reports to the council that were published. What each counts can be fetched on its own page."),
    "GOVE",
    (
        Column("slug", _("Its name in the address of its page.")),
        page_of("reports:report", "slug"),
        Column("title", _("What it is called.")),
        Column("from_on", _("The first day.")),
        Column("until_on", _("The last day.")),
        Column("geography", _("The year whose areas it speaks of.")),
        Column("published_at", _("When it was published.")),
        Column("digest", _("A code by which anybody can see that not one letter changed (SHA-256).")),
        Column("json_url", _("The whole report as data."), "slug", shown=page("reports:report_json")),
        Column("codebook_url", _("What the numbers of the report mean."), "slug", shown=page("reports:report_codebook")),
    ),
    reports,
    ("published_at",),
)
VOTING = (ROUNDS, PLANS)
