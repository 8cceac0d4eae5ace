"""The codebook of a report: what each column, list, tag and number means, so that somebody else can count it again."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def codebook_of(content: Mapping[str, Any], digest: str) -> dict[str, Any]:
    """The codebook under the version of the report."""
    return {
        "report": content["report"],
        "sha256": digest,
        "columns": columns(),
        "lists": {name: {key: one[key] for key in ("title", "source", "limits")} for name, one in content["lists"].items()},
        "numbers": content["definitions"],
        "marks": {mark: {"counts": one["counts"], "narrowed": one["narrowed"]} for mark, one in content["figures"].items()},
        "areas": content["areas"],
        "how": _("A number takes the rows of its list at the places in `rows`, and counts them or adds up their `amount`."),
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
