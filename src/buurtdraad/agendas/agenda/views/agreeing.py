"""For who makes agendas: agreements, their owners and links, the next step, and a table pasted out of Word or Excel."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.access import ADVISER, may_make, visible_agreements
from buurtdraad.agendas.agenda.actions import TellGivers
from buurtdraad.agendas.agenda.actions.importing import COLUMNS
from buurtdraad.agendas.agenda.forms.work import AgreementForm, AskForm, MoveForm, OwnerForm, PasteForm, ToldForm
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Owner
from buurtdraad.agendas.agenda.queries.words import when
from buurtdraad.agendas.agenda.queries.work import what_partners_say
from buurtdraad.agendas.agenda.states import Said, Stage, VersionStage
from buurtdraad.agendas.agenda.views.asking import form_page
from buurtdraad.agendas.agenda.views.making import area_here, topic_here, work_path
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads.fields import PictureForm
from buurtdraad.places import queries as places
from buurtdraad.ui.importing import groups_of


def agreement_here(request: HttpRequest, pk: int) -> Agreement:
    """The agreement of the address, of an agenda that this person makes."""
    found = get_object_or_404(visible_agreements(me(request)), pk=pk)
    require(may_make(me(request), found.area))
    return found


def owner_here(request: HttpRequest, uuid: UUID) -> Owner:
    """The owner of the address, of an agreement of an agenda that this person makes."""
    related = ("agreement__topic__version", "agreement__area", "organisation", "contact__person")
    found = get_object_or_404(Owner.objects.select_related(*related), uuid=uuid)
    agreement_here(request, found.agreement_id)
    return found


@never_cache
@allow(ADVISER)
@require_form
def add_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_here(request, pk)
    form = AgreementForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = actions.add_agreement(topic, form.promise(), by=me(request), at=timezone.now())
        return redirect("agendas:work_agreement", made.pk)
    back = reverse("agendas:work_topic", args=[pk])
    return form_page(request, form, title=_("Add an agreement"), about=topic.title, back=back, send=_("Save"))


@never_cache
@allow(ADVISER)
@require_safe
def work_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement: its owners and how they answered, how it stands, and what residents say."""
    found = agreement_here(request, pk)
    code = found.area.code
    context = {
        "agreement": found,
        "when": when(found, timezone.localdate()),
        "owners": list(found.owners.select_related("organisation", "contact")),
        "said_not_done": list(found.said_not_done.all()),
        "unseen": found.said_not_done.filter(seen_at__isnull=True).exists(),
        "joined": found.joiners.count(),
        "is_draft": found.topic.version.stage == VersionStage.DRAFT,
        **what_partners_say(found, timezone.now()),
        "is_done": found.stage == Stage.DONE,
        "crumbs": [
            (_("Work"), reverse("pages:work")), (places.names_of([code]).get(code, code), work_path(code)),
            (found.topic.title, reverse("agendas:work_topic", args=[found.topic_id])),
        ],
    }  # fmt: skip
    return render(request, "agendas/work_agreement.html", context)


@never_cache
@allow(ADVISER)
@require_form
def change_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    found = agreement_here(request, pk)
    names = ("what", "start_on", "due_on", "next_step", "money_needed", "amount", "money_source")
    form = AgreementForm(posted(request), initial={name: getattr(found, name) for name in names})
    note = ""
    if found.stage != Stage.TODO and found.due_on:
        del form.fields["due_on"]
        note = _("Another date? Choose “Will be later”, with the reason.")
    if request.method == "POST" and form.is_valid():
        form.cleaned_data.setdefault("due_on", found.due_on)
        actions.change_agreement(found, form.promise(), by=me(request), at=timezone.now())
        messages.success(request, _("This is kept."))
        return redirect("agendas:work_agreement", pk)
    return form_page(request, form, title=_("Change the agreement"), back=work_agreement_path(pk), send=_("Save"), note=note)


def work_agreement_path(pk: int) -> str:
    return reverse("agendas:work_agreement", args=[pk])


