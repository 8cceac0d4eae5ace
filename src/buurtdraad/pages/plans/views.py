"""`/initiatieven/<slug>/geld/`: what a plan of residents got, and from which pot. Initiatives do not know money."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.budgets.queries.origins import rounds_to_propose_in
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.money.queries.where import spent_on


@allow(EVERYBODY)
@require_safe
@cached_page
def money(request: HttpRequest, slug: str) -> HttpResponse:
    """Each sum that was promised to it and made known, with its pot, how much of it was paid, and all money of its neighbourhood."""
    plan = get_object_or_404(Initiative.objects.on_site().select_related("area"), slug=slug)
    got = spent_on(plan)
    context = {
        "plan": plan,
        "got": got,
        "all": sum((each.amount for each in got), Decimal(0)),
        "paid": sum((each.paid for each in got), Decimal(0)),
        "budget_rounds": rounds_to_propose_in(plan.area, timezone.localdate()) if plan.stage in {Stage.IDEA, Stage.PLAN} else [],
        "crumbs": [
            (_("Plans of residents"), reverse("initiatives:gallery")),
            (plan.title, reverse("initiatives:initiative", args=[plan.slug])),
        ],
        "section": "initiatives",
    }
    return shows(render(request, "pages/plan_money.html", context), plan.area.code)
