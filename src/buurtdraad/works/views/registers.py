"""Files that come back each year: which column is which is asked once, then each file shows what is new, changed and gone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.keeping import packed, unpacked
from buurtdraad.ui.asking import form_page
from buurtdraad.ui.importing import groups_of
from buurtdraad.works.access import KEEPER, reach_of
from buurtdraad.works.actions import registers as actions
from buurtdraad.works.actions.loading import LoadReport
from buurtdraad.works.forms.bulk import FileForm, MappingForm, RegisterForm
from buurtdraad.works.models import Register
from buurtdraad.works.queries.registers import registers as every_register
from buurtdraad.works.sources.columns import LABELS, mapping_of, missing
from buurtdraad.works.sources.rows import opened, rows_of

ON_A_PAGE = 20
MOST_GONE = 200


@allow(KEEPER)
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """All lists, each with when it was last taken in."""
    return render(request, "works/registers.html", {"registers": every_register()})


@allow(KEEPER)
@require_form
def make_register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(posted(request))
    if form.is_valid():
        try:
            made = actions.make_register(**form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("works:register", made.uuid)
    lead = _("A list comes back each year, such as the street works. You say once which column is which.")
    return form_page(request, form, title=_("A new list"), lead=lead, back=reverse("works:registers"), to=_("Lists of works"))


@dataclass(frozen=True)
class Brought:
    """A file that waits in the page until somebody agrees: its name and its bytes."""

    name: str
    content: bytes

    @property
    def as_bytes(self) -> bytes:
        return self.name.replace("\0", "").encode("utf-8", "replace") + b"\0" + self.content

    @classmethod
    def of(cls, kept: bytes) -> "Brought":
        name, _nothing, content = kept.partition(b"\0")
        return cls(name.decode(), content)


@allow(KEEPER)
@never_cache
@require_form
def register(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET asks for a file; then which column is which, the first time; then what would happen; then the deed."""
    found = get_object_or_404(Register, uuid=uuid)
    sent = posted(request)
    if sent is None:
        return register_page(request, found, FileForm())
    form = FileForm(sent, request.FILES) if "kept" not in sent else FileForm({})
    owner = f"register:{uuid}:{me(request).uuid}"
    try:
        if "kept" in sent:
            kept = str(sent["kept"])
            return went_on(request, found, Brought.of(unpacked(kept, owner=owner)), kept)
        if form.is_valid():
            file = request.FILES.get("file")
            brought = Brought((file.name or "")[:150] if file else "", form.cleaned_data["file"])
            return looked(request, found, brought, packed(brought.as_bytes, owner=owner))
    except Refused as refusal:
        form.errors.clear()
        form.add_error("file", str(refusal))
    return register_page(request, found, form)


def went_on(request: HttpRequest, found: Register, brought: Brought, kept: str) -> HttpResponse:
    """The next step with a file that waits: take it in, say again which column is which, or what was said of that."""
    step = request.POST.get("step", "take")
    file = opened(brought.content)
    if step == "take":
        report = run(request, found, brought, dry_run=False)
        return register_page(request, found, FileForm(), report=report, done=True)
    if step == "map":
        form = MappingForm(request.POST, headings=file.headings)
        if not form.is_valid():
            return mapping_page(request, found, form, kept)
        actions.keep_mapping(found, form.cleaned_data, by=me(request), at=timezone.now())
        return looked(request, found, brought, kept)
    return mapping_page(request, found, MappingForm(headings=file.headings, initial=mapping_of(file.headings, found.mapping)), kept)


def looked(request: HttpRequest, found: Register, brought: Brought, kept: str) -> HttpResponse:
    """What would happen; or first which column is which, when that was never said or does not go for this file."""
    file = opened(brought.content)
    if file.features:
        rows_of(file, {})
    mapping = mapping_of(file.headings, found.mapping)
    lost = {heading for heading in found.mapping.values() if heading} - set(file.headings)
    if not found.mapping or lost or missing(mapping):
        return mapping_page(request, found, MappingForm(headings=file.headings, initial=mapping), kept)
    report = run(request, found, brought, dry_run=True)
    return register_page(request, found, FileForm(), report=report, kept=kept)


def run(request: HttpRequest, found: Register, brought: Brought, *, dry_run: bool) -> LoadReport:
    """By the mapping that is kept. Raises `TableRefused`."""
    by = me(request)
    read = rows_of(opened(brought.content), found.mapping)
    return actions.load(
        found, read.rows, dry_run=dry_run, by=by, at=timezone.now(), reach=reach_of(by), name=brought.name, ignored=read.ignored
    )


def mapping_page(request: HttpRequest, found: Register, form: Form, kept: str) -> HttpResponse:
    return render(request, "works/mapping.html", {"register": found, "form": form, "kept": kept}, status=422 if form.errors else 200)


def register_page(request: HttpRequest, found: Register, form: Form, report: LoadReport | None = None, **more: Any) -> HttpResponse:
    context = {
        "register": found, "form": form, "report": report, "groups": groups_of(report) if report else [],
        "gone": report.gone[:MOST_GONE] if report else [], "columns": [(LABELS[key], name) for key, name in found.mapping.items() if name],
        "page": Paginator(found.loads.defer("report"), ON_A_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "works/register.html", context | more, status=422 if form.errors else 200)
