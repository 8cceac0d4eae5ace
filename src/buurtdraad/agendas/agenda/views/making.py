"""For who makes agendas: the areas, the draft with its topics and wishes, adopting, and looking back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.access import ADVISER, areas_to_make, may_make, visible_topics
from buurtdraad.agendas.agenda.actions import TellGivers
from buurtdraad.agendas.agenda.forms.work import AdoptForm, LessonForm, TopicForm, VersionForm, WishesForm
from buurtdraad.agendas.agenda.models import AgendaVersion, Topic
from buurtdraad.agendas.agenda.queries import agendas
from buurtdraad.agendas.agenda.queries.words import how_chosen, who_did_not_say_yes
from buurtdraad.agendas.agenda.rules import unusual
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.agenda.views.asking import form_page
from buurtdraad.agendas.agenda.views.public import agenda_context
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

# So many wishes can be picked from at a time, the newest first.
MOST_WISHES = 200


def area_here(request: HttpRequest, code: str) -> Area:
    """The area of the address: 404 for none, 403 for one where this person makes no agenda."""
    area = get_object_or_404(Area, code=code)
    require(may_make(me(request), area))
    return area


def version_here(request: HttpRequest, code: str, stage: VersionStage = VersionStage.DRAFT) -> AgendaVersion:
    area = area_here(request, code)
    return get_object_or_404(AgendaVersion.objects.select_related("area"), area=area, stage=stage)


def topic_here(request: HttpRequest, pk: int) -> Topic:
    """The topic of the address, of an agenda that this person makes."""
    found = get_object_or_404(visible_topics(me(request)), pk=pk)
    require(may_make(me(request), found.version.area))
    return found


def work_path(code: str) -> str:
    return reverse("agendas:work_agenda", args=[code])


@never_cache
@allow(ADVISER)
@require_safe
def work_agendas(request: HttpRequest) -> HttpResponse:
    """The agendas of this person's areas, and the areas that have none yet."""
    reach = areas_to_make(me(request))
    codes = None if reach.everywhere else reach.codes
    versions = agendas.drafts_and_adopted(codes)
    found = [place for place in places.working_areas_of(places.city_code()) if place.area.code in reach]
    names = places.names_of({version.area.code for version in versions} | {place.area.code for place in found} | set(codes or ()))
    by_code: dict[str, list[AgendaVersion]] = {place.area.code: [] for place in found}
    for version in versions:
        by_code.setdefault(version.area.code, []).append(version)
    rows = sorted((names.get(code, code), code, of_area) for code, of_area in by_code.items())
    others = sorted((names.get(code, code), code) for code in (codes or ()) if code not in by_code)
    return render(request, "agendas/work_agendas.html", {"rows": rows, "others": others})


