"""The menu of six, the trail of crumbs, and the same page in another language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_lazy as _

MENU = (
    (_("My neighbourhood"), "pages:areas"),
    (_("Wishes"), "agendas:wishes"),
    (_("Neighbourhood agenda"), "agendas:agendas"),
    (_("Money for plans"), "pages:fund"),
    (_("Meetings"), "agendas:meetings"),
    (_("What has been done?"), "pages:done"),
)


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Language:
    """A language of the product and the address of the page in it."""

    code: str
    name: str
    url: str
    current: bool


def menu(here: str) -> list[Entry]:
    """The entries whose page exists; `here` is the name of the current one (see `menu_place`)."""
    return [Entry(str(label), url, entry_name(name) == here) for label, name in MENU if (url := address(name))]


def menu_place(request: HttpRequest | None, section: str = "") -> str:
    """The name of the entry where a page belongs: `section` ("areas"), else its own URL name; empty where none is."""
    match = getattr(request, "resolver_match", None)
    here = section or (match.url_name if match else "")
    return here if here in {entry_name(name) for _label, name in MENU} else ""


def entry_name(page: str) -> str:
    return page.rpartition(":")[2]


def address(name: str, *args: object) -> str:
    """The address of a page by its URL name; empty when it has none yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def languages(request: HttpRequest | None, current: str) -> list[Language]:
    """This page in each language. Of the query nothing is kept: a cached page holds no text of a visitor."""
    # What answered a form has no address of its own to go back to, unless its view gives the `query` of one with `keeps_query`.
    kept = getattr(request, "kept_query", "")
    path = request.path_info if request and (kept or request.method in {"GET", "HEAD"}) else "/"
    query = f"?{kept}" if kept else ""
    return [Language(code, name, in_language(path, code) + query, code == current) for code, name in settings.LANGUAGES]


def keeps_query(request: HttpRequest, query: str) -> None:
    """Let this page stand in another language at its own address with this query. For pages that no cache keeps."""
    request.kept_query = query  # type: ignore[attr-defined]


def in_language(path: str, language: str) -> str:
    """The address of `path` (without script prefix) in another language: `/en/buurten/` for `/buurten/`.

    Never more than one slash in front: `//example.org` would lead to another site.
    """
    rest = path.lstrip("/\\")
    for code, _name in settings.LANGUAGES:
        if rest == code or rest.startswith(f"{code}/"):
            rest = rest[len(code) :].lstrip("/\\")
            break
    prefix = "" if language == settings.LANGUAGE_CODE else f"{language}/"
    return get_script_prefix() + prefix + escape_uri_path(rest)
