"""`/werk/wijkakkoorden/`: making agreements between partners, and keeping up who takes part."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads.serving import attachment
from buurtdraad.partners import access, actions
from buurtdraad.partners.forms.accords import AccordForm, InForceForm, LeaveForm, PaperForm
from buurtdraad.partners.models import Accord, AccordDocument, AccordVersion, Organisation
from buurtdraad.partners.queries import accords as queries
from buurtdraad.partners.states import AccordStage
from buurtdraad.partners.views.accords import names_of


@allow(access.STAFF_MEMBER)
@require_safe
def work_accords(request: HttpRequest) -> HttpResponse:
    """All accords, those of who asks first, with drafts."""
    reach = access.where_to_change(request.user)
    context = {"shelves": queries.shelves_for(reach), "may_make": bool(access.duty_of(request.user))}
    return render(request, "partners/work_accords.html", context)


@allow(access.STAFF_MEMBER)
@require_safe
def work_accord(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One accord: what counts, the draft beside it with what it changes, who signed and who did not yet."""
    accord = accord_here(uuid)
    draft, version = queries.version_of(uuid, draft=True), queries.version_of(uuid)
    versions = queries.versions_of(accord)
    codes = queries.codes_of(accord)
    context = {
        "accord": accord,
        "title": str(version or draft),
        "place_names": names_of(codes),
        "parts": [part_of(one, versions) for one in (draft, version) if one],
        "versions": versions,
        "draft": draft,
        "may_change": access.may_change(request.user, codes),
        "crumbs": [(_("Work"), reverse("pages:work")), (_("Agreements between partners"), reverse("partners:work_accords"))],
    }
    return render(request, "partners/work_accord.html", context)


def part_of(version: AccordVersion, versions: list[AccordVersion]) -> dict:
    """A version as who works with it sees it."""
    parties = queries.parties_of(version)
    is_draft = version.stage == AccordStage.DRAFT
    return {
        "version": version,
        "promise": queries.promise(version),
        "is_draft": is_draft,
        "counts_now": version.stage == AccordStage.IN_FORCE,
        "parties": parties,
        "not_yet": queries.still_to_sign(version, versions, on=timezone.localdate()),
        "changes": queries.changes(version, versions) if is_draft else None,
        "paper": getattr(version, "document", None),
    }


# --- the text ------------------------------------------------------------------------------------------


@allow(access.CHANGER)
@require_form
def make_accord(request: HttpRequest) -> HttpResponse:
    form = AccordForm(posted(request), reach=access.where_to_change(request.user))
    if form.is_valid():
        made = actions.make_accord(form.words(), areas=form.cleaned_data["areas"], by=me(request), at=timezone.now())
        messages.success(request, _("The draft is made. Add who signs it."))
        return redirect("partners:work_accord", made.accord.uuid)
    back = reverse("partners:work_accords")
    return asked(request, form, title=_("Make an agreement between partners"), back=back, areas_title=_("Where does it count?"))


