"""A report as files: PDF, Word, the frozen text itself, its codebook, and each list and all numbers as a table."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.reports import access
from buurtdraad.reports.actions.filing import kept_file
from buurtdraad.reports.documents import MADE_AS, document_of
from buurtdraad.reports.models import Report
from buurtdraad.reports.queries import frozen
from buurtdraad.reports.queries.codebook import OF_LISTS, OF_NUMBERS, codebook_of, groups_of, headings
from buurtdraad.reports.queries.content import content_of, frozen_content
from buurtdraad.reports.queries.figures.rows import DUTCH
from buurtdraad.reports.showing import title_of
from buurtdraad.reports.views.report_draft import report_here
from buurtdraad.reports.views.report_progress import published_here
from buurtdraad.ui.csv import Cell, csv_response, csv_stream


@allow(EVERYBODY)
@require_safe
def published_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as PDF: tagged, with links at its numbers."""
    return kept(published_here(slug), "pdf")


@allow(EVERYBODY)
@require_safe
def published_docx(request: HttpRequest, slug: str) -> HttpResponse:
    return kept(published_here(slug), "docx")


@never_cache
@allow(access.REVIEWER)
@require_safe
def draft_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    return of_draft(report_here(slug), "pdf")


@never_cache
@allow(access.REVIEWER)
@require_safe
def draft_docx(request: HttpRequest, slug: str) -> HttpResponse:
    return of_draft(report_here(slug), "docx")


def kept(report: Report, ending: str) -> HttpResponse:
    """The file as the worker made it at publication; until it did, made here."""
    made = kept_file(report, ending) or document_of(report, frozen_content(report), ending, "reports:figure")
    return file_of(report, made, MADE_AS[ending], ending)


def of_draft(report: Report, ending: str) -> HttpResponse:
    """How it would look; what is approved as it was frozen."""
    content = frozen_content(report) if report.frozen else content_of(report)
    return file_of(report, document_of(report, content, ending, "reports:draft_figure"), MADE_AS[ending], ending)


def file_of(report: Report, made: bytes, kind: str, ending: str) -> HttpResponse:
    return HttpResponse(made, content_type=kind, headers={"Content-Disposition": f'inline; filename="rapport-{report.slug}.{ending}"'})


# --- open data ----------------------------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
def published_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen text, byte for byte: its SHA-256 is the hash of the report."""
    report = published_here(slug)
    return file_of(report, report.frozen.encode(), "application/json", "json")


@allow(EVERYBODY)
@require_safe
def codebook(request: HttpRequest, slug: str) -> JsonResponse:
    """What each column, list and number means, under the version of the report."""
    report = published_here(slug)
    with translation.override(DUTCH):
        return JsonResponse(codebook_of(frozen.told(report), report.digest), json_dumps_params={"ensure_ascii": False, "indent": 1})


@allow(EVERYBODY)
@require_safe
def figures_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All numbers of the report."""
    content = frozen.told(published_here(slug))
    return csv_response(f"cijfers-{slug}", headings(OF_NUMBERS), [number(content, mark, one) for mark, one in content["figures"].items()])


def number(content: Mapping[str, Any], mark: str, one: Mapping[str, Any]) -> list[Cell]:
    narrowed, groups = one["narrowed"], groups_of(content["definitions"][one["counts"]]["list"])
    group = narrowed.get("group", "")
    return [
        mark, title_of(content, mark), one["counts"], narrowed.get("area", ""), narrowed.get("ambition", ""), groups.get(group, group),
        decimal(one["value"]),
    ]  # fmt: skip


@allow(EVERYBODY)
@require_safe
def figure_csv(request: HttpRequest, slug: str, mark: str) -> StreamingHttpResponse:
    """The whole list behind a number, as it was frozen, sent while it is read."""
    report = published_here(slug)
    content = frozen.told(report)
    if mark not in content["figures"]:
        raise Http404
    name = content["definitions"][content["figures"][mark]["counts"]]["list"]
    rows = frozen.rows_at(report, content, name, frozen.places_behind(report, mark))
    return table_of(f"{mark}-{slug}", name, rows)


def table_of(file: str, name: str, rows: Iterable[dict]) -> StreamingHttpResponse:
    """Rows of a list under the headings of the codebook."""
    groups = groups_of(name)
    return csv_stream(file, headings(OF_LISTS), (cells(row, groups) for row in rows))


def cells(row: dict, groups: Mapping[str, str]) -> list[Cell]:
    told = row | {
        "codes": " ".join(row["codes"]), "tags": " ".join(row["tags"]), "amount": decimal(row["amount"]),
        "group": groups.get(row["group"], row["group"]),
    }  # fmt: skip
    return [told[key] for key in OF_LISTS]


def decimal(kept: str | None) -> Decimal | None:
    """A number, which a table writes as the language of the reader does."""
    return None if kept is None else Decimal(kept)


@allow(EVERYBODY)
@require_safe
def list_csv(request: HttpRequest, slug: str, name: str) -> StreamingHttpResponse:
    """One list of the report, with the columns of the codebook, sent while it is read."""
    report = published_here(slug)
    content = frozen.told(report)
    if name not in content["lists"]:
        raise Http404
    return table_of(f"{name}-{slug}", name, frozen.rows_in(report, content, name))