@never_cache
@allow(ADVISER)
@require_form
def move_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands now; the people of the topic's wishes can be told in the same form."""
    found = agreement_here(request, pk)
    wishes = Wish.objects.filter(chosen_in__topic=found.topic_id).exclude(stage__in=["done", "not_done"]).order_by("given_at")
    form = MoveForm(posted(request), agreement=found, wishes=wishes, initial={"next_step": found.next_step, "result": found.result})
    if request.method == "POST" and form.is_valid():
        try:
            move(request, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is kept."))
            return redirect("agendas:work_agreement", pk)
    return form_page(
        request, form, title=_("How does it stand now?"), about=found.what, back=work_agreement_path(pk), send=_("Save"),
        lead=_("The people of the wishes hear it only when it is under way or done, and when you write an answer."),
    )  # fmt: skip


def move(request: HttpRequest, found: Agreement, given: dict) -> None:
    stage, by, at = Stage(given["stage"]), me(request), timezone.now()
    if stage == Stage.LATER:
        actions.postpone(found, due_on=given["due_on"], why=given["why"], by=by, at=at)
        return
    tell = TellGivers(given["tell"], given["wishes"]) if given.get("tell") else None
    actions.move_on(found, stage, why=given["why"], next_step=given["next_step"], result=given["result"], tell=tell, by=by, at=at)


@allow(ADVISER)
@require_POST
def see_not_done(request: HttpRequest, pk: int) -> HttpResponse:
    actions.see_not_done(agreement_here(request, pk), by=me(request), at=timezone.now())
    return redirect("agendas:work_agreement", pk)


@never_cache
@allow(ADVISER)
@require_form
def add_picture(request: HttpRequest, pk: int) -> HttpResponse:
    found = agreement_here(request, pk)
    form = PictureForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {name: given[name] for name in ("alt", "people", "agreed_with")}
        actions.keep_picture(found, given["picture"], **facts, by=me(request), at=timezone.now())
        return redirect("agendas:work_agreement", pk)
    title = _("A picture of what came of it")
    return form_page(request, form, title=title, about=found.what, back=work_agreement_path(pk), send=_("Save"), multipart=True)


# --- owners ------------------------------------------------------------------------------------------


@never_cache
@allow(ADVISER)
@require_form
def add_owner(request: HttpRequest, pk: int) -> HttpResponse:
    found = agreement_here(request, pk)
    form = OwnerForm(posted(request), initial={"role": "owner"})
    if request.method == "POST" and form.is_valid():
        made = actions.add_owner(found, form.facts(), by=me(request), at=timezone.now())
        return redirect("agendas:ask_owner", made.uuid)
    return form_page(request, form, title=_("Who does this?"), about=found.what, back=work_agreement_path(pk), send=_("Save"))


@never_cache
@allow(ADVISER)
@require_form
def ask_owner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mail a link with which an owner says yes or no."""
    owner = owner_here(request, uuid)
    form = AskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_by_mail(request, owner, form.cleaned_data["email"], by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The link is on its way. It works for thirty days."))
            return redirect("agendas:work_agreement", owner.agreement_id)
    return form_page(
        request, form, title=_("Ask %(name)s to say yes") % {"name": owner.name}, about=owner.agreement.what,
        back=work_agreement_path(owner.agreement_id), send=_("Send the link"),
        lead=_("They need no account. We keep the address when they say yes."),
    )  # fmt: skip


@allow(ADVISER)
@require_POST
def owner_told(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An owner said yes or no by phone or face to face."""
    owner = owner_here(request, uuid)
    form = ToldForm(request.POST)
    if form.is_valid():
        by, at = me(request), timezone.now()
        try:
            if form.cleaned_data["answer"] == "yes":
                actions.accept(owner, said_by=by.name, how=Said.TOLD, by=by, at=at)
            else:
                actions.refuse(owner, said_by=by.name, why=_("told to us"), how=Said.TOLD, by=by, at=at)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("agendas:work_agreement", owner.agreement_id)


@allow(ADVISER)
@require_POST
def remove_owner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    owner = owner_here(request, uuid)
    actions.remove_owner(owner, by=me(request), at=timezone.now())
    return redirect("agendas:work_agreement", owner.agreement_id)


# --- a table out of Word or Excel ---------------------------------------------------------------------


@never_cache
@allow(ADVISER)
@require_form
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """Agreements from a pasted table: looked at first, then taken in, and undone as a whole."""
    area = area_here(request, code)
    versions = AgendaVersion.objects.exclude(stage=VersionStage.FOLLOWED).filter(area=area).select_related("area").order_by("-number")
    version = get_object_or_404(versions[:1])
    form = PasteForm(posted(request))
    context = {"form": form, "columns": COLUMNS, "back": work_path(code), "code": code}
    if request.method == "POST" and "undo" in request.POST:
        return undo(request, version)
    if request.method == "POST" and form.is_valid():
        try:
            dry_run = "take" not in request.POST
            report, batch = actions.take_in(version, form.cleaned_data["table"], dry_run=dry_run, by=me(request), at=timezone.now())
            context |= {"report": report, "groups": groups_of(report), "done": not dry_run, "batch": batch}
        except Refused as refusal:
            form.add_error("table", str(refusal))
    return render(request, "agendas/paste.html", context, status=422 if form.errors else 200)


def undo(request: HttpRequest, version: AgendaVersion) -> HttpResponse:
    try:
        number = actions.undo_import(version, UUID(request.POST["undo"]), by=me(request), at=timezone.now())
        messages.success(request, _("Taken away: %(number)s agreements.") % {"number": number})
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValueError:
        messages.error(request, _("This was undone already."))
    return redirect(work_path(version.area.code))
