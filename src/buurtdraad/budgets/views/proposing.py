"""`/budgetten/<slug>/inzenden/`: telling a plan in two screens, without an account and without JavaScript; and the link in the mail."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.queries.shown import wish_on_site
from buurtdraad.budgets.access import may_check
from buurtdraad.budgets.actions import changing, proposing
from buurtdraad.budgets.forms.proposing import SOURCES, ForWhomForm, WhatForm, WhoForm
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.queries.origins import Origin, Thing, facts_of, origin_of, part_for
from buurtdraad.budgets.states import TAKING_IN, RoundStage
from buurtdraad.budgets.views.plan_pieces import SECTION, round_or_404, url_of
from buurtdraad.fund.access import is_applicant, visible_applications
from buurtdraad.initiatives.access import may_change, visible_initiatives
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import add_contact, contact_for
from buurtdraad.messages.states import Way
from buurtdraad.ui.asking import UNPROCESSABLE, form_page, said
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address

MOST_DIGITS = 18


# Not "no-store": with that a browser that goes back loses what somebody typed.
@cache_control(private=True, no_cache=True)
@allow(EVERYBODY)
@require_form
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Screen 1 asks what, where and how much, screen 2 who; each button says what it does in `step`."""
    round_ = round_or_404(request, slug)
    helps = may_check(request.user, round_)
    if round_.stage not in (TAKING_IN if helps else {RoundStage.GATHERING}):
        return closed(request, round_)
    if request.method != "POST":
        return first_screen(request, round_, WhatForm(about=round_, initial=prefilled(request, round_)))
    limited_address("budget plan", request)
    what, step = WhatForm(request.POST, about=round_), request.POST.get("step", "next")
    if not what.is_valid() or step == "change":
        return first_screen(request, round_, what, status=UNPROCESSABLE if what.errors else 200)
    form = who_form(request, round_, helps=helps, sent=step == "send")
    return send_or_say(request, round_, what, form) if step == "send" else second_screen(request, round_, what, form)


def closed(request: HttpRequest, round_: BudgetRound) -> HttpResponse:
    """A page that says that no plans come in now."""
    before = round_.stage in {RoundStage.PREPARING, RoundStage.ANNOUNCED}
    says = _("You can send a plan later. The days stand in the rules.") if before else _("The days to send plans are over.")
    back = address("budgets:round", round_.slug)
    return said(request, _("You cannot send a plan now"), says, status=409, back=back, go=round_.name)


def who_form(request: HttpRequest, round_: BudgetRound, *, helps: bool, sent: bool = False) -> WhoForm | ForWhomForm:
    data = (request.POST, request.FILES) if sent else ()
    if helps:
        return ForWhomForm(*data)
    return WhoForm(*data, known=isinstance(request.user, Person), age=round_.sheet.propose_age)


# --- where it comes from ---------------------------------------------------------------------------------


def source(request: HttpRequest, names: dict[str, str], round_: BudgetRound) -> Thing | None:
    """What an address or a form names (`wens`, `afspraak`, `initiatief`, `aanvraag`), for who may make a plan of it; else None."""
    if wish := wish_on_site(names.get("wens", "")):
        return wish
    if (key := names.get("afspraak", "")) and key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS:
        return Agreement.objects.public().filter(pk=key).select_related("area").first()
    if slug := names.get("initiatief", ""):
        found = visible_initiatives(request.user, request.session).select_related("area").filter(slug=slug).first()
        return found if found and may_change(request.user, found, request.session) else None
    if (key := names.get("aanvraag", "")) and (uuid := as_uuid(key)):
        application = visible_applications(request.user, request.session).filter(uuid=uuid).first()
        mine = application and (is_applicant(request.user, application, request.session) or may_check(request.user, round_))
        return application if mine else None
    return None


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def prefilled(request: HttpRequest, round_: BudgetRound) -> dict[str, Any]:
    """What the address fills in: the words, place and cost of what it names, so that nothing is typed twice."""
    names = {name: request.GET.get(name, "")[:80] for name in SOURCES}
    thing = source(request, names, round_)
    if thing is None:
        return {}
    facts = facts_of(thing)
    found = part_for(round_, facts["area"])
    where = {"part": found[0].pk, "area": found[1].code} if found else {}
    words = {name: facts[name] for name in ("title", "summary", "story", "place", "theme", "cost", "cost_words") if name in facts}
    return names | words | where


# --- the two screens -------------------------------------------------------------------------------------


