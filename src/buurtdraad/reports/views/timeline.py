"""`/buurten/<code>/tijdlijn/`: everything planned and done in a neighbourhood, by year, for everybody."""

import re
from urllib.parse import urlencode

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places
from buurtdraad.places.models import Kind
from buurtdraad.reports.queries.timeline import Entry
from buurtdraad.reports.queries.timeline import timeline as entries_of

FIRST, LAST = 2000, 2100
PAGE = re.compile("[1-9][0-9]{0,3}")


@allow(EVERYBODY)
@require_safe
@cached_page(query=("jaar", "page"))
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """One year, in pages; the other years are a link away. Of a city as a whole there is none: it would be endless."""
    here = places.area_in(code)
    if here is None or here.area.kind in (Kind.MUNICIPALITY, Kind.COUNTRY):
        raise Http404
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and FIRST <= int(asked) <= LAST else timezone.localdate().year
    number = request.GET.get("page", "1")
    if not PAGE.fullmatch(number):
        raise Http404
    around = places.around([code])
    try:
        found = entries_of(around - {places.city_code()}, year, int(number))
    except EmptyPage:
        raise Http404 from None
    context = {
        "here": here,
        "found": found,
        "rows": [(entry, bar(entry, year)) for entry in found.entries],
        "rest": urlencode({"jaar": year}),
        "crumbs": [(_("Neighbourhoods"), reverse("pages:areas")), (here.name, reverse("pages:area", args=[code]))],
        "section": "areas",
    }
    return shows(render(request, "reports/timeline.html", context), *around)


def bar(entry: Entry, year: int) -> SafeString:
    """Where it lies in the year, as a small picture beside the words that say the same."""
    begin, length = entry.within(year)
    return format_html(
        '<svg class="buurt-span" width="100%" height="14" aria-hidden="true" focusable="false">'
        '<rect class="buurt-span__year" width="100%" height="14" rx="3"/>'
        '<rect class="buurt-span__bar{}" x="{}%" width="{}%" height="14" rx="3"/></svg>',
        " buurt-span__bar--over" if entry.over else "", str(begin), str(min(length, 100 - begin)),
    )  # fmt: skip
