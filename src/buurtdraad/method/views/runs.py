"""A run as everybody sees it, as staff see it, and starting one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.accounts.queries import place_choices
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.refusal import Refused
from buurtdraad.method.access import RUNNER, STAFF_MEMBER, areas_to_run, may_edit, may_learn, may_run, may_start
from buurtdraad.method.actions import runs as actions
from buurtdraad.method.forms.runs import StartForm
from buurtdraad.method.models import Run
from buurtdraad.method.queries import runs
from buurtdraad.method.queries.lessons import lessons_where, named, step_names
from buurtdraad.method.queries.moving import newer_version
from buurtdraad.method.queries.starting import Beginning, beginning
from buurtdraad.method.states import RunStage, StepStage
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.ui.navigation import address

MOST_LESSONS = 20
TONES = {RunStage.RUNNING: "info", RunStage.PAUSED: "watch", RunStage.ENDED: "neutral"}


def name_of(area: Area) -> str:
    return places.names_of([area.code]).get(area.code, area.code)


# --- for everybody -----------------------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
@cached_page
def run(request: HttpRequest, code: str) -> HttpResponse:
    """Where the run of an area stands, what was decided, and what it does otherwise and why."""
    found = runs.last_run_in(code)
    if found is None:
        raise Http404
    context = {
        "run": found,
        "tone": TONES[RunStage(found.stage)],
        "state": runs.state_of(found),
        "left_behind": runs.left_behind(found),
        "name": name_of(found.area),
        "like_name": name_of(found.like.area) if found.like else "",
        "decisions": list(found.decisions.all()),
        "deviations": list(found.deviations.select_related("step")),
        "partners": [one for one in runs.partners_of(found) if one.takes_part],
        "crumbs": [(_("Working method"), url)] if (url := address("method:method")) else [],
    }
    return shows(render(request, "method/run.html", context), code)


# --- for staff ---------------------------------------------------------------------------------------


@never_cache
@allow(STAFF_MEMBER)
@require_safe
def work_run(request: HttpRequest, code: str) -> HttpResponse:
    """Everything of the run of one area, in the order of use; or that there is none."""
    area = get_object_or_404(places.with_names(), code=code)
    crumbs = [(_("Work"), reverse("pages:work"))]
    if overview := address("method:work_overview"):
        crumbs.append((_("The working method in all areas"), overview))
    context = {"area": area, "name": area.name or code, "crumbs": crumbs, "may_start": may_start(request.user, area)}
    found = runs.last_run_in(code)
    return render(request, "method/work_run.html", context | (of_run(found, request) if found else {"run": None}))


def of_run(found: Run, request: HttpRequest) -> dict:
    """What the page of staff shows of a run."""
    state = runs.state_of(found)
    checks = runs.checks_of(found, [one for one in state.steps if one.stage != StepStage.SKIPPED])
    around = runs.around(found)
    should_end_on = state.should_end_on
    if state.now:
        runs.with_documents(state.now)
    return {
        "run": found,
        "tone": TONES[RunStage(found.stage)],
        "state": state,
        "checks": checks[state.now.pk] if state.now else [],
        "contradicted": [(one, check) for one in state.steps for check in checks.get(one.pk, []) if check.contradicted],
        "too_long": should_end_on if should_end_on and should_end_on < timezone.localdate() and found.stage == RunStage.RUNNING else None,
        "rows": [(one, checks.get(one.pk, []), [each for each in around.meetings if each.step_id == one.pk]) for one in state.steps],
        "around": around,
        "lessons": named(lessons_where(area=found.area.code)[:MOST_LESSONS], step_names()),
        "left_behind": [(one, [], [each for each in around.meetings if each.step_id == one.pk]) for one in runs.left_behind(found)],
        "like_name": name_of(found.like.area) if found.like else "",
        "began": runs.began_from(found),
        "may_run": may_run(request.user, found.area) and found.stage != RunStage.ENDED,
        "newer": newer_version(found),
        "learn_url": new_lesson(state) if may_learn(request.user) and found.stage != RunStage.ENDED else "",
    }


def new_lesson(state: runs.RunState) -> str:
    """Where one writes down a lesson of this run, about the step of now."""
    asked = {"gebied": state.run.area.code} | ({"stap": state.now.step.key} if state.now else {})
    return f"{reverse('method:work_lesson_new')}?{urlencode(asked)}"


@never_cache
@allow(RUNNER)
@require_form
def work_start(request: HttpRequest) -> HttpResponse:
    """Where, like which area: then what will be made, and one button that makes it."""
    given = request.POST if request.method == "POST" else request.GET
    asked = "gebied" in given or request.method == "POST"
    form = start_form(request, given if asked else None, {"zoals": request.GET.get("zoals", "")})
    begin = None
    if asked and form.is_valid():
        area = get_object_or_404(Area, code=form.cleaned_data["gebied"])
        require(may_start(request.user, area))
        try:
            begin = proposal(form, area)
            if request.method == "POST":
                actions.start(
                    area, version=begin.version, like=begin.like, first_on=form.cleaned_data["vanaf"], by=me(request), at=timezone.now()
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if request.method == "POST":
                messages.success(request, _("It has begun. Ask the partners that are proposed, and look at the dates."))
                return redirect("method:work_run", area.code)
    context = {
        "form": form,
        "begin": begin,
        "place": name_of(begin.area) if begin else "",
        "crumbs": [(_("Work"), reverse("pages:work"))],
    }
    return render(request, "method/work_start.html", context, status=422 if form.errors else 200)


def start_form(request: HttpRequest, given, initial: dict) -> StartForm:
    """The areas in which this person may start, and the runs to be like."""
    everywhere, reach = may_edit(request.user), areas_to_run(me(request))
    groups = [(title, [row for row in rows if everywhere or row[0] in reach]) for title, rows in place_choices()]
    likes = runs.runs_to_be_like()
    taken = {one.area.code for one in likes if one.stage != RunStage.ENDED}
    return StartForm(given, places=[group for group in groups if group[1]], likes=likes, taken=taken, initial=initial)


def proposal(form: StartForm, area: Area) -> Beginning:
    """What would be made. Raises `NotStarted` when no method is in use."""
    like = form.like()
    return beginning(area, actions.version_to_start(like), like, form.cleaned_data["vanaf"])
