"""What holds for every answer of the API: who asks too often waits, everybody's page may read it, what is unchanged is not sent again."""

import datetime
import hashlib
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from buurtdraad.api.problems import problem
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import TooOften, address_of, limited

VERSION = "1.0.0"
MOST, WITHIN = 600, datetime.timedelta(minutes=1)
READING = ("GET", "HEAD", "OPTIONS")
REMEMBERED = 86_400  # seconds in which a browser does not ask again whether it may
READABLE = "API-Version, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"


def served(view: Callable) -> Callable:
    """The view as everybody may ask it, from any site, at most `MOST` times in `WITHIN` from one address."""

    @allow(EVERYBODY)
    @csrf_exempt  # nothing is changed here, and who sends something hears so as a problem
    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            response = problem(405, "Deze API is om te lezen: alleen GET, HEAD en OPTIONS.")
            response["Allow"] = ", ".join(READING)
            return for_everybody(response)
        if request.method == "OPTIONS":
            return for_everybody(HttpResponse(status=204, headers={"Allow": ", ".join(READING)}))
        is_head, request.method = request.method == "HEAD", "GET"  # django-ninja knows GET alone
        try:
            left = limited("api", address_of(request), most=MOST, within=WITHIN)
        except TooOften as too_often:
            response = problem(429, "Wacht even en vraag dan verder. Hele bestanden staan op /open-data/.")
            response["Retry-After"] = str(too_often.wait)
            return for_everybody(counted(response, 0, again=too_often.wait))
        response = for_everybody(counted(unless_known(request, view(request, *args, **kwargs)), left))
        return without_body(response) if is_head else response

    return answering


def without_body(response: HttpResponse) -> HttpResponse:
    """What HEAD gets: all that GET says, but the body itself."""
    response["Content-Length"] = str(len(response.content))
    response.content = b""
    return response


def for_everybody(response: HttpResponse) -> HttpResponse:
    """Readable by a page of any site: nothing here is of one person, and no cookie is looked at."""
    response["API-Version"] = VERSION
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(READING)
    response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response["Access-Control-Max-Age"] = str(REMEMBERED)
    response["Access-Control-Expose-Headers"] = READABLE
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def counted(response: HttpResponse, left: int, *, again: int | None = None) -> HttpResponse:
    """With how much may still be asked (RateLimit header fields of the IETF's HTTPAPI group): `t` is when there is more again.

    What was asked comes back bit by bit, so that all of it is there after a part of the minute; `again` where nothing is left.
    """
    seconds = int(WITHIN.total_seconds())
    whole = math.ceil((MOST - left) * seconds / MOST)
    response["RateLimit-Policy"] = f'"adres";q={MOST};w={seconds}'
    response["RateLimit"] = f'"adres";r={left};t={whole if again is None else again}'
    return response


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 when who asks has this answer already; the mark is a hash of what is sent."""
    if response.status_code != 200:
        return response
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ("Accept",))
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
