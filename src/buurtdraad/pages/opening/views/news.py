"""Feeds, and the card of a neighbourhood for other websites."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.meetings.queries import listing as meetings
from buurtdraad.agendas.wishes.queries import listing as wishes
from buurtdraad.initiatives.models import Initiative
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.messages.emails import address
from buurtdraad.pages.following.done import done_lines, done_things
from buurtdraad.pages.following.going_on import meetings_to_come
from buurtdraad.pages.opening import feeds
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear

CARD_SIZE = 320, 400  # pixels


@allow(EVERYBODY)
@require_safe
@cached_page
def area_news(request: HttpRequest, code: str) -> HttpResponse:
    """What is new in an area, as a feed."""
    here, codes = area_or_404(code), meetings.around(code)
    made = feeds.atom(
        feeds.news_in(codes),
        key=f"buurt/{code}",
        title=_("News of %(name)s") % {"name": here.name},
        path=reverse("pages:area", args=[code]),
        feed_path=request.path,
    )
    return shows(HttpResponse(made, content_type=feeds.TYPE), *codes_behind(code, codes))


@allow(EVERYBODY)
@require_safe
@cached_page
def initiative_news(request: HttpRequest, slug: str) -> HttpResponse:
    """What the people of a plan tell, as a feed."""
    plan = get_object_or_404(Initiative.objects.on_site().select_related("area"), slug=slug)
    made = feeds.atom(
        feeds.news_of_initiative(plan),
        key=f"initiatief/{plan.uuid}",
        title=_("News of %(name)s") % {"name": plan.title},
        path=reverse("initiatives:initiative", args=[slug]),
        feed_path=request.path,
    )
    return shows(HttpResponse(made, content_type=feeds.TYPE), plan.area.code)


@allow(EVERYBODY)
@require_safe
@cached_page
def card(request: HttpRequest, code: str) -> HttpResponse:
    """A neighbourhood in short, for a frame in another website: no script, no cookie, and only where `CARD_FRAMES` says so."""
    here, codes = area_or_404(code), meetings.around(code)
    listed = wishes.Capped(wishes.shown(codes), 1)
    context = {
        "here": here,
        "meeting": next(iter(meetings_to_come(codes)), None),
        "wishes": listed.count,
        "more": listed.more,
        "done": next(iter(done_lines(done_things(codes, newest=1))), None),
    }
    response = shows(render(request, "pages/card.html", context), *codes_behind(code, codes))
    if settings.CARD_FRAMES:
        response._csp_config = settings.SECURE_CSP | {"frame-ancestors": settings.CARD_FRAMES}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True
    return response


@allow(EVERYBODY)
@require_safe
@cached_page
def follow_area(request: HttpRequest, code: str) -> HttpResponse:
    """How to follow an area: in a calendar, in a feed, and the card with the HTML to put it on another website."""
    here = area_or_404(code)
    width, height = CARD_SIZE
    card, calendar, feed = (
        address(reverse(name, args=[code]), get_language() or "nl") for name in ("pages:card", "agendas:area_calendar", "pages:area_news")
    )
    context = {
        "here": here,
        "card": card,
        "calendar": calendar,
        "feed": feed,
        "width": width,
        "height": height,
        "frames": [frame.partition("//")[2] for frame in settings.CARD_FRAMES],
        "section": "areas",
    }
    return shows(render(request, "pages/follow_area.html", context), code)


def area_or_404(code: str) -> AreaYear:
    here = places.area_in(code)
    if here is None:
        raise Http404
    return here


def codes_behind(code: str, codes: frozenset[str] | None) -> set[str]:
    """The areas of which the news stands with this one; for the city itself, which every change touches, that one."""
    return {code, *(codes or ())}
