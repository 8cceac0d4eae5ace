"""Believing what a reverse proxy says of the visitor, and nobody else: a WSGI wrapper (PEP 3333)."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.core.exceptions import ImproperlyConfigured

# Whoever sends them; nothing behind this wrapper sees them.
CLAIMS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED")

# Where the number that a listed proxy gave a request is kept: its `X-Request-ID`, where that looks like one.
REQUEST_ID = "buurtdraad.request_id"
A_NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}")


class BehindProxies:
    """Sets address and scheme of the visitor from `X-Forwarded-For` and `X-Forwarded-Proto`, from listed proxies only.

    `proxies` are addresses or networks. Of `X-Forwarded-For` the last entry counts that is no listed proxy, of
    `X-Forwarded-Proto` the last one: what stands before it may come from the visitor. The claims themselves are
    taken away. The proxy has to drop names with underscores (nginx does): the web server reads `X_Forwarded_For` as
    the same claim, and there it may come from the visitor. Raises `ImproperlyConfigured` for a proxy that is no address.
    """

    def __init__(self, app: Callable, proxies: Iterable[str]) -> None:
        self.app = app
        try:
            self.networks = [ip_network(proxy.strip(), strict=False) for proxy in proxies]
        except ValueError as problem:
            raise ImproperlyConfigured(f"TRUSTED_PROXIES: {problem}") from None
        self.listed = lru_cache(maxsize=1024)(self._listed)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        forwarded_for, scheme, *_ = [environ.pop(claim, "") for claim in CLAIMS]
        number = environ.pop("HTTP_X_REQUEST_ID", "")
        if self.networks and self.listed(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = self._visitor(forwarded_for, environ["REMOTE_ADDR"])
            if A_NUMBER.fullmatch(number):
                environ[REQUEST_ID] = number
            last = scheme.rpartition(",")[2].strip().lower()
            if last in {"http", "https"}:
                environ["wsgi.url_scheme"] = last
        return self.app(environ, start_response)

    def _visitor(self, forwarded_for: str, proxy: str) -> str:
        """The last address in the chain that is no listed proxy; the proxy itself when there is none."""
        for claimed in reversed(forwarded_for.split(",")):
            if not self.listed(claimed.strip()):
                return claimed.strip() if is_address(claimed.strip()) else proxy
        return proxy

    def _listed(self, address: str) -> bool:
        return is_address(address) and any(ip_address(address) in network for network in self.networks)


def is_address(text: str) -> bool:
    """Whether this is an IPv4 or IPv6 address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
