"""How a view opts in to the page cache, and how it is told that its page may not be shared."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Where the wrapper and the decorator meet: an entry of the WSGI environment, which Django shows as `request.META`.
MARK = "buurtdraad.page"


class NotCacheable(Exception):  # noqa: N818
    """A cached page holds something of one visitor. Raised in tests; in production logged, and the page is not kept."""


@dataclass
class Page:
    """What the wrapper and the view tell each other about one render."""

    # False: this visitor passes the cache, so the page may hold what it likes.
    for_everybody: bool = True
    # The codes it depends on; None as long as no view opted in.
    shows: frozenset[str] | None = None
    refusals: list[str] = field(default_factory=list)


def shows(response: HttpResponse, *codes: str) -> HttpResponse:
    """Say which places the page depends on: codes of areas. None at all for a page that only a deploy changes."""
    response.shows_places = getattr(response, "shows_places", frozenset()) | frozenset(codes)  # type: ignore[attr-defined]
    return response


def cached_page(view: Callable | None = None, *, query: Collection[str] = ()) -> Any:
    """Let the page cache keep what this view answers to visitors without a session.

    `query` names the parameters that make another page; a request with any other is not cached. The view returns
    `shows(response, *codes)`, and may use no session, user, message, token, nonce or cookie.
    Raises `NotCacheable` when it does, or when it does not say what it shows.
    """
    if "q" in query:
        raise ValueError("what people type into a search box is never kept: take q out of `query`")

    def opted_in(view: Callable) -> Callable:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            # A template response that is still to be rendered is looked at when it is.
            if hasattr(response, "add_post_render_callback"):
                response.add_post_render_callback(lambda ready: tell(request, ready))
            else:
                tell(request, response)
            return response

        wrapped.cached_query = frozenset(query)  # type: ignore[attr-defined]
        return wrapped

    return opted_in if view is None else opted_in(view)


def tell(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the wrapper what the page shows, or why it may not be kept."""
    patch_vary_headers(response, ("HX-Request",))
    page = request.META.get(MARK) or Page(for_everybody=settings.SESSION_COOKIE_NAME not in request.COOKIES)
    if not page.for_everybody:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    elif response.status_code == 200:
        page.shows = getattr(response, "shows_places", frozenset())
        page.refusals += reasons_against(request, response)
        if page.refusals and MARK not in request.META:
            raise NotCacheable(f"{request.path} cannot be shared: it {', '.join(page.refusals)}")


def reasons_against(request: HttpRequest, response: HttpResponse) -> list[str]:
    """What makes this page one visitor's own, as ends of a sentence that begins with "it"."""
    messages = getattr(request, "_messages", None)
    found = {
        "asks for a CSRF token": "CSRF_COOKIE_NEEDS_UPDATE" in request.META,
        "uses the session or the user": getattr(getattr(request, "session", None), "accessed", False),
        "shows or adds messages": messages is not None and (messages.used or messages.added_new or hasattr(messages, "_loaded_data")),
        "sets a cookie": bool(response.cookies),
        "depends on cookies": response.has_header("Vary") and "cookie" in response.headers["Vary"].lower(),
        "uses a nonce": bool(getattr(request, "_csp_nonce", None)),
        "is streamed": response.streaming,
        "does not say what it shows: return shows(response, ...)": not hasattr(response, "shows_places"),
    }
    return [reason for reason, holds in found.items() if holds]
