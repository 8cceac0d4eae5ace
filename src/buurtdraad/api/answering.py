"""Answering for a collection: one page of it, or one item, as JSON or as GeoJSON."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from pydantic import TypeAdapter
from pydantic.alias_generators import to_camel

from buurtdraad.api.paging import in_order, write
from buurtdraad.api.problems import WrongQuestion, problem
from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.shape import Filter, Resource, Threaded
from buurtdraad.api.ties import reports_of, threads

JSON, GEOJSON = "application/json", "application/geo+json"
# Of parameters that nobody knows, so many are named, and of each so much.
MOST_NAMED, LONGEST_NAME = 20, 60


def page_of(resource: Resource, request: HttpRequest, asked: Mapping[str, Any]) -> HttpResponse:
    """One page of a collection, in the order and within the filters that were asked."""
    if wrong := unknown(request):
        raise WrongQuestion(wrong)
    drawing = as_geojson(resource, request, asked["formaat"])
    rows = asked_of(resource, resource.filters, asked, drawing=drawing)
    order, most = field_of(resource, asked["sorteer"]), asked["aantal"]
    found = list(in_order(rows, order, asked["cursor"])[: most + 1])
    following = write(found[most - 1], order) if len(found) > most else None
    items = shown(resource, found[:most])
    next_url = address(request, cursor=following) if following else None
    if drawing:
        return geojson(items, next_url)
    body = b'{"next":%b,"results":%b}' % (json.dumps(next_url).encode(), written(resource, items))
    response = HttpResponse(body, content_type=JSON)
    if next_url:
        response["Link"] = f'<{next_url}>; rel="next"'
    return response


def asked_of(resource: Resource, filters: Mapping[str, Filter], asked: Mapping[str, Any], *, drawing: bool) -> QuerySet:
    """The public rows that these questions leave."""
    rows = resource.rows()
    if drawing and resource.drawn:
        rows = resource.drawn(rows)
    for name, question in filters.items():
        rows = question.answer(rows, asked[name])
    return rows


def item_of(resource: Resource, request: HttpRequest, key: str, asked: Mapping[str, Any]) -> HttpResponse:
    """One item of a collection; 404 for what is not there, or not public."""
    if wrong := unknown(request):
        raise WrongQuestion(wrong)
    drawing = as_geojson(resource, request, asked["formaat"])
    try:
        row = resource.named(asked_of(resource, resource.item_filters, asked, drawing=drawing), key).first()
    except (ValueError, ValidationError):
        row = None
    # One thing has one address: not also `007` or ` 7`.
    if row is None or resource.key_of(row) != key:
        sought = ["deze sleutel", *sorted(set(request.GET) - {"formaat"})]
        return problem(404, f"In {resource.name} is er geen met {' en '.join(sought)}.")
    items = shown(resource, [row])
    if drawing:
        return HttpResponse(json.dumps(feature(items[0]), ensure_ascii=False), content_type=GEOJSON)
    return HttpResponse(written(resource, items)[1:-1], content_type=JSON)


def unknown(request: HttpRequest) -> list[tuple[str, str]]:
    """What is asked that this address does not know, or twice, with that as the reason."""
    name = str(request.resolver_match.url_name) if request.resolver_match else ""
    known = {"formaat"}
    for resource in RESOURCES:
        if name == resource.name:
            known |= {"cursor", "aantal", "sorteer", *map(to_camel, resource.filters)}
        if name == f"een_{resource.name}":
            known |= set(map(to_camel, resource.item_filters))
    strange = [(one[:LONGEST_NAME], "bestaat hier niet") for one in sorted(set(request.GET) - known)]
    twice = [(one, "mag er maar één keer staan") for one in sorted(known & set(request.GET)) if len(request.GET.getlist(one)) > 1]
    return [*strange[:MOST_NAMED], *twice]


def shown(resource: Resource, rows: Sequence[Any]) -> list[Any]:
    """The rows as the schema has them, with their thread: a fixed number of queries."""
    if resource.prepare:
        resource.prepare(list(rows))
    facts = [{"url": resource.url_of(resource.key_of(row)), **resource.show(row)} for row in rows]
    if issubclass(resource.schema, Threaded):
        ties = threads(resource.name, [row.pk for row in rows])
        reports = reports_of(resource.name, [told["pagina"] for told in facts if told.get("pagina")])
        for row, told in zip(rows, facts, strict=True):
            ties[row.pk]["vooruit"] += reports.get(told.get("pagina") or "", [])
            told["draad"] = ties[row.pk]
    return kind_of(resource).validate_python(facts)


@cache
def kind_of(resource: Resource) -> TypeAdapter:
    """How several items of this collection are checked and written, made once."""
    return TypeAdapter(list[resource.schema])  # type: ignore[name-defined]


def written(resource: Resource, items: Sequence[Any]) -> bytes:
    """The items as a list in JSON, in camelCase."""
    return kind_of(resource).dump_json(list(items), by_alias=True)


def geojson(items: Sequence[Any], next_url: str | None) -> HttpResponse:
    """The items as a FeatureCollection; `next` is where the following page is."""
    said = {"type": "FeatureCollection", "next": next_url, "features": [feature(item) for item in items]}
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type=GEOJSON)


def feature(item: Any) -> dict[str, Any]:
    facts = item.model_dump(mode="json", by_alias=True)
    return {"type": "Feature", "id": facts["url"], "geometry": facts.pop("geometry"), "properties": facts}


def as_geojson(resource: Resource, request: HttpRequest, asked: str | None) -> bool:
    """Whether GeoJSON is asked, by the query or by the header. Raises `WrongQuestion` where there is no place to draw.

    Of a header the form that it likes best, and what we have of it: who takes JSON too gets that where there is no place.
    """
    has_place = "geometry" in resource.schema.model_fields
    if not asked and (has_place or not request.accepts(JSON)):
        asked = "geojson" if request.get_preferred_type([JSON, GEOJSON]) == GEOJSON else None
    if asked == "geojson" and not has_place:
        raise WrongQuestion.of("formaat", "hier is geen plaats om te tekenen: alleen json")
    return asked == "geojson"


def field_of(resource: Resource, asked: str) -> str:
    """The field of the row for a sort that was asked, with its direction."""
    return ("-" if asked.startswith("-") else "") + resource.sorts[asked.removeprefix("-")]


def address(request: HttpRequest, **more: str) -> str:
    """This address with other values in its query."""
    return f"{settings.SITE_URL}{request.path}?{urlencode({**request.GET.dict(), **more})}"
