"""The front page of the fund: what one can do here, what there is this year, and where it went."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.budgets.queries.rounds import any_planned
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.pages.funding.queries import Fund, city_now, fund_of, years_of_the_fund
from buurtdraad.places import queries as places
from buurtdraad.ui import charts
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.euros import euros

COLUMNS = ("jaar", "code", "wijk", "plannen", "euro", "inwoners", "euro_per_1000_inwoners")


@allow(EVERYBODY)
@require_safe
@cached_page
def fund(request: HttpRequest) -> HttpResponse:
    """This year, or with `jaar` another one of which there is money."""
    years = years_of_the_fund()
    year = wanted_year(request, years)
    context: dict = {"years": years, "budgets": any_planned(), "section": "fund"}
    if year:
        found = fund_of(year)
        sentence = _("%(granted)s of %(ceiling)s was given.") % {"granted": euros(found.granted), "ceiling": euros(found.ceiling)}
        context |= {"fund": found, "meter": charts.meter(found.part, sentence=sentence), "head": head(), "rows": table_of(found)}
    return shows(render(request, "pages/fund.html", context), places.city_code())


def head() -> list[str]:
    return [_("District"), _("Plans"), _("Euros"), _("For each 1,000 inhabitants")]


def table_of(found: Fund) -> list[list]:
    """A row for each district in the order of the city, never from much to little: nobody is ranked."""
    rows: list[list] = [
        [(one.name, reverse("pages:area", args=[one.code])), one.plans, euros(one.euros), euros(one.a_thousand)] for one in found.districts
    ]
    if found.elsewhere:
        rows.append([_("In more than one district"), found.elsewhere.plans, euros(found.elsewhere.euros), "-"])
    return rows


@allow(EVERYBODY)
@require_safe
@cached_page
def fund_csv(request: HttpRequest) -> HttpResponse:
    """The same per district, for who counts themselves."""
    years = years_of_the_fund()
    wanted = [wanted_year(request, years)] if "jaar" in request.GET else years
    city = city_now() if wanted else None
    rows = [row for year in wanted if year for row in rows_of(fund_of(year, city))]
    return shows(csv_response("fonds-per-wijk", COLUMNS, rows), places.city_code())


def rows_of(found: Fund) -> list[list]:
    all_of = [*found.districts, *([found.elsewhere] if found.elsewhere else [])]
    return [[found.year, one.code, one.name or _("whole city"), one.plans, one.euros, one.inhabitants, one.a_thousand] for one in all_of]


def wanted_year(request: HttpRequest, years: list[int]) -> int | None:
    """The year that was asked for, by default this year, else the last before it. None without any. 404 for another one."""
    asked = request.GET.get("jaar")
    if asked is not None:
        if not asked.isdecimal() or not asked.isascii() or int(asked) not in years:
            raise Http404
        return int(asked)
    now = timezone.localdate().year
    return next((year for year in years if year <= now), years[-1] if years else None)
