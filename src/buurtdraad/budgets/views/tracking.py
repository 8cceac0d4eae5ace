"""`/budgetten/<round>/plannen-nu/`: how it goes with the chosen plans, for everybody; and the way from money to the vote about it."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.budgets.models import BudgetRound, Winner
from buurtdraad.budgets.queries.rounds import with_facts
from buurtdraad.budgets.queries.tracking import CLOSED, Tracked, left_over, track, tracked
from buurtdraad.budgets.states import RESULT
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.ui.navigation import address

SECTION = "fund"


@allow(EVERYBODY)
@require_safe
@cached_page
def plans_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Each chosen plan: how far it is, who does it, what was paid, and its last picture."""
    public = BudgetRound.objects.public().filter(stage__in=sorted(RESULT)).values("pk")
    round_ = get_object_or_404(with_facts().filter(pk__in=public), slug=slug)
    rows = tracked(round_, today=timezone.localdate())
    context = {
        "round": round_,
        "rows": rows,
        "track": track(),
        "adoption": getattr(round_, "adoption", None),
        "amount": sum((one.winner.amount for one in rows), Decimal(0)),
        "paid": sum((one.paid for one in rows), Decimal(0)),
        "done": sum(one.step == CLOSED for one in rows),
        "left": left_over(round_) if not round_.fund_round_id else None,
        "result_url": address("budgets:result", slug),
        "crumbs": [(_("Neighbourhood budgets"), reverse("budgets:rounds")), (round_.name, reverse("budgets:round", args=[slug]))],
        "section": SECTION,
    }
    return shows(render(request, "budgets/plans_now.html", context), *places_of(round_, rows))


def places_of(round_: BudgetRound, rows: list[Tracked]) -> set[str]:
    """What changes the page: the round, and each agreement or plan that carries one out."""
    codes = {round_.area.code, *(one.winner.plan.area.code for one in rows)}
    return codes | {one.does.area.code for one in rows if one.does}


@allow(EVERYBODY)
@require_safe
def of_money(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """From money that residents gave to the plan that they voted for."""
    winner = get_object_or_404(known(), commitment__uuid=uuid)
    return redirect(path_of(winner))


@allow(EVERYBODY)
@require_safe
def of_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """From an agreement to the plan that people voted for; to the money of its neighbourhood, where nobody voted about it."""
    winner = known().filter(agreement=pk).first()
    if winner:
        return redirect(path_of(winner))
    agreement = get_object_or_404(Agreement.objects.public().select_related("area"), pk=pk)
    return redirect("money:area_money", agreement.area.code)


def known():
    """Chosen plans of rounds that everybody sees."""
    public = BudgetRound.objects.public().values("pk")
    return Winner.objects.filter(plan__round__in=public).select_related("plan__round")


def path_of(winner: Winner) -> str:
    """The page of the plan, or where it stands among the chosen ones."""
    plan = winner.plan
    return address("budgets:plan", plan.round.slug, plan.number) or plans_now_path(plan.round.slug, plan.number)


def plans_now_path(slug: str, number: int) -> str:
    return f"{reverse('budgets:plans_now', args=[slug])}#plan-{number}"
