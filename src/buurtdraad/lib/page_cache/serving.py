"""The page cache as a wrapper around a WSGI application (PEP 3333): a page that is kept never reaches Django."""

import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from buurtdraad.lib.page_cache.negotiating import coding_for, has_it_already
from buurtdraad.lib.page_cache.opting import MARK, Page
from buurtdraad.lib.page_cache.shelf import Headers, Kept, Shelf, ready_to_send
from buurtdraad.lib.watching.seen import current

log = logging.getLogger(__name__)

# After this many seconds a page is made anew behind the visitor's back, for pages change by the clock too.
FRESH_SECONDS = 5
# A page that nobody asked for in this time is not shown any more: its visitor waits for a new one.
STALE_SECONDS = 60
# How long a visitor waits for the render that another visitor began, before rendering it too.
WAIT_SECONDS = 5
# Who just wrote sees the result at once, in whichever process: for these seconds the cache is passed.
WRITER_COOKIE, WRITER_SECONDS = "fresh", 10
LONGEST_ADDRESS = 300
PASSES = Page(for_everybody=False)
PERSONAL = {"private", "no-store"}


class Key(NamedTuple):
    """What makes one kept page another than the next. The language is in the path."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: bool


class Rendered(NamedTuple):
    """What the application answered to one request."""

    status: str
    headers: Headers
    body: bytes
    page: Page


class PageCache:
    """Serves kept pages to visitors without a session, and everybody else from the application.

    `query_of(path)` gives the parameters that the view at this path allows, or None when it did not opt in.
    `known_host(host)` says whether the application would answer to this Host header. `watch(shelf)` is called once
    in each process, at its first request, and tells the shelf what changes (`hears`, `touched`, `lost`); as long as
    it does not hear, nothing is kept. `megabytes` bounds the memory of one process; 0 turns the cache off.
    """

    def __init__(
        self,
        app: Callable,
        *,
        query_of: Callable[[str], frozenset[str] | None],
        known_host: Callable[[str], bool],
        watch: Callable[[Shelf], object],
        megabytes: int,
        session_cookie: str,
        secure: bool,
    ) -> None:
        self.app = app
        self.most = megabytes * 1_000_000
        self.query_of = lru_cache(maxsize=4096)(query_of)
        self.known_host = lru_cache(maxsize=256)(known_host)
        self.watch = watch
        self.session_cookie = session_cookie
        self.writer_cookie = f"{WRITER_COOKIE}=1; Max-Age={WRITER_SECONDS}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
        self.process = 0
        self.lock = threading.Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if self.process != os.getpid():
            self._begin()
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return self._pass(environ, start_response if method in {"OPTIONS", "TRACE"} else self._with_writer_cookie(start_response))
        key = self._key(environ) if self.shelf.listening else None
        if key is None:
            return self._pass(environ, start_response)
        kept, seen = self.shelf.get(key), current.get()
        age = time.monotonic() - kept.made_at if kept else STALE_SECONDS
        if seen is not None:
            seen.cache = "hit" if kept and age < STALE_SECONDS else "miss"
        if kept is None or age >= STALE_SECONDS:
            return self._cold(key, environ, start_response)
        if age >= FRESH_SECONDS:
            self._remake(key)
        return send(kept, environ, start_response)

    # --- who gets what ---------------------------------------------------------------------------

    def _key(self, environ: dict) -> Key | None:
        """The key of the page, or None when this visitor or this page passes the cache."""
        cookies = environ.get("HTTP_COOKIE", "")
        # Not parsed: a header that only resembles a session passes the cache too.
        if cookies and (self.session_cookie in cookies or WRITER_COOKIE + "=" in cookies):
            return None
        path, host = environ.get("PATH_INFO", ""), environ.get("HTTP_HOST", "").lower()
        if "HTTP_AUTHORIZATION" in environ or environ.get("SCRIPT_NAME") or len(path) + len(host) > LONGEST_ADDRESS:
            return None
        query = self._query(path, environ.get("QUERY_STRING", ""))
        if query is None or not self.known_host(host):
            return None
        fragment = environ.get("HTTP_HX_REQUEST") == "true" and environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
        return Key(environ["wsgi.url_scheme"], host, path, query, fragment)

    def _query(self, path: str, query: str) -> str | None:
        """The query in one spelling, sorted by name; None when the view did not opt in or does not know a parameter."""
        allowed = self.query_of(path)
        if not query or allowed is None:
            return query if allowed is not None else None
        if not query.isascii() or len(query) > LONGEST_ADDRESS:
            return None
        pairs = sorted(parse_qsl(query, keep_blank_values=True), key=lambda pair: pair[0])
        return urlencode(pairs) if pairs and allowed.issuperset(name for name, _ in pairs) else None

    def _pass(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        environ[MARK] = PASSES
        return self.app(environ, start_response)

    def _with_writer_cookie(self, start_response: Callable) -> Callable:
        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            return start_response(status, [*headers, ("Set-Cookie", self.writer_cookie)], *([exc_info] if exc_info else []))

        return start

    # --- rendering ---------------------------------------------------------------------------------

    def _cold(self, key: Key, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """One visitor renders; the others wait for the page, and render it themselves when that takes too long or fails."""
        mine = threading.Event()
        flight = self.flights.setdefault(key, mine)
        if flight is not mine:
            flight.wait(WAIT_SECONDS)
            kept = self.shelf.get(key)
            return send(kept, environ, start_response) if kept else self._pass(environ, start_response)
        try:
            made, turn = self._render(key)
            kept = self._keep(key, made, turn)
        finally:
            del self.flights[key]
            mine.set()
        if kept:
            return send(kept, environ, start_response)
        if made.page.refusals:
            return self._pass(environ, start_response)
        start_response(made.status, made.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [made.body]

    def _render(self, key: Key) -> tuple[Rendered, int]:
        """Ask the application as a visitor of whom nothing is known, so that nothing of one visitor can be kept."""
        turn = self.shelf.turn
        page = Page()
        started: list[Any] = []
        chunks: list[bytes] = []

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> Callable:
            started[:] = [status, headers]
            return chunks.append

        answer = self.app(as_nobody(key) | {MARK: page}, start_response)
        try:
            chunks.extend(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = started
        if status.startswith("200"):
            page.refusals += reasons_in(headers)
        return Rendered(status, headers, b"".join(chunks), page), turn

    def _keep(self, key: Key, made: Rendered, turn: int) -> Kept | None:
        """The page ready to be sent, on the shelf when its places stood still. None when it is no page to keep."""
        if not made.status.startswith("200") or made.page.shows is None or made.page.refusals:
            self.shelf.drop(key)
            if made.page.refusals:
                log.error("not kept: %s %s", key.path, ", ".join(made.page.refusals))
            return None
        kept = ready_to_send(made.headers, made.body, shows=made.page.shows, turn=turn, before=self.shelf.get(key))
        self.shelf.keep(key, kept)
        return kept

    def _remake(self, key: Key) -> None:
        """Have the page made anew, unless somebody asked for that already."""
        with self.lock:
            if key in self.remaking:
                return
            self.remaking.add(key)
        self.orders.put(key)

    def _make_anew(self, orders: "queue.SimpleQueue[Key]") -> None:
        """One page after another, for as long as the process lives."""
        while True:
            key = orders.get()
            try:
                self._keep(key, *self._render(key))
            except Exception:
                log.exception("could not make %s anew", key.path)
            finally:
                self.remaking.discard(key)

    def _begin(self) -> None:
        """A process of its own begins here: threads and locks do not survive a fork."""
        with self.lock:
            if self.process == os.getpid():
                return
            self.shelf = Shelf(self.most)
            self.flights: dict[Key, threading.Event] = {}
            self.remaking: set[Key] = set()
            self.orders: queue.SimpleQueue[Key] = queue.SimpleQueue()
            if self.most:
                threading.Thread(target=self._make_anew, args=[self.orders], name="page-cache", daemon=True).start()
                self.watch(self.shelf)
            self.process = os.getpid()


def send(kept: Kept, environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Answer from a kept page: 304 for who has it, no body to HEAD, in a coding the visitor accepts."""
    if has_it_already(environ.get("HTTP_IF_NONE_MATCH", ""), kept.etag):
        start_response("304 Not Modified", list(kept.unchanged))
        return []
    coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers, body = kept.answer(coding)
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def as_nobody(key: Key) -> dict:
    """A request for the page with nothing in it but its key: no cookie, language, address or agent of a visitor."""
    host, _, port = key.host.rpartition(":") if key.host[-1:].isdigit() and ":" in key.host else (key.host, "", "")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "SERVER_NAME": host,
        "SERVER_PORT": port or ("443" if key.scheme == "https" else "80"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": key.host,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": key.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    return environ | {"HTTP_HX_REQUEST": "true"} if key.fragment else environ


def reasons_in(headers: Headers) -> list[str]:
    """What in the headers of an answer says that it is one visitor's own."""
    said = [(name.lower(), value.lower()) for name, value in headers]
    found = {
        "sets a cookie": any(name == "set-cookie" for name, _ in said),
        "depends on cookies": any(name == "vary" and ("cookie" in value or "*" in value) for name, value in said),
        "says that it is private": any(name == "cache-control" and any(word in value for word in PERSONAL) for name, value in said),
        "uses a nonce": any(name.startswith("content-security-policy") and "'nonce-" in value for name, value in said),
        "is compressed already": any(name == "content-encoding" for name, _ in said),
    }
    return [reason for reason, holds in found.items() if holds]
