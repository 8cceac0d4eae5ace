"""The first page of the API, its document, and what is not there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from buurtdraad.api.document import document
from buurtdraad.api.problems import problem
from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.serving import VERSION


def start(request: HttpRequest) -> HttpResponse:
    """What there is, each with its address."""
    root = f"{settings.SITE_URL}/api/v1"
    found = [{"naam": one.name, "titel": one.title, "zegt": one.says, "url": f"{root}/{one.name}"} for one in RESOURCES]
    said = {"titel": "Buurtdraad", "versie": VERSION, "openapi": f"{root}/openapi.json", "verzamelingen": found}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


def openapi(request: HttpRequest) -> HttpResponse:
    """The document of the API (OpenAPI 3.1)."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that is none, also with a slash at its end."""
    return problem(404, "Dit adres is er niet. Wat er wel is, staat op /api/v1.")
