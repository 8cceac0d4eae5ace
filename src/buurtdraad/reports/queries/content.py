"""What a report says, as plain data: the one form that pages, documents, open data and the frozen text are made from.

It holds every word and number, what each number counts, and the rows behind it, without personal data and without a key into the
database. So what is frozen can be read, and counted again, by somebody who has nothing else.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear
from buurtdraad.reports.models import Figure, Report, Section
from buurtdraad.reports.queries.figures import DEFINITIONS, LISTS
from buurtdraad.reports.queries.figures.rows import DUTCH
from buurtdraad.reports.queries.sentences import Number

FORMAT = 1


def content_of(report: Report) -> dict[str, Any]:
    """The report as it stands in the tables, with its lists."""
    found = told_of(report)
    behind = dict(report.figures.values_list("mark", "rows"))
    return found | {
        "figures": {mark: one | {"rows": behind[mark]} for mark, one in found["figures"].items()},
        "lists": {name: one | {"rows": report.lists.get(name, [])} for name, one in found["lists"].items()},
        "before": before(report, found["figures"]),
    }


def told_of(report: Report) -> dict[str, Any]:
    """The same without what may be megabytes: rows, and the report before. Texts of ours are in Dutch, the language of the report."""
    with translation.override(DUTCH):
        figures = {one.mark: figure_of(one) for one in report.figures.defer("rows")}
        return {
            "format": FORMAT,
            "report": head_of(report),
            "areas": areas_in(report.geography),
            "definitions": {name: definition_of(name) for name in sorted({one["counts"] for one in figures.values()})},
            "figures": figures,
            "lists": {name: list_of(name) for name in sorted(LISTS)},
            "sections": sections_of(report),
        }


def rows_of_draft(report: Report, name: str, at: Sequence[int]) -> list[dict[str, Any]]:
    """The rows at these places of a list of a draft; of its lists only that one is read."""
    rows = Report.objects.filter(pk=report.pk).values_list(f"lists__{name}", flat=True).get() or []
    return [rows[place] for place in at]


def head_of(report: Report) -> dict[str, Any]:
    return {
        "slug": report.slug,
        "title": report.title,
        "from_on": report.from_on.isoformat(),
        "until_on": report.until_on.isoformat(),
        "geography": report.geography,
        "counted_on": timezone.localdate(report.counted_at).isoformat(),
        "city": places.city_name() or "",
    }


def areas_in(year: int) -> dict[str, dict[str, str]]:
    """The areas of the city in the year of the report: name, kind, and in what they lie."""
    found = AreaYear.objects.filter(municipality__code=places.city_code(), year=year).order_by("area__code")
    rows = found.values_list("area__code", "name", "area__kind", "parent__code")
    return {code: {"name": name, "kind": kind, "in": parent or ""} for code, name, kind, parent in rows}


def definition_of(name: str) -> dict[str, Any]:
    """What a number counts, in words, as it is defined now."""
    one = DEFINITIONS[name]
    listed = LISTS[one.of]
    return {
        "title": str(one.title), "counts": str(one.counts), "list": one.of, "unit": one.unit, "decimals": one.decimals,
        "source": str(listed.source), "limits": str(listed.limits),
    }  # fmt: skip


def list_of(name: str) -> dict[str, Any]:
    one = LISTS[name]
    return {"title": str(one.title), "source": str(one.source), "limits": str(one.limits)}


def figure_of(one: Figure) -> dict[str, Any]:
    value = None if one.value is None else f"{one.value.normalize():f}"
    return {"counts": one.query, "narrowed": one.parameters, "value": value}


def sections_of(report: Report) -> list[dict[str, Any]]:
    """The sections in order with their sentences, without what was left out."""
    return [section_of(one) for one in report.sections.prefetch_related("sentences")]


def section_of(one: Section) -> dict[str, Any]:
    said = [{"part": line.part, "text": line.text} for line in one.sentences.all() if not line.left_out]
    return {"kind": one.kind, "subject": one.subject, "title": one.title, "sentences": said}


def before(report: Report, figures: Mapping[str, dict]) -> dict[str, Any]:
    """The values of the report before, of the numbers that this one has too."""
    if report.before is None or not report.before.frozen:
        return {}
    earlier = json.loads(report.before.frozen)
    values = {mark: one["value"] for mark, one in earlier["figures"].items() if mark in figures}
    return {"slug": report.before.slug, "title": report.before.title, "values": values}


# --- frozen -------------------------------------------------------------------------------------------


def canonical(content: Mapping[str, Any]) -> str:
    """The one text that stands for this content: keys in order, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(frozen: str) -> str:
    return hashlib.sha256(frozen.encode()).hexdigest()


def frozen_content(report: Report) -> dict[str, Any]:
    """What was frozen; nothing else is asked of the database."""
    return json.loads(report.frozen)


def values_of(content: Mapping[str, Any]) -> dict[str, Number]:
    """The number of each mark, written as it was defined then."""
    found = {}
    for mark, one in content["figures"].items():
        definition = content["definitions"][one["counts"]]
        value = None if one["value"] is None else Decimal(one["value"])
        found[mark] = Number(value, definition["unit"], definition["decimals"])
    return found
