"""How many people like a plan, where the rules sheet asks that before somebody looks whether it can be done."""

from collections.abc import Collection

from django.db.models import Count

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import BudgetPlan, Like


def likes_of(plans: Collection[BudgetPlan]) -> dict[int, int]:
    """How many people like each of these plans, by key. One query."""
    found = Like.objects.filter(plan__in=[plan.pk for plan in plans]).values("plan").annotate(number=Count("pk"))
    return {row["plan"]: row["number"] for row in found}


def has_enough(plan: BudgetPlan) -> bool:
    """Whether enough people like a plan to look at it; where the sheet asks none, always."""
    needed = plan.round.sheet.likes_needed
    return not needed or plan.likes.count() >= needed


def liked_by(person: Person, plan: BudgetPlan) -> bool:
    """Whether somebody said that they like this plan."""
    return plan.likes.filter(contact__person=person).exists()
