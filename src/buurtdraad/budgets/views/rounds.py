"""`/werk/budgetten/`: rounds for who works on them; making one, taking it on, and stopping it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.budgets import access
from buurtdraad.budgets.actions import rounds as actions
from buurtdraad.budgets.forms.rounds import RoundForm, StepForm, StopForm, WordsForm
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries import rounds as queries
from buurtdraad.budgets.queries.closing import needs_command
from buurtdraad.budgets.queries.doings import doings
from buurtdraad.budgets.queries.missing import missing
from buurtdraad.budgets.queries.page import next_by_hand, track, what_now
from buurtdraad.budgets.queries.sheet import days
from buurtdraad.budgets.states import ROUND_MOVES, PlanStage, RoundStage
from buurtdraad.budgets.views.pieces import crumbs_to, made_by_me, path_of, round_at_work
from buurtdraad.lib.access import allow, require
from buurtdraad.ui.asking import deed_page, done, form_page


@allow(access.STAFF)
@never_cache
@require_safe
def work_rounds(request: HttpRequest) -> HttpResponse:
    """All rounds that this person sees, the newest first."""
    found = list(queries.at_work(me(request)))
    context = {"rounds": [(one, what_now(one)) for one in found], "may_make": access.MAKER.holds(request)}
    return render(request, "budgets/work_rounds.html", context)


@allow(access.MAKER)
@never_cache
@require_form
def make_round(request: HttpRequest) -> HttpResponse:
    form = RoundForm(posted(request), reach=access.where(me(request), *access.MAKING))
    if form.is_valid():
        given, made = form.cleaned_data, []
        require(access.may_make(me(request), given["area"]))
        if done(form, lambda: made.append(actions.make(**given, by=me(request), at=timezone.now()))):
            messages.success(request, _("The round is there, for you and your colleagues only. Now put money in it and write the rules."))
            return redirect(path_of(made[0]))
    return form_page(request, form, title=_("Make a round"), back=reverse("budgets:work_rounds"))


@allow(access.STAFF)
@never_cache
@require_safe
def work_round(request: HttpRequest, slug: str) -> HttpResponse:
    """A round: what has to be done now and by whom, its days, its money, its plans in numbers."""
    found, person, at = round_at_work(request, slug), me(request), timezone.now()
    makes, preparing = access.may_make(person, found.area), found.stage == RoundStage.PREPARING
    numbers = queries.numbers_of(found)
    context = {
        "round": found,
        "now": what_now(found),
        "steps": track(found),
        "days": days(found.sheet),
        "parts": list(found.parts.all()),
        "sources": list(found.sources.select_related("pot")),
        "numbers": [(PlanStage(stage).label, number) for stage, number in numbers.items()],
        "doings": doings(found, person),
        "history": list(found.steps.all()),
        "makes": makes,
        "missing": missing(found, at=at) if preparing else [],
        "preparing": preparing,
        "second_count": found.stage == RoundStage.CLOSED and needs_command(found),
        "by_hand": next_by_hand(found) if makes else [],
        "can_stop": makes and RoundStage.STOPPED in ROUND_MOVES[found.stage] and not found.elsewhere,
        "crumbs": crumbs_to(found)[:1],
    }
    return render(request, "budgets/work_round.html", context)


@allow(access.MAKER)
@never_cache
@require_form
def change_round(request: HttpRequest, slug: str) -> HttpResponse:
    found = made_by_me(request, slug)
    form = WordsForm(posted(request), initial={"name": found.name, "about": found.about})
    if form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: actions.change(found, **given, by=me(request), at=timezone.now())):
            messages.success(request, _("This is kept."))
            return redirect(path_of(found))
    return form_page(request, form, title=_("Change the name and what it is for"), about=found.name, back=path_of(found))


@allow(access.MAKER)
@require_POST
def announce_round(request: HttpRequest, slug: str) -> HttpResponse:
    found = made_by_me(request, slug)
    says = _("Everybody can read the rules now. They stay as they are.")
    return deed_page(request, path_of(found), lambda: actions.announce(found, by=me(request), at=timezone.now()), says)


@allow(access.MAKER)
@never_cache
@require_form
def move_round(request: HttpRequest, slug: str, to: str) -> HttpResponse:
    """To another step by hand; with a reason where it is not the day of the rules."""
    found = made_by_me(request, slug)
    step = next((one for one in actions.BY_HAND if one == to), None)
    if step is None:
        raise Http404
    form = StepForm(posted(request))
    if form.is_valid():
        why = form.cleaned_data["why"]
        if done(form, lambda: actions.move_on(found, step, why=why, by=me(request), at=timezone.now())):
            messages.success(request, _("The round is in its next step: %(step)s") % {"step": step.label})
            return redirect(path_of(found))
    title = _("To the step: %(step)s") % {"step": step.label}
    return form_page(request, form, title=title, about=found.name, back=path_of(found), send=_("Go to this step"))


@allow(access.MAKER)
@never_cache
@require_form
def stop_round(request: HttpRequest, slug: str) -> HttpResponse:
    found = made_by_me(request, slug)
    form = StopForm(posted(request))
    if form.is_valid():
        why = form.cleaned_data["why"]
        if done(form, lambda: actions.stop(found, why=why, by=me(request), at=timezone.now())):
            messages.success(request, stopped(found))
            return redirect(path_of(found))
    lead = _("The money goes back to where it came from. Votes that were given are thrown away and are not counted.")
    return form_page(
        request, form, title=_("Stop this round"), about=found.name, lead=lead, back=path_of(found), send=_("Stop the round for good")
    )


def stopped(round_: BudgetRound) -> str:
    """What came of it, and whether money is left behind."""
    if any(source.amount > source.back for source in round_.sources.all()):
        return _("The round is stopped. Some money came from a pot that is closed: it still lies in the pot of the round.")
    return _("The round is stopped. The money is back where it came from.")
