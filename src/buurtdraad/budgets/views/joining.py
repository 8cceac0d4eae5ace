"""Proposing to join or split plans, and the page behind the link on which a maker says yes or no."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.budgets.access import PLAN_READER, may_check
from buurtdraad.budgets.actions import joining
from buurtdraad.budgets.forms.changing import JoinForm, SplitForm
from buurtdraad.budgets.models import BudgetPlan
from buurtdraad.budgets.queries.plan_pages import asked_change, waiting_consents
from buurtdraad.budgets.states import OPEN_PLANS
from buurtdraad.budgets.views.changing import for_its_makers
from buurtdraad.budgets.views.plan_pieces import about, staff_plan, url_of
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import deed_page, done, form_page, said


@allow(SIGNED_IN)
@for_its_makers
@require_form
def join(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """Proposes to go on with other plans as one; all makers are asked by mail."""
    others = BudgetPlan.objects.public().filter(part=found.part_id, stage__in=sorted(OPEN_PLANS)).exclude(pk=found.pk)
    form = JoinForm(posted(request), others=list(others.select_related("round").order_by("number")))

    def ask() -> None:
        given = form.cleaned_data
        joining.ask_join(
            [found, *form.chosen], title=given["title"], words=given["words"], request=request, by=me(request), at=timezone.now()
        )

    if form.is_valid() and done(form, ask):
        notices.success(request, _("The makers are asked. It happens when all of them say yes."))
        return redirect(url_of("own_plan", found))
    lead = _("Do two plans want the same? Then they can go on as one. All makers have to say yes.")
    return form_page(request, form, title=_("Join with another plan"), lead=lead, send=_("Ask the makers"), **about(found))


@allow(SIGNED_IN)
@for_its_makers
@require_form
def split(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """Proposes to go on as more than one plan."""
    form = SplitForm(posted(request))

    def ask() -> None:
        given = form.cleaned_data
        joining.ask_split(found, titles=given["titles"], words=given["words"], request=request, by=me(request), at=timezone.now())

    if form.is_valid() and done(form, ask):
        notices.success(request, _("The makers are asked. It happens when all of them say yes."))
        return redirect(url_of("own_plan", found))
    lead = _("Does a plan hold two things? Then each can be a plan of its own. All makers have to say yes.")
    return form_page(request, form, title=_("Split the plan"), lead=lead, send=_("Ask the makers"), **about(found))


@never_cache
@allow(EVERYBODY)
@require_form
def agree(request: HttpRequest, token: str) -> HttpResponse:
    """A maker says yes or no. Opening changes nothing."""
    at = timezone.now()
    try:
        if request.method == "POST" and (says := request.POST.get("says")) in {"yes", "no"}:
            change = joining.answer_by_link(token, says=says == "yes", at=at)
            return said(request, _("Thank you"), what_came(change.stage))
        consent = joining.asked_of(token, at=at)
    except BadLink as problem:
        return said(request, _("This link does not work any more"), str(problem), status=404)
    except Refused as refused:
        return said(request, _("This is not possible now"), str(refused), status=409)
    plans = consent.change.plans.order_by("number")
    context = {"change": consent.change, "plan": consent.maker.plan, "plans": plans}
    return render(request, "budgets/agree_change.html", context)


def what_came(stage: str) -> str:
    """What an answer led to, in a sentence."""
    match stage:
        case "done":
            return _("All makers said yes. It is done.")
        case "refused":
            return _("Nothing changes. The others hear so.")
    return _("We wait for the other makers.")


# --- at work ---------------------------------------------------------------------------------------------


@allow(PLAN_READER)
@require_POST
def note_consent(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Staff write down what a maker said who has no e-mail."""
    plan = staff_plan(request, slug, number)
    require(may_check(request.user, plan.round))
    change = asked_change(plan)
    consent = next((one for one in waiting_consents(change) if one.pk == pk), None) if change else None
    says = request.POST.get("says")
    if consent is None or says not in {"yes", "no"}:
        raise Http404
    return deed_page(
        request, url_of("work_plan", plan), lambda: joining.answer(consent, says=says == "yes", by=me(request), at=timezone.now()),
        _("It is written down."),
    )  # fmt: skip


@allow(SIGNED_IN)
@for_its_makers
@require_POST
def call_off(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """It is not asked any more: by a maker of it, or staff."""
    change = get_object_or_404(found.changes.all(), stage="asked")
    return deed_page(
        request, url_of("own_plan", found), lambda: joining.call_off(change, by=me(request), at=timezone.now()),
        _("The proposal is taken back."),
    )  # fmt: skip
