"""`/werk/werkwijze/overzicht/`: all areas and steps, what is stuck first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import allow
from buurtdraad.method.access import STAFF_MEMBER
from buurtdraad.method.queries import overview as queries
from buurtdraad.method.queries.overview import Stand
from buurtdraad.places.queries import city_code
from buurtdraad.ui.csv import csv_response

STUCK = "vast"


@never_cache
@allow(STAFF_MEMBER)
@require_safe
def work_overview(request: HttpRequest) -> HttpResponse:
    """`wat=vast` shows what is stuck alone, `stap` the areas that are at one step."""
    columns, today = queries.columns(), timezone.localdate()
    every = queries.stands(columns, on=today)
    rows = wanted(request, every)
    context = {
        "columns": columns,
        "rows": rows,
        "stuck": sum(one.stuck for one in every),
        "every": len(every),
        "only_stuck": request.GET.get("wat") == STUCK,
        "step": request.GET.get("stap", ""),
        "query": request.GET.urlencode(),
        "others": queries.areas_without_run(city_code(), every),
        "number": columns[0].version.number if columns else None,
    }
    return render(request, "method/work_overview.html", context)


def wanted(request: HttpRequest, stands: list[Stand]) -> list[Stand]:
    step, only_stuck = request.GET.get("stap", ""), request.GET.get("wat") == STUCK
    at_step = [one for one in stands if not step or (one.now and one.now.step.key == step)]
    return [one for one in at_step if one.stuck or not only_stuck]


@never_cache
@allow(STAFF_MEMBER)
@require_safe
def work_overview_csv(request: HttpRequest) -> HttpResponse:
    columns = queries.columns()
    head = [
        _("Area"), _("Code"), _("Version"), _("Present step"), _("Since"), _("Weeks"), _("Weeks too long"), _("Not there yet"), _("Paused"),
        *(step.name for step in columns),
    ]  # fmt: skip
    rows = wanted(request, queries.stands(columns, on=timezone.localdate()))
    return csv_response("overzicht-werkwijze", head, [cells(one) for one in rows])


def cells(one: Stand) -> list[str | int | None]:
    now = one.now
    return [
        one.place,
        one.run.area.code,
        one.run.version.number,
        now.step.name if now else "",
        now.since_on.isoformat() if now and now.since_on else "",
        one.weeks if now else None,
        one.too_long,
        "; ".join(one.not_met),
        one.run.why if one.paused else "",
        *(step.get_stage_display() if step else "" for step in one.cells),
    ]
