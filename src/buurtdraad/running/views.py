"""Whether the product is alive, whether it can work, and its figures."""

import hmac
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.running.home import STOPPING
from buurtdraad.running.metrics import exposition
from buurtdraad.running.pending import pending

PLAIN = "text/plain"
FIGURES = "text/plain; version=0.0.4; charset=utf-8"


@allow(EVERYBODY)
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@allow(EVERYBODY)
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has all tables, and nobody asked us to stop; else 503, so that a balancer sends nobody here."""
    if (Path(settings.BUURTDRAAD_HOME) / STOPPING).exists():
        return HttpResponse("stopping\n", status=503, content_type=PLAIN)
    try:
        lacking = pending()
    except Error:
        return HttpResponse("database unavailable\n", status=503, content_type=PLAIN)
    if lacking:
        return HttpResponse(f"{len(lacking)} migrations lacking\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)


@allow(EVERYBODY)
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for who knows METRICS_TOKEN. Where none is set there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    told = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(told, f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse("a token is needed\n", status=401, content_type=PLAIN, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type=FIGURES)
