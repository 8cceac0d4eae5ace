"""Asking a service outside: only at the address that we name, within a time and a size, and without a word in the log.

What a person types may be part of a request; httpx writes every address that it asks into its log, so its log is off.
`ask` reads what everybody may read. `send` brings something to a service that knows us: once, and never to an internal address.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
import ssl
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import cache

import httpx

for name in ("httpx", "httpcore"):
    logging.getLogger(name).setLevel(logging.WARNING)

HEADERS = {"Accept": "application/json, application/geo+json", "User-Agent": "Buurtdraad"}
PAUSE_SECONDS = 0.3


class NoAnswer(Exception):  # noqa: N818 (what the service did, not a programming error)
    """The service did not give an answer; the text says what it did instead, without what was asked.

    `content` is what it sent with a server error: who knows the service may find its explanation there.
    """

    def __init__(self, cause: str, content: bytes = b"") -> None:
        super().__init__(cause)
        self.content = content


@dataclass(frozen=True)
class Answer:
    """A complete answer: its status, its headers (names in small letters) and its bytes."""

    status: int
    headers: dict[str, str]
    content: bytes


def ask(url: str, *, params: list[tuple[str, str]] | None = None, origin: str, seconds: float, largest: int) -> Answer:
    """The answer to a GET, tried once more after a 5xx or a broken connection. Raises `NoAnswer`.

    The address has to begin at `origin` (scheme, host and port); a redirect is no answer. `seconds` is for everything
    together, both tries and also a service that sends one byte at a time; `largest` is in bytes.
    """
    if not same_origin(url, origin):
        raise NoAnswer(f"it points to another address than {origin}")
    try:
        # The synchronous client knows a limit for each read only: a service that drips would hold us for ever.
        answer = asyncio.run(_within(seconds, url, params, largest))
    except TimeoutError:
        raise NoAnswer(f"it gave no answer within {seconds:g} seconds") from None
    except httpx.HTTPError as wrong:
        raise NoAnswer(f"it cannot be reached ({type(wrong).__name__})") from None
    if answer.status >= 500:
        raise NoAnswer(f"it answers with the error {answer.status}, twice", answer.content)
    if 300 <= answer.status < 400:
        raise NoAnswer(f"it sends us on to another address ({answer.status})")
    return answer


def send(
    method: str,
    url: str,
    *,
    body: dict | None = None,
    params: dict[str, str] | None = None,
    headers: dict[str, str],
    allowed: Collection[str],
    internal: bool = False,
    seconds: float,
    largest: int,
) -> Answer:
    """The answer to one request with a JSON body, tried once: who asks again finds out first what became of it. Raises `NoAnswer`.

    `allowed` are the only origins (scheme, host and port) that it may go to. The name of the host is looked up once, and asked at
    that same address, which lies on the internet unless `internal`. `seconds` is for everything together, `largest` is in bytes.
    """
    if not any(same_origin(url, origin) for origin in allowed):
        raise NoAnswer(f"it points to another address than {', '.join(sorted(allowed)) or 'any that is allowed'}")
    request = _Request(method, httpx.URL(url, params=params) if params else httpx.URL(url), body, headers)
    try:
        return asyncio.run(_sent(request, internal=internal, seconds=seconds, largest=largest))
    except TimeoutError:
        raise NoAnswer(f"it gave no answer within {seconds:g} seconds") from None
    except (httpx.HTTPError, OSError) as wrong:
        raise NoAnswer(f"it cannot be reached ({type(wrong).__name__})") from None


@dataclass(frozen=True)
class _Request:
    method: str
    url: httpx.URL
    body: dict | None
    headers: dict[str, str]


async def _sent(request: _Request, *, internal: bool, seconds: float, largest: int) -> Answer:
    async with asyncio.timeout(seconds):
        addresses = await _addresses_of(request.url, internal=internal)
        for address in addresses[:-1]:
            try:
                return await _at(request, address, seconds=seconds, largest=largest)
            except httpx.ConnectError:
                continue  # nothing was sent: the next one can be asked
        return await _at(request, addresses[-1], seconds=seconds, largest=largest)


async def _at(request: _Request, address: str, *, seconds: float, largest: int) -> Answer:
    url = request.url
    headers = HEADERS | request.headers | {"Host": url.netloc.decode()}
    # A proxy would look the name up again, and could find another address.
    client = httpx.AsyncClient(timeout=seconds, follow_redirects=False, headers=headers, verify=_trusted(), trust_env=False)
    async with client:
        there = client.stream(request.method, url.copy_with(host=address), json=request.body, extensions={"sni_hostname": url.host})
        return await _read(there, largest)


async def _addresses_of(url: httpx.URL, *, internal: bool) -> list[str]:
    """Where a host is. Raises `NoAnswer` for one inside, also behind a name that is outside at first sight."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not internal and not all(_is_outside(address) for address in addresses):
        raise NoAnswer("it is at an internal address")
    return addresses


def _is_outside(address: str) -> bool:
    """Whether an address is one of the internet, also when it is an IPv4 address written as IPv6."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return (getattr(found, "ipv4_mapped", None) or found).is_global


def same_origin(url: str, origin: str) -> bool:
    """Whether an address has the scheme, host and port of another, and carries no name and password."""
    try:
        here, there = httpx.URL(url), httpx.URL(origin)
    except httpx.InvalidURL:
        return False
    return (here.scheme, here.host, here.port) == (there.scheme, there.host, there.port) and not here.userinfo


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we trust for TLS; reading the certificates takes longer than asking."""
    return httpx.create_ssl_context()


async def _within(seconds: float, url: str, params: list[tuple[str, str]] | None, largest: int) -> Answer:
    """The answer of the first try, or else of the second. Raises `TimeoutError` when the time is over."""
    client = httpx.AsyncClient(timeout=seconds, follow_redirects=False, headers=HEADERS, verify=_trusted())
    async with asyncio.timeout(seconds), client:
        try:
            answer = await _once(client, url, params, largest)
            if answer.status < 500:
                return answer
        except httpx.HTTPError:
            pass
        await asyncio.sleep(PAUSE_SECONDS)
        return await _once(client, url, params, largest)


async def _once(client: httpx.AsyncClient, url: str, params: list[tuple[str, str]] | None, largest: int) -> Answer:
    return await _read(client.stream("GET", url, params=tuple(params) if params else None), largest)


async def _read(asking: AbstractAsyncContextManager[httpx.Response], largest: int) -> Answer:
    """A whole answer. Raises `NoAnswer` for one that is too large."""
    async with asking as response:
        content = bytearray()
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) > largest:
                raise NoAnswer(f"its answer is larger than {largest // 1_000_000} MB")
        return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, bytes(content))