@allow(access.CHANGER)
@require_form
def change_accord(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The draft. Where it counts is of the accord, so that changes at once."""
    draft = draft_here(request, uuid)
    initial = {name: getattr(draft, name) for name in ("title", "goal", "principles", "binding", "text")}
    form = AccordForm(posted(request), reach=access.where_to_change(request.user), draft=draft, initial=initial)
    words = {"title": _("Change the draft"), "areas_title": _("Where does it count? This changes at once.")}
    return done_or_asked(
        request, form, uuid, lambda: actions.change_draft(draft, form.words(), areas=form.cleaned_data["areas"], **now_by(request)), **words
    )


@allow(access.CHANGER)
@require_POST
def draft_accord(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The next version, as a draft."""
    accord = accord_to_change(request, uuid)
    try:
        actions.draft_next(accord, **now_by(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("There is a draft now. What counts stays until you say otherwise."))
    return redirect("partners:work_accord", uuid)


@allow(access.CHANGER)
@require_form
def drop_accord(request: HttpRequest, uuid: UUID) -> HttpResponse:
    draft = draft_here(request, uuid)
    words = {
        "title": _("Throw the draft away?"),
        "about": draft.title,
        "lead": _("The text and who signed it are gone then. What counts stays."),
        "button": _("Throw it away"),
    }
    alone = not AccordVersion.objects.filter(accord=draft.accord).exclude(pk=draft.pk).exists()
    to = reverse("partners:work_accords") if alone else ""
    return done_or_asked(request, Form(posted(request)), uuid, lambda: actions.drop_draft(draft, **now_by(request)), to=to, **words)


@allow(access.CHANGER)
@require_form
def accord_in_force(request: HttpRequest, uuid: UUID) -> HttpResponse:
    draft = draft_here(request, uuid)
    form = InForceForm(posted(request))
    waits = queries.still_to_sign(draft, queries.versions_of(draft.accord), on=timezone.localdate())
    words = {
        "title": _("Does the draft count from now on?"),
        "about": draft.title,
        "warning": _("Not signed yet: %(names)s. They can still sign later.") % {"names": listed(waits)} if waits else "",
        "lead": _("Everybody can read it then. After that the text can only change by a next version."),
        "button": _("Yes, it counts"),
    }
    return done_or_asked(request, form, uuid, lambda: actions.put_in_force(draft, on=form.cleaned_data["on"], **now_by(request)), **words)


@allow(access.CHANGER)
@require_form
def end_accord(request: HttpRequest, uuid: UUID) -> HttpResponse:
    accord_to_change(request, uuid)
    version = queries.version_of(uuid)
    if version is None or version.stage != AccordStage.IN_FORCE:
        raise Http404
    form = LeaveForm(posted(request))
    words = {
        "title": _("End this agreement?"),
        "about": version.title,
        "lead": _("The page stays, with the reason. What partners agreed in neighbourhood agendas stays too."),
        "button": _("End"),
    }
    return done_or_asked(request, form, uuid, lambda: actions.end_accord(version, **said(form), **now_by(request)), **words)


# --- the paper -----------------------------------------------------------------------------------------


@allow(access.CHANGER)
@require_form
def add_paper(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    version = version_to_change(request, uuid, number)
    form = PaperForm(posted(request), request.FILES or None)
    words = {"title": _("The signed text as a PDF"), "about": version.title}

    def deed() -> None:
        document, name = form.cleaned_data["paper"]
        actions.keep_document(version, document, name=name, on_site=form.cleaned_data["on_site"], **now_by(request))

    return done_or_asked(request, form, uuid, deed, multipart=True, **words)


@allow(access.CHANGER)
@require_POST
def drop_paper(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    version = version_to_change(request, uuid, number)
    actions.drop_document(get_object_or_404(AccordDocument.objects.select_related("version__accord"), version=version), **now_by(request))
    messages.success(request, _("The PDF is gone."))
    return redirect("partners:work_accord", uuid)


@allow(access.STAFF_MEMBER)
@require_safe
def work_paper(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """The signed text, for who works here."""
    return attachment(get_object_or_404(AccordDocument, version__accord__uuid=uuid, version__number=number))


# --- what they share -----------------------------------------------------------------------------------


def accord_here(uuid: UUID) -> Accord:
    return get_object_or_404(Accord.objects.prefetch_related("areas"), uuid=uuid)


def accord_to_change(request: HttpRequest, uuid: UUID) -> Accord:
    accord = accord_here(uuid)
    require(access.may_change(request.user, queries.codes_of(accord)))
    return accord


def draft_here(request: HttpRequest, uuid: UUID) -> AccordVersion:
    """The draft of the address, for who may change it; else 404 or 403."""
    accord_to_change(request, uuid)
    draft = queries.version_of(uuid, draft=True)
    if draft is None:
        raise Http404
    return draft


def version_to_change(request: HttpRequest, uuid: UUID, number: int) -> AccordVersion:
    accord = accord_to_change(request, uuid)
    return get_object_or_404(queries.full_versions(), accord=accord, number=number)


def listed(organisations: list[Organisation]) -> str:
    return ", ".join(one.name for one in organisations)


def now_by(request: HttpRequest) -> dict:
    return {"by": me(request), "at": timezone.now()}


def said(form: Form) -> dict:
    """The day and the reason of a form."""
    return {"on": form.cleaned_data["on"], "why": form.cleaned_data["why"]}


def done_or_asked(
    request: HttpRequest, form: Form, uuid: UUID, deed: Callable[[], object], *, to: str = "", **words: object
) -> HttpResponse:
    """Do it and go to the accord (or `to`); or ask, again where something was wrong."""
    if form.is_valid():
        try:
            deed()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(to or reverse("partners:work_accord", args=[uuid]))
    return asked(request, form, back=reverse("partners:work_accord", args=[uuid]), **words)


def asked(request: HttpRequest, form: Form, *, back: str, **words: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/accord_form.html", {"form": form, "back": back} | words, status=status)
