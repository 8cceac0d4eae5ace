"""`/budgetten/<slug>/<number>/uw-plan/`: what the makers of a plan see and do: words, picture, names, again, step out, take back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets.access import may_carry
from buurtdraad.budgets.actions import changing, reading
from buurtdraad.budgets.forms.changing import ChangeForm, WhyForm, words_of
from buurtdraad.budgets.models import BudgetPlan
from buurtdraad.budgets.queries.plan_pages import asked_change, maker_of, makers_with_contact, waiting_consents
from buurtdraad.budgets.showing import tone_of
from buurtdraad.budgets.states import ANSWERING, COUNTED, OPEN_PLANS, OPEN_WORDS, TAKING_IN, PlanStage, RoundStage
from buurtdraad.budgets.views.plan_pieces import SECTION, about, crumbs_of, own_plan, url_of
from buurtdraad.initiatives.forms.people import NameForm
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.uploads.fields import PictureForm
from buurtdraad.ui.asking import deed_page, done, form_page


def for_its_makers(view: Callable) -> Callable:
    """The view gets the plan of its address, for who may change it: its makers, and who helps them."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, number: int, **rest: Any) -> HttpResponse:
        found = own_plan(request, slug, number)
        require(may_carry(request.user, found))
        return view(request, found, **rest)

    return never_cache(guarded)


