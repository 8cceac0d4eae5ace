"""The poster and the door flyer of a meeting, as PDF in the language of the page."""

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.agendas.meetings import access
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries.calendars import host
from buurtdraad.agendas.meetings.views.work import hosted
from buurtdraad.lib.access import allow
from buurtdraad.places.queries import city_name
from buurtdraad.ui import pdf

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@allow(access.HOST)
@never_cache
@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet in large type, with a code to point a telephone at."""
    return document(hosted(request, pk), "poster", "meeting_poster.typ")


@allow(access.HOST)
@never_cache
@require_safe
def flyer(request: HttpRequest, pk: int) -> HttpResponse:
    """Four flyers for the letter box on one sheet, to cut."""
    return document(hosted(request, pk), "flyer", "meeting_flyer.typ")


def document(meeting: Meeting, name: str, template: str) -> HttpResponse:
    response = HttpResponse(pdf.render(f"agendas/{template}", facts_of(meeting)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{meeting.pk}.pdf"'
    return response


def facts_of(meeting: Meeting) -> dict:
    """All that the sheet says, in the language of the moment."""
    language = (get_language() or "nl")[:2]
    with override("nl"):
        path = reverse("agendas:meeting", args=[meeting.pk])
    starts, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    return {
        "title": meeting.title,
        "kind": str(meeting.get_kind_display()),
        "day": date_format(starts, "l j F"),
        "time": _("from %(start)s to %(end)s") % {"start": date_format(starts, "H:i"), "end": date_format(ends, "H:i")},
        "place": meeting.place,
        "address": " ".join(meeting.address.split()),
        "text": " ".join(meeting.text.split())[:400],
        "offers": meeting.offers_in_words,
        "languages": _("We also speak: %(languages)s") % {"languages": meeting.languages} if meeting.languages else "",
        "join": _("Point your telephone at this picture, or type:"),
        "short": host() + path,
        "alt": _("Picture of the address %(short)s") % {"short": host() + path},
        "qr": drawn(settings.SITE_URL + path),
        "talk": _("Or call %(phone)s.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
        "city": city_name(),
        "demo": settings.DEMO,
        "language": language,
        "rtl": language in RIGHT_TO_LEFT,
    }


def drawn(url: str) -> str:
    """A code to point a telephone at, as an SVG file."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", scale=4, border=2, dark="#000", light="#fff")
    return out.getvalue().decode()
