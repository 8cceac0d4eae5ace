"""For who organises: reading lessons before others do, and what a shared lesson leads to."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.agendas.models import Topic
from buurtdraad.agendas.wishes.access import visible_to
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage
from buurtdraad.placements.access import ORGANISER, may_read_lesson
from buurtdraad.placements.actions import after, becoming
from buurtdraad.placements.actions import lessons as actions
from buurtdraad.placements.forms.lessons import BackForm, StepForm, TopicForm, WishForm, area_of
from buurtdraad.placements.models import HostFeedback, Lesson
from buurtdraad.placements.queries import counting
from buurtdraad.placements.queries import lessons as queries
from buurtdraad.placements.states import LessonStage
from buurtdraad.ui.asking import UNPROCESSABLE, form_page
from buurtdraad.ui.csv import csv_response

# Of what was read before, so many stand on the page.
READ_BEFORE = 50


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Work"), reverse("pages:work")), *more]


def lesson_here(uuid: UUID) -> Lesson:
    related = ("became_wish__wish", "became_proposal__proposal", "writer")
    return get_object_or_404(queries.with_place(Lesson.objects.exclude(stage=LessonStage.WITHDRAWN)).select_related(*related), uuid=uuid)


def shared_here(uuid: UUID) -> Lesson:
    return get_object_or_404(Lesson.objects.filter(stage=LessonStage.SHARED).select_related("area"), uuid=uuid)


@never_cache
@allow(ORGANISER)
@require_safe
def work_lessons(request: HttpRequest) -> HttpResponse:
    """Lessons that wait to be read, and those that were."""
    context = {"waiting": list(queries.to_read()), "before": list(queries.read_before()[:READ_BEFORE]), "crumbs": crumbs()}
    return render(request, "placements/work_lessons.html", context)


@never_cache
@allow(ORGANISER)
@require_form
def work_lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read a lesson: share it, or give it back with a reason. Afterwards: what it leads to."""
    lesson, back = lesson_here(uuid), BackForm()
    refused = ""
    if request.method == "POST":
        yes, was = request.POST.get("deed") == "share", request.POST.get("was", "")
        back = BackForm() if yes else BackForm(request.POST)
        if yes or back.is_valid():
            try:
                why = "" if yes else back.cleaned_data["why"]
                actions.read_lesson(lesson, yes=yes, was=was, why=why, by=me(request), at=timezone.now())
            except Refused as refusal:
                refused, lesson = str(refusal), lesson_here(uuid)
            else:
                messages.success(request, _("The lesson is shared.") if yes else _("The lesson goes back to who wrote it."))
                return redirect("placements:work_lesson", uuid)
    return work_lesson_page(request, lesson, back, refused)


def work_lesson_page(request: HttpRequest, lesson: Lesson, back: BackForm, refused: str) -> HttpResponse:
    rule, became = getattr(lesson, "rule", None), getattr(lesson, "became_wish", None)
    context = {
        "lesson": lesson,
        "rule": rule,
        "marked": queries.marked([lesson.text, rule.rule if rule else "", rule.proposal if rule else ""]),
        "may_read": may_read_lesson(request.user, lesson),
        "waits": lesson.stage == LessonStage.TO_READ,
        "is_shared": lesson.stage == LessonStage.SHARED,
        "was": actions.mark_of(lesson),
        "became_wish": became,
        "wish_seen": became is not None and visible_to(request.user).filter(pk=became.wish_id).exists(),
        "topics": list(Topic.objects.filter(pk__in=lesson.became_topics.values("topic"))),
        "proposal": getattr(lesson, "became_proposal", None),
        "back": back,
        "refused": refused,
        "crumbs": crumbs((_("Lessons"), reverse("placements:work_lessons"))),
    }
    return render(request, "placements/work_lesson.html", context, status=UNPROCESSABLE if refused or back.errors else 200)


