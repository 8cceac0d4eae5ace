"""Taking in a table of wishes: looking at it first, then the deed, and undoing it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import duty_for
from buurtdraad.accounts.asking import me
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.access import ADVISER, ADVISERS, reach_of
from buurtdraad.agendas.ways_in.forms.importing import ImportForm
from buurtdraad.agendas.ways_in.queries.areas import neighbourhoods
from buurtdraad.agendas.ways_in.queries.batches import imports, staying
from buurtdraad.agendas.ways_in.sources.platforms import OWN
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.keeping import packed, unpacked
from buurtdraad.lib.uploads.names import LONGEST
from buurtdraad.places.models import Area
from buurtdraad.ui.importing import groups_of

ON_A_PAGE = 20


@dataclass(frozen=True)
class Asked:
    """What waits in the page until somebody agrees: where wishes without an area are, how the table is called, and the table."""

    area: str
    name: str
    content: bytes

    @property
    def as_bytes(self) -> bytes:
        return b"\0".join([self.area.encode(), self.name.replace("\0", "").encode("utf-8", "replace"), self.content])

    @classmethod
    def of(cls, kept: bytes) -> "Asked":
        area, name, content = kept.split(b"\0", 2)
        return cls(area.decode(), name.decode(), content)


@allow(ADVISER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_wishes(request: HttpRequest) -> HttpResponse:
    """GET asks for a table; a table gives the report of a dry run; the button below it does it, and reports again."""
    areas = neighbourhoods(reach_of(me(request)))
    if request.method != "POST":
        return import_page(request, ImportForm(areas=areas))
    if "kept" in request.POST:
        return deed(request, areas)
    form = ImportForm(request.POST, request.FILES, areas=areas)
    if not form.is_valid():
        return import_page(request, form, status=422)
    file, area = request.FILES.get("file"), form.cleaned_data["area"]
    asked = Asked(area.code if area else "", (file.name or "")[:LONGEST] if file else _("pasted table"), form.content)
    try:
        found, kept = run(request, asked, dry_run=True), packed(asked.as_bytes, owner=owner(request))
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return import_page(request, form, status=422)
    return import_page(request, ImportForm(areas=areas), found=found, kept=kept if found.report.changes else "")


def deed(request: HttpRequest, areas: list[tuple[str, str]]) -> HttpResponse:
    form = ImportForm({}, areas=areas)
    try:
        found = run(request, Asked.of(unpacked(request.POST["kept"], owner=owner(request))), dry_run=False)
    except Refused as refusal:
        form.errors.clear()
        form.add_error("file", str(refusal))
        return import_page(request, form, status=422)
    return import_page(request, ImportForm(areas=areas), found=found, done=True)


def owner(request: HttpRequest) -> str:
    return f"wishes:{me(request).uuid}"


def run(request: HttpRequest, asked: Asked, *, dry_run: bool) -> actions.Imported:
    by, area = me(request), Area.objects.filter(code=asked.area).first() if asked.area else None
    return actions.import_wishes(
        asked.content,
        name=asked.name,
        otherwise=area,
        reach=reach_of(by),
        by=by,
        duty=duty_for(by, *ADVISERS),
        at=timezone.now(),
        dry_run=dry_run,
    )


def import_page(
    request: HttpRequest,
    form: ImportForm,
    *,
    found: actions.Imported | None = None,
    kept: str = "",
    done: bool = False,
    status: int = 200,
) -> HttpResponse:
    batches = Paginator(imports(me(request), reach_of(me(request))), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "found": found,
        "report": found.report if found else None,
        "groups": groups_of(found.report) if found else [],
        "kept": kept,
        "done": done,
        "columns": OWN.columns,
        "page": batches,
    }
    return render(request, "agendas/import_wishes.html", context, status=status)


@allow(ADVISER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imported(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One table that was taken in: what undoing it would remove and what stays, and the button that does it."""
    batch = get_object_or_404(imports(me(request), reach_of(me(request))), uuid=uuid)
    if request.method == "POST":
        gone, stay = actions.undo(batch, by=me(request), duty=duty_for(me(request), *ADVISERS), at=timezone.now())
        notices.success(request, _("Undone. Removed: %(gone)s. These stay: %(stay)s.") % {"gone": gone, "stay": stay})
        return redirect("agendas:imported", batch.uuid)
    wishes = Wish.objects.filter(batch=batch.uuid).order_by("pk")
    number, kept = wishes.count(), staying(wishes.only("pk"))
    context = {"batch": batch, "stay": wishes.filter(pk__in=kept)[:ON_A_PAGE], "staying": len(kept), "going": number - len(kept)}
    return render(request, "agendas/imported.html", context)
