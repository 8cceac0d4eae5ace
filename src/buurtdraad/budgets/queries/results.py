"""Rounds that wait for somebody after the count: a result to write, to look at, or a chosen plan that nobody does yet."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import BudgetRound, Counted, Maker
from buurtdraad.budgets.states import RoundStage
from buurtdraad.places.queries import last_name

# A chosen plan for which nobody was named.
NOBODY = Q(
    plans__winner__isnull=False, plans__winner__commitment=None, plans__winner__agreement=None, plans__winner__closed_on=None,
    plans__initiative=None, fund_round=None,
)  # fmt: skip


def after_count(person: Person, reach: Reach) -> QuerySet[BudgetRound]:
    """Rounds in these areas, counted twice and without a result, or with chosen plans that wait (`waiting`); the oldest first. One query.

    Each with its adoption, if there is one. A maker of a plan sees no result to write or to look at.
    """
    unsure = Counted.objects.filter(part__round=OuterRef("pk"), verified_at=None)
    counted = Counted.objects.filter(part__round=OuterRef("pk"))
    theirs = Maker.objects.filter(plan__round=OuterRef("pk"), contact__person=person)
    to_adopt = Q(Exists(counted), ~Exists(unsure), ~Exists(theirs), stage=RoundStage.CLOSED)
    found = BudgetRound.objects.filter(elsewhere="", stage__in=(RoundStage.CLOSED, RoundStage.ADOPTED))
    if not reach.everywhere:
        found = found.filter(area__code__in=reach.codes)
    found = found.annotate(waiting=Count("plans", filter=NOBODY), place=last_name("area"))
    return (
        found.filter(to_adopt | Q(stage=RoundStage.ADOPTED, waiting__gt=0))
        .select_related("adoption", "sheet", "area")
        .order_by(F("closed_at").asc(nulls_last=True), "pk")
    )
