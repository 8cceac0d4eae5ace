"""One visitor on the same machine, that keeps its connection; what its requests cost the server."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from itertools import cycle, islice
from urllib.parse import urljoin, urlsplit

import brotli

from buurtdraad.running.bench.processes import cpu_seconds
from buurtdraad.running.bench.product import Server

BROWSER = {
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "nl,en;q=0.5",
    "User-Agent": "Mozilla/5.0 (bench)",
    "Accept": "text/html,*/*",
}
LINKED = re.compile(r"""<(?:link[^>]+rel=["']?(?:stylesheet|preload|icon)[^>]*|script[^>]+src=[^>]*)>""")
ADDRESS = re.compile(r"""(?:href|src)=["']?([^"'\s>]+)""")
STYLED = re.compile(r"""url\(["']?([^"')]+\.woff2[^"')]*)""")


@dataclass
class Cost:
    """What a run of requests cost: CPU of the server a request, and what the last answer was."""

    cpu_ms: float
    status: int
    headers: dict[str, str]
    bytes: int


class Visitor:
    """One connection to one server. Use as `with Visitor(server) as visitor`."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        """One page, with the body as it came over the wire."""
        self.connection.request("GET", path, headers=BROWSER | {name.replace("_", "-"): value for name, value in headers.items()})
        response = self.connection.getresponse()
        return response, response.read()

    def start_anew(self) -> None:
        """The next request opens a connection: the server ends one that was silent for some seconds."""
        self.connection.close()

    def cost(self, paths: Sequence[str], requests: int, **headers: str) -> Cost:
        """Ask these paths in turn, so many requests in all, and read what that cost the server."""
        self.start_anew()
        processes = self.server.processes
        before = cpu_seconds(processes)
        for path in islice(cycle(paths), requests):
            response, body = self.get(path, **headers)
        used = cpu_seconds(processes) - before
        return Cost(used * 1000 / requests, response.status, {name.lower(): value for name, value in response.getheaders()}, len(body))


def median_cost(costs: Iterable[Cost]) -> Cost:
    ordered = sorted(costs, key=lambda cost: cost.cpu_ms)
    return ordered[len(ordered) // 2]


def first_visit(visitor: Visitor, path: str) -> dict[str, int]:
    """Bytes of the page and of the styles, scripts, icons and fonts it asks for, by address."""
    visitor.start_anew()
    response, body = visitor.get(path)
    sizes = {path: len(body)}
    waiting = [urljoin(path, found) for tag in LINKED.findall(plain(response, body)) for found in ADDRESS.findall(tag)]
    for address in waiting:
        if address in sizes or urlsplit(address).netloc or address.startswith("data:"):
            continue
        response, body = visitor.get(address)
        sizes[address] = len(body)
        if "text/css" in response.headers.get("Content-Type", ""):
            waiting += [urljoin(address, font) for font in STYLED.findall(plain(response, body))]
    return sizes


def plain(response: HTTPResponse, body: bytes) -> str:
    """The words of a body in brotli or as it is."""
    return (brotli.decompress(body) if response.headers.get("Content-Encoding") == "br" else body).decode(errors="replace")
