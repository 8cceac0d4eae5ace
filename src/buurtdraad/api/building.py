"""The API itself: for every resource a list and an item, with a document that is made from the same table (OpenAPI 3.1)."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from pydantic import Field as Value
from pydantic import create_model

from buurtdraad.api.answering import item_of, page_of, unknown
from buurtdraad.api.problems import Problem, WrongQuestion, problem, wrong_values
from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.serving import MOST, VERSION
from buurtdraad.api.shape import MOST_ON_A_PAGE, ON_A_PAGE, Fields, Filter, Resource

SAYS = f"""Open gegevens van de gemeente en haar buurten, om te lezen. Vrij te gebruiken, zonder sleutel.

Lijsten komen in bladzijden: volg `next`. Wat een plaats heeft, is er ook als GeoJSON: `?formaat=geojson`.
`draad` zegt waar iets uit voortkomt en wat eruit voortkwam. Hooguit {MOST} vragen per minuut.
Er staan geen persoonsgegevens in."""


LONGEST = 500
FORM: dict[str, Any] = {
    "formaat": (
        Literal["json", "geojson"] | None,
        Value(None, description="json, of geojson waar er een plaats is.", examples=["json"]),
    )
}


@cache
def build() -> NinjaAPI:
    """The API with a list and an item for every resource."""
    api = NinjaAPI(title="Buurtdraad", version=VERSION, description=SAYS, docs_url=None, openapi_url=None, urls_namespace="api")
    api.add_exception_handler(ValidationError, not_valid)
    api.add_exception_handler(WrongQuestion, wrong_question)
    api.add_exception_handler(HttpError, refused)
    for resource in RESOURCES:
        several, one = list_view(resource), item_view(resource)
        said = {400: Problem, 429: Problem}
        page = create_model(
            f"{resource.schema.__name__}Page",
            __base__=Fields,
            next=(str | None, Value(description="Adres van de volgende bladzijde.")),
            results=(list[resource.schema], ...),  # type: ignore[name-defined]
        )
        facts: dict[str, Any] = {"tags": [resource.title], "description": resource.says, "by_alias": True}
        api.get(f"/{resource.name}", url_name=resource.name, operation_id=f"lijst_{resource.name}", summary=resource.title,
                response={200: page, **said}, **facts)(several)  # fmt: skip
        api.get(f"/{resource.name}/{{str:sleutel}}", url_name=f"een_{resource.name}", operation_id=f"een_{resource.name}",
                summary=f"Eén van {resource.name}", response={200: resource.schema, 404: Problem, **said}, **facts)(one)  # fmt: skip
    return api


def not_valid(request: HttpRequest, found: Any) -> HttpResponse:
    return problem(400, wrong=[*unknown(request), *wrong_values(found)])


def wrong_question(request: HttpRequest, found: Any) -> HttpResponse:
    return problem(400, wrong=found.wrong)


def refused(request: HttpRequest, found: Any) -> HttpResponse:
    return problem(found.status_code, str(found))


def list_view(resource: Resource) -> Callable:
    """The view of a list, whose questions are those of the resource."""
    questions = questions_of(resource)

    def several(request: HttpRequest, asked: questions = Query(...)) -> HttpResponse:  # type: ignore[valid-type]  # noqa: B008
        return page_of(resource, request, dict(asked))

    return several


def item_view(resource: Resource) -> Callable:
    """The view of one item."""
    key = Path(..., description=f"Sleutel van één van {resource.name}.", examples=[resource.example])
    questions = create_model(f"{resource.schema.__name__}ItemQuestions", __base__=Fields, **asked_by(resource.item_filters), **FORM)

    def one(request: HttpRequest, sleutel: str = key, asked: questions = Query(...)) -> HttpResponse:  # type: ignore[valid-type]  # noqa: B008
        return item_of(resource, request, sleutel, dict(asked))

    return one


def questions_of(resource: Resource) -> type[Fields]:
    """The schema of what can be asked of a list."""
    sorts = tuple(way + name for name in resource.sorts for way in ("", "-"))
    fields = asked_by(resource.filters) | {
        "sorteer": (Literal[*sorts], Value(resource.order, description="Volgorde; met `-` ervoor andersom.", examples=[resource.order])),
        "aantal": (int, Value(ON_A_PAGE, ge=1, le=MOST_ON_A_PAGE, description="Hoeveel er op een bladzijde staan.", examples=[100])),
        "cursor": (str | None, Value(None, max_length=LONGEST, description="Waar de bladzijde begint: staat in `next`.")),
    }
    return create_model(f"{resource.schema.__name__}Questions", __base__=Fields, **fields, **FORM)


def asked_by(filters: Mapping[str, Filter]) -> dict[str, Any]:
    """The fields of a schema for these questions, each with its sentence and an example."""
    return {
        name: (question.kind | None, Value(None, description=question.says, examples=question.examples))
        for name, question in filters.items()
    }
