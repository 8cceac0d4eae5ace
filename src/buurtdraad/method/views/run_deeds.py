"""What who carries out a run does with it: each a form of its own, or a button on the page of the run."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.method.access import RUNNER, may_run
from buurtdraad.method.actions import run_notes
from buurtdraad.method.actions import runs as actions
from buurtdraad.method.forms import runs as forms
from buurtdraad.method.models import ExitCheck, Run, RunStep
from buurtdraad.method.queries import runs
from buurtdraad.method.queries.starting import partners_here
from buurtdraad.method.states import StepStage
from buurtdraad.method.views.asking import done, form_page
from buurtdraad.method.views.runs import name_of
from buurtdraad.partners.models import Organisation

REMOVABLE = {*run_notes.TAKEN_AWAY, "risico"}
# What stands in the question before something is taken away, where that is not the thing itself.
REMOVED_IN_WORDS: dict[str, Callable] = {"collega": lambda one: one.person.name, "bijeenkomst": lambda one: one.meeting.title}


def run_here(request: HttpRequest, code: str) -> Run:
    """The run under way in the area of the address: 404 for none, 403 for who may not carry it out."""
    found = runs.run_in(code)
    if found is None:
        raise Http404
    require(may_run(request.user, found.area))
    return found


def step_here(run: Run, pk: int) -> RunStep:
    return get_object_or_404(runs.present_steps().select_related("run"), pk=pk, run=run)


def check_here(run: Run, pk: int) -> ExitCheck:
    return get_object_or_404(ExitCheck.objects.select_related("step"), pk=pk, step__version=run.version_id)


def back_to(run: Run) -> HttpResponse:
    return redirect("method:work_run", run.area.code)


def ask(request: HttpRequest, run: Run, form: Form, deed: Callable[..., object], **texts: object) -> HttpResponse:
    """Do it and go back to the run; or ask, again where something was wrong. `title`, and where wanted `lead`, `send`, `says`."""
    if form.is_valid() and done(form, lambda: deed(**form.cleaned_data, by=me(request), at=timezone.now())):
        messages.success(request, str(texts.get("says", _("This is kept."))))
        return back_to(run)
    back_text = _("Back to the run in %(about)s") % {"about": name_of(run.area)}
    back = {"back": reverse("method:work_run", args=[run.area.code]), "back_text": back_text}
    return form_page(request, form, **({"send": _("Save")} | back | texts))


def do(request: HttpRequest, run: Run, deed: Callable[..., object], says: str) -> HttpResponse:
    """Do what a button says, and go back to the run, with what came of it or why not."""
    try:
        deed(by=me(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    return back_to(run)


# --- what must be there, and the steps ----------------------------------------------------------------


@allow(RUNNER)
@require_POST
def meet_check(request: HttpRequest, code: str, check_pk: int) -> HttpResponse:
    run = run_here(request, code)
    return do(request, run, partial(actions.meet_check, run, check_here(run, check_pk)), _("This is kept."))


@allow(RUNNER)
@require_POST
def unmeet_check(request: HttpRequest, code: str, check_pk: int) -> HttpResponse:
    run = run_here(request, code)
    return do(request, run, partial(actions.unmeet_check, run, check_here(run, check_pk)), _("This is taken back."))


@never_cache
@allow(RUNNER)
@require_form
def pass_over(request: HttpRequest, code: str, check_pk: int) -> HttpResponse:
    run = run_here(request, code)
    check = check_here(run, check_pk)
    deed = partial(actions.pass_over, run, check)
    return ask(request, run, forms.PassOverForm(posted(request)), deed, title=_("Pass over: %(what)s") % {"what": check.text})


@allow(RUNNER)
@require_POST
def go_on(request: HttpRequest, code: str, step_pk: int) -> HttpResponse:
    """From the step that somebody saw as the one of now; a second press finds another step and changes nothing."""
    run = run_here(request, code)
    says = _("The next step has begun.") if runs.state_of(run).next else _("The last step is done.")
    return do(request, run, partial(actions.go_on, run, step=step_here(run, step_pk)), says)


@never_cache
@allow(RUNNER)
@require_form
def go_back(request: HttpRequest, code: str, step_pk: int) -> HttpResponse:
    run = run_here(request, code)
    step = step_here(run, step_pk)
    deed = partial(actions.back_to, run, step)
    lead = _("The step of now comes later again. What was met in this step stays. Everybody can read why you go back.")
    title = _("Back to: %(step)s") % {"step": step.step.name}
    return ask(request, run, forms.WhyForm(posted(request)), deed, title=title, lead=lead, send=_("Go back"))


@never_cache
@allow(RUNNER)
@require_form
def skip(request: HttpRequest, code: str, step_pk: int) -> HttpResponse:
    run = run_here(request, code)
    step = step_here(run, step_pk)
    title = _("Skip: %(step)s") % {"step": step.step.name}
    lead = _("Everybody can read why. You can still do the step later.")
    return ask(request, run, forms.WhyForm(posted(request)), partial(actions.skip, run, step), title=title, lead=lead, send=_("Skip"))


@allow(RUNNER)
@require_POST
def take_up(request: HttpRequest, code: str, step_pk: int) -> HttpResponse:
    run = run_here(request, code)
    return do(request, run, partial(actions.take_up, run, step_here(run, step_pk)), _("This step comes after all."))


@never_cache
@allow(RUNNER)
@require_form
def plan(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    form = forms.PlanForm(
        posted(request), begins_on=run.started_on, steps=[one for one in runs.state_of(run).steps if one.stage == StepStage.TO_COME]
    )

    def deed(*, by, at, **_days) -> None:
        actions.plan_steps(run, form.days(), by=by, at=at)

    return ask(request, run, form, deed, title=_("When do the next steps begin?"))


# --- the run as a whole --------------------------------------------------------------------------------


@never_cache
@allow(RUNNER)
@require_form
def pause(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    lead = _("Everybody can read why. You let it go on with one button.")
    return ask(
        request, run, forms.WhyForm(posted(request)), partial(actions.pause, run), title=_("Let it stand still"), lead=lead,
        send=_("Let it stand still"),
    )  # fmt: skip


@allow(RUNNER)
@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    return do(request, run, partial(actions.resume, run), _("It goes on again."))


@never_cache
@allow(RUNNER)
@require_form
def end(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    lead = _("This cannot be undone. Everything stays to be read, and a new run can begin here.")
    return ask(request, run, forms.WhyForm(posted(request)), partial(actions.end, run), title=_("End this run"), lead=lead, send=_("End"))


# --- what people write with it --------------------------------------------------------------------------


@never_cache
@allow(RUNNER)
@require_form
def decide(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    form = forms.DecideForm(posted(request), run=run, initial=now_as_step(run))
    return ask(request, run, form, partial(actions.decide, run), title=_("Write down a decision"))


@never_cache
@allow(RUNNER)
@require_form
def deviate(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    form = forms.DeviateForm(posted(request), run=run, initial=now_as_step(run))
    lead = _("The method is made to measure for each neighbourhood. Here you write down where, and why.")
    return ask(request, run, form, partial(actions.deviate, run), title=_("What we do differently here"), lead=lead)


def now_as_step(run: Run) -> dict:
    now = runs.state_of(run).now
    return {"step": now.step_id if now else None}


@never_cache
@allow(RUNNER)
@require_form
def differently(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    form = forms.DifferentlyForm(posted(request), initial={"differently": run.differently, "because": run.because})
    lead = _("These two sentences are on the page of the neighbourhood.")
    return ask(request, run, form, partial(actions.say_differently, run), title=_("In two sentences, for residents"), lead=lead)


@never_cache
@allow(RUNNER)
@require_form
def risk(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    return ask(request, run, forms.RiskForm(posted(request)), partial(actions.see_risk, run), title=_("What can go wrong"))


@never_cache
@allow(RUNNER)
@require_form
def partners(request: HttpRequest, code: str) -> HttpResponse:
    """Those that work here, and those of the run that work here no more."""
    run = run_here(request, code)
    of_run = runs.partners_of(run)
    offered = Organisation.objects.filter(
        pk__in=[*partners_here(run.area).values_list("pk", flat=True), *(one.organisation.whole.pk for one in of_run)]
    )
    form = forms.PartnersForm(posted(request), offered=offered, partners=of_run)
    lead = "" if offered else _("No partner works here yet. First add one at Partners.")
    return ask(request, run, form, partial(actions.choose_partners, run), title=_("Partners that take part"), lead=lead)


@never_cache
@allow(RUNNER)
@require_form
def person(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    form = forms.PersonForm(posted(request), people=runs.staff_on(timezone.localdate()), initial={"person": me(request).pk})
    return ask(request, run, form, partial(actions.add_person, run), title=_("A colleague who works on it"))


@never_cache
@allow(RUNNER)
@require_form
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    run = run_here(request, code)
    now = runs.state_of(run).now
    offered = runs.meetings_to_tie(run)
    form = forms.MeetingForm(posted(request), run=run, meetings=offered, initial={"step": now.pk if now else None})
    nothing = {} if offered.exists() else {
        "lead": _("There is no meeting in this area yet. First make one."),
        "first_url": reverse("agendas:make_meeting"), "first_text": _("Make a meeting"),
    }  # fmt: skip
    return ask(request, run, form, actions.tie_meeting, title=_("A meeting of a step"), **nothing)


@never_cache
@allow(RUNNER)
@require_form
def take_away(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """Asks first, with what it is. What somebody else took away already is gone as wanted."""
    run = run_here(request, code)
    if kind not in REMOVABLE:
        raise Http404
    found = run_notes.noted(run, kind, pk)
    if found is None:
        messages.info(request, _("It is gone already."))
        return back_to(run)
    title, lead, send = (
        (_("Is this risk over?"), _("It is then no longer on the page."), _("This is over"))
        if kind == "risico"
        else (_("Take this away?"), _("You cannot undo this."), _("Take away"))
    )
    lead = f"{REMOVED_IN_WORDS.get(kind, str)(found).rstrip('. ')}. {lead}"
    return ask(request, run, Form(posted(request)), partial(actions.take_away, run, kind, pk), title=title, lead=lead, send=send,
               says=_("It is taken away."))  # fmt: skip
