"""Rows from Excel become sheets: look at them first, then the deed; what was taken in, and undoing it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.keeping import packed, unpacked
from buurtdraad.lib.tables.reading import TableRefused
from buurtdraad.ui.asking import deed_page
from buurtdraad.ui.importing import groups_of
from buurtdraad.works.access import COLLEAGUE, may_undo, reach_of, visible_loads
from buurtdraad.works.actions import registers as actions
from buurtdraad.works.actions.loading import LoadReport
from buurtdraad.works.forms.bulk import PasteForm
from buurtdraad.works.queries.registers import lines_of, pasted_by, untouched
from buurtdraad.works.sources.columns import COLUMNS, LABELS, mapping_of, missing
from buurtdraad.works.sources.rows import pasted, rows_of

ON_A_PAGE = 20


@dataclass(frozen=True)
class Found:
    """What became of the rows: looked at (with what waits in the page), or done."""

    report: LoadReport
    kept: str = ""
    done: bool = False


@allow(COLLEAGUE)
@never_cache
@require_form
def paste(request: HttpRequest) -> HttpResponse:
    """GET asks for rows; rows give the report of a dry run; the button below it does it, and reports again."""
    if request.method != "POST":
        return paste_page(request, PasteForm())
    owner = f"works:{me(request).uuid}"
    form = PasteForm(request.POST, request.FILES) if "kept" not in request.POST else PasteForm({})
    try:
        if "kept" in request.POST:
            return paste_page(request, PasteForm(), Found(run(request, unpacked(request.POST["kept"], owner=owner), False), done=True))
        if form.is_valid():
            report = run(request, form.content, True)
            # What was pasted stays in sight, to mend a row in it.
            again = PasteForm(initial={"pasted": "" if request.FILES else form.cleaned_data["pasted"]})
            return paste_page(request, again, Found(report, packed(form.content, owner=owner) if report.changes else ""))
    except Refused as refusal:
        form.errors.clear()
        form.add_error("pasted", str(refusal))
    return paste_page(request, form)


def run(request: HttpRequest, content: bytes, dry_run: bool) -> LoadReport:
    """Raises `TableRefused`."""
    file = pasted(content)
    mapping = mapping_of(file.headings, {})
    if lacking := missing(mapping):
        names = ", ".join(str(LABELS[key]) for key in lacking)
        raise TableRefused(_("We do not see which column is: %(names)s The first row holds the headings.") % {"names": names})
    read = rows_of(file, mapping)
    by = me(request)
    return actions.load(
        None, read.rows, dry_run=dry_run, by=by, at=timezone.now(), reach=reach_of(by), name=_("pasted table"), ignored=read.ignored
    )


def paste_page(request: HttpRequest, form: PasteForm, found: Found | None = None) -> HttpResponse:
    report = found.report if found else None
    context = {
        "form": form, "found": found, "report": report, "kept": found.kept if found else "", "done": bool(found and found.done),
        "groups": groups_of(report) if report else [], "columns": [column for column in COLUMNS if column.key != "shape"],
        "page": Paginator(pasted_by(me(request)), ON_A_PAGE).get_page(request.GET.get("page")), "pasted": True,
    }  # fmt: skip
    return render(request, "works/paste.html", context, status=422 if form.errors else 200)


@allow(COLLEAGUE)
@never_cache
@require_form
def loaded(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One time that rows were taken in: what each did, what undoing it would remove, and the button that does it."""
    load = get_object_or_404(visible_loads(me(request)), uuid=uuid)
    may = may_undo(me(request), load)
    if posted(request) is not None:
        require(may)
        says = _("Undone. Sheets on which somebody worked since, stay.")
        return deed_page(request, reverse("works:loaded", args=[uuid]), lambda: actions.undo(load, by=me(request), at=timezone.now()), says)
    page = Paginator(load.report, ON_A_PAGE * 5).get_page(request.GET.get("page"))
    going = untouched(load).count() if may and not load.undone_at else 0
    return render(request, "works/loaded.html", {"load": load, "page": page, "lines": lines_of(page.object_list, LABELS), "going": going})
