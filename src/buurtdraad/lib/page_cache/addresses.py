"""The cache around Django: which of its views opted in, and which hosts it answers to."""

from collections.abc import Callable

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from buurtdraad.lib.page_cache.serving import PageCache
from buurtdraad.lib.page_cache.shelf import Shelf


def around(app: Callable, *, watch: Callable[[Shelf], object]) -> PageCache:
    """The application with the page cache before it, as the settings say."""
    return PageCache(
        app,
        query_of=query_of,
        known_host=known_host,
        watch=watch,
        megabytes=settings.PAGE_CACHE_MB,
        session_cookie=settings.SESSION_COOKIE_NAME,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def query_of(path: str) -> frozenset[str] | None:
    """The parameters that the view at this path lets make another page; None when it did not opt in, or there is none.

    `path` is as WSGI gives it: bytes of UTF-8, read as Latin-1.
    """
    try:
        real = path.encode("latin-1").decode()
        with override(get_language_from_path(real) or settings.LANGUAGE_CODE):
            return getattr(resolve(real).func, "cached_query", None)
    except (Resolver404, UnicodeError):
        return None


def known_host(host: str) -> bool:
    """Whether Django answers to this Host header."""
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
