"""The document of the API (OpenAPI 3.1): what django-ninja makes of the resources, with who gives it and under which licence."""

from functools import cache
from typing import Any

from django.conf import settings

from buurtdraad.api.answering import GEOJSON
from buurtdraad.api.building import build
from buurtdraad.api.resources import RESOURCES

LICENCE = "CC0 1.0; gebieden en cijfers van CBS en Kadaster: CC BY 4.0"
HEADERS = {
    "API-Version": {"description": "Versie van deze API.", "schema": {"type": "string"}},
    "ETag": {"description": "Stuur hem terug in If-None-Match: 304 als er niets veranderde.", "schema": {"type": "string"}},
    "Link": {"description": "Waar de volgende bladzijde is, als die er is.", "schema": {"type": "string"}},
    "RateLimit": {
        "description": "Hoeveel vragen er nog zijn (r). Over t seconden zijn dat er weer meer (bij r=0) of alle.",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {"description": "Hoeveel vragen er mogen, en in hoeveel seconden.", "schema": {"type": "string"}},
}
WAIT = {"Retry-After": {"description": "Na hoeveel seconden u verder kunt vragen.", "schema": {"type": "integer"}}}


@cache
def document() -> dict[str, Any]:
    """The whole document, as JSON has it."""
    made: dict[str, Any] = dict(build().get_openapi_schema(path_prefix=""))
    made["info"] |= {
        "license": {"name": LICENCE, "url": f"{settings.SITE_URL}/open-data/"},
        "contact": {"name": "Buurtdraad", "url": f"{settings.SITE_URL}/open-data/"},
    }
    made["servers"] = [{"url": f"{settings.SITE_URL}/api/v1"}]
    for resource in RESOURCES:
        for path in (f"/{resource.name}", f"/{resource.name}/{{sleutel}}"):
            improve(made["paths"][path]["get"], drawn="geometry" in resource.schema.model_fields)
    schemas = made["components"]["schemas"]
    # What can be asked stands with each address.
    made["components"]["schemas"] = {name: facts for name, facts in schemas.items() if not name.endswith("Questions")}
    return made


def improve(operation: dict[str, Any], *, drawn: bool) -> None:
    """Say the headers of what went well, its form with a place, and that what goes wrong is a problem; once what stands twice."""
    for parameter in operation["parameters"]:
        parameter.pop("examples", None)
        parameter["schema"].pop("title", None)
    operation["responses"][429]["headers"] = WAIT
    for status, answer in operation["responses"].items():
        if str(status) != "200":
            answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
            continue
        answer["headers"] = HEADERS
        if drawn:
            answer["content"][GEOJSON] = {"schema": {"type": "object", "description": "RFC 7946; de velden staan in `properties`."}}
    operation["responses"][304] = {"description": "Niet veranderd sinds de ETag die u meestuurt in If-None-Match."}
