"""Asking the open data services of CBS: with a time-out, one more try, and no trust in what comes back."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from buurtdraad.lib.bad_source import BadSource

MOST_PAGES = 200
MOST_BYTES = 300_000_000
TRIES = 2
SERVER_ERROR = 500


class Again(Exception):  # noqa: N818 (it says what to do)
    """The service failed in a way that may be over the next time."""


@dataclass
class Service:
    """One address that we ask, and nothing beyond it: links to other hosts are refused."""

    base: str
    wait: float = 30.0
    """Seconds without a byte."""
    patience: float = 300.0
    """Seconds for one answer in all, so that a service that drips cannot hold us."""
    pause: float = 1.0
    """Seconds before the second try."""
    asked: set[str] = field(default_factory=set)

    def get(self, address: str) -> dict[str, Any]:
        """The JSON object at an address. Raises `BadSource`, which names the address and the cause."""
        for attempt in range(1, TRIES + 1):
            try:
                return as_object(self._body(address), address)
            except Again as failure:
                if attempt == TRIES:
                    raise BadSource(address, None, f"{failure}; tried {TRIES} times") from failure
                time.sleep(self.pause)
        raise AssertionError

    def pages(self, first: str, *, follow: str) -> Iterator[list[dict[str, Any]]]:
        """The rows of each page. The link to the next page (`follow`) is used as it stands, as CBS asks."""
        address: str | None = first
        pages = 0
        while address:
            if address in self.asked:
                raise BadSource(address, None, "its pages go round in a circle")
            self.asked.add(address)
            pages += 1
            if pages > MOST_PAGES:
                raise BadSource(address, None, f"there are more than {MOST_PAGES} pages")
            answer = self.get(address)
            yield rows_of(answer, address)
            address = self._next(address, answer.get(follow))

    def _next(self, here: str, link: str | None) -> str | None:
        if not link:
            return None
        parts, base = urlsplit(urljoin(here, link)), urlsplit(self.base)
        if parts.netloc != base.netloc:
            raise BadSource(here, None, f"the next page is on another host: {parts.netloc}")
        # CBS writes links with http; we ask by the scheme of the address that we chose.
        return urlunsplit(parts._replace(scheme=base.scheme))

    def _body(self, address: str) -> bytes:
        started = time.monotonic()
        body = bytearray()
        try:
            with httpx.stream("GET", address, timeout=self.wait, follow_redirects=False) as answer:
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise BadSource(address, None, f"the answer is larger than {MOST_BYTES} bytes")
                    if time.monotonic() - started > self.patience:
                        raise Again(f"no whole answer within {self.patience:g} seconds")
        except httpx.TimeoutException:
            raise Again(f"no answer within {self.wait:g} seconds") from None
        except httpx.HTTPError as failure:
            raise Again(f"no answer: {failure}") from failure
        if answer.status_code >= SERVER_ERROR:
            raise Again(f"the service answers {answer.status_code}: {told(body)}")
        if answer.status_code != httpx.codes.OK:
            raise BadSource(address, None, f"the service answers {answer.status_code}: {told(body)}")
        return bytes(body)


def as_object(body: bytes, name: str) -> dict[str, Any]:
    """The JSON object in a file or answer; numbers with a point become decimals. Raises `BadSource`."""
    if body.lstrip()[:1] == b"<":
        raise BadSource(name, None, "it is a web page or XML, not the data (JSON)")
    try:
        found = json.loads(body, parse_float=Decimal)
    except (json.JSONDecodeError, UnicodeDecodeError) as wrong:
        row = getattr(wrong, "lineno", None)
        raise BadSource(name, row, "it breaks off or is not JSON") from wrong
    if not isinstance(found, dict):
        raise BadSource(name, None, "it is JSON, but not a table of CBS")
    if "odata.error" in found or "error" in found:
        raise BadSource(name, None, f"it holds an error instead of data: {told(body)}")
    return found


def rows_of(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of an OData answer."""
    rows = answer.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadSource(name, None, "it has no rows (`value`)")
    return rows


def told(body: bytes | bytearray) -> str:
    """The message in an error of OData version 3 or 4, or the start of what came."""
    try:
        found = json.loads(bytes(body))
        message = (found.get("odata.error") or found.get("error") or {}).get("message") or ""
        text = message.get("value", "") if isinstance(message, dict) else str(message)
    except (ValueError, AttributeError):
        text = ""
    return (text or bytes(body[:80]).decode(errors="replace")).strip() or "without a word"