@allow(ORGANISER)
@require_POST
def take_off(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a shared lesson off the site, where somebody can be recognised after all."""
    lesson = get_object_or_404(Lesson.objects.select_related("area"), uuid=uuid, stage__in=[LessonStage.SHARED, LessonStage.WITHDRAWN])
    try:
        actions.withdraw(lesson, by=me(request), at=timezone.now())
        messages.success(request, _("Nobody reads this lesson any more."))
    except WrongStage:
        messages.info(request, _("This lesson was taken off the site already."))
    return redirect("placements:work_lessons")


# --- what it leads to -------------------------------------------------------------------------------


def becomes(request: HttpRequest, lesson: Lesson, form: Form, deed: Callable[[dict], object], **texts: Any) -> HttpResponse:
    """Ask, do it, and back to the lesson; a refusal stands on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            deed(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is kept."))
            return redirect("placements:work_lesson", lesson.uuid)
    back = reverse("placements:work_lesson", args=[lesson.uuid])
    return form_page(request, form, about=lesson.text, back=back, send=_("Save"), **texts)


@never_cache
@allow(ORGANISER)
@require_form
def lesson_to_wish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    lesson = shared_here(uuid)
    form = WishForm(posted(request), initial={"text": lesson.text, "area": lesson.area.code if lesson.area else ""})

    def deed(given: dict) -> object:
        area = area_of(given["area"])
        assert area
        return becoming.to_wish(lesson, text=given["text"], area=area, by=me(request), at=timezone.now())

    lead = _("The adviser of the neighbourhood decides whether the wish stands on the site.")
    return becomes(request, lesson, form, deed, title=_("Make a wish of it"), lead=lead)


@never_cache
@allow(ORGANISER)
@require_form
def lesson_to_topic(request: HttpRequest, uuid: UUID) -> HttpResponse:
    lesson = shared_here(uuid)
    form = TopicForm(posted(request), topics=queries.topics_near(lesson))
    return becomes(
        request, lesson, form, lambda given: becoming.to_topic(lesson, given["topic"], by=me(request), at=timezone.now()),
        title=_("Put it with a topic"), lead=_("Then it stands in the thread of the wishes of that topic."),
    )  # fmt: skip


@allow(ORGANISER)
@require_POST
def lesson_from_topic(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    becoming.from_topic(shared_here(uuid), get_object_or_404(Topic, pk=pk), by=me(request), at=timezone.now())
    return redirect("placements:work_lesson", uuid)


@never_cache
@allow(ORGANISER)
@require_form
def lesson_to_step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    lesson = shared_here(uuid)
    form = StepForm(posted(request), steps=queries.steps_to_change())
    return becomes(
        request, lesson, form, lambda given: becoming.to_step(lesson, **given, by=me(request), at=timezone.now()),
        title=_("Propose to change a step"), lead=_("It goes to the lessons of the method. The next version is made from these."),
    )  # fmt: skip


# --- hosts, and numbers -----------------------------------------------------------------------------


@never_cache
@allow(ORGANISER)
@require_safe
def work_feedback(request: HttpRequest) -> HttpResponse:
    """What hosts told, the last one first."""
    return render(request, "placements/work_feedback.html", {"feedback": list(queries.feedback()[:READ_BEFORE]), "crumbs": crumbs()})


@never_cache
@allow(ORGANISER)
@require_form
def remove_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the words of a host, where they are about a person: asked first."""
    told = get_object_or_404(HostFeedback.objects.select_related("shift__host"), pk=pk)
    if request.method == "POST":
        after.remove_words(told, by=me(request), at=timezone.now())
        messages.success(request, _("The words are gone. That the host told something stays."))
        return redirect("placements:work_feedback")
    return form_page(
        request, Form(), title=_("Take away these words?"), about=told.words, lead=_("You cannot undo this."),
        back=reverse("placements:work_feedback"), send=_("Take away"),
    )  # fmt: skip


@allow(ORGANISER)
@require_safe
def counts_csv(request: HttpRequest) -> HttpResponse:
    """The numbers of the public page as a table: staff see no more of people than everybody does."""
    words = {"department": _("department"), "theme": _("theme")}
    rows = [(words[what], name or _("others together"), number) for what, name, number in counting.counts().rows]
    return csv_response("stages-aantallen", [_("What"), _("Which"), _("People")], rows)
