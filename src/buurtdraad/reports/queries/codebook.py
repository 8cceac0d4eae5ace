"""The codebook of a report: what each column, list, tag and number means, so that somebody else can count it again.

A report keeps its lists and numbers under keys and codes that stay the same (`rapport.json`). Its tables say them in the language
of the reader; in English they are those keys and codes, for programs.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from buurtdraad.money.states import Source
from buurtdraad.reports.queries.words import DEFINITIONS as MEASURES
from buurtdraad.ui.numbers import is_english
from buurtdraad.works.states import MoneySource

# The headings of the tables by key.
OF_LISTS = {
    "reference": pgettext_lazy("column", "reference"),
    "words": pgettext_lazy("column", "words"),
    "path": pgettext_lazy("column", "path"),
    "codes": pgettext_lazy("column", "codes"),
    "ambition": pgettext_lazy("column", "ambition"),
    "group": pgettext_lazy("column", "group"),
    "tags": pgettext_lazy("column", "tags"),
    "note": pgettext_lazy("column", "note"),
    "on": pgettext_lazy("column", "on"),
    "amount": pgettext_lazy("column", "amount"),
}
OF_NUMBERS = {
    "mark": pgettext_lazy("column", "mark"),
    "title": pgettext_lazy("column", "title"),
    "counts": pgettext_lazy("column", "counts"),
    "area": pgettext_lazy("column", "area"),
    "ambition": pgettext_lazy("column", "ambition"),
    "group": pgettext_lazy("column", "group"),
    "value": pgettext_lazy("column", "value"),
}
# In these lists the group is a code.
SOURCES = {"werkgeld": MoneySource, "toezeggingen-geld": Source, "betalingen": Source}


def codebook_of(content: Mapping[str, Any], digest: str) -> dict[str, Any]:
    """The codebook under the version of the report."""
    return {
        "report": content["report"],
        "sha256": digest,
        "columns": columns(),
        "number_columns": number_columns(),
        "headings": {
            name: {str(heading): key for key, heading in of.items()} for name, of in (("lists", OF_LISTS), ("numbers", OF_NUMBERS))
        },
        "groups": {name: words for name in content["lists"] if (words := groups_of(name))},
        "lists": {name: {key: one[key] for key in ("title", "source", "limits")} for name, one in content["lists"].items()},
        "numbers": content["definitions"],
        "marks": {mark: {"counts": one["counts"], "narrowed": one["narrowed"]} for mark, one in content["figures"].items()},
        "areas": content["areas"],
        "how": _("A number takes the rows of its list at the places in `rows`, and counts them or adds up their `amount`."),
        "keys": _(
            "`headings` says which key each heading is, and `groups` which word each code is. The tables under /en/ have the keys and the "
            "codes themselves, as the report (JSON) has them."
        ),
    }


def headings(of: Mapping[str, str | Promise]) -> list[str]:
    """The first line of a table, in the language of the reader."""
    return [str(heading) for heading in of.values()]


def groups_of(name: str) -> dict[str, str]:
    """The word for each code that can stand as a group in a list; empty where it is no code, and in English."""
    if is_english():
        return {}
    if name == "metingen":
        return {one.name: str(one.title) for one in MEASURES}
    return {code: str(word) for code, word in SOURCES[name].choices} if name in SOURCES else {}


def number_columns() -> dict[str, str]:
    """What stands in each column of the table with all numbers."""
    return {
        "mark": _("How a sentence of the report names it."),
        "title": _("What it counts, in words."),
        "counts": _("Which of `numbers` it is."),
        "area": _("Code of the area to which it is narrowed, if it is."),
        "ambition": _("Code of the ambition to which it is narrowed, if it is."),
        "group": _("Source, step, department or kind to which it is narrowed, if it is."),
        "value": _("The number itself. Empty: it was not known."),
    }


def columns() -> dict[str, str]:
    """What stands in each column of a list."""
    return {
        "reference": _("How people name it."),
        "words": _("What it is. Of wishes the theme: words of residents are never kept in a report."),
        "path": _("Where it stands on the site, as far as everybody may see it."),
        "codes": _("Codes of the areas in which it lies."),
        "ambition": _("Code of the ambition to which it belongs."),
        "group": _("Source, step, department or kind."),
        "tags": _("For which numbers it counts."),
        "note": _("Why it stands so."),
        "on": _("The day that counts (year-month-day)."),
        "amount": _("Euros or people."),
    }
