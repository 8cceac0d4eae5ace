"""`{% load ui %}`: the components that a template is made of."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from buurtdraad.ui import built as built_files
from buurtdraad.ui import euros as amounts
from buurtdraad.ui import navigation, numbers

register = template.Library()

# Kind of input -> class of NL Design System.
CONTROLS = {
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input utrecht-custom-checkbox utrecht-custom-checkbox--html-input",
    "radio": "utrecht-radio-button utrecht-radio-button--html-input",
}
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
BADGES = ("good", "watch", "bad", "info", "neutral")


@register.simple_tag
def built(name: str) -> str:
    """Address of a built file: `{% built "app.css" %}`."""
    return built_files.address(name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon beside words (never alone): `{% icon "pin" %}`. The names are those of `assets/icons.svg`."""
    return format_html('<svg class="buurt-icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', built("icons.svg"), name)


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """`{{ 1880|number }}` is "1.880" in Dutch; `{{ 4.5|number:1 }}` is "4,5"."""
    return numbers.as_text(value, int(decimals))


@register.filter
def euros(amount: Decimal | None) -> str:
    """`{{ amount|euros }}` is "€ 11.900", with cents only where there are any."""
    return amounts.euros(amount)


@register.simple_tag
def menu(here: str) -> list[navigation.Entry]:
    """`{% menu menu_here as entries %}`, with where `menu_place` says that we are."""
    return navigation.menu(here)


@register.simple_tag(takes_context=True)
def menu_place(context: template.Context) -> str:
    """`{% menu_place as menu_here %}`; the view may pass `section` ("wishes") to mark the current entry."""
    return navigation.menu_place(context.get("request"), context.get("section") or "")


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[navigation.Language]:
    """`{% languages as choices %}`: this page in each language."""
    return navigation.languages(context.get("request"), get_language() or "nl")


@register.simple_tag
def page_url(name: str, *args: object) -> str:
    """The address of a page, empty while it does not exist: `{% page_url "pages:wish" wish.reference as url %}`."""
    return navigation.address(name, *args)


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(crumbs: Sequence[tuple[str, str]], here: str = "") -> dict:
    """The way to this page: `[(name, address), ...]`, and the name of the page itself."""
    return {"crumbs": crumbs, "here": here}


@register.inclusion_tag("ui/badge.html")
def badge(text: str, kind: str = "neutral") -> dict:
    """A status in words, with a colour beside it: good, watch, bad, info or neutral."""
    if kind not in BADGES:
        raise template.TemplateSyntaxError(f"a badge is one of {', '.join(BADGES)}, not {kind!r}")
    return {"text": text, "kind": kind}


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str, url: str = "", level: int = 3) -> SafeString:
    """One thing in a list of things: `{% card "Title" url %} ... {% endcard %}`; `level` is that of its heading (2 to 4)."""
    if level not in (2, 3, 4):
        raise template.TemplateSyntaxError(f"the heading of a card is of level 2, 3 or 4, not {level!r}")
    head = format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', url, title) if url else title
    return format_html(
        '<article class="buurt-card"><div class="buurt-card__body buurt-stack">'
        '<h{0} class="utrecht-heading-3">{1}</h{0}>{2}</div></article>',
        level,
        head,
        content,
    )


@register.simple_block_tag(end_name="enddetails")
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    """What opens on demand: `{% details "See the figures in a table" %} ... {% enddetails %}`."""
    return format_html(
        '<details class="buurt-details"{}><summary>{}</summary>{}</details>', mark_safe(" open") if is_open else "", summary, content
    )


@register.inclusion_tag("ui/step_track.html")
def step_track(steps: Sequence[str], now: int) -> dict:
    """Steps in a row, of which `now` (counted from 1) is the current one: done, now, to come."""
    marked = [(name, "is-done" if i < now else "is-now" if i == now else "") for i, name in enumerate(steps, start=1)]
    return {"steps": marked, "now": now, "count": len(steps), "name": steps[now - 1] if 0 < now <= len(steps) else ""}


@register.inclusion_tag("ui/table.html")
def table(caption: str, head: Sequence[str], rows: Sequence[Sequence], numeric: bool = True, caption_hidden: bool = False) -> dict:
    """A table with a caption; the first cell of each row is its name (a text, or a pair of text and address)."""
    return {
        "caption": caption,
        "head": head,
        "rows": [(linked(row[0]), row[1:]) for row in rows],
        "numeric": numeric,
        "caption_hidden": caption_hidden,
    }


def linked(cell: object) -> tuple[object, str]:
    return (cell[0], cell[1]) if isinstance(cell, tuple) else (cell, "")


@register.inclusion_tag("ui/pagination.html")
def pagination(page: Page, query: str = "") -> dict:
    """Links to the other pages of a list; `query` is the rest of the query, without `page` and already encoded."""
    numbers_shown = [
        n if isinstance(n, int) else None for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {"page": page, "numbers": numbers_shown, "query": f"&{query}" if query else ""}


@register.inclusion_tag("ui/empty.html")
def empty(title: str, text: str = "", icon_name: str = "leaf", link_text: str = "", url: str = "") -> dict:
    """What stands where there is nothing yet: an honest sentence and, where there is one, a way on."""
    return {"title": title, "text": text, "icon_name": icon_name, "link_text": link_text, "url": url}


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a form field with the classes of its kind, described by its help and its error."""
    kind = getattr(field.field.widget, "input_type", None) or field.widget_type
    classes = CONTROLS.get(kind, TEXTBOX)
    given = field.field.widget.attrs.get("class", "")
    attributes: dict[str, str | bool] = {
        "class": f"{classes} {given}".strip() + (f" {classes.split()[0]}--invalid" if field.errors else "")
    }
    return field.as_widget(attrs=attributes)


@register.filter
def after(value: object, mark: str) -> str:
    """`{{ place }}{{ theme|after:", " }}`: the mark and the value, or nothing. An `if` would leave a space before the mark."""
    return format_html("{}{}", mark, value) if value else ""


@register.filter
def leading(label: str) -> str:
    """A label before a sentence: with a colon, unless it is a question or ends a sentence itself."""
    return f"{label}" if str(label)[-1:] in ":?!." else f"{label}:"


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field is one tick box, whose label stands behind it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.simple_tag
def first_id(field: BoundField) -> str:
    """Where a link to this field leads: the first option of a group, the input otherwise."""
    if field.use_fieldset and (options := list(field.subwidgets)):
        return options[0].id_for_label or field.auto_id
    return field.id_for_label or field.auto_id


@register.simple_tag
def errors_title(count: int) -> str:
    """Calm words above the list of errors."""
    return ngettext("Almost done. Look at %d question again.", "Almost done. Look at %d questions again.", count) % count
