"""Who got money: the register of grants, for everybody, as a page and as a table to take along."""

import re
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.fund.queries import register as queries
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import csv_stream
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address

ON_A_PAGE = 25
CODE = re.compile("[A-Za-z0-9-]{1,60}")


@allow(EVERYBODY)
@require_safe
@cached_page(query=["jaar", "buurt", "page"])
def register(request: HttpRequest) -> HttpResponse:
    """The grants of one year, the last one when nobody chose, everywhere or in one area."""
    by_year = queries.by_year()
    years = list(by_year)
    year = chosen_year(request, years)
    asked = request.GET.get("buurt", "")
    place = places.names_of([asked]).get(asked, "") if CODE.fullmatch(asked) else ""
    code = asked if place else ""
    found = queries.granted_in(year, code)
    whole = queries.together(found) if code else by_year.get(year or 0, queries.Together())
    pages = Paginator(queries.facts_of(found), ON_A_PAGE)
    pages.count = whole.number
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rest": urlencode({name: value for name, value in (("jaar", year), ("buurt", code)) if value}),
        "years": years,
        "year": year,
        "code": code,
        "place": place,
        "crumbs": [],
        "head": [_("Plan"), _("Who"), _("Area"), _("Made known on"), _("Asked"), _("Granted"), _("Final amount")],
        "rows": [row(line) for line in queries.lines_of(page.object_list)],
        "granted": whole.euros,
        "section": "fund",
    }
    return shows(render(request, "fund/register.html", context), places.city_code())


def row(line: queries.Line) -> tuple:
    """A line of the table; the plan leads to its page where it stands on the site."""
    url = address("initiatives:initiative", line.slug) if line.slug else ""
    final = _("taken back") if line.taken_back else euros(line.determined) if line.determined is not None else _("not known yet")
    known_on = date_format(line.decided_on, "j F Y")
    return (line.plan, url), line.applicant, line.area, known_on, euros(line.asked), euros(line.granted), final


def chosen_year(request: HttpRequest, years: list[int]) -> int | None:
    """The year that was asked for, where the register has it; else the newest."""
    asked = request.GET.get("jaar", "")
    return next((year for year in years if str(year) == asked), years[0] if years else None)


@allow(EVERYBODY)
@require_safe
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All grants of all years as CSV, sent while they are read."""
    return csv_stream("register-initiatievenfonds", queries.head(), queries.cells(queries.register()))
