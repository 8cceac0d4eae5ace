"""`/werk/budgetten/<round>/gekozen/`: the chosen plans at work: who does each, what has to be paid, and rounding it off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets import access
from buurtdraad.budgets.actions import becoming as actions
from buurtdraad.budgets.actions import tracking
from buurtdraad.budgets.forms.adopting import CloseForm, DoerForm
from buurtdraad.budgets.models import BudgetRound, Winner
from buurtdraad.budgets.queries.tracking import left_over, tracked
from buurtdraad.budgets.states import RESULT
from buurtdraad.budgets.views.adopting import seen
from buurtdraad.budgets.views.pieces import crumbs_to
from buurtdraad.lib.access import allow
from buurtdraad.money.access import LOOKER
from buurtdraad.ui.asking import done, form_page


@allow(access.ADOPTER)
@never_cache
@require_safe
def chosen_plans(request: HttpRequest, slug: str) -> HttpResponse:
    """Each chosen plan with what waits, and with what can be done."""
    round_ = with_result(request, slug)
    context = {
        "round": round_,
        "rows": tracked(round_, today=timezone.localdate()),
        "left": left_over(round_) if not round_.fund_round_id else None,
        "sees_money": LOOKER.holds(request),
        "crumbs": crumbs_to(round_),
    }
    return render(request, "budgets/chosen_plans.html", context)


def with_result(request: HttpRequest, slug: str) -> BudgetRound:
    """The round of the address once its result is known; else 404 or 403."""
    round_ = seen(request, slug)
    return get_object_or_404(BudgetRound.objects.select_related("sheet", "area", "pot", "adoption"), pk=round_.pk, stage__in=sorted(RESULT))


def winner_here(round_: BudgetRound, number: int) -> Winner:
    related = ("plan__area", "plan__round__sheet", "plan__round__area")
    return get_object_or_404(Winner.objects.select_related(*related), plan__round=round_, plan__number=number)


@allow(access.ADOPTER)
@never_cache
@require_form
def give_plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what a chosen plan becomes, and who sees to it."""
    round_ = with_result(request, slug)
    winner = winner_here(round_, number)
    form = DoerForm(posted(request), plan=winner.plan)
    if form.is_valid() and done(form, lambda: give(request, winner, form)):
        messages.success(request, _("It has its money now, and somebody who does it."))
        return redirect("budgets:chosen_plans", slug)
    back = reverse("budgets:chosen_plans", args=[slug])
    return form_page(request, form, title=_("Who does this plan?"), about=winner.plan.title, back=back)


def give(request: HttpRequest, winner: Winner, form: DoerForm) -> None:
    by, at = me(request), timezone.now()
    if form.topic:
        actions.give_to_topic(winner, form.topic, form.doer, by=by, at=at)
    else:
        actions.give_to_makers(winner, by=by, at=at)


@allow(access.ADOPTER)
@never_cache
@require_form
def close_plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Round a plan off by hand, with words."""
    round_ = with_result(request, slug)
    winner = winner_here(round_, number)
    form = CloseForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        if done(form, lambda: tracking.close(winner, words=words, by=me(request), at=timezone.now())):
            messages.success(request, _("The plan is rounded off."))
            return redirect("budgets:chosen_plans", slug)
    lead = _("This goes by itself when all was paid and the picture of the result is there.")
    back = reverse("budgets:chosen_plans", args=[slug])
    return form_page(request, form, title=_("Round off this plan"), about=winner.plan.title, lead=lead, back=back, send=_("Round off"))
