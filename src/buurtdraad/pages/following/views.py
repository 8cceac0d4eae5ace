"""The page of one wish with its thread, and the list of what was done."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.access import duty_here, may_read
from buurtdraad.agendas.wishes.actions import choices_for
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.alike import alike
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.queries.pictures import shown_with
from buurtdraad.agendas.wishes.states import TONES, TRACK, Stage
from buurtdraad.audit.actions import record_look
from buurtdraad.budgets.queries.origins import rounds_to_propose_in
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.pages.following import queries
from buurtdraad.pages.following.done import DonePages, done_lines
from buurtdraad.pages.thread import thread_of, what_comes_next
from buurtdraad.places import queries as places
from buurtdraad.ui.navigation import address

CODE = re.compile("[A-Za-z0-9-]{1,60}")
PAGE = re.compile("[1-9][0-9]{0,3}")
# A wish that is finished asks for no more support.
FINISHED = (Stage.DONE, Stage.NOT_DONE)
# As long as nothing was chosen, somebody may find that another wish says the same; later the thread leads on.
YOUNG = (Stage.TOLD, Stage.SEEN)


@allow(EVERYBODY)
@require_safe
@cached_page(query=("van",))
def wish(request: HttpRequest, reference: str) -> HttpResponse:
    """One wish for everybody. One that was joined leads on to where it lives now; one that is not on the site is for its staff."""
    found = queries.on_site(reference)
    if found is None:
        return for_staff(request, reference)
    if found.head:
        head = queries.on_site(found.head.reference)
        if head is None:
            return for_staff(request, reference)
        return redirect(f"{reverse('pages:wish', args=[head.reference])}?{urlencode({'van': reference})}")
    family = queries.family_of(found)
    came_from = request.GET.get("van", "")
    if came_from and came_from not in {one.reference for one in family.joined}:
        return redirect("pages:wish", reference)
    context = facts_of(found, family) | {"came_from": came_from, "work_url": work_url(request, found)}
    return shows(render(request, "pages/wish.html", context), found.area.code, *(one.area.code for one in family.joined))


def facts_of(found: Wish, family: queries.Family) -> dict:
    """What the page of a wish says. Five queries where there is only the wish; more for what came of it, and while a round takes plans."""
    stage = Stage(found.stage)
    return {
        "wish": found,
        "place": found.place or "",  # type: ignore[attr-defined] # annotated
        "stage": stage,
        "tone": TONES[stage],
        "track": [step.label for step in TRACK],
        "thread": thread_of(found, family.ids),
        "next": what_comes_next(found, timezone.localdate()),
        "people": family.people,
        "joined": family.joined,
        "pictures": shown_with(found) if found.has_pictures or family.joined else [],  # type: ignore[attr-defined]
        "may_react": found.reactions and choices_for(found.area).comments,  # type: ignore[attr-defined]
        "alike": alike(found.text, found.area, but=found) if stage in YOUNG else [],
        "open": stage not in FINISHED,
        "budget_rounds": rounds_to_propose_in(found.area, timezone.localdate()) if stage not in FINISHED else [],
        "share": settings.SITE_URL + reverse("pages:wish", args=[found.reference]),
        "section": "wishes",
    }


def work_url(request: HttpRequest, found: Wish) -> str:
    """Where who works here goes on with it; a visitor without a session is not asked who they are, so that all share one page."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not may_read(request.user, found):
        return ""
    return address("agendas:work_wish", found.reference)


def for_staff(request: HttpRequest, reference: str) -> HttpResponse:
    """A wish that is not on the site, for who reads or answers there; for everybody else it does not exist."""
    found = queries.any_wish(reference)
    if found is None or not isinstance(request.user, Person) or not may_read(request.user, found):
        raise Http404
    thing, duty = f"wish:{found.reference}", duty_here(request.user, found)
    record_look(room="agendas", thing=thing, by=request.user.uuid, at=timezone.now(), duty=duty)
    context = {"wish": found, "work_url": address("agendas:work_wish", found.reference), "section": "wishes"}
    return render(request, "pages/wish_not_shown.html", context)


@allow(EVERYBODY)
@require_safe
@cached_page(query=("buurt", "page"))
def done(request: HttpRequest) -> HttpResponse:
    """What came of wishes and agreements, the last first; of one area with `buurt`."""
    code, number = request.GET.get("buurt", ""), request.GET.get("page", "1")
    if (code and not CODE.fullmatch(code)) or not PAGE.fullmatch(number):
        raise Http404
    here = places.area_in(code) if code else places.city()
    if code and here is None:
        raise Http404
    codes = codes_of(code) if code else None
    try:
        page = DonePages(codes).page(int(number))
    except EmptyPage:
        raise Http404 from None
    context = {
        "here": here if code else None,
        "page": page,
        "lines": done_lines(page.object_list),
        "rest": urlencode({"buurt": code}) if code else "",
        "working_areas": places.working_areas_of(places.city_code()),
        "section": "done",
    }
    return shows(render(request, "pages/done.html", context), *(codes or ()), *([here.area.code] if here else []))
