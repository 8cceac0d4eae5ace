"""All works as a file, for colleagues: by the same columns as files that come in. `?gebied=` and `?soort=` take a part."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import allow
from buurtdraad.lib.tables.workbook import TYPE, as_xlsx
from buurtdraad.places.queries import inside
from buurtdraad.ui.csv import csv_response
from buurtdraad.works.access import COLLEAGUE, visible_works
from buurtdraad.works.models import Work
from buurtdraad.works.queries.exporting import KEYS, features_of, rows_of
from buurtdraad.works.sources.columns import COLUMNS
from buurtdraad.works.states import WorkKind

NAME = "projecten"


def chosen(request: HttpRequest) -> QuerySet[Work]:
    """The works of an area (with what lies in it) and of a kind, as far as the address says so."""
    found = visible_works(request.user)
    if area := request.GET.get("gebied", "")[:60].replace("\0", ""):
        codes = {area, *inside([area])[area]}
        found = found.filter(pk__in=Work.objects.filter(work_areas__area__code__in=codes).values("pk"))
    kind = request.GET.get("soort", "")
    return found.filter(kind=kind) if kind in WorkKind.values else found


def headings() -> list[str]:
    by_key = {column.key: column.headings[0] for column in COLUMNS}
    return [by_key[key] for key in KEYS]


@allow(COLLEAGUE)
@require_safe
def as_table(request: HttpRequest) -> HttpResponse:
    """As CSV, which can be taken in again."""
    rows = ([cell.strftime("%d-%m-%Y") if hasattr(cell, "strftime") else cell for cell in row] for row in rows_of(chosen(request)))
    return csv_response(NAME, headings(), rows)


@allow(COLLEAGUE)
@require_safe
def as_workbook(request: HttpRequest) -> HttpResponse:
    """As a sheet of Excel."""
    response = HttpResponse(as_xlsx(_("Works"), headings(), rows_of(chosen(request))), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.xlsx"'
    return response


@allow(COLLEAGUE)
@require_safe
def as_map(request: HttpRequest) -> HttpResponse:
    """As GeoJSON, with the lines and areas on the map."""
    found: dict[str, Any] = {"type": "FeatureCollection", "features": list(features_of(chosen(request), headings()))}
    response = JsonResponse(found, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{NAME}.geojson"'
    return response
