"""What the views of plans share: fetching one for who may see it, who asks, ways back, and the colours of a step."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.access import may_see_plans, visible_rounds
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.queries.plan_pages import is_public, maker_of, plan_at
from buurtdraad.budgets.states import Verdict
from buurtdraad.budgets.views.pieces import crumbs_to
from buurtdraad.places.queries import last_name
from buurtdraad.ui.navigation import address

SECTION = "budgets"
# How a badge says it, beside the word (`ui` badge).
VERDICT_TONES = {Verdict.YES: "good", Verdict.REPAIR: "watch", Verdict.NO: "bad"}


def who(request: HttpRequest) -> Person | None:
    """Who asks, where nobody has to be signed in; a visitor without a session is nobody, and their page stays that of everybody."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, Person) else None


def round_or_404(request: HttpRequest, slug: str) -> BudgetRound:
    """A round for who may see it, with its sheet and the name of its area (`place`)."""
    found = visible_rounds(request.user).select_related("area", "sheet").annotate(place=last_name("area"))
    round_ = found.filter(slug=slug).first()
    if round_ is None:
        raise Http404
    return round_


def public_plan(slug: str, number: int) -> BudgetPlan:
    """A plan as everybody sees it, or 404."""
    plan = plan_at(slug, number)
    if plan is None or not is_public(plan):
        raise Http404
    return plan


def own_plan(request: HttpRequest, slug: str, number: int) -> BudgetPlan:
    """A plan for one of its makers and who helps them, else 404."""
    plan = plan_at(slug, number)
    if plan is None or not isinstance(request.user, Person):
        raise Http404
    if not maker_of(plan, request.user) and not may_see_plans(request.user, plan.round):
        raise Http404
    return plan


def staff_plan(request: HttpRequest, slug: str, number: int) -> BudgetPlan:
    """A plan for staff of the area of its round, else 404."""
    plan = plan_at(slug, number)
    if plan is None or not may_see_plans(request.user, plan.round):
        raise Http404
    return plan


def url_of(name: str, plan: BudgetPlan) -> str:
    """A page about a plan, by the last part of its URL name."""
    return reverse(f"budgets:{name}", args=[plan.round.slug, plan.number])


def crumbs_of(round_: BudgetRound) -> list[tuple[str, str]]:
    """The way to a plan on the site."""
    ways = [(_("Neighbourhood budgets"), address("budgets:rounds")), (round_.name, address("budgets:round", round_.slug))]
    return [(name, url) for name, url in ways if url]


def work_crumbs(round_: BudgetRound, *, plans: bool = True) -> list[tuple[str, str]]:
    """The way to a plan at work."""
    return [*crumbs_to(round_), *([(_("Plans"), reverse("budgets:work_plans", args=[round_.slug]))] if plans else [])]


def about(plan: BudgetPlan) -> dict[str, Any]:
    """What a page that asks something says above its form."""
    return {"about": f"{plan.number}. {plan.title}", "back": url_of("own_plan", plan), "to": _("Back to the plan")}
