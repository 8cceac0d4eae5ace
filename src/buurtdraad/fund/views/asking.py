"""`/fonds/aanvragen/`: "I have a plan" makes the plan and its request; then a few screens, each saved at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.queries.where import all_areas, area_named
from buurtdraad.fund import access
from buurtdraad.fund.actions import assisting, drafting, ease, online, papers
from buurtdraad.fund.actions.drafting import Cost, NotADraft, NotReady, PlanFacts
from buurtdraad.fund.forms.applicant import ApplicantForm, SendForm
from buurtdraad.fund.forms.asking import ForPlanForm, LaterForm, PlanForm, StepForm, WhenForm
from buurtdraad.fund.forms.costing import CostsForm, IncomesForm
from buurtdraad.fund.forms.papers import DocumentForm
from buurtdraad.fund.models import Application
from buurtdraad.fund.queries import applications, steps
from buurtdraad.fund.queries import rules as rulebook
from buurtdraad.fund.queries.history import about_the_same, words_of
from buurtdraad.fund.queries.told import told_of, with_told
from buurtdraad.fund.queries.written import on_paper
from buurtdraad.fund.states import Activity, Channel, CostKind, Stage, Who, tone_of
from buurtdraad.fund.views.carried import asked_later, carried
from buurtdraad.initiatives.access import is_theirs, may_change
from buurtdraad.initiatives.actions.people import send_go_on_link
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.support import seen_of, support_of
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE, form_page, said
from buurtdraad.ui.euros import euros

LATER = "later"


def visitor(request: HttpRequest) -> Person | None:
    """Who asks; nobody has to be signed in."""
    return request.user if isinstance(request.user, Person) else None


# --- beginning --------------------------------------------------------------------------------------------


# A browser that goes back shows screen 1 as it was typed.
@cache_control(private=True, no_cache=True)
@allow(EVERYBODY)
@require_form
def apply(request: HttpRequest) -> HttpResponse:
    """ "I have a plan": what and where. Of a plan that is there (`?plan=`) only what it does not hold."""
    if slug := request.GET.get("plan", ""):
        return for_plan(request, slug)
    if not (rules := rulebook.our_rules(timezone.localdate())):
        return said(request, _("Money for your plan"), _("The fund is not open now. Call us about your plan."))
    here = area_named(request.GET.get("buurt", ""))
    initial = {"area": here.code if here else "", "who": Who.NEIGHBOURS} | carried(request)
    form = PlanForm(posted(request), initial=initial, known=visitor(request) is not None)
    if request.method == "POST":
        limited_address("application", request)
        if form.is_valid():
            try:
                return begun(request, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
    mine = access.visible_applications(request.user, request.session)
    mine = with_told(mine.filter(initiative__in=access.own_initiatives(request.user, request.session)).order_by("-made_at"))[:10]
    if form.is_bound:
        here = form.here or area_named(str(form["area"].value() or ""))
    context = {
        "form": form, "here": here, "names": all_areas().values(), "mine": [(one, told_of(one), tone_of(told_of(one))) for one in mine],
        "small": rules.small_on, "section": "fund",
    }  # fmt: skip
    return render(request, "fund/apply.html", context, status=UNPROCESSABLE if form.errors else 200)


def begun(request: HttpRequest, form: PlanForm) -> HttpResponse:
    assert form.here
    given, at = form.cleaned_data, timezone.now()
    facts = PlanFacts(given["title"], form.here.area, summary=given["text"], place=form.place)
    made = online.begin_here(
        request,
        facts=facts,
        activity=Activity(given["activity"]),
        who=Who(given["who"]),
        email=given.get("email", ""),
        at=at,
        mark=form.once,
    )
    ease.note_step(made, steps.PLAN, opened_at=form.opened_at, at=at)
    if said_twice := asked_twice(request, facts, but=made.initiative):
        messages.info(request, said_twice)
    return kept_along(request, made)


def asked_twice(request: HttpRequest, plan: PlanFacts, *, but: Initiative | None = None) -> str:
    """That who asks sent a request that says about the same, in a sentence; empty when not."""
    own = access.own_initiatives(request.user, request.session)
    sent = access.visible_applications(request.user, request.session).filter(initiative__in=own.exclude(pk=but.pk) if but else own)
    sent = sent.exclude(submitted_at=None).order_by("-submitted_at")
    same = about_the_same(words_of(plan.title, plan.summary, plan.place), plan.area, sent).first()
    if same is None:
        return ""
    facts = {"number": same.number, "plan": same.initiative.title}
    return _("You asked money for '%(plan)s' already: %(number)s. Is this the same plan? Then you do not need to send it again.") % facts


def kept_along(request: HttpRequest, made: Application) -> HttpResponse:
    """The draft begins with what was answered in the check."""
    by, at = visitor(request), timezone.now()
    if known := asked_later(request):
        drafting.save_what(made, **known, by=by, at=at)
    amount = carried(request).get("amount")
    if amount and not made.costs.exists():
        drafting.save_costs(made, [Cost(CostKind.OTHER, _("Everything together"), amount)], by=by, at=at)
    return redirect("fund:write", made.uuid, steps.WHEN)


def for_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Money for a plan that is there: one that somebody is of. Its draft, when there is one, goes on where it stopped."""
    plan = get_object_or_404(Initiative.objects.select_related("area"), slug=slug)
    if not is_theirs(request.user, plan, request.session):
        raise Http404
    if draft := applications.draft_of(plan):
        return redirect("fund:write", draft.uuid, steps.next_step(draft))
    form = ForPlanForm(posted(request), initial={"who": Who.NEIGHBOURS} | carried(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = online.begin_here(
                request, initiative=plan, activity=Activity(given["activity"]), who=Who(given["who"]), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return kept_along(request, made)
    return form_page(request, form, title=_("Money for your plan"), about=plan.title, lead=asked_before(plan), send=_("Go on"))


def asked_before(plan: Initiative) -> str:
    """That money was asked for this plan already, in a sentence; empty when not."""
    before = applications.history_of(plan).first()
    if before is None:
        return ""
    facts = {"number": before.number, "euros": euros(before.asked), "stage": told_of(before).label}
    return _("You asked money for this plan before: %(number)s, %(euros)s. How it stands: %(stage)s. Do you need more? Go on.") % facts


# --- the screens ------------------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def write(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """One screen of a draft. What was typed is kept when somebody goes on, whether or not all of it is there yet."""
    found = asked_here(request, uuid)
    if found.stage != Stage.DRAFT:
        return redirect("fund:application", found.uuid)
    require(access.may_write(request.user, found, request.session))
    try:
        return SCREENS[step](request, found)
    except NotADraft as refusal:
        messages.info(request, str(refusal))
        return redirect("fund:application", found.uuid)


def asked_here(request: HttpRequest, uuid: UUID) -> Application:
    """The application of who asks, or whom we help to ask. Anybody else's is not there."""
    found = get_object_or_404(access.visible_applications(request.user, request.session).select_related("contact__person"), uuid=uuid)
    if not access.asks_here(request.user, found, request.session):
        raise Http404
    return found


def when(request: HttpRequest, found: Application) -> HttpResponse:
    kept = {name: getattr(found, name) for name in ("starts_on", "ends_on", "visitors", "everybody_can_come")}
    form = WhenForm(posted(request), initial=kept, today=timezone.localdate(), channel=found.channel)
    if form.is_valid():
        drafting.save_what(found, **form.facts, by=visitor(request), at=timezone.now())
        return went_on(request, found, steps.WHEN, form)
    return screen(request, found, steps.WHEN, form, "fund/write.html")


def costs(request: HttpRequest, found: Application) -> HttpResponse:
    more = "more" in request.POST
    form = CostsForm(posted(request), application=found, more=more)
    if not more and form.is_valid():
        before = applications.too_much(found)
        drafting.save_costs(found, form.costs, by=visitor(request), at=timezone.now())
        # Said once where the costs stand; who goes on all the same writes on the next screen who pays the rest.
        if before or LATER in request.POST or not applications.too_much(found):
            return went_on(request, found, steps.COSTS, form)
    if more:
        form.errors.clear()  # more lines is no mistake
    notes = [each.reason for each in rulebook.not_paid(found.rules).values()]
    return screen(request, found, steps.COSTS, form, "fund/write_costs.html", notes=notes, most=applications.most_for(found))


def pays(request: HttpRequest, found: Application) -> HttpResponse:
    form = IncomesForm(posted(request), application=found)
    if form.is_valid():
        drafting.save_incomes(found, form.incomes, by=visitor(request), at=timezone.now())
        return went_on(request, found, steps.PAYS, form)
    return screen(request, found, steps.PAYS, form, "fund/write_pays.html", costs=applications.costs_of(found))


def neighbours(request: HttpRequest, found: Application) -> HttpResponse:
    """What the neighbours think stands with the plan; here come the documents that the rules ask. One may go on without."""
    adding = "add" in request.POST
    form = DocumentForm(request.POST if adding else None, request.FILES if adding else None)
    go = StepForm(posted(request))
    if adding and form.is_valid():
        document, name = form.cleaned_data["document"]
        papers.keep_document(found, document, kind=form.kind, name=name, by=visitor(request), at=timezone.now())
        return redirect("fund:write", found.uuid, steps.NEIGHBOURS)
    if request.method == "POST" and not adding and go.is_valid():
        return went_on(request, found, steps.NEIGHBOURS, go)
    plan = found.initiative
    facts = {
        "support": seen_of(support_of(plan)), "go": go, "documents": found.documents.all(), "wanted": applications.documents_wanted(found),
        "asks": applications.asks_neighbours(found),
        "plan_page": reverse("initiatives:manage", args=[plan.slug]) if may_change(request.user, plan, request.session) else "",
    }  # fmt: skip
    return screen(request, found, steps.NEIGHBOURS, form, "fund/write_neighbours.html", **facts)


def account(request: HttpRequest, found: Application) -> HttpResponse:
    mails = assisting.reachable(found.contact or drafting.contact_of(found.initiative))
    form = ApplicantForm(
        posted(request), application=found, by_mail=mails, sees_account=access.sees_account(request.session, found)
    )  # fmt: skip
    if form.is_valid():
        by, at = visitor(request), timezone.now()
        drafting.save_applicant(found, form.facts, account=form.account, by=by, at=at)
        if form.account:
            access.note_typed_account(request.session, found)
        return went_on(request, found, steps.ACCOUNT, form)
    return screen(request, found, steps.ACCOUNT, form, "fund/write_account.html")


def send(request: HttpRequest, found: Application) -> HttpResponse:
    """All of it once more; then it is sent. Who fills it in for somebody reads it back first."""
    today = timezone.localdate()
    form = SendForm(posted(request), application=found, today=today)
    helped = found.channel != Channel.WEB
    if form.is_valid():
        by, at = visitor(request), timezone.now()
        try:
            if helped and by:
                assisting.send_for(found, by=by, at=at, received_on=form.cleaned_data.get("received_on"))
            else:
                limited_address("application", request)
                drafting.submit(found, by=by, at=at)
        except NotReady as refusal:
            for sentence in refusal.misses:
                form.add_error(None, sentence)
        else:
            ease.note_step(found, steps.SEND, opened_at=form.opened_at, at=at)
            return redirect("fund:application", found.uuid)
    misses = [] if form.errors else applications.what_misses(found, on=None if helped else today)
    facts = {
        "parts": on_paper(found, whole_account=access.sees_account(request.session, found)),
        "misses": [one for one in misses if one != applications.to_read_back()],
    }
    return screen(request, found, steps.SEND, form, "fund/write_send.html", asked=applications.asked_of(found), **facts)


SCREENS: dict[str, Callable[[HttpRequest, Application], HttpResponse]] = {
    steps.WHEN: when, steps.COSTS: costs, steps.PAYS: pays, steps.NEIGHBOURS: neighbours, steps.ACCOUNT: account, steps.SEND: send,
}  # fmt: skip


class Screen(StringConverter):
    """In an address: one of the screens of asking, and no other word."""

    regex = "|".join(SCREENS)


def screen(request: HttpRequest, found: Application, step: str, form: Any, template: str, **facts: Any) -> HttpResponse:
    """A screen with its number, the way back, and who helps."""
    order, there = steps.counted_of(found), [steps.PLAN, *steps.steps_of(found)]
    before = there.index(step) - 1 if step in there else len(there) - 1
    context = {
        "form": form, "application": found, "plan": found.initiative, "title": steps.TITLES[step],
        "now": order.index(step) + 1 if step in order else len(order), "count": len(order), "back": there[before] if before > 0 else "",
        "too_much": "" if step in {steps.WHEN, steps.SEND} else applications.too_much(found),
        "helper": applications.helper_of(found), "last": step == steps.SEND, "section": "fund",
    }  # fmt: skip
    return render(request, template, context | facts, status=UNPROCESSABLE if form.errors else 200)


def went_on(request: HttpRequest, found: Application, step: str, form: StepForm) -> HttpResponse:
    ease.note_step(found, step, opened_at=form.opened_at, at=timezone.now())
    if LATER in request.POST:
        return redirect("fund:later", found.uuid)
    return redirect("fund:write", found.uuid, steps.after(found, step))


# --- later, or not at all ---------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def later(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was typed is kept. A link by mail opens it on another telephone, or at a neighbour's."""
    found = asked_here(request, uuid)
    require(access.may_write(request.user, found, request.session))
    form = LaterForm(posted(request))
    if form.is_valid():
        try:
            send_go_on_link(found.initiative, form.cleaned_data["email"], request=request, by=visitor(request), at=timezone.now())
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("We sent the link. It opens your plan on any telephone or computer."))
            return redirect("fund:later", found.uuid)
    context = {"form": form, "application": found, "step": steps.next_step(found), "section": "fund"}
    return render(request, "fund/later.html", context, status=UNPROCESSABLE if form.errors else 200)


@allow(EVERYBODY)
@require_POST
def throw_away(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft goes; the plan stays."""
    found = asked_here(request, uuid)
    require(access.may_write(request.user, found, request.session))
    papers.throw_away(found, by=visitor(request), at=timezone.now())
    messages.success(request, _("Your request is thrown away. Your plan is still there."))
    return redirect("fund:apply")
