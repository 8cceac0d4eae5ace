"""`/werk/budgetplannen/` and `/werk/budgetten/<slug>/plannen/`: plans at work: to read, to answer, on the list, in at once."""

from collections.abc import Callable

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.audit.actions import record_look
from buurtdraad.budgets import access
from buurtdraad.budgets.actions import checking, proposing, reading
from buurtdraad.budgets.actions.changing import offer_again
from buurtdraad.budgets.forms.checking import CheckForm, ManyForm, QuestionForm, SpotForm
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.queries import checking as queries
from buurtdraad.budgets.queries.origins import offered
from buurtdraad.budgets.queries.plan_pages import asked_change, makers_with_contact, seen_by_all, waiting_consents
from buurtdraad.budgets.showing import tone_of
from buurtdraad.budgets.states import ALIVE, ANSWERING, TAKING_IN, PlanStage, RoundStage, Verdict
from buurtdraad.budgets.views.plan_pieces import VERDICT_TONES, round_or_404, staff_plan, url_of, work_crumbs
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page, done, form_page

# So many stand on the page of what waits.
MOST = 50


@allow(access.PLAN_READER)
@never_cache
@require_safe
def to_do(request: HttpRequest) -> HttpResponse:
    """Plans of all rounds of one's areas that wait: to read, and to answer."""
    waits = list(queries.waiting(me(request))[:MOST])
    lists = [
        (_("To read"), [plan for plan in waits if plan.todo == queries.TO_READ]),  # type: ignore[attr-defined]
        (_("Can it be done?"), [plan for plan in waits if plan.todo == queries.TO_ANSWER]),  # type: ignore[attr-defined]
    ]
    return render(request, "budgets/plans_to_do.html", {"lists": [(title, rows) for title, rows in lists if rows]})


@allow(access.PLAN_READER)
@never_cache
@require_safe
def plans(request: HttpRequest, slug: str) -> HttpResponse:
    """All plans of a round by step, and what can be done with them now."""
    round_ = seen_round(request, slug)
    answers, stage = access.may_answer_plans(request.user, round_), RoundStage(round_.stage)
    unanswered, feasible = queries.waiting_to_list(round_)
    context = {
        "round": round_,
        "groups": [(group, tone_of(group.stage)) for group in queries.plans_by_step(round_)],
        "spots": list(round_.spots.prefetch_related("plans")),
        "own": access.is_theirs(request.user, round_),
        "may_put_in": access.may_check(request.user, round_) and stage in TAKING_IN,
        "may_list": answers and stage == RoundStage.CHECKING,
        "may_spot": answers and stage in checking.BEFORE_THE_VOTE,
        "unanswered": unanswered,
        "feasible": feasible,
        "needed": round_.sheet.likes_needed,
        "crumbs": work_crumbs(round_, plans=False),
    }
    return render(request, "budgets/work_plans.html", context)


def seen_round(request: HttpRequest, slug: str) -> BudgetRound:
    round_ = round_or_404(request, slug)
    require(access.may_see_plans(request.user, round_))
    return round_


def checked_round(request: HttpRequest, slug: str) -> BudgetRound:
    round_ = round_or_404(request, slug)
    require(access.may_check(request.user, round_))
    return round_


