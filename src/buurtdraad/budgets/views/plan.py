"""`/budgetten/<slug>/<number>/`: the page of a plan for everybody, its picture, and saying that one likes it."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.budgets.access import is_maker, may_see_plans
from buurtdraad.budgets.actions import liking
from buurtdraad.budgets.forms.changing import LikeForm
from buurtdraad.budgets.models import BudgetPlan
from buurtdraad.budgets.queries.likes import liked_by
from buurtdraad.budgets.queries.plan_pages import is_public, picture_by, seen_by_all
from buurtdraad.budgets.showing import tone_of
from buurtdraad.budgets.states import ANSWERING, RESULT, TO_CHECK, RoundStage, Verdict
from buurtdraad.budgets.views.plan_pieces import SECTION, VERDICT_TONES, crumbs_of, public_plan, url_of, who
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads import serving
from buurtdraad.messages.actions import contact_for
from buurtdraad.ui.asking import done, form_page, said


@allow(EVERYBODY)
@require_safe
@cached_page
def plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What it is, who made it, what it costs and how that is known, and whether it can be done, with every answer so far."""
    found = public_plan(slug, number)
    somebody = who(request)
    context = facts_of(found) | {"helps": bool(somebody and may_see_plans(somebody, found.round))}
    return shows(render(request, "budgets/plan.html", context), found.area.code, found.round.area.code)


def facts_of(found: BudgetPlan) -> dict[str, Any]:
    """What the page of a plan shows to everybody."""
    needed = found.round.sheet.likes_needed
    return {
        "plan": found,
        "round": found.round,
        "seen": (seen := seen_by_all(found)),
        "checks": [(one, VERDICT_TONES[Verdict(one.verdict)]) for one in seen.checks],
        "tone": tone_of(found.stage),
        "may_like": can_be_liked(found),
        "needed": needed,
        "lacks": max(needed - (seen.likes or 0), 0),
        "won": found.round.stage in RESULT and hasattr(found, "winner"),
        "people_vote": found.round.stage == RoundStage.VOTING,
        "crumbs": crumbs_of(found.round),
        "section": SECTION,
    }


def can_be_liked(found: BudgetPlan) -> bool:
    """Whether the rules ask that people like it, and this is the time for it."""
    return bool(found.round.sheet.likes_needed) and found.stage in TO_CHECK and found.round.stage in ANSWERING


@allow(EVERYBODY)
@require_safe
def picture(request: HttpRequest, uuid: UUID, width: int) -> HttpResponseBase:
    """A picture, for everybody once it was looked at; before that for its makers and staff."""
    found = picture_by(uuid)
    if found is None:
        raise Http404
    public = found.shown and is_public(found.plan)
    if not public and not (is_maker(request.user, found.plan) or may_see_plans(request.user, found.plan.round)):
        raise Http404
    return serving.picture(found, width, public=public)


# --- who likes it ----------------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def like(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Somebody likes a plan: by a link in a mail, or at once for who is signed in, who can also take it back."""
    found = public_plan(slug, number)
    if not can_be_liked(found):
        raise Http404
    back = url_of("plan", found)
    if request.user.is_authenticated:
        return like_signed_in(request, found, back)
    form = LikeForm(posted(request))
    if request.method == "POST":
        limited_address("like", request)
        if form.is_valid() and done(form, lambda: liking.mail_to_like(request, found, form.cleaned_data["email"], at=timezone.now())):
            says = _("Look in your mail, and press the button there. Only after that it counts.")
            return said(request, _("Almost done"), says, back=back, go=_("Back to the plan"))
    lead = _("When %(number)s people like it, we look whether it can be done.") % {"number": found.round.sheet.likes_needed}
    title = _("Do you like this plan? (%(plan)s)") % {"plan": found.title}
    return form_page(request, form, title=title, lead=lead, back=back, to=_("Back to the plan"), send=_("Yes, I like this plan"))


def like_signed_in(request: HttpRequest, found: BudgetPlan, back: str) -> HttpResponse:
    person, at = me(request), timezone.now()
    likes = liked_by(person, found)
    if request.method == "POST":
        contact = contact_for(person, at=at)
        try:
            if likes:
                liking.take_like_back(found, contact=contact, at=at)
            else:
                liking.like(found, contact=contact, at=at)
        except Refused as refused:
            return said(request, _("This is not possible now"), str(refused), status=409, back=back, go=_("Back to the plan"))
        notices.success(request, _("You took it back.") if likes else _("Thank you. It counts."))
        return redirect("budgets:like", found.round.slug, found.number)
    title = _("You like this plan: %(plan)s") if likes else _("Do you like this plan? (%(plan)s)")
    send = _("Take it back") if likes else _("Yes, I like this plan")
    return form_page(request, None, title=title % {"plan": found.title}, back=back, to=_("Back to the plan"), send=send)


@never_cache
@allow(EVERYBODY)
@require_form
def confirm_like(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: opening changes nothing, the button makes it count."""
    at = timezone.now()
    try:
        if request.method == "POST":
            found = liking.confirm_like(token, at=at)
            return said(request, _("Thank you"), _("It counts."), back=url_of("plan", found), go=_("Back to the plan"))
        found = liking.asked_to_like(token, at=at)
    except BadLink as problem:
        return said(request, _("This link does not work any more"), str(problem), status=404)
    except Refused as refused:
        return said(request, _("This is not possible now"), str(refused), status=409)
    title = _("Do you like this plan? (%(plan)s)") % {"plan": found.title}
    return form_page(request, None, title=title, about=found.summary, send=_("Yes, I like this plan"))
