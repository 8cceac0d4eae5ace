"""Lessons: telling one, changing one that came back, taking it back; and for everybody the page of placements and each shared lesson."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements.access import lessons_of
from buurtdraad.placements.actions import lessons as actions
from buurtdraad.placements.forms.lessons import LessonForm
from buurtdraad.placements.models import Lesson
from buurtdraad.placements.queries import counting
from buurtdraad.placements.queries import lessons as queries
from buurtdraad.placements.states import RULE_STAYS, LessonStage, RuleStage, Theme
from buurtdraad.placements.views.after import mine
from buurtdraad.places import queries as places
from buurtdraad.ui.asking import UNPROCESSABLE, form_page

ON_A_PAGE = 20


@never_cache
@allow(SIGNED_IN)
@require_form
def lesson_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Share what one learned at a placement: what may be about a person is marked, and somebody reads it first."""
    placement = mine(request, uuid)
    host = placement.shift.host
    form = LessonForm(posted(request), initial={"area": host.area.code})
    if request.method == "POST" and form.is_valid():
        try:
            actions.share(placement, form.told(), by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Somebody else reads it first. After that everybody can read it, without your name."))
            return redirect("placements:look_back", uuid)
    return lesson_page(request, form, title=_("Share what you learned"), about=host.name, back=reverse("placements:look_back", args=[uuid]))


@never_cache
@allow(SIGNED_IN)
@require_form
def change_lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's own lesson that came back, in other words."""
    lesson = get_object_or_404(lessons_of(request.user), uuid=uuid)
    if lesson.stage != LessonStage.BACK:
        messages.info(request, _("You changed this lesson already. This is how it stands now."))
        return redirect("placements:my_lesson", uuid)
    rule = getattr(lesson, "rule", None)
    initial = {
        "text": lesson.text, "theme": lesson.theme, "area": lesson.area.code if lesson.area else "",
        "rule": rule.rule if rule else "", "proposal": rule.proposal if rule else "",
    }  # fmt: skip
    form = LessonForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_again(lesson, form.told(), by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. It is read again."))
            return redirect("pages:my_part", "lessen")
    return lesson_page(request, form, title=_("Change your lesson"), note=lesson.why_back, back=reverse("pages:mine"))


def lesson_page(request: HttpRequest, form: LessonForm, **texts: object) -> HttpResponse:
    words = [form.data.get(name, "") for name in ("text", "rule", "proposal")] if form.is_bound and form.found else []
    context = {"form": form, "marked": queries.marked(words)} | texts
    return render(request, "placements/lesson_form.html", context, status=UNPROCESSABLE if form.errors else 200)


@never_cache
@allow(SIGNED_IN)
@require_form
def withdraw_lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one's own lesson back: a page that says what goes and what stays, with one button."""
    lesson = get_object_or_404(lessons_of(request.user), uuid=uuid)
    if request.method != "POST":
        rule = getattr(lesson, "rule", None)
        return ask_to_withdraw(request, lesson, rule_stays=rule is not None and rule.stage in RULE_STAYS)
    try:
        actions.withdraw(lesson, by=me(request), at=timezone.now())
    except Refused:
        messages.error(request, _("You took this back already."))
    else:
        messages.success(request, _("Your lesson is taken back. Nobody reads it any more."))
    return redirect("placements:my_lesson", uuid)


def ask_to_withdraw(request: HttpRequest, lesson: Lesson, *, rule_stays: bool) -> HttpResponse:
    goes = _("Nobody reads your lesson any more. You cannot undo this.")
    stays = _("The rule that must be simpler stays on the site, without your lesson: somebody works on it, or it is done.")
    return form_page(
        request, Form(), title=_("Take back your lesson?"), about=lesson.text, lead=f"{goes} {stays}" if rule_stays else goes,
        back=reverse("placements:my_lesson", args=[lesson.uuid]), send=_("Take it back"),
    )  # fmt: skip


@never_cache
@allow(SIGNED_IN)
@require_safe
def my_lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How it stands with one's own lesson, and what came of it."""
    lesson = get_object_or_404(queries.with_place(lessons_of(request.user)).select_related("placement"), uuid=uuid)
    return render(request, "placements/my_lesson.html", {"lesson": lesson, "rule": getattr(lesson, "rule", None)})


# --- for everybody ----------------------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
@cached_page(query=("thema", "gebied", "onderwerp", "page"))
def placements(request: HttpRequest) -> HttpResponse:
    """What placements are, what was learned, which rules are simpler now, and how many take part."""
    theme, area = request.GET.get("thema", ""), request.GET.get("gebied", "")
    theme = theme if theme in Theme.values else ""
    areas = queries.areas_of_lessons()
    area = area if area in dict(areas) else ""
    topic = queries.topic_of(request.GET.get("onderwerp", ""))
    chosen = (("thema", theme), ("gebied", area), ("onderwerp", topic.pk if topic else ""))
    simpler, under_way = queries.simpler_rules()
    context = {
        "page": Paginator(queries.shared(theme=theme, area=area, topic=topic), ON_A_PAGE).get_page(request.GET.get("page")),
        "query": "&".join(f"{name}={value}" for name, value in chosen if value),
        "topic": topic,
        "theme": theme,
        "area": area,
        "themes": Theme.choices,
        "areas": areas,
        "simpler": simpler,
        "under_way": under_way,
        "counts": counting.counts(),
        "felt": counting.felt(timezone.localdate())[:2],
    }
    codes = [places.city_code(), *([topic.version.area.code] if topic else [])]
    return shows(render(request, "placements/placements.html", context), *codes)


@allow(EVERYBODY)
@require_safe
@cached_page
def lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A shared lesson, and the thread to what came of it."""
    shared = Lesson.objects.filter(stage=LessonStage.SHARED).select_related("became_wish", "became_proposal__proposal")
    found = get_object_or_404(queries.with_place(shared), uuid=uuid)
    rule = getattr(found, "rule", None)
    context = {
        "lesson": found,
        "rule": rule,
        "is_done": rule is not None and rule.stage == RuleStage.DONE,
        "thread": queries.thread_of(found),
        "crumbs": [(_("Near to people"), reverse("placements:placements"))],
    }
    return shows(render(request, "placements/lesson.html", context), places.city_code(), *([found.area.code] if found.area else []))
