"""Pages for everybody: the home page, a page per area, a page per figure, and the data behind them. And the page of work for staff."""

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.access import AT_WORK_HERE
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.queries.tracking import came_of
from buurtdraad.figures import queries as figures
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.messages.emails import days_left
from buurtdraad.pages import queries, showing
from buurtdraad.pages import work as work_list
from buurtdraad.pages.following import going_on
from buurtdraad.pages.following.done import done_lines, done_things
from buurtdraad.pages.following.how_we_work import how_we_work
from buurtdraad.pages.following.queries import area_wishes
from buurtdraad.pages.funding.queries import in_short
from buurtdraad.pages.work_tools import tools_for
from buurtdraad.partners.queries import contacts
from buurtdraad.partners.queries.accords import in_force_in
from buurtdraad.places import queries as places
from buurtdraad.places.models import Kind
from buurtdraad.ui.csv import csv_response

NEWEST = 3
MOST_PEOPLE = 1
YEAR = re.compile("[12][0-9]{3}")


@allow(EVERYBODY)
@require_safe
@cached_page
def home(request: HttpRequest) -> HttpResponse:
    code = places.city_code()
    context = {
        "working_areas": places.working_areas_of(code),
        "done": done_lines(done_things(newest=NEWEST)),
        "meetings": going_on.meetings_to_come(),
        "agreements": going_on.agreements_that_ask_for_people(),
        "budget": next(iter(came_of(None)), None),
    }
    return shows(render(request, "pages/home.html", context), code)


@allow(EVERYBODY)
@require_safe
@cached_page
def areas(request: HttpRequest) -> HttpResponse:
    """Find a neighbourhood by name, address, list or map. With `q` it answers a search, for htmx only the list."""
    q = request.GET.get("q", "").strip()[: queries.LONGEST_SEARCH]
    found = queries.find(q, typing=bool(request.htmx)) if q else queries.Found()  # type: ignore[attr-defined]
    context = {"q": q, "found": found, "typing": bool(request.htmx)}  # type: ignore[attr-defined]
    if request.htmx:  # type: ignore[attr-defined]
        return shows(render(request, "pages/found.html", context), places.city_code())
    if found.exact:
        return redirect("pages:area", found.exact)
    return shows(areas_page(request, context), places.city_code())


@allow(EVERYBODY)
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """The neighbourhood of a point that the device tells; the point is kept nowhere."""
    try:
        place = places.area_at(float(request.GET["lat"]), float(request.GET["lon"]))
    except (KeyError, ValueError):
        return redirect("pages:areas")
    if place is None:
        return areas_page(request, {"outside": True})
    return redirect("pages:area", place.area.code)


def areas_page(request: HttpRequest, context: dict) -> HttpResponse:
    city = queries.city_places()
    if city:
        title = _("Neighbourhoods of %(name)s") % {"name": city.municipality.name}
        context |= {"city_places": city, "map": showing.plain_map(city.neighbourhoods, title=title)}
    return render(request, "pages/areas.html", context)


@allow(EVERYBODY)
@require_safe
@cached_page
def area(request: HttpRequest, code: str) -> HttpResponse:
    facts = queries.area_facts(code)
    if facts is None:
        # People write codes in small letters.
        if code != code.upper() and places.years_of(code.upper()):
            return redirect("pages:area", code.upper(), permanent=True)
        raise Http404
    page, here = facts.places, facts.places.here
    municipality = page.ancestors[0] if page.ancestors else here
    parts = page.children if page.ancestors else []
    newest = max((figure.year for figure in facts.figures), default=0)
    headline = [showing.as_figure(figure, newest) for figure in facts.headline]
    more = [(showing.THEMES[theme], [showing.as_figure(figure, newest) for figure in group]) for theme, group in facts.more]
    drawn = [*headline, *(figure for _theme, group in more for figure in group)]
    told = area_wishes(code, on=timezone.localdate())
    around, near = going_on.codes_around(page, told.codes), contacts.around(page)
    short = in_short({code, *around})
    context = {
        "here": here,
        "page": page,
        "kicker": showing.kicker(here, page.ancestors),
        "crumbs": showing.crumbs_to(page.ancestors),
        "lead": next((figure.sentence for figure in facts.headline), ""),
        "map": showing.plain_map(facts.around, title=_("Where it lies in %(name)s") % {"name": municipality.name}, here=here, parts=parts),
        "headline": headline,
        "more": more,
        "drawn": any(figure.chart for figure in drawn),
        "drawn_beside": any(figure.chart and figure.beside for figure in drawn),
        "standouts": facts.standouts,
        "compared_with": municipality.name if here.area.kind != Kind.MUNICIPALITY else "",
        "inside_title": showing.INSIDE.get(here.area.kind, ""),
        "topics": going_on.topics_in(around),
        "meetings": going_on.meetings_to_come(around or None),
        "done": next(iter(done_lines(done_things(around or None, newest=1))), None),
        "wishes": told,
        "plans": short.plans,
        "money": short.money,
        "budget": short.budget,
        "how": how_we_work(page),
        "people": [one for group in contacts.groups_of(near, on=timezone.localdate()) for one in group.people][:MOST_PEOPLE],
        "accords": in_force_in({code, *around}, on=timezone.localdate()),
        "section": "areas",
    }
    return shows(render(request, "pages/area.html", context), code, *around)


