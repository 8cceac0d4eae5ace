"""Middleware: tells what is seen of a request which view answers it, and how long the database took."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from buurtdraad.lib.watching.seen import Seen, current


class Inside:
    """The first middleware, so that it sees the queries of all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = current.get()
        if seen is None or not settings.SLOW_PAGE_MS:
            return self.get_response(request)
        with connection.execute_wrapper(Timed(seen)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        seen = current.get()
        if seen is not None and request.resolver_match is not None:
            seen.view = request.resolver_match.view_name


class Timed:
    """Counts the queries of one request and the seconds that they took; keeps nothing of what they say."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen

    def __call__(self, execute: Callable, *query: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*query)
        finally:
            self.seen.queries += 1
            self.seen.database_seconds += time.perf_counter() - began
