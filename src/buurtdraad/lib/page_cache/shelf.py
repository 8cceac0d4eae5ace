"""The pages that one process keeps in memory, and what it has heard about the places they show."""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import brotli

Headers = list[tuple[str, str]]
EVERYTHING = "*"
# More codes than the Netherlands has areas: beyond it we forget what moved when, and drop all instead.
MOST_CODES = 50_000
# What a page costs beside its bodies: headers, key, bookkeeping (bytes).
OVERHEAD = 4_000
# Below this a compressed body saves nothing (bytes).
WORTH_COMPRESSING = 500
# Brotli at 5 costs some 2 ms for a page of 100 kB; at its highest, 200 ms.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
PLAIN = "identity"
COMPRESSIBLE = ("text/", "application/json", "application/geo+json", "application/xml", "application/javascript", "image/svg+xml")
# Said anew for each answer.
OURS = {"content-length", "vary", "etag", "cache-control", "content-encoding", "connection", "transfer-encoding", "date"}


@dataclass(slots=True)
class Kept:
    """One page, ready to be sent: its headers, and a body per coding."""

    shows: frozenset[str]
    etag: str
    # The turn of the shelf at which its render began, and the moment it ended (monotonic seconds).
    turn: int
    made_at: float
    headers: Headers
    # A page that is compressed has no plain body: that would be four fifths of its memory, and hardly anybody asks for it.
    bodies: dict[str, bytes]
    unchanged: Headers
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = OVERHEAD + sum(map(len, self.bodies.values()))

    def answer(self, coding: str) -> tuple[Headers, bytes]:
        """The headers and the body in this coding, or plain where there is no such body."""
        if coding not in self.bodies:
            coding = PLAIN
        body = self.bodies[coding] if coding in self.bodies else gzip.decompress(self.bodies["gzip"])
        said = [] if coding == PLAIN else [("Content-Encoding", coding)]
        return [*self.headers, ("Content-Length", str(len(body))), *said], body


def ready_to_send(headers: Headers, body: bytes, *, shows: frozenset[str], turn: int, before: Kept | None = None) -> Kept:
    """A rendered page with its ETag, compressed once in each coding.

    The ETag is a hash of the body, never of revisions: pages also change by the clock. It is weak, since it
    stands for the page in every coding. `before` is the same page as it was: unchanged words are not compressed again.
    """
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    always = [("ETag", etag), ("Cache-Control", "no-cache"), ("Vary", "HX-Request, Accept-Encoding")]
    kept_headers = [(name, value) for name, value in headers if name.lower() not in OURS] + always
    if before is not None and before.headers == kept_headers:
        return replace(before, shows=shows, turn=turn, made_at=time.monotonic())
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    bodies = {PLAIN: body}
    if len(body) >= WORTH_COMPRESSING and kind.startswith(COMPRESSIBLE):
        bodies = {"br": brotli.compress(body, quality=BROTLI_QUALITY), "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0)}
    return Kept(shows=shows, etag=etag, turn=turn, made_at=time.monotonic(), headers=kept_headers, bodies=bodies, unchanged=always)


class Shelf:
    """Pages by key, least recently used first out, never more than `most` bytes. Safe to use from threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0
        self.listening = False
        # Counts what was heard. A page whose render began before a place moved is older than that place.
        self.turn = 0
        self._moved: dict[str, int] = {}
        self._all_moved = 0
        self._pages: OrderedDict[tuple, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: tuple) -> Kept | None:
        """The page, marked as used just now."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept

    def keep(self, key: tuple, page: Kept) -> bool:
        """Keep the page, unless a place it shows moved since its render began, or it is too big."""
        with self._lock:
            self._remove(key)
            latest = max((self._moved.get(code, 0) for code in page.shows), default=0)
            if not self.listening or max(latest, self._all_moved) > page.turn or page.size > self.most:
                return False
            self._pages[key] = page
            self.held += page.size
            while self.held > self.most:
                self._remove(next(iter(self._pages)))
            return True

    def drop(self, key: tuple) -> None:
        """Forget one page."""
        with self._lock:
            self._remove(key)

    # --- what the listener tells ---------------------------------------------------------------

    def touched(self, codes: Collection[str]) -> None:
        """These places changed: drop every page that shows one of them. `*` drops all."""
        with self._lock:
            self.turn += 1
            if EVERYTHING in codes or len(self._moved) > MOST_CODES:
                self._drop_all()
                return
            self._moved.update(dict.fromkeys(codes, self.turn))
            for key in [key for key, page in self._pages.items() if not page.shows.isdisjoint(codes)]:
                self._remove(key)

    def hears(self) -> None:
        """From now on every change is heard: pages may be kept."""
        with self._lock:
            self.turn += 1
            self._drop_all()
            self.listening = True

    def lost(self) -> None:
        """Changes may be missed from now on: nothing is kept, every visitor gets a page rendered anew."""
        with self._lock:
            self.turn += 1
            self._drop_all()
            self.listening = False

    def _drop_all(self) -> None:
        self._pages.clear()
        self._moved.clear()
        self.held = 0
        self._all_moved = self.turn

    def _remove(self, key: tuple) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.held -= page.size