@allow(EVERYBODY)
@require_safe
@cached_page
def area_csv(request: HttpRequest, code: str) -> HttpResponse:
    rows = rows_or_404(code)
    return shows(csv_response(f"cijfers-{code}", queries.COLUMNS, [list(row.values()) for row in rows]), code)


@allow(EVERYBODY)
@require_safe
@cached_page
def area_json(request: HttpRequest, code: str) -> HttpResponse:
    return shows(JsonResponse({"area": code, "figures": rows_or_404(code)}, json_dumps_params={"ensure_ascii": False}), code)


def rows_or_404(code: str) -> list[dict]:
    rows = queries.open_rows(code)
    if rows is None:
        raise Http404
    return rows


@allow(EVERYBODY)
@require_safe
@cached_page
def indicators(request: HttpRequest) -> HttpResponse:
    city = places.city_code()
    groups = [(showing.THEMES[theme], group) for theme, group in queries.indicator_groups(city)]
    return shows(render(request, "pages/indicators.html", {"groups": groups, "section": "areas"}), city)


@allow(EVERYBODY)
@require_safe
@cached_page(query=("jaar",))
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    city = places.city_code()
    page = indicator_or_404(request, code, city)
    neighbourhoods = places.neighbourhoods_of(city)
    districts = {district.area_id: district.name for district in places.children(city)}
    within = {place.code: districts.get(place.parent_id or 0, "") for place in neighbourhoods}
    title = f"{page.indicator.label}, {page.year}"
    context = {
        "page": page,
        "rows": [(row, within.get(row.code, "")) for row in page.areas],
        "map": showing.figure_map(page, neighbourhoods, title=title),
        "section": "areas",
    }
    return shows(render(request, "pages/indicator.html", context), city)


@allow(EVERYBODY)
@require_safe
@cached_page(query=("jaar",))
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    city = places.city_code()
    page = indicator_or_404(request, code, city)
    every = {"indicator": code, "name": page.indicator.label, "year": page.year, "unit": page.indicator.unit}
    origin = {"source": page.indicator.source, "licence": page.indicator.licence}
    found = (every | origin | {"area": row.code, "value": row.value, "missing": row.missing} for row in page.areas)
    rows = [list(queries.in_columns(row, place.name).values()) for row, place in zip(found, page.areas, strict=True)]
    return shows(csv_response(f"{code}-{page.year}", queries.COLUMNS, rows), city)


def indicator_or_404(request: HttpRequest, code: str, city: str) -> figures.IndicatorPage:
    year = request.GET.get("jaar", "")
    if year and not YEAR.fullmatch(year):
        raise Http404
    page = figures.indicator_page(code, city, int(year) if year else None)
    if page is None:
        raise Http404
    return page


@allow(AT_WORK_HERE)
@never_cache
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What waits for who works here, their areas, and the pages they work with."""
    assert isinstance(request.user, Person)
    today = timezone.localdate()
    waiting = work_list.waiting_for(request.user, on=today)
    context = {
        "lines": [(kind, item, days_left(item.days_left), showing.tone_of(item.days_left)) for kind, item in waiting.lines],
        "more": waiting.more,
        "areas": work_list.work_areas(request.user, on=today),
        "tool_groups": tools_for(request),
    }
    return render(request, "pages/work.html", context)
