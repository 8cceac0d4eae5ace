"""Where a plan that won can be agreed: the topics of the agendas of its place."""

from django.db.models import QuerySet

from buurtdraad.agendas.agenda.models import Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.budgets.models import BudgetPlan
from buurtdraad.places import queries as places


def topics_for(plan: BudgetPlan) -> QuerySet[Topic]:
    """The topics of the agendas that count now in the area of a plan and around it."""
    codes = places.touched_by([plan.area.code])
    found = Topic.objects.filter(version__stage=VersionStage.ADOPTED, version__area__code__in=codes)
    return found.select_related("version__area").order_by("version__area__code", "number")
