"""The body of the matrix as HTML, made here and not in a template: 111 neighbourhoods by ten challenges have to take a few milliseconds."""

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from buurtdraad.reports.queries.overview import Line, Square
from buurtdraad.reports.queries.words import NEED_WORDS, NO_WORK_YET
from buurtdraad.ui import built

CODE, CHALLENGE = "CODE", "CHALLENGE"


def as_rows(lines: list[Line]) -> SafeString:
    """A `<tr>` for each neighbourhood: its name, a cell for each challenge, and how much is being done."""
    cell_url = reverse("reports:cell", args=[CODE, CHALLENGE])
    area_url = reverse("reports:timeline", args=[CODE])
    words: dict[int, str] = {need: conditional_escape(str(word)) for need, word in (*NEED_WORDS.items(), (-1, NO_WORK_YET))}
    things = conditional_escape(_("being done"))
    icon = f'<svg class="buurt-icon" aria-hidden="true" focusable="false"><use href="{built.address("icons.svg")}#warning"/></svg>'
    names = {one.challenge: conditional_escape(one.name) for line in lines[:1] for one in line.squares}
    made = [
        f'<tr><th scope="row"><a href="{area_url.replace(CODE, line.code)}">{conditional_escape(line.name)}</a></th>'
        + "".join(square(one, cell_url, names[one.challenge], words, things=things, icon=icon) for one in line.squares)
        + f'<td class="buurt-matrix__sum">{line.doing}</td></tr>'
        for line in lines
    ]
    return mark_safe("".join(made))  # noqa: S308 (names are escaped here; codes and numbers are ours)


def square(one: Square, url: str, title: str, words: dict[int, str], *, things: str, icon: str) -> str:
    link = url.replace(CODE, one.code).replace(CHALLENGE, one.challenge)
    faint = " buurt-cell--faint" if one.faded else ""
    name = f'<span class="buurt-cell__name">{title}: </span>'
    if one.gap:
        return (
            f'<td><a class="buurt-cell buurt-cell--gap{faint}" href="{link}"><b>{icon}</b>'
            f'<small>{name}<span class="buurt-sr">{words[one.need]}, </span>{words[-1]}</small></a></td>'
        )
    return (
        f'<td><a class="buurt-cell buurt-cell--{one.need}{faint}" href="{link}"><b>{one.doing}</b>'
        f'<small>{name}<span class="buurt-sr">{things}, </span>{words[one.need]}</small></a></td>'
    )
