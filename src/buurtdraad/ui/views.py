"""Pages about the website itself, files for machines, and pages that say what went wrong."""

import datetime
import logging
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.watching import seen
from buurtdraad.ui import statements, theme

logger = logging.getLogger(__name__)
YEAR = 31_536_000  # seconds


# --- what went wrong -------------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400, _("We do not understand this question"), _("There is something wrong with the address of this page."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    title = _("You may not see this page")
    if getattr(request, "user", None) and request.user.is_authenticated:
        return error_page(request, 403, title, _("This page is for people with another duty than yours."))
    return error_page(request, 403, title, _("Perhaps you first have to sign in, or this page is for others."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(
        request, 404, _("We cannot find this page"), _("Perhaps the page has moved, or there is a typing error in the address.")
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        403,
        _("Sending did not work"),
        _("The page was open for too long, or your browser blocks cookies."),
        _("Go back, load the page again and send it once more. First copy what you typed."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database, and no template when that is what broke."""
    title = _("Something went wrong with us")
    sentences: tuple[str, ...] = (_("It is not your fault. Please try again in a few minutes."),)
    if number := seen.number():
        sentences += (_("If you ask us about it, please name this number: %(number)s.") % {"number": number},)
    try:
        return error_page(request, 500, title, *sentences)
    except Exception:
        logger.exception("The page that tells of an error failed itself")
        text = "".join(f"<p>{escape(sentence)}</p>" for sentence in (*sentences, settings.CITY_PHONE))
        return HttpResponse(f'<!DOCTYPE html><html lang="nl"><title>{escape(title)}</title><h1>{escape(title)}</h1>{text}', status=500)


def error_page(request: HttpRequest, status: int, title: str, *sentences: str) -> HttpResponse:
    return render(request, "ui/error.html", {"title": title, "sentences": sentences}, status=status)


# --- about the website -----------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/statement.html", {"statement": statements.ACCESSIBILITY})


@allow(EVERYBODY)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/statement.html", {"statement": statements.PRIVACY})


@allow(EVERYBODY)
@require_safe
def vulnerability(request: HttpRequest) -> HttpResponse:
    contact = settings.SECURITY_CONTACT
    facts = {"statement": statements.VULNERABILITY, "contact": contact.removeprefix("mailto:"), "contact_url": contact_url(contact)}
    return render(request, "ui/statement.html", facts)


# --- the look of the city --------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
def theme_css(request: HttpRequest) -> HttpResponseBase:
    return mounted_file(settings.CITY_THEME_CSS, "text/css; charset=utf-8", lasting="v" in request.GET)


@allow(EVERYBODY)
@require_safe
def logo(request: HttpRequest) -> HttpResponseBase:
    path = settings.CITY_LOGO
    return mounted_file(path, theme.LOGO_TYPES.get(path.suffix.lower(), "") if path else "", lasting=False)


def mounted_file(path: Path | None, content_type: str, *, lasting: bool) -> HttpResponseBase:
    if path is None or not content_type or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=content_type)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if lasting else "public, max-age=3600"
    return response


# --- for machines ----------------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a leak, by RFC 9116. The date renews itself; a check warns when no address is set."""
    page = request.build_absolute_uri(reverse("ui:vulnerability"))
    lines = [
        f"Contact: {contact_url(settings.SECURITY_CONTACT) or page}",
        f"Expires: {expires_on(timezone.now().date()):%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        f"Policy: {page}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def expires_on(today: datetime.date) -> datetime.date:
    """The first of January or of July that is at least three months away: RFC 9116 wants less than a year."""
    halves = [datetime.date(today.year + year, month, 1) for year in (0, 1) for month in (1, 7)]
    return next(day for day in halves if (day - today).days >= 90)


def contact_url(contact: str) -> str:
    """The contact as a URI: a mail address becomes `mailto:`. Empty when there is none."""
    return contact if not contact or ":" in contact else f"mailto:{contact}"


@allow(EVERYBODY)
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Search engines may read all, except in the demo city: its people and plans do not exist."""
    told = "Disallow: /\n" if settings.DEMO else f"Disallow:\n\nSitemap: {request.build_absolute_uri('/sitemap.xml')}\n"
    return HttpResponse(f"User-agent: *\n{told}", content_type="text/plain; charset=utf-8")
