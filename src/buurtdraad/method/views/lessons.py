"""`/werk/werkwijze/lessen/`: the lesson log, writing a lesson down, and what the next version takes from it."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.method.access import EDITOR, STAFF_MEMBER, may_change_lesson, may_edit, may_learn
from buurtdraad.method.actions import lessons as actions
from buurtdraad.method.forms.lessons import FindLessonsForm, LessonForm, WhyNotForm
from buurtdraad.method.models import Lesson, Run
from buurtdraad.method.queries import lessons as queries
from buurtdraad.method.queries.runs import going_on
from buurtdraad.method.states import LessonStage
from buurtdraad.method.views.asking import done, form_page
from buurtdraad.ui.csv import csv_response

ON_A_PAGE = 30


# --- looking ----------------------------------------------------------------------------------------


@never_cache
@allow(STAFF_MEMBER)
@require_safe
def work_lessons(request: HttpRequest) -> HttpResponse:
    """The lesson log, by step, by how it stands, and by area."""
    steps = queries.step_names()
    form = FindLessonsForm(request.GET or {}, areas=queries.areas_with_lessons(), steps=steps)
    wanted = form.wanted()
    page = Paginator(queries.lessons_where(**wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "form": form,
        "page": page,
        "rows": queries.named(page, steps),
        "query": urlencode(asked),
        "searched": bool(asked),
        "may_edit": may_edit(request.user),
    }
    return render(request, "method/work_lessons.html", context)


@never_cache
@allow(STAFF_MEMBER)
@require_safe
def work_lessons_csv(request: HttpRequest) -> HttpResponse:
    steps = queries.step_names()
    form = FindLessonsForm(request.GET or {}, areas=queries.areas_with_lessons(), steps=steps)
    head = [_("Area"), _("Step"), _("What happened"), _("What we would do differently"), _("How it stands"), _("Version"), _("Day")]
    rows = [
        [
            lesson.place or "",  # type: ignore[attr-defined]
            step,
            lesson.happened,
            lesson.next_time,
            lesson.get_stage_display(),
            lesson.version.number if lesson.version else None,
            timezone.localdate(lesson.at).isoformat(),
        ]
        for lesson, step in queries.named(queries.lessons_where(**form.wanted()), steps)
    ]
    return csv_response("lessen", head, rows)


@never_cache
@allow(STAFF_MEMBER)
@require_safe
def work_lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One lesson, and what may be done with it."""
    lesson = lesson_here(uuid)
    editor = may_edit(request.user)
    context = {
        "lesson": lesson,
        "step": queries.step_names().get(lesson.step_key, lesson.step_key),
        "may_change": may_change_lesson(request.user, lesson),
        "may_propose": editor and lesson.stage == LessonStage.OPEN,
        "may_decline": editor and lesson.stage in {LessonStage.OPEN, LessonStage.PROPOSED},
        "may_reopen": editor and lesson.stage in {LessonStage.PROPOSED, LessonStage.NOT_TAKEN},
    }
    return render(request, "method/work_lesson.html", context)


def lesson_here(uuid: UUID) -> Lesson:
    return get_object_or_404(queries.lessons(), uuid=uuid)


# --- writing ----------------------------------------------------------------------------------------


@never_cache
@allow(STAFF_MEMBER)
@require_form
def work_lesson_new(request: HttpRequest) -> HttpResponse:
    """Write a lesson down; a page of an area or a step comes here with `gebied` and `stap`."""
    require(may_learn(request.user))
    runs = list(going_on())
    initial = {"area": request.GET.get("gebied", ""), "step_key": request.GET.get("stap", "")}
    form = LessonForm(posted(request), areas=in_words(runs), steps=queries.step_names(), initial=initial)
    if request.method == "POST" and form.is_valid():
        told, made = form.cleaned_data, []
        run = next((run for run in runs if run.area.code == told["area"]), None)
        told = {name: told[name] for name in ("step_key", "happened", "next_time")} | {"sure": told.get("sure", False)}
        if done(form, lambda: made.append(actions.learn(run, **told, by=me(request), at=timezone.now()))):
            messages.success(request, _("Thank you. The lesson stands in the log."))
            return redirect("method:work_lesson", made[0].uuid)
    lead = _("What would we do differently? Others who take the same step read it.")
    return form_page(
        request, form, title=_("Write down a lesson"), lead=lead, send=_("Save the lesson"), back=reverse("method:work_lessons")
    )


def in_words(runs: list[Run]) -> list[tuple[str, str]]:
    return [(run.area.code, run.place or run.area.code) for run in runs]  # type: ignore[attr-defined]


def lesson_to_change(request: HttpRequest, uuid: UUID) -> Lesson:
    lesson = lesson_here(uuid)
    require(may_change_lesson(request.user, lesson))
    return lesson


@never_cache
@allow(STAFF_MEMBER)
@require_form
def work_lesson_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    lesson = lesson_to_change(request, uuid)
    initial = {name: getattr(lesson, name) for name in ("step_key", "happened", "next_time")}
    form = LessonForm(posted(request), areas=[], steps=queries.step_names(), initial=initial)
    del form.fields["area"]
    if request.method == "POST" and form.is_valid():
        told = {"sure": False} | form.cleaned_data
        if done(form, lambda: actions.change_lesson(lesson, **told, by=me(request), at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("method:work_lesson", uuid)
    return form_page(request, form, title=_("Change this lesson"), send=_("Save"), back=reverse("method:work_lesson", args=[uuid]))


@never_cache
@allow(STAFF_MEMBER)
@require_form
def work_lesson_remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    lesson = lesson_to_change(request, uuid)
    form = forms.Form(posted(request))
    if request.method == "POST" and done(form, lambda: actions.remove_lesson(lesson, by=me(request), at=timezone.now())):
        messages.success(request, _("The lesson is gone."))
        return redirect("method:work_lessons")
    texts = {"title": _("Take this lesson away?"), "lead": lesson.next_time, "send": _("Take away")}
    return form_page(request, form, **texts, back=reverse("method:work_lesson", args=[uuid]))


# --- for the next version ---------------------------------------------------------------------------


@allow(EDITOR)
@require_POST
def work_lesson_propose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return moved(request, uuid, actions.propose, _("The lesson is in the proposal for the next version."))


@allow(EDITOR)
@require_POST
def work_lesson_reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return moved(request, uuid, actions.open_again, _("The lesson is open again."))


def moved(request: HttpRequest, uuid: UUID, deed: Callable, says: str) -> HttpResponse:
    try:
        deed(lesson_here(uuid), by=me(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    return redirect("method:work_lesson", uuid)


@never_cache
@allow(EDITOR)
@require_form
def work_lesson_decline(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Not taken over, with a reason."""
    lesson, form = lesson_here(uuid), WhyNotForm(posted(request))
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if done(form, lambda: actions.do_not_take(lesson, why=why, by=me(request), at=timezone.now())):
            messages.success(request, _("It is written down why we do not take this over."))
            return redirect("method:work_lesson", uuid)
    texts = {"title": _("Do not take this lesson over"), "lead": lesson.next_time, "send": _("Do not take over")}
    return form_page(request, form, **texts, back=reverse("method:work_lesson", args=[uuid]))
