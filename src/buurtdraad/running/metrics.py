"""Figures for Prometheus at `/metrics`: what each web process counted, and what the database says at that moment.

A scrape reaches one web process of several, so all of them count in files of one folder (the multiprocess mode of
`prometheus-client`), which the supervisor empties at its start and names in PROMETHEUS_MULTIPROC_DIR. Without that folder a process
tells its own counts. Nothing is counted, and the library is not loaded, as long as no METRICS_TOKEN is set.
"""

import os
from functools import cache
from typing import Any

from django.conf import settings

from buurtdraad.lib.watching.answers import Observe
from buurtdraad.lib.watching.seen import Seen

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


def observer() -> Observe | None:
    """What to call with each answer; None when nobody may ask for figures."""
    return observe if settings.METRICS_TOKEN else None


def observe(seen: Seen, seconds: float) -> None:
    """Count one answer. Labels are names of views, never an address."""
    method = seen.method if seen.method in METHODS else "other"
    requests(seen.view, method, f"{seen.status // 100}xx").observe(seconds)
    pages(seen.cache).inc()


@cache
def instruments() -> tuple[Any, Any, Any]:
    """The registry of this process, the histogram of requests and the counter of the page cache."""
    from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415 (fifteen megabytes)

    registry = CollectorRegistry()
    histogram = Histogram(
        "buurtdraad_request_seconds",
        "Answers by view, method and status, and how long they took",
        ["view", "method", "status"],
        buckets=SECONDS,
        registry=registry,
    )
    counter = Counter(
        "buurtdraad_page_cache",
        "Requests that the page cache answered (hit), had made (miss) or let through (pass)",
        ["result"],
        registry=registry,
    )
    return registry, histogram, counter


@cache
def requests(view: str, method: str, status: str) -> Any:
    """The line of the histogram with these labels; there are as many as views."""
    return instruments()[1].labels(view, method, status)


@cache
def pages(result: str) -> Any:
    return instruments()[2].labels(result)


def exposition() -> bytes:
    """All figures in the text format of Prometheus."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    from buurtdraad.running.facts import Facts  # noqa: PLC0415

    counted = instruments()[0]
    if os.environ.get(FOLDER):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    asked = CollectorRegistry()
    asked.register(Facts())
    return generate_latest(counted) + generate_latest(asked)
