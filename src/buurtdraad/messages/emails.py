"""Mails as text and as HTML, in the language of who reads them and in the colours of the city."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from buurtdraad.messages.models import Contact
from buurtdraad.messages.rules import is_path_of_ours, one_line
from buurtdraad.places.queries import city_name
from buurtdraad.ui import theme
from buurtdraad.ui.navigation import in_language

if TYPE_CHECKING:
    import css_inline

STOP = "messages.stop"
COLOURS = {
    "text": "--buurt-color-text",
    "muted": "--buurt-color-muted",
    "paper": "--buurt-color-paper",
    "surface": "--buurt-color-surface",
    "accent": "--buurt-color-accent",
    "on-accent": "--buurt-color-on-accent",
}
STYLES = Path(__file__).parent / "templates" / "messages" / "mail" / "letter.css"


@dataclass(frozen=True)
class Item:
    """One of several things in a letter: a title, and where wanted a text and a page of ours."""

    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail as it leaves: the subject on one line, plain text, and HTML with its styles in place."""

    subject: str
    text: str
    html: str


def days_left(days: int | None) -> str:
    """In words, how long there is still; nothing without a term."""
    if days is None:
        return ""
    if days < 0:
        return ngettext("%d day too late", "%d days too late", -days) % -days
    return ngettext("%d day left", "%d days left", days) % days if days else _("today")


def letter(
    subject: str, paragraphs: Sequence[str], *, items: Sequence[Item] = (), url: str = "", stop_url: str = "", language: str = "nl"
) -> Letter:
    """Write one mail. `url` becomes the button, `stop_url` the way to hear no more; both whole addresses. What people typed stays text."""
    line = one_line(subject)
    with override(language):
        facts = {
            "subject": line,
            "paragraphs": [part for part in paragraphs if part],
            "items": items,
            "url": url,
            "stop_url": stop_url,
            "language": language,
            "city": city_name(),
            "phone": settings.CITY_PHONE,
            "demo": settings.DEMO,
        }
        text = render_to_string("messages/mail/letter.txt", facts)
        html = render_to_string("messages/mail/letter.html", facts)
    return Letter(line, tidy(text), inlined(html))


def inlined(html: str) -> str:
    """HTML with the styles of letters, and its own, put into its elements."""
    return inliner(settings.CITY_THEME_CSS).inline(html)


def tidy(text: str) -> str:
    """Plain text without the empty lines that a template leaves."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip() + "\n"


@cache
def inliner(theme_css: Path | None) -> "css_inline.CSSInliner":
    """What puts styles and the city's colours into the elements: mail programs read nothing else. Fetches nothing."""
    import css_inline  # noqa: PLC0415 (only the jobs worker writes letters)

    tokens = theme.default_tokens() | (theme.declarations(theme_css.read_text()) if theme_css else {})
    colours = "".join(f"--{name}: {as_hex(theme.colour(tokens, token))};" for name, token in COLOURS.items())
    return css_inline.CSSInliner(
        extra_css=f":root {{ {colours} }} {STYLES.read_text()}", resolve_css_variables=True, load_remote_stylesheets=False
    )


def as_hex(colour: theme.Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def address(path: str, language: str = "nl") -> str:
    """The whole address of a page of ours in a language. Raises `ValueError` for a link to elsewhere."""
    if not path:
        return ""
    if not is_path_of_ours(path):
        raise ValueError(f"{path[:80]!r} is no path of this site")
    page, mark, rest = path.partition("?")
    return settings.SITE_URL + in_language(page, language) + mark + rest


def stop_url(contact: Contact, kind: str, area_code: str = "") -> str:
    """Where one click stops mails about this subject in this area, without signing in."""
    token = signing.dumps([contact.uuid.hex, kind, area_code], salt=STOP, compress=False)
    with override("nl"):
        return address(reverse("messages:stop", args=[token]), contact.language)


def read_stop_token(token: str) -> tuple[str, str, str] | None:
    """Contact (hex of its uuid), subject and area code of an unsubscribe link; None for one that we did not make."""
    try:
        contact, kind, area_code = signing.loads(token, salt=STOP)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return contact, kind, area_code
