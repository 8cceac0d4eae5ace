"""What of plans waits for staff: to read, to look at, and all plans of a round side by side."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from buurtdraad.accounts.access import Reach
from buurtdraad.budgets.access import CHECKING, READING, Someone, where
from buurtdraad.budgets.models import BudgetPlan, BudgetRound, Maker, PlanPicture
from buurtdraad.budgets.states import ANSWERING, TO_CHECK, PlanStage
from buurtdraad.places.queries import last_name

TO_READ, TO_ANSWER = 1, 2


def with_likes(found: QuerySet[BudgetPlan]) -> QuerySet[BudgetPlan]:
    """Each with how many people like it (`like_count`)."""
    return found.annotate(like_count=Count("likes", distinct=True))


def unread() -> Q:
    """Plans whose words, and pictures, nobody read yet and about which no question waits for an answer."""
    unseen = PlanPicture.objects.filter(plan=OuterRef("pk"), shown=False)
    words = Q(shown=False, question="") & ~Q(stage__in=[PlanStage.WRITING, PlanStage.WITHDRAWN, PlanStage.JOINED, PlanStage.SPLIT])
    return words | (Exists(unseen) & Q(question="") & ~Q(stage=PlanStage.WRITING))


def unanswered() -> Q:
    """Plans that wait for a verdict: enough people like them, and it is the time for it. One that has to change waits for its makers."""
    enough = Q(round__sheet__likes_needed=0) | Q(like_count__gte=F("round__sheet__likes_needed"))
    return Q(stage=PlanStage.PROPOSED, round__stage__in=sorted(ANSWERING)) & (enough | Q(round__stage="checking"))


def waiting(person: Someone) -> QuerySet[BudgetPlan]:
    """What waits for this person, the oldest first: each with `todo` (`TO_READ` or `TO_ANSWER`), its round and area. One query.

    Who made a plan of a round does not look at those of that round.
    """
    to_read, to_check = within(where(person, *READING)), within(where(person, *CHECKING))
    own = Exists(Maker.objects.filter(plan__round=OuterRef("round"), contact__person=person.pk))
    found = with_likes(BudgetPlan.objects.select_related("round__area", "area").annotate(area_name=last_name("area"), own=own))
    read, answer = unread() & to_read, unanswered() & to_check & Q(own=False)
    todo = Case(When(read, then=Value(TO_READ)), When(answer, then=Value(TO_ANSWER)), default=Value(0), output_field=IntegerField())
    return found.annotate(todo=todo).filter(todo__gt=0).order_by("made_at", "id")


def within(reach: Reach) -> Q:
    """Plans of rounds in reach, for a filter."""
    if reach.everywhere:
        return Q(pk__isnull=False)
    return Q(round__area__code__in=reach.codes)


# --- all of a round --------------------------------------------------------------------------------------

ORDER = (
    PlanStage.PROPOSED,
    PlanStage.REPAIR,
    PlanStage.FEASIBLE,
    PlanStage.LISTED,
    PlanStage.NOT_FEASIBLE,
    PlanStage.WITHDRAWN,
    PlanStage.JOINED,
    PlanStage.SPLIT,
)


@dataclass(frozen=True)
class Group:
    """Plans of a round in one step."""

    stage: PlanStage
    plans: list[BudgetPlan]


def plans_by_step(round_: BudgetRound) -> list[Group]:
    """All plans of a round by step, those that wait for staff first; without what nobody sent yet. One query."""
    found = with_likes(BudgetPlan.objects.filter(round=round_).exclude(stage=PlanStage.WRITING))
    rows = list(found.select_related("area", "part", "spot").annotate(area_name=last_name("area")).order_by("number"))
    groups = [Group(stage, [plan for plan in rows if plan.stage == stage]) for stage in ORDER]
    return [group for group in groups if group.plans]


def waiting_to_list(round_: BudgetRound) -> tuple[int, int]:
    """How many plans have no answer yet, and how many can be done and are not on the list."""
    counts = dict(round_.plans.values_list("stage").annotate(Count("pk")))
    return sum(counts.get(stage, 0) for stage in TO_CHECK), counts.get(PlanStage.FEASIBLE, 0)


def unconfirmed(before: datetime.datetime) -> QuerySet[BudgetPlan]:
    """Plans of visitors who never pressed the button in the mail."""
    return BudgetPlan.objects.filter(stage=PlanStage.WRITING, made_at__lt=before)
