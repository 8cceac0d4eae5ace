"""Asking a service outside: only at the address that we name, within a time and a size, and without a word in the log.

What a person types may be part of a request; httpx writes every address that it asks into its log, so its log is off.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

import httpx

for name in ("httpx", "httpcore"):
    logging.getLogger(name).setLevel(logging.WARNING)

PAUSE_SECONDS = 0.3


class NoAnswer(Exception):  # noqa: N818 (what the service did, not a programming error)
    """The service did not give an answer; the text says what it did instead, without what was asked."""


@dataclass(frozen=True)
class Answer:
    """A complete answer: its status, its headers (names in small letters) and its bytes."""

    status: int
    headers: dict[str, str]
    content: bytes


def ask(url: str, *, params: list[tuple[str, str]] | None = None, origin: str, seconds: float, largest: int) -> Answer:
    """The answer to a GET, tried once more after a 5xx or a broken connection. Raises `NoAnswer`.

    The address has to begin at `origin` (scheme, host and port); a redirect is no answer. `seconds` is for the whole of
    one try, also for a service that sends one byte at a time; `largest` is in bytes.
    """
    if not same_origin(url, origin):
        raise NoAnswer(f"it points to another address than {origin}")
    try:
        answer = _once(url, params, seconds, largest)
    except httpx.TimeoutException:
        raise NoAnswer(f"it gave no answer within {seconds:g} seconds") from None
    except httpx.HTTPError:
        answer = None
    if answer is None or answer.status >= 500:
        time.sleep(PAUSE_SECONDS)
        try:
            answer = _once(url, params, seconds, largest)
        except httpx.TimeoutException:
            raise NoAnswer(f"it gave no answer within {seconds:g} seconds") from None
        except httpx.HTTPError as wrong:
            raise NoAnswer(f"it cannot be reached ({type(wrong).__name__})") from None
    if answer.status >= 500:
        raise NoAnswer(f"it answers with the error {answer.status}, twice")
    if 300 <= answer.status < 400:
        raise NoAnswer(f"it sends us on to another address ({answer.status})")
    return answer


def same_origin(url: str, origin: str) -> bool:
    """Whether an address has the scheme, host and port of another, and carries no name and password."""
    try:
        here, there = httpx.URL(url), httpx.URL(origin)
    except httpx.InvalidURL:
        return False
    return (here.scheme, here.host, here.port) == (there.scheme, there.host, there.port) and not here.userinfo


def _once(url: str, params: list[tuple[str, str]] | None, seconds: float, largest: int) -> Answer:
    last = time.monotonic() + seconds
    headers = {"Accept": "application/geo+json, application/json", "User-Agent": "Buurtdraad"}
    with (
        httpx.Client(timeout=seconds, follow_redirects=False, trust_env=True, headers=headers) as client,
        client.stream("GET", url, params=tuple(params) if params else None) as response,
    ):
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > largest:
                raise NoAnswer(f"its answer is larger than {largest // 1_000_000} MB")
            if time.monotonic() > last:
                raise NoAnswer(f"it gave no answer within {seconds:g} seconds")
        return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, bytes(content))
