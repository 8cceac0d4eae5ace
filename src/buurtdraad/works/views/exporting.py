"""All works as a file, for colleagues: by the same columns as files that come in. `?gebied=` and `?soort=` take a part."""

import json
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import allow
from buurtdraad.lib.tables.workbook import TYPE, as_xlsx
from buurtdraad.places.queries import inside
from buurtdraad.ui.csv import csv_stream
from buurtdraad.works.access import COLLEAGUE, visible_works
from buurtdraad.works.models import Work
from buurtdraad.works.queries.exporting import KEYS, features_of, rows_of
from buurtdraad.works.sources.columns import COLUMNS
from buurtdraad.works.states import WorkKind

NAME = "projecten"
FEATURES_A_PIECE = 100
DAYS = (KEYS.index("from_on"), KEYS.index("until_on"))


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
def as_table(request: HttpRequest) -> StreamingHttpResponse:
    """As CSV, which can be taken in again."""
    return csv_stream(NAME, headings(), with_days(rows_of(chosen(request))))


def with_days(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """The rows with their days as people here write them."""
    for row in rows:
        for place in DAYS:
            if row[place]:
                row[place] = f"{row[place]:%d-%m-%Y}"
        yield row


@allow(COLLEAGUE)
@require_safe
def as_workbook(request: HttpRequest) -> HttpResponse:
    """As a sheet of Excel."""
    response = HttpResponse(as_xlsx(_("Works"), headings(), rows_of(chosen(request))), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.xlsx"'
    return response


@allow(COLLEAGUE)
@require_safe
def as_map(request: HttpRequest) -> StreamingHttpResponse:
    """As GeoJSON, with the lines and areas on the map."""
    response = StreamingHttpResponse(as_collection(features_of(chosen(request), headings())), content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.geojson"'
    return response


def as_collection(features: Iterator[dict[str, Any]]) -> Iterator[str]:
    """The file in pieces, so that a large one is never in memory as a whole."""
    yield '{"type": "FeatureCollection", "features": [\n'
    between = ""
    for some in batched(features, FEATURES_A_PIECE):
        yield between + ",\n".join(json.dumps(one, ensure_ascii=False) for one in some)
        between = ",\n"
    yield "\n]}\n"
