"""Works for everybody: in an area, and one with what it answers. Never who leads it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places
from buurtdraad.ui.navigation import address
from buurtdraad.works.queries import works as queries
from buurtdraad.works.queries.suggesting import thing_named
from buurtdraad.works.states import NEEDS_REASON, TRACK, Stage

ON_A_PAGE = 30


@allow(EVERYBODY)
@require_safe
@cached_page(query=["gebied", "onderwerp", "afspraak", "klaar", "page"])
def public_works(request: HttpRequest) -> HttpResponse:
    """What the municipality works on: in the city, in an area with all around it, or for a topic or an agreement."""
    code = request.GET.get("gebied", "")
    name = places.names_of([code]).get(code, "") if code and code.isprintable() and len(code) <= 60 else ""
    if code and not name:
        raise Http404
    about = topic_or_agreement(request)
    over = "klaar" in request.GET
    around = queries.codes_around(code) if code else None
    found = queries.in_areas(around, public=True)
    if about:
        found = queries.answering(about)
    counts = queries.open_and_over(found)
    if not about:
        found = found.filter(stage=Stage.DONE).order_by("-done_on", "-pk") if over else found.open()
    pages = Paginator(found.prefetch_related(queries.WITH_AREAS).defer("shape"), ON_A_PAGE)
    if not about:
        pages.count = counts.over if over else counts.open
    page = pages.get_page(request.GET.get("page"))
    query = "&".join(part for part in (f"gebied={code}" if code else "", "klaar" if over else "") if part)
    context = {
        "page": page,
        "rows": queries.with_places(page.object_list),
        "name": name,
        "code": code,
        "about": about,
        "over": over,
        "counts": counts,
        "query": query,
        "crumbs": [(name, area)] if name and (area := address("pages:area", code)) else [],
        "section": "areas",
    }
    codes = around or {places.city_code()} - {""}
    if about:
        codes = codes | {about.version.area.code if isinstance(about, Topic) else about.area.code}
    return shows(render(request, "works/public_works.html", context), *codes)


def topic_or_agreement(request: HttpRequest) -> Topic | Agreement | None:
    """What the list is about; 404 for what is not there."""
    for kind, name in (("topic", "onderwerp"), ("agreement", "afspraak")):
        if name in request.GET:
            found = thing_named(f"{kind}:{request.GET[name]}")
            if not isinstance(found, Topic | Agreement):
                raise Http404
            return found
    return None


@allow(EVERYBODY)
@require_safe
@cached_page
def public_work(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One work: what, where, which department, until when, its step, what residents do in it, what it answers, and its money."""
    found = get_object_or_404(queries.sheets().filter(public=True), uuid=uuid)
    codes = [one.area.code for one in found.work_areas.all()]
    names = places.names_of(codes)
    money = list(found.money.all())
    today, answers = timezone.localdate(), queries.answers_shown(found)
    context = {
        "work": found,
        "areas": [(names.get(code, code), address("pages:area", code)) for code in codes],
        "track": [Stage(stage).label for stage in TRACK],
        "step": TRACK.index(Stage(found.stage)) + 1 if found.stage in TRACK else 0,
        "why": found.why if found.stage in NEEDS_REASON else "",
        "late": found.is_open and found.until_on < today,
        "answers": answers,
        "totals": queries.totals(money) if money else None,
        "crumbs": [(_("What the municipality works on"), reverse("works:public_works"))],
        "section": "areas",
    }
    # A work without an area hangs on the city.
    answered = {area.code for one in answers if (area := queries.area_of(one))}
    return shows(render(request, "works/public_work.html", context), *(codes or [places.city_code()]), *answered)