@allow(access.PLAN_READER)
@require_POST
def list_plans(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be done comes on the list."""
    round_ = checked_round(request, slug)
    back = reverse("budgets:work_plans", args=[slug])
    return deed_page(
        request,
        back,
        lambda: checking.list_plans(round_, by=me(request), at=timezone.now()),
        _("The plans that can be done are on the list."),
    )


@allow(access.PLAN_READER)
@never_cache
@require_form
def many(request: HttpRequest, slug: str) -> HttpResponse:
    """Several plans at once from the agenda and from plans of residents: nothing is typed again."""
    round_ = checked_round(request, slug)
    found = offered(round_)
    form = ManyForm(posted(request), offered=found)
    made: list[BudgetPlan] = []

    def take() -> None:
        made.extend(proposing.from_agenda(round_, form.chosen, by=me(request), at=timezone.now()))

    back = reverse("budgets:work_plans", args=[slug])
    if form.is_valid() and done(form, take):
        number = len(made)
        notices.success(request, ngettext("%(number)s plan came in.", "%(number)s plans came in.", number) % {"number": number})
        return redirect(back)
    lead = _("Words, place and makers come along. What you choose still has to be read and answered.")
    if not found:
        lead = _("There is nothing here that is not in the round yet.")
    texts = {"title": _("Take plans from the agenda"), "about": round_.name, "lead": lead, "back": back, "send": _("Take these in")}
    return form_page(request, form, **texts)


# --- one plan --------------------------------------------------------------------------------------------


@allow(access.PLAN_READER)
@never_cache
@require_form
def work_plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A plan as staff see it, with the question whether it can be done."""
    plan = staff_plan(request, slug, number)
    form = CheckForm(posted(request), initial=so_far(plan))
    if request.method == "POST":
        require(access.may_check(request.user, plan.round))
        if form.is_valid() and done(form, lambda: checking.check(plan, **form.cleaned_data, by=me(request), at=timezone.now())):
            notices.success(request, _("The answer is written down, and the makers hear it."))
            return redirect(url_of("work_plan", plan))
    return plan_page(request, plan, form)


def so_far(plan: BudgetPlan) -> dict:
    """What stands in the form: the cost as it is known now."""
    return {"cost": plan.cost, "cost_from": plan.cost_from, "cost_words": plan.cost_words}


def plan_page(request: HttpRequest, plan: BudgetPlan, form: CheckForm | None = None, question: QuestionForm | None = None) -> HttpResponse:
    person, now = me(request), timezone.now()
    record_look(room="budgets", thing=plan.thing, by=person.uuid, at=now, duty=access.duty_of(person))
    change, seen = asked_change(plan), seen_by_all(plan)
    stage, step = PlanStage(plan.stage), RoundStage(plan.round.stage)
    may_answer = access.may_answer_plans(person, plan.round)
    answers = may_answer and step in ANSWERING
    context = {
        "plan": plan,
        "round": plan.round,
        "seen": seen,
        "tone": tone_of(stage),
        "checks": [(one, VERDICT_TONES[Verdict(one.verdict)]) for one in seen.checks],
        "makers": makers_with_contact(plan),
        "mark": reading.mark_of(plan),
        "form": (form or CheckForm(initial=so_far(plan))) if answers and stage in ALIVE - {PlanStage.LISTED} else None,
        "question": question or QuestionForm(),
        "own": access.is_theirs(person, plan.round),
        "reads": access.may_read(person, plan.round),
        "helps": access.may_check(person, plan.round),
        "may_again": answers and stage == PlanStage.NOT_FEASIBLE,
        "may_unlist": may_answer and stage == PlanStage.LISTED and step in checking.BEFORE_THE_VOTE,
        "asked": change,
        "consents": waiting_consents(change) if change else [],
        "needed": plan.round.sheet.likes_needed,
        "crumbs": work_crumbs(plan.round),
    }
    wrong = (form and form.errors) or (question and question.errors)
    return render(request, "budgets/work_plan.html", context, status=UNPROCESSABLE if wrong else 200)


@allow(access.PLAN_READER)
@never_cache
@require_POST
def read(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Somebody read it: on the site, back with a question; and its picture: shown or destroyed."""
    plan = staff_plan(request, slug, number)
    require(access.may_read(request.user, plan.round))
    by, at, deed = me(request), timezone.now(), request.POST.get("deed")
    picture = getattr(plan, "picture", None)
    question = QuestionForm(request.POST)
    if deed == "back" and not question.is_valid():
        return plan_page(request, plan, question=question)
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "show": (lambda: reading.show(plan, was=request.POST.get("was", ""), by=by, at=at), _("The plan is on the site.")),
        "back": (
            lambda: reading.send_back(plan, question=question.cleaned_data["question"], by=by, at=at),
            _("The makers of the plan get your question."),
        ),
    }
    if picture:
        deeds["show_picture"] = (lambda: reading.show_picture(picture, by=by, at=at), _("It is on the site."))
        deeds["drop_picture"] = (lambda: reading.remove_picture(plan, by=by, at=at), _("It is taken away."))
    if deed not in deeds:
        raise Http404
    return deed_page(request, url_of("work_plan", plan), *deeds[deed])


@allow(access.PLAN_READER)
@require_POST
def look_again(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What could not be done gets another look."""
    return answered(request, slug, number, offer_again, _("We look at the plan once more."))


@allow(access.PLAN_READER)
@require_POST
def take_from_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Off the list again, before people vote."""
    return answered(request, slug, number, checking.take_from_list, _("The plan is off the list."))


def answered(request: HttpRequest, slug: str, number: int, deed: Callable[..., None], says: str) -> HttpResponse:
    plan = staff_plan(request, slug, number)
    require(access.may_answer_plans(request.user, plan.round))
    return deed_page(request, url_of("work_plan", plan), lambda: deed(plan, by=me(request), at=timezone.now()), says)


# --- plans that exclude each other -----------------------------------------------------------------------


@allow(access.PLAN_READER)
@never_cache
@require_form
def spot(request: HttpRequest, slug: str) -> HttpResponse:
    """Which plans want the same place: at most one of them wins."""
    round_ = checked_round(request, slug)
    alive = list(round_.plans.filter(stage__in=sorted(ALIVE)).select_related("round").order_by("number"))
    form = SpotForm(posted(request), plans=alive)
    back = reverse("budgets:work_plans", args=[slug])

    def share() -> None:
        given = form.cleaned_data
        checking.share_spot(form.chosen, name=given["name"], why=given["why"], by=me(request), at=timezone.now())

    if form.is_valid() and done(form, share):
        notices.success(request, _("Of these plans at most one can win. Everybody reads that."))
        return redirect(back)
    lead = _("Do two plans want the same place? Then at most one of them can win.")
    return form_page(request, form, title=_("Plans that exclude each other"), about=round_.name, lead=lead, back=back)


@allow(access.PLAN_READER)
@require_POST
def free_spot(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """These plans do not exclude each other after all."""
    round_ = checked_round(request, slug)
    found = get_object_or_404(round_.spots.select_related("round"), pk=pk)
    back = reverse("budgets:work_plans", args=[slug])
    return deed_page(
        request, back, lambda: checking.free_spot(found, by=me(request), at=timezone.now()), _("These plans do not exclude each other.")
    )
