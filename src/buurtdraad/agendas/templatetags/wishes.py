"""`{% load wishes %}`: wishes in a list, for the pages of every room."""

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.queries.listing import Line
from buurtdraad.agendas.wishes.states import TONES

register = template.Library()


@register.inclusion_tag("agendas/wish_lines.html")
def wish_lines(lines: Sequence[Line], level: int = 3) -> dict:
    """A list of wishes, each with its step in a badge: `{% wish_lines lines level=3 %}`; `level` is that of the headings."""
    return {"rows": [(line, TONES[line.stage]) for line in lines], "level": level}


@register.simple_tag
def wishes_crumb() -> list[tuple[str, str]]:
    """The way to a page below the list of wishes."""
    return [(_("Wishes"), reverse("agendas:wishes"))]