def first_screen(request: HttpRequest, round_: BudgetRound, form: WhatForm, *, status: int = 200) -> HttpResponse:
    names = {name: str(form[name].value() or "") for name in SOURCES}
    context = {"form": form, "round": round_, "source": source(request, names, round_), "section": SECTION}
    context["more_open"] = any(form[name].value() or form[name].errors for name in ("story", "place", "cost_words"))
    return render(request, "budgets/propose_what.html", context, status=status)


def second_screen(request: HttpRequest, round_: BudgetRound, what: WhatForm, form: WhoForm | ForWhomForm) -> HttpResponse:
    told = what.cleaned_data
    cost = euros(told["cost"]) if told["cost"] is not None else ""
    context = {
        "what": what,
        "told": told,
        "where": ", ".join(part for part in (told["part"].name, told["place"], cost) if part),
        "form": form,
        "round": round_,
        "helps": isinstance(form, ForWhomForm),
        "known": isinstance(request.user, Person),
        "section": SECTION,
    }
    return render(request, "budgets/propose_who.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def send_or_say(request: HttpRequest, round_: BudgetRound, what: WhatForm, form: WhoForm | ForWhomForm) -> HttpResponse:
    """Send it; where something is missing or a rule says no, that stands on the second screen."""
    if form.is_valid():
        try:
            return send(request, round_, what, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    return second_screen(request, round_, what, form)


def send(request: HttpRequest, round_: BudgetRound, what: WhatForm, form: WhoForm | ForWhomForm) -> HttpResponse:
    """Keep the plan with its picture; who is nobody yet gets a mail with a button."""
    helps = isinstance(form, ForWhomForm)
    by, at, told = (me(request) if request.user.is_authenticated else None), timezone.now(), form.cleaned_data
    thing = source(request, {name: what.cleaned_data.get(name, "") for name in SOURCES}, round_)
    facts = what.facts | maker_facts(by, told, helps=helps, at=at)
    origin = origin_of(thing) if thing else Origin()
    point = facts_of(thing).get("point") if thing else None
    plan = proposing.propose(round_, **facts, origin=origin, point=point, mark=what.once, by=by, at=at)
    if told.get("picture"):
        given = changing.Shown(told["picture"], told["alt"], told["people"], told.get("agreed_with", ""))
        changing.add_picture(plan, given, by=by, at=at)
    if by is None:
        proposing.mail_to_confirm(request, plan, told["email"], name=told["name"], agreed=told["agreed"], at=at)
        says = _("Look in your mail, and press the button there. Only after that we have your plan.")
        return said(request, _("Almost done"), says, back=address("budgets:round", round_.slug), go=round_.name)
    notices.success(request, _("We have the plan. Somebody reads it, and looks whether it can be done."))
    return redirect(url_of("work_plan" if helps else "own_plan", plan))


def maker_facts(by: Person | None, told: dict[str, Any], *, helps: bool, at) -> dict[str, Any]:
    """Who made it: who is signed in, or for whom staff write it down; of a visitor the mail will tell."""
    if helps:
        contact = None
        if told["name"]:
            way = Way.CALL if told["phone"] else Way.NONE
            contact = add_contact(name=told["name"], way=way, phone=told["phone"], by=by.uuid if by else None, at=at)
        return {"contact": contact, "name": told["name"], "agreed": told["agreed"], "by_municipality": told["by_municipality"]}
    return {"contact": contact_for(by, at=at), "name": told["name"], "agreed": told["agreed"]} if by else {}


# --- the link in the mail --------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening changes nothing; the button makes it a plan."""
    at = timezone.now()
    try:
        if request.method == "POST":
            return thanks(request, proposing.confirm(token, at=at))
        plan = proposing.asked_to_confirm(token, at=at)
    except BadLink as problem:
        return said(request, _("This link does not work any more"), str(problem), status=404)
    except Refused as refused:
        return said(request, _("We cannot take this plan"), str(refused), status=409)
    title = _("Is this your plan? (%(plan)s)") % {"plan": plan.title}
    return form_page(request, None, title=title, about=plan.summary, send=_("Yes, this is my plan"))


def thanks(request: HttpRequest, plan: BudgetPlan) -> HttpResponse:
    says = _("We have your plan. Somebody reads it, and then it stands on the site. You hear by mail whether it can be done.")
    go = _("Follow your plan. You sign in with your e-mail address.")
    return said(request, _("Thank you"), says, back=reverse("budgets:own_plan", args=[plan.round.slug, plan.number]), go=go)
