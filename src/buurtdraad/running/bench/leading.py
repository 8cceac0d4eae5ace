"""Where pages lead to: an address that stands on a page was found as people find it, and needs no guess."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import Resolver404, resolve

# What begins as an address of this host, in a page, a sitemap or an answer of the API.
ADDRESS = re.compile(r"""["'>,\s](?:https?://[\w.:-]+)?(/[\w./%?&;=~:+-]*)""")
READ = re.compile(r"text/html|application/([\w.-]+\+)?(xml|json)")
# So many addresses of one pattern are kept: a list leads to thousands of the same.
EACH = 6


class Leads:
    """By pattern, the addresses that pages led to, with who saw each first."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, str]] = {}

    def read(self, answer: HttpResponseBase, viewer: str) -> None:
        """Keep where this page leads to."""
        if isinstance(answer, StreamingHttpResponse) or not READ.match(answer.get("Content-Type", "")):
            return
        for path in addresses_in(answer.getvalue().decode()):
            if pattern := pattern_of(path):
                held = self.known.setdefault(pattern, {})
                if len(held) < EACH:
                    held.setdefault(path, viewer)

    def to(self, pattern: str) -> list[tuple[str, str]]:
        """Addresses of this pattern and who was led there."""
        return list(self.known.get(pattern, {}).items())


def addresses_in(text: str) -> Iterator[str]:
    """What can be an address of this host, each once."""
    yield from dict.fromkeys(unescape(found) for found in ADDRESS.findall(text))


@lru_cache(maxsize=100_000)
def pattern_of(path: str) -> str:
    """The pattern of the URL configuration that answers this address, empty when none does."""
    try:
        return f"/{resolve(path.partition('?')[0]).route}"
    except Resolver404:
        return ""


def values_of(path: str) -> dict[str, Any]:
    """What stands in the place of each parameter of an address that a pattern answers."""
    return dict(resolve(path.partition("?")[0]).kwargs)
