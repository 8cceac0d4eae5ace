"""The page on which staff bring a table along: choose a file, look at what would happen to each row, then take it in.

The file waits in the page (`lib.tables.keeping`), so nothing of it stays here when somebody walks away. The deed reads it anew:
what changed in between is in its report.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.fields import TableForm
from buurtdraad.lib.tables.keeping import packed, unpacked
from buurtdraad.lib.tables.reading import Column
from buurtdraad.lib.tables.reports import Outcome, Report
from buurtdraad.ui.asking import form_page

type Words = str | Promise
# Of one outcome; a file may have thousands.
MOST_SHOWN = 200
TABLES_ON_A_PAGE = 20
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


# --- undoing -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TakenIn:
    """A table that was taken in: its key in the page, when that was, what of it is here in words, and whether it was undone."""

    key: str
    at: datetime.datetime
    what: str
    undone: bool = False


@dataclass(frozen=True)
class TablesTakenIn:
    """What a room says of the tables that came in: `rows` as it reads them, the last first, and how one of them is `told`.

    `find(key)` is the row, or None; `undo(row)` is the room's action, and gives how many things went and how many stay.
    """

    title: Words
    lead: Words
    back: tuple[Words, str]
    here: str
    rows: Sequence[Any] | QuerySet
    told: Callable[[Any], TakenIn]
    find: Callable[[str], Any]
    undo: Callable[[Any], tuple[int, int]]


def tables_page(request: HttpRequest, asked: TablesTakenIn) -> HttpResponse:
    """The tables that were taken in; POST asks whether to undo one of them (`table`), and undoes it (`deed`). Raises `Http404`."""
    if request.method != "POST":
        page = Paginator(asked.rows, TABLES_ON_A_PAGE).get_page(request.GET.get("page"))
        return render(request, "ui/tables_taken_in.html", {"asked": asked, "page": page, "tables": map(asked.told, page)})
    found = asked.find(request.POST.get("deed") or request.POST.get("table", ""))
    if found is None:
        raise Http404
    if "deed" not in request.POST:
        one = asked.told(found)
        return form_page(
            request, None, title=_("Undo this table?"), day=one.at, about=one.what, back=asked.here, deed=one.key, lead=asked.lead,
            send=_("Undo this"),
        )  # fmt: skip
    gone, stay = asked.undo(found)
    messages.success(request, _("Undone. Removed: %(gone)s. These stay: %(stay)s.") % {"gone": gone, "stay": stay})
    return redirect(asked.here)
