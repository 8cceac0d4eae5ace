"""Deeds on a file: take it, give it to a colleague, complete, another desk, a note, an interest."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import handling as actions
from buurtdraad.fund.actions import interests
from buurtdraad.fund.forms.handling import ColleagueForm, CompleteForm, InterestForm, NoteForm, ReferForm
from buurtdraad.fund.queries.applications import documents_wanted
from buurtdraad.fund.queries.colleagues import handlers_for
from buurtdraad.fund.states import Interest
from buurtdraad.fund.views.on_file import deed, deed_with_form, known
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import form_page


@allow(access.FUND_STAFF)
@require_form
def declare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say whether you have something to do with it. Who has, comes back to the list: the file is closed for them."""
    application = known(request, uuid, access.may_declare)
    form = InterestForm(posted(request))
    if form.is_valid():
        says, words = Interest(form.cleaned_data["says"]), form.cleaned_data["words"]
        try:
            interests.declare(application, me(request), says, words, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            if says == Interest.YES:
                messages.success(request, _("Thank you. Somebody else takes up this request."))
                return redirect("fund:worklist")
            messages.success(request, _("Thank you. You can work on this request."))
            return redirect("fund:file", uuid)
    title = _("Do you have something to do with this request?")
    return form_page(request, form, title=title, about=str(application), back=reverse("fund:worklist"))


@allow(access.HANDLER)
@require_POST
def take(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    return deed(request, application, lambda: actions.take(application, by=me(request), at=timezone.now()), says=_("You handle it now."))


@allow(access.HANDLER)
@require_POST
def let_go(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    says = _("It waits for a colleague now.")
    return deed(request, application, lambda: actions.let_go(application, by=me(request), at=timezone.now()), says=says)


@allow(access.HANDLER)
@require_form
def give_to(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Also for who has an interest: then they go back to the list, since the file is closed for them."""
    application = known(request, uuid, access.may_give_away)
    form = ColleagueForm(posted(request), people=handlers_for(application, on=timezone.localdate()))
    if form.is_valid():
        try:
            actions.give_to(application, form.person, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("%(name)s handles it now.") % {"name": form.person})
            return redirect("fund:worklist")
    return form_page(request, form, title=_("Who handles it?"), about=str(application), back=reverse("fund:worklist"))


@allow(access.HANDLER)
@require_form
def complete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    form = CompleteForm(posted(request))
    missing = ", ".join(str(kind.label) for kind in documents_wanted(application))

    def act() -> None:
        actions.complete(application, on=form.cleaned_data["on"], by=me(request), at=timezone.now())

    lead = _("These documents are not there yet: %(documents)s.") % {"documents": missing} if missing else _("All documents are there.")
    says = _("The request is complete. Who asked was told.")
    return deed_with_form(request, application, form, act, says=says, title=_("Is everything there?"), lead=lead)


@allow(access.HANDLER)
@require_form
def refer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    form = ReferForm(posted(request), doors=list(application.rules.scheme.wrong_doors.all()))

    def act() -> None:
        actions.refer(application, to=form.to, by=me(request), at=timezone.now())

    lead = _("This ends the request here. Who asked hears which desk takes it up.")
    says = _("Another desk takes it up. Who asked was told.")
    texts = {"title": _("Send it to another desk"), "lead": lead, "send": _("Send it on")}
    return deed_with_form(request, application, form, act, says=says, **texts)


@allow(access.FUND_STAFF)
@require_form
def add_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid, access.may_note)
    form = NoteForm(posted(request))

    def act() -> None:
        actions.add_note(application, form.cleaned_data["text"], by=me(request), at=timezone.now())

    return deed_with_form(request, application, form, act, says=_("The note is kept."), title=_("Note for colleagues"))
