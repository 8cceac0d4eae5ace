"""A Buurtcheck in words: the paragraph to paste into a proposal, and the facts of its sheet on paper."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.agenda.queries.words import when
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.places.queries import city_name
from buurtdraad.works.models import Buurtcheck, Work
from buurtdraad.works.queries.checks import Neighbourhood, Some

# Letters of a line on the sheet; no more than two such lines for one thing.
LONGEST_LINE = 90
# So many lines fit in a large letter.
MOST_LARGE = 32


def listed(names: list[str]) -> str:
    """ "Geuzenwijk, Schaakbuurt en Ondiep"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def paragraph(check: Buurtcheck, found: Neighbourhood, references: list[str], on: datetime.date) -> str:
    """What goes into the proposal: where, what the neighbourhood asks, what is done with it, and with whom was spoken."""
    facts = {"areas": listed(found.names), "day": date_format(on, "j F Y")}
    parts = [_("For this proposal we did a Buurtcheck in %(areas)s (%(day)s).") % facts]
    parts += [numbers(found), _("The neighbourhood asks: %(words)s") % {"words": sentence(check.asks)}]
    if references:
        words = ngettext("This wish belongs to it: %(references)s.", "These wishes belong to it: %(references)s.", len(references))
        parts.append(words % {"references": listed(references)})
    parts.append(_("What we do with it: %(words)s") % {"words": sentence(check.does)})
    parts.append(_("We spoke with: %(words)s") % {"words": sentence(check.spoke_with)})
    return " ".join(parts)


def numbers(found: Neighbourhood) -> str:
    """How much is going on there, in one sentence."""
    wishes, agreements, works = found.wishes.number, found.agreements.number, found.works.number
    counted = [
        ngettext("%(n)s wish", "%(n)s wishes", wishes) % {"n": wishes},
        ngettext("%(n)s open agreement", "%(n)s open agreements", agreements) % {"n": agreements},
        ngettext("%(n)s project", "%(n)s projects", works) % {"n": works},
    ]
    return _("There are %(counted)s there.") % {"counted": listed(counted)}


def sentence(text: str) -> str:
    """What somebody typed as one line that ends."""
    line = " ".join(text.split())
    return line if line[-1:] in ".!?" else f"{line}."


# --- on paper ---------------------------------------------------------------------------------------


def printed(check: Buurtcheck, found: Neighbourhood, on: datetime.date) -> dict:
    """Facts for `works/check.typ`, in the language of the moment: one A4."""
    agreements = found.agreements.rows
    sections = [
        section(_("Wishes of residents"), found.wishes, [wish_line(one) for one in found.wishes.rows]),
        section(_("Topics of the neighbourhood agenda"), found.topics, [one.title for one in found.topics.rows]),
        section(_("Agreements that are not finished"), found.agreements, [joined(one.what, when(one, on)) for one in agreements]),
        section(_("What the municipality does there"), found.works, [work_line(one) for one in found.works.rows]),
        section(_("Whom to call"), found.contacts, people(found)),
    ]
    lines = [line for one in sections for line in one["lines"]]
    return {
        "title": _("Buurtcheck: %(title)s") % {"title": cut(check.title)},
        "city": city_name(),
        "demo": settings.DEMO,
        "about": _("%(areas)s. As it stood on %(day)s.") % {"areas": areas_of(found), "day": date_format(on, "j F Y")},
        "sections": sections,
        "small": len(lines) > MOST_LARGE or any(len(line) > LONGEST_LINE for line in lines),
        "none": _("Nothing stands here yet."),
    }


def section(title: str, found: Some, lines: list[str]) -> dict:
    more = _("And %(number)s more on the site.") % {"number": found.more} if found.more else ""
    return {"title": title, "lines": [cut(line, 2 * LONGEST_LINE) for line in lines], "more": more}


def areas_of(found: Neighbourhood) -> str:
    """The areas, as far as they fit."""
    return listed(found.names) if len(found.names) <= 6 else _("%(number)s areas") % {"number": len(found.names)}


def wish_line(wish: Wish) -> str:
    return f"{wish.reference} {cut(wish.title)} ({wish.get_stage_display()})"


def work_line(work: Work) -> str:
    until = _("until %(day)s") % {"day": date_format(work.until_on, "j F Y")}
    return joined(cut(work.title), f"{work.department}, {work.get_stage_display()}, {until}")


def people(found: Neighbourhood) -> list[str]:
    """Advisers of the area, then who else works there."""
    advisers = [joined(_("Area adviser: %(name)s") % {"name": one.name}, one.email or "") for one in found.advisers]
    others = [joined(", ".join(filter(None, (one.first_name, one.organisation))), one.phone or one.does) for one in found.contacts.rows]
    return [*advisers, *others]


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def cut(text: str, most: int = LONGEST_LINE) -> str:
    return Truncator(text).chars(most)
