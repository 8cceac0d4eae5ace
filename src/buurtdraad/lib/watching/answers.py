"""A WSGI wrapper (PEP 3333) around the page cache: numbers each request, and tells of its answer once it is there."""

import logging
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from secrets import token_hex
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from buurtdraad.lib.proxies import REQUEST_ID
from buurtdraad.lib.unlogged import is_uncounted
from buurtdraad.lib.watching.seen import Seen, current

log = logging.getLogger(__name__)
Observe = Callable[[Seen, float], None]


class Watched:
    """Numbers requests (`X-Request-ID` on the answer), logs slow pages, and tells `observe` of each answer and its seconds.

    `slow_ms` is from how many milliseconds on a page is slow; 0 logs none. Of pages of voting it tells nobody anything: a count or a
    line with a time could be laid beside a ballot.
    """

    def __init__(self, app: Callable, *, slow_ms: int, observe: Observe | None = None) -> None:
        self.app, self.slow, self.observe = app, slow_ms / 1000, observe

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        number = environ.pop(REQUEST_ID, "") or token_hex(8)
        seen = Seen(number, environ["REQUEST_METHOD"], time.perf_counter())
        token = current.set(seen)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            seen.status = int(status[:3])
            return start_response(status, [*headers, ("X-Request-ID", number)], *([exc_info] if exc_info else []))

        path = environ.get("PATH_INFO", "")
        try:
            return self.app(environ, start)
        finally:
            if not is_uncounted(path):
                self._tell(seen, path)
            current.reset(token)

    def _tell(self, seen: Seen, path: str) -> None:
        seconds = time.perf_counter() - seen.began
        seen.status = seen.status or 500
        seen.view = seen.view or (view_of(path) if seen.cache == "hit" else "static" if path.startswith("/static/") else "none")
        if self.observe is not None:
            self.observe(seen, seconds)
        if 0 < self.slow <= seconds:
            log.warning(
                "slow: %s took %.0f ms, with %d queries of %.0f ms", seen.view, seconds * 1000, seen.queries, seen.database_seconds * 1000
            )


@lru_cache(maxsize=4096)
def view_of(path: str) -> str:
    """Name of the view at a path that the page cache holds. `path` is as WSGI gives it: UTF-8 read as Latin-1."""
    try:
        real = path.encode("latin-1").decode()
        with override(get_language_from_path(real)):
            return resolve(real).view_name
    except (Resolver404, UnicodeError):
        return "none"
