"""The page on which staff bring a table along: choose a file, look at what would happen to each row, then take it in.

The file waits in the page (`lib.tables.keeping`), so nothing of it stays here when somebody walks away. The deed reads it anew:
what changed in between is in its report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.fields import TableForm
from buurtdraad.lib.tables.keeping import packed, unpacked
from buurtdraad.lib.tables.reading import Column
from buurtdraad.lib.tables.reports import Outcome, Report

type Words = str | Promise
# Of one outcome; a file may have thousands.
MOST_SHOWN = 200
# What asks for attention first; of what stays the same the number is enough.
SHOWN = (Outcome.REFUSED, Outcome.CHANGED, Outcome.ADDED)


@dataclass(frozen=True)
class TableImport:
    """What a room says of its import. `run(content, dry_run)` is the room's action; it raises `Refused` for a file that cannot be used.

    `owner` names the import and the person, so that a file that waits is good for nothing else. `back` is the page it
    returns to (name and address), `template` the address of the file with the headings. `undo` is the page (the same) on which
    what was taken in can be undone, where a room has one.
    """

    title: Words
    lead: Words
    columns: Sequence[Column]
    owner: str
    back: tuple[Words, str]
    template: str
    run: Callable[[bytes, bool], Report]
    undo: tuple[Words, str] | None = None


def import_page(request: HttpRequest, asked: TableImport) -> HttpResponse:
    """GET asks for a file; a file gives the report of a dry run; the button below it does it, and reports again."""
    if request.method != "POST":
        return shown(request, asked, TableForm())
    if "kept" in request.POST:
        return deed(request, asked)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, asked, form, status=422)
    content: bytes = form.cleaned_data["file"]
    try:
        report, kept = asked.run(content, True), packed(content, owner=asked.owner)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return shown(request, asked, form, status=422)
    return shown(request, asked, TableForm(), report=report, kept=kept if report.changes else "")


def deed(request: HttpRequest, asked: TableImport) -> HttpResponse:
    form = TableForm(request.POST)
    try:
        report = asked.run(unpacked(request.POST["kept"], owner=asked.owner), False)
    except Refused as refusal:
        form.errors.clear()
        form.add_error("file", str(refusal))
        return shown(request, asked, form, status=422)
    return shown(request, asked, TableForm(), report=report, done=True)


def shown(request: HttpRequest, asked: TableImport, form: TableForm, *, status: int = 200, **more: object) -> HttpResponse:
    report = more.get("report")
    groups = groups_of(report) if isinstance(report, Report) else []
    return render(request, "ui/import.html", {"asked": asked, "form": form, "groups": groups} | more, status=status)


def groups_of(report: Report) -> list[tuple[Outcome, list, int]]:
    """The rows to show by outcome, and how many more there are."""
    found = ((outcome, report.of(outcome)) for outcome in SHOWN)
    return [(outcome, rows[:MOST_SHOWN], max(0, len(rows) - MOST_SHOWN)) for outcome, rows in found if rows]
