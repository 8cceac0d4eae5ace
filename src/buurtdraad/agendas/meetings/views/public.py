"""Pages and calendars that are the same for everybody: all meetings, one of them, and the files for a calendar."""

import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.meetings.models import Meeting, Outcome
from buurtdraad.agendas.meetings.queries import calendars, listing
from buurtdraad.agendas.meetings.queries.room import sticker_result, wishes_in
from buurtdraad.agendas.meetings.queries.seats import seats_of
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places

ON_A_PAGE, MOST_WISHES = 20, 50
YEAR = datetime.timedelta(days=365)
CALENDAR = "text/calendar; charset=utf-8"


@allow(EVERYBODY)
@require_safe
@cached_page(query=("buurt", "voorbij", "page"))
def meetings(request: HttpRequest) -> HttpResponse:
    """`/bijeenkomsten/?buurt=BU03440241`: what is to come, by month; with `voorbij=1` what was."""
    code, past = request.GET.get("buurt", ""), request.GET.get("voorbij") == "1"
    name = places.names_of([code]).get(code, "") if code and code.isprintable() else ""
    if code and not name:
        raise Http404
    found, at = listing.on_site(listing.around(code) if code else None), timezone.now()
    page = Paginator(found.past(at) if past else found.to_come(at), ON_A_PAGE).get_page(request.GET.get("page"))
    city, where = places.city_code(), {"buurt": code} if code else {}
    context = {
        "areas": listing.areas_with_meetings(city), "code": code, "name": name, "past": past, "section": "meetings",
        "page": page, "months": listing.months(listing.rows_of(page)),
        "past_query": urlencode({"voorbij": 1} | where), "query": urlencode({"voorbij": 1} | where if past else where),
    }  # fmt: skip
    return shows(render(request, "agendas/meetings/list.html", context), city)


def on_site_or_404(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.on_site().with_place(), pk=pk)


@allow(EVERYBODY)
@require_safe
@cached_page
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one meeting; afterwards also what it brought."""
    found, at = on_site_or_404(pk), timezone.now()
    over = found.ends_at < at or found.stage in {Stage.HELD, Stage.CLOSED}
    context = {
        "meeting": found,
        "seats": seats_of([found])[found.pk],
        "over": over,
        "can_sign_up": found.takes_sign_ups(at),
        "outcome": Outcome.objects.filter(meeting=found).first() if over else None,
        "wishes": wishes_in(found)[:MOST_WISHES] if over else [],
        "result": sticker_result(found) if over else None,
        "section": "meetings",
    }
    return shows(render(request, "agendas/meetings/meeting.html", context), found.area.code)


@allow(EVERYBODY)
@require_safe
@cached_page
def meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting for somebody's own calendar. Opened again after a move it takes the place of the first."""
    found = on_site_or_404(pk)
    return shows(ics(calendars.calendar([found], name=found.title), calendars.file_name(found)), found.area.code)


@allow(EVERYBODY)
@require_safe
@cached_page
def area_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """All meetings of an area, to subscribe to: those of the last year and to come."""
    here = places.area_in(code)
    if here is None:
        raise Http404
    found = listing.on_site(listing.around(code)).filter(ends_at__gte=timezone.now() - YEAR)
    name = _("Meetings in %(area)s") % {"area": here.name}
    return shows(ics(calendars.calendar(found, name=name), calendars.file_name()), places.city_code())


def ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