@allow(SIGNED_IN)
@for_its_makers
@require_safe
def own(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """How it stands, what happens now, and what its makers can do."""
    stage, step = PlanStage(found.stage), RoundStage(found.round.stage)
    change = asked_change(found)
    checks = list(found.checks.all()[:1])
    context = {
        "plan": found,
        "round": found.round,
        "tone": tone_of(stage),
        "now": what_now(found),
        "last": checks[0] if checks else None,
        "mine": maker_of(found, me(request)),
        "makers": makers_with_contact(found),
        "asked": change,
        "consents": waiting_consents(change) if change else [],
        "may_change": stage in OPEN_WORDS and step in TAKING_IN,
        "may_picture": stage in OPEN_WORDS | OPEN_PLANS,
        "may_again": stage in {PlanStage.REPAIR, PlanStage.NOT_FEASIBLE} and step in ANSWERING,
        "may_join": stage in OPEN_PLANS and step in ANSWERING and change is None,
        "may_withdraw": stage in OPEN_PLANS | {PlanStage.LISTED} and step not in COUNTED,
        "crumbs": crumbs_of(found.round),
        "section": SECTION,
    }
    return render(request, "budgets/plan_own.html", context)


def what_now(found: BudgetPlan) -> str:
    """What happens now with a plan, in a sentence for its makers."""
    if found.stage == PlanStage.PROPOSED and found.question:
        return _("We have a question. Answer it by changing the words of your plan.")
    if found.stage == PlanStage.PROPOSED and not found.shown:
        return _("Somebody reads your plan first. Then it stands on the site.")
    if found.stage == PlanStage.LISTED and found.round.stage == RoundStage.VOTING:
        return _("People can vote for your plan now.")
    return str(NOW[PlanStage(found.stage)])


NOW = {
    PlanStage.WRITING: gettext_lazy("Look in your mail, and press the button there. Only after that we have your plan."),
    PlanStage.PROPOSED: gettext_lazy("We look whether your plan can be done. You hear from us."),
    PlanStage.REPAIR: gettext_lazy("Your plan can be done if something changes. Change it, and then offer it again."),
    PlanStage.FEASIBLE: gettext_lazy("Your plan can be done. It comes on the list when the list is known."),
    PlanStage.LISTED: gettext_lazy("Your plan is on the list."),
    PlanStage.NOT_FEASIBLE: gettext_lazy("This cannot be done. You can change your plan and offer it again, or call us."),
    PlanStage.WITHDRAWN: gettext_lazy("Your plan does not go on."),
    PlanStage.JOINED: gettext_lazy("Your plan goes on in a new way."),
    PlanStage.SPLIT: gettext_lazy("Your plan goes on in a new way."),
}


@allow(SIGNED_IN)
@for_its_makers
@require_form
def change(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """Other words or another amount. What stands on the site is read again first."""
    if found.stage not in OPEN_WORDS | {PlanStage.FEASIBLE}:
        raise Http404
    form = ChangeForm(posted(request), plan=found, initial=words_of(found))
    if form.is_valid() and done(form, lambda: changing.change(found, **form.cleaned_data, by=me(request), at=timezone.now())):
        notices.success(request, _("Saved."))
        return redirect(url_of("own_plan", found))
    lead = _("Somebody reads new words before they stand on the site.")
    return form_page(request, form, title=_("Change the plan"), lead=lead, **about(found))


@allow(SIGNED_IN)
@for_its_makers
@require_form
def picture(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """A picture, in the place of the one before."""
    form = PictureForm(posted(request), request.FILES if request.method == "POST" else None)

    def keep() -> None:
        changing.add_picture(found, changing.Shown(**form.cleaned_data), by=me(request), at=timezone.now())

    if form.is_valid() and done(form, keep):
        notices.success(request, _("The picture is saved. Somebody looks at it before it stands on the site."))
        return redirect(url_of("own_plan", found))
    return form_page(request, form, title=_("Add a picture"), multipart=True, **about(found))


@allow(SIGNED_IN)
@for_its_makers
@require_POST
def drop_picture(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """Its picture is destroyed."""
    return deed_page(
        request, url_of("own_plan", found), lambda: reading.remove_picture(found, by=me(request), at=timezone.now()),
        _("It is taken away."),
    )  # fmt: skip


@allow(SIGNED_IN)
@for_its_makers
@require_form
def name(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """What to call a maker, and whether that may stand on the site; each for themselves."""
    mine = maker_of(found, me(request))
    if mine is None:
        raise Http404
    form = NameForm(posted(request), initial={"name": mine.name, "agreed": mine.agreed_at is not None})
    if form.is_valid() and done(form, lambda: changing.name_maker(mine, **form.cleaned_data, by=me(request), at=timezone.now())):
        notices.success(request, _("Saved."))
        return redirect(url_of("own_plan", found))
    return form_page(request, form, title=_("Your name on the page"), lead=_("Without a tick nobody reads your name."), **about(found))


@allow(SIGNED_IN)
@for_its_makers
@require_POST
def again(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """After a change somebody looks at it once more."""
    return deed_page(
        request, url_of("own_plan", found), lambda: changing.offer_again(found, by=me(request), at=timezone.now()),
        _("We look at your plan once more."),
    )  # fmt: skip


@allow(SIGNED_IN)
@for_its_makers
@require_form
def withdraw(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """Taken back for good, with a reason that everybody reads."""
    form = WhyForm(posted(request))
    if form.is_valid() and done(form, lambda: changing.withdraw(found, form.cleaned_data["why"], by=me(request), at=timezone.now())):
        notices.success(request, _("The plan is taken back."))
        return redirect(url_of("own_plan", found))
    lead = _("A plan that is taken back does not come back. Everybody can read why.")
    if found.round.stage == RoundStage.VOTING:
        lead += " " + _("People vote now. Votes for this plan then count for nothing, and voters can choose again.")
    return form_page(request, form, title=_("Take the plan back"), lead=lead, send=_("Take the plan back"), **about(found))


@allow(SIGNED_IN)
@for_its_makers
@require_form
def leave(request: HttpRequest, found: BudgetPlan) -> HttpResponse:
    """One of its makers steps out; the others go on."""
    mine = maker_of(found, me(request))
    if mine is None:
        raise Http404
    if request.method == "POST":
        others = found.makers.exclude(pk=mine.pk).exclude(contact=None).exists()
        back = url_of("plan", found) if others and found.shown else url_of("own_plan", found) if not others else "/"
        return deed_page(request, back, lambda: changing.leave(found, by=me(request), at=timezone.now()), _("You stepped out."))
    lead = _("The others go on with the plan. You hear no more of it.")
    return form_page(request, None, title=_("Step out of the plan"), lead=lead, send=_("Step out of the plan"), **about(found))
