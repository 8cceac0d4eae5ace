"""Where somebody goes after signing in: the page they came for, and never another website."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from buurtdraad.lib.limits import TooOften
from buurtdraad.ui.navigation import address

LONGEST = 500


def local(path: str | None) -> str:
    """The path, if it leads to a page of this website; else nothing."""
    text = path or ""
    fits = text.startswith("/") and len(text) <= LONGEST and text.isprintable()
    return text if fits and url_has_allowed_host_and_scheme(text, allowed_hosts=None) else ""


def go_on(path: str | None) -> HttpResponse:
    """To that page, else to one's own page, else home."""
    return redirect(local(path) or address("pages:mine") or address("pages:home") or "/")


def refused(request: HttpRequest, title: str, sentence: str, *, back: tuple[str, str] | None = None, status: int = 400) -> HttpResponse:
    """A page that says in plain words why nothing happened, with a way to begin again: `back` (words and address), else signing in."""
    return render(request, "accounts/refused.html", {"title": title, "sentence": sentence, "back": back}, status=status)


def too_often(response: HttpResponse, problem: TooOften) -> HttpResponse:
    response.status_code = 429
    response["Retry-After"] = str(problem.wait)
    return response
