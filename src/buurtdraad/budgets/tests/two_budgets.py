"""A round with two budgets: that of Geuzenwijk, and that of the whole city with plan 3."""

from django.utils import timezone

from buurtdraad.budgets.models import BudgetPlan, Part, RulesSheet
from buurtdraad.budgets.states import PlanStage, RoundStage


def with_the_city(make_round, areas, *others, **sheet):
    """Makes it as a round is made: first its budgets, then its rules are announced. `others` are areas with a budget of their own."""
    round_ = make_round(stage=RoundStage.PREPARING, **sheet)
    city = Part.objects.create(round=round_, name="De hele stad", area=areas["GM0344"], amount=9000, order=2)
    for order, area in enumerate(others, start=3):
        Part.objects.create(round=round_, name=f"Buurt {order}", area=area, amount=5000, order=order)
    BudgetPlan.objects.filter(round=round_, number=3).update(part=city)
    BudgetPlan.objects.filter(round=round_).update(stage=PlanStage.LISTED)
    RulesSheet.objects.filter(round=round_).update(announced_at=timezone.now())
    type(round_).objects.filter(pk=round_.pk).update(stage=RoundStage.VOTING)
    return type(round_).objects.select_related("sheet", "area").get(pk=round_.pk)
