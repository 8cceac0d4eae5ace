"""The money of an area for everybody: by source, what it went to, and the thread back. No names of people."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.money.queries import pots, tables, where
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import csv_stream
from buurtdraad.ui.navigation import address

ON_A_PAGE = 20


def name_here(code: str) -> str:
    """The name of the area of the address; 404 for none."""
    name = places.names_of([code]).get(code)
    if name is None:
        raise Http404
    return name


def year_here(request: HttpRequest) -> int:
    """The year that is asked for, else this one. Raises 404 for what is no year."""
    asked = request.GET.get("jaar")
    if asked is None:
        return timezone.localdate().year
    if not (asked.isdecimal() and 2000 <= int(asked) <= 2100):
        raise Http404
    return int(asked)


@allow(EVERYBODY)
@require_safe
@cached_page(query=["jaar", "page"])
def area_money(request: HttpRequest, code: str) -> HttpResponse:
    """How much there is, from whom, and what it went to."""
    name, year, codes = name_here(code), year_here(request), where.codes_within(code)
    page = Paginator(where.spent_in(codes, year), ON_A_PAGE).get_page(request.GET.get("page"))
    around = places.touched_by([code])
    money = pots.money_of(codes, around, year)
    context = {
        "name": name,
        "code": code,
        "year": year,
        "years": [one for one in pots.years() if one != year],
        "money": money,
        "all": money.all,
        "page": page,
        "spent": where.with_threads(page.object_list),  # type: ignore[arg-type] # a slice of the query
        "query": f"jaar={year}",
        "crumbs": crumbs_to(code, name),
        "section": "fund",
    }
    return shows(render(request, "money/area_money.html", context), *around)


def crumbs_to(code: str, name: str) -> list[tuple[str, str]]:
    area = address("pages:area", code)
    return [(_("Neighbourhoods"), reverse("pages:areas")), *([(name, area)] if area else [])]


@allow(EVERYBODY)
@require_safe
def area_money_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """What the money of a year went to, as a table that is sent while it is read."""
    name_here(code)
    year = year_here(request)
    head = (_("Day"), _("Pot"), _("Source"), _("Area"), _("What for"), _("Promised (euros)"), _("Paid (euros)"), _("Wishes"))
    return csv_stream(f"geld-{code}-{year}", head, tables.spent(where.spent_in(where.codes_within(code), year)))