@never_cache
@allow(ADVISER)
@require_safe
def work_agenda(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that can be done with the agenda of one area."""
    area = area_here(request, code)
    versions = agendas.drafts_and_adopted([code])
    draft = next((version for version in versions if version.stage == VersionStage.DRAFT), None)
    adopted = next((version for version in versions if version.stage == VersionStage.ADOPTED), None)
    shown = draft or adopted
    context = {
        "area": area,
        "name": places.names_of([code]).get(code, code),
        "draft": draft,
        "adopted": adopted,
        "parts": [(version, agendas.agenda_page(version)) for version in versions],
        "unusual": bool(shown and unusual(len(shown.topics.all()))),
        "crumbs": [(_("Work"), reverse("pages:work")), (_("Neighbourhood agendas"), reverse("agendas:work_agendas"))],
    }
    return render(request, "agendas/work_agenda.html", context)


@allow(ADVISER)
@require_POST
def make_draft(request: HttpRequest, code: str) -> HttpResponse:
    actions.make_draft(area_here(request, code), by=me(request), at=timezone.now())
    messages.success(request, _("There is a draft. Only you and your colleagues see it."))
    return redirect(work_path(code))


@never_cache
@allow(ADVISER)
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as everybody will see it."""
    return render(request, "agendas/agenda.html", agenda_context(version_here(request, code)) | {"is_draft": True})


@never_cache
@allow(ADVISER)
@require_form
def change_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    version = get_object_or_404(AgendaVersion.objects.select_related("area"), area=area_here(request, code), number=number)
    texts = {VersionForm.field_of(language): text for language, text in version.summary.items()}
    form = VersionForm(posted(request), initial=texts | {"steering_group": version.steering_group})
    if request.method == "POST" and form.is_valid():
        facts = {"steering_group": form.cleaned_data["steering_group"], "summary": form.summary()}
        actions.change_version(version, **facts, by=me(request), at=timezone.now())
        messages.success(request, _("This is kept."))
        return redirect(work_path(code))
    return form_page(request, form, title=_("The agenda in short"), back=work_path(code), send=_("Save"))


@never_cache
@allow(ADVISER)
@require_form
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    """From now on the draft counts; the people of its wishes can be told in the same form."""
    version = version_here(request, code)
    wishes = Wish.objects.filter(chosen_in__topic__version=version).distinct().order_by("given_at")
    form = AdoptForm(posted(request), wishes=wishes)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        tell = TellGivers(given["tell"], given["wishes"]) if given.get("tell") else None
        try:
            actions.adopt(
                version, adopted_by=given["adopted_by"], valid_from=given["valid_from"], tell=tell, by=me(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This agenda counts now. Everybody can read it."))
            return redirect(work_path(code))
    note = _("An agenda mostly has three or four topics. People can remember those.") if unusual(version.topics.count()) else ""
    waiting = who_did_not_say_yes(version)
    return form_page(
        request, form, title=_("Adopt this agenda"), back=work_path(code), send=_("Adopt"), note=note, points=waiting,
        points_title=_("Not everybody said yes yet. You can adopt the agenda; the site then says so with their names.") if waiting else "",
    )  # fmt: skip


@never_cache
@allow(ADVISER)
@require_form
def look_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    versions = AgendaVersion.objects.public().select_related("area")
    version = get_object_or_404(versions, area=area_here(request, code), number=number)
    form = LessonForm(posted(request), initial={"lesson": version.lesson})
    if request.method == "POST" and form.is_valid():
        actions.look_back(version, lesson=form.cleaned_data["lesson"], by=me(request), at=timezone.now())
        messages.success(request, _("This is kept."))
        return redirect(work_path(code))
    return form_page(request, form, title=_("Look back"), back=work_path(code), send=_("Save"))


# --- topics ------------------------------------------------------------------------------------------


def earlier_topics(version: AgendaVersion) -> list[Topic]:
    """The topics of the version before."""
    before = AgendaVersion.objects.filter(area=version.area_id, number__lt=version.number).order_by("-number").first()
    return list(before.topics.select_related("version")) if before else []


@never_cache
@allow(ADVISER)
@require_form
def add_topic(request: HttpRequest, code: str, number: int) -> HttpResponse:
    version = get_object_or_404(AgendaVersion.objects.select_related("area"), area=area_here(request, code), number=number)
    if version.stage == VersionStage.FOLLOWED:
        raise Http404
    form = TopicForm(posted(request), earlier=earlier_topics(version))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_topic(version, form.facts(), follows=form.follows(), by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("agendas:work_topic", made.pk)
    return form_page(request, form, title=_("Add a topic"), back=work_path(code), send=_("Save"))


@never_cache
@allow(ADVISER)
@require_safe
def work_topic(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_here(request, pk)
    code = topic.version.area.code
    context = {
        "topic": topic,
        "how_chosen": how_chosen(topic),
        "wishes": list(topic.wishes.order_by("given_at")),
        "agreements": list(topic.agreements.prefetch_related("owners")),
        "is_draft": topic.version.stage == VersionStage.DRAFT,
        "joined": topic.joiners.count(),
        "crumbs": [(_("Work"), reverse("pages:work")), (places.names_of([code]).get(code, code), work_path(code))],
    }
    return render(request, "agendas/work_topic.html", context)


@never_cache
@allow(ADVISER)
@require_form
def change_topic(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_here(request, pk)
    names = ("title", "text", "challenge", "origin", "method", "votes", "votes_total", "people", "per_person", "chosen_on")
    follows = list(topic.follows.all())
    initial = {name: getattr(topic, name) for name in names}
    initial |= {"before": [one.before_id for one in follows], "how": follows[0].how if follows else ""}
    form = TopicForm(posted(request), earlier=earlier_topics(topic.version), initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_topic(topic, form.facts(), follows=form.follows(), by=me(request), at=timezone.now())
        messages.success(request, _("This is kept."))
        return redirect("agendas:work_topic", pk)
    return form_page(request, form, title=topic.title, back=reverse("agendas:work_topic", args=[pk]), send=_("Save"))


@allow(ADVISER)
@require_POST
def remove_topic(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_here(request, pk)
    try:
        actions.remove_topic(topic, by=me(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("agendas:work_topic", pk)
    messages.success(request, _("The topic is taken out of the draft."))
    return redirect(work_path(topic.version.area.code))


@never_cache
@allow(ADVISER)
@require_form
def choose_wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick from the wishes of the area, those that are still open; what was picked before is there too."""
    topic = topic_here(request, pk)
    here = Wish.objects.heads().within(codes_of(topic.version.area.code)).exclude(stage__in=["done", "not_done"])
    picked = list(topic.wishes.values_list("pk", flat=True))
    offered = {*picked, *here.exclude(pk__in=picked).order_by("-given_at").values_list("pk", flat=True)[:MOST_WISHES]}
    form = WishesForm(posted(request), wishes=offered, initial={"wishes": picked})
    if request.method == "POST" and form.is_valid():
        actions.choose_wishes(topic, form.cleaned_data["wishes"], by=me(request), at=timezone.now())
        messages.success(request, _("This is kept."))
        return redirect("agendas:work_topic", pk)
    return form_page(
        request, form, title=_("Wishes of this topic"), about=topic.title, back=reverse("agendas:work_topic", args=[pk]), send=_("Save"),
        note="" if offered else _("There are no open wishes in this area."),
    )  # fmt: skip


@never_cache
@allow(ADVISER)
@require_safe
def join_list(request: HttpRequest, code: str) -> HttpResponse:
    """A list per topic to put on the tables: first name and one contact, on paper."""
    version = version_here(request, code, VersionStage.ADOPTED)
    context = {
        "name": places.names_of([code]).get(code, code),
        "topics": list(version.topics.all()),
        "lines": range(12),
        "back": work_path(code),
    }
    return render(request, "agendas/join_list.html", context)
