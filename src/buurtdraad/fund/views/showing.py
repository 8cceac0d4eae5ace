"""`/fonds/aanvragen/<uuid>/verantwoording/` and beside it: where who got money shows what they did, and asks to change or end it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import accounting, changing, ending, objecting, proof
from buurtdraad.fund.actions.handling import page_of_applicant
from buurtdraad.fund.forms.showing import AccountForm, ChangeForm, ObjectForm, ReceiptForm, WithdrawForm
from buurtdraad.fund.models import Account, Application
from buurtdraad.fund.queries.accounting import accounting_of
from buurtdraad.fund.queries.after import after_of
from buurtdraad.fund.states import Accounting
from buurtdraad.fund.views.asking import asked_here, visitor
from buurtdraad.initiatives.actions.gallery import Shown
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads.fields import PictureForm
from buurtdraad.lib.uploads.serving import attachment
from buurtdraad.lib.uploads.serving import picture as give_picture
from buurtdraad.ui.asking import UNPROCESSABLE, form_page

SEND, RECEIPT, PICTURE = "send", "add_receipt", "add_picture"


@never_cache
@allow(EVERYBODY)
@require_form
def account(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The three questions, the pictures and the receipts. What is written is kept; sending it needs all of it."""
    found = asked_here(request, uuid)
    shown = get_object_or_404(Account, application=found)
    shown.application = found
    what = next((name for name in (RECEIPT, PICTURE, SEND) if name in request.POST), "")
    files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AccountForm(None if what in {RECEIPT, PICTURE} else posted(request), account=shown, full=accounting_of(found) == Accounting.FULL)
    receipt = ReceiptForm(*(files if what == RECEIPT else (None, None)))
    picture = PictureForm(*(files if what == PICTURE else (None, None)))
    given = {RECEIPT: receipt, PICTURE: picture}.get(what, form)
    if given.is_valid():
        try:
            return kept(request, shown, what, given)
        except Refused as no:
            given.add_error(None, str(no))
    return account_page(request, shown, form, receipt, picture)


def kept(request: HttpRequest, shown: Account, what: str, form: forms.Form) -> HttpResponse:
    by, at = visitor(request), timezone.now()
    if what == RECEIPT:
        limited_address("application", request)
        document, name = form.cleaned_data["receipt"]
        proof.keep_receipt(shown, document, name=name, by=by, at=at)
    elif what == PICTURE:
        limited_address("application", request)
        proof.keep_picture(shown, Shown(**form.cleaned_data), by=by, at=at)
    else:
        assert isinstance(form, AccountForm)
        accounting.write(shown, **form.facts, by=by, at=at)
        if what == SEND:
            accounting.give(shown, by=by, at=at)
            messages.success(request, _("Thank you. We look at it, and you hear from us."))
            return redirect("fund:application", shown.application.uuid)
    messages.success(request, _("Kept. You can go on later."))
    return redirect("fund:account", shown.application.uuid)


def account_page(request: HttpRequest, shown: Account, form: AccountForm, receipt: ReceiptForm, picture: PictureForm) -> HttpResponse:
    context = {
        "application": shown.application, "account": shown, "form": form, "receipt": receipt, "picture": picture,
        "receipts": list(shown.receipts.all()), "pictures": list(shown.pictures.all()), "section": "fund",
        "open": shown.application.stage in accounting.WRITING, "full": accounting_of(shown.application) == Accounting.FULL,
    }  # fmt: skip
    wrong = any(each.errors for each in (form, receipt, picture))
    return render(request, "fund/account.html", context, status=UNPROCESSABLE if wrong else 200)


@allow(EVERYBODY)
@require_POST
def drop_proof(request: HttpRequest, uuid: UUID, proof_uuid: UUID) -> HttpResponse:
    """A wrong receipt or picture goes away."""
    found = asked_here(request, uuid)
    shown = get_object_or_404(Account, application=found)
    wrong = shown.receipts.filter(uuid=proof_uuid).first() or get_object_or_404(shown.pictures, uuid=proof_uuid)
    try:
        proof.drop(wrong, by=visitor(request), at=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("It is gone."))
    return redirect("fund:account", found.uuid)


@never_cache
@allow(EVERYBODY)
@require_safe
def receipt_file(request: HttpRequest, uuid: UUID, proof_uuid: UUID) -> HttpResponseBase:
    """A receipt, to be saved, for who gave it and who handles it."""
    found = get_object_or_404(access.visible_applications(request.user, request.session), uuid=uuid)
    require(access.asks_here(request.user, found, request.session) or access.may_see_file(request.user, found))
    shown = get_object_or_404(Account, application=found)
    return attachment(get_object_or_404(shown.receipts, uuid=proof_uuid))


@never_cache
@allow(EVERYBODY)
@require_safe
def proof_picture(request: HttpRequest, uuid: UUID, proof_uuid: UUID, width: int) -> HttpResponseBase:
    """A picture of what was done, for who gave it and who handles it."""
    found = get_object_or_404(access.visible_applications(request.user, request.session), uuid=uuid)
    require(access.asks_here(request.user, found, request.session) or access.may_see_file(request.user, found))
    shown = get_object_or_404(Account, application=found)
    return give_picture(get_object_or_404(shown.pictures, uuid=proof_uuid), width, public=False)


# --- otherwise, or not at all --------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def ask_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = asked_here(request, uuid)
    form = ChangeForm(posted(request))
    says = _("We have your question. You hear from us whether it is good.")
    lead = _("You do something else than you wrote? Ask it first. Then you are sure of the money.")

    def act() -> None:
        changing.ask(found, **form.cleaned_data, by=visitor(request), at=timezone.now())

    return deed(request, found, form, act, says, title=_("Change something"), lead=lead, send=_("Ask it"))


@never_cache
@allow(EVERYBODY)
@require_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the request back, after a yes on a page of its own."""
    found = asked_here(request, uuid)
    require(access.may_withdraw(request.user, found, request.session))
    form = WithdrawForm(posted(request))
    lead = _("Then you get no money, and we look at it no more. Your plan stays. You can ask again later.")
    texts = {"title": _("Take your request back"), "lead": lead, "send": _("Take your request back")}
    says = _("You took your request back.")
    return deed(request, found, form, lambda: ending.withdraw(found, by=visitor(request), at=timezone.now()), says, **texts)


@never_cache
@allow(EVERYBODY)
@require_form
def object_here(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Object on the site to what was decided last. After the last day too: who decides says what that means."""
    found = asked_here(request, uuid)
    after = after_of(found)
    decision = after.decision
    if decision is None:
        raise Http404
    settlement = after.settlement if after.settlement and after.settlement.known_on else None
    form = ObjectForm(posted(request))

    def act() -> None:
        at = timezone.now()
        words, on = form.cleaned_data["words"], timezone.localdate(at)
        objecting.receive(decision, words=words, received_on=on, settlement=settlement, by=visitor(request), at=at)

    lead = _("Other people than the first time look at it again. You never get less because you object.")
    texts = {"title": _("You do not agree"), "lead": lead, "send": _("Send your objection")}
    return deed(request, found, form, act, _("We have your objection."), **texts)


def deed(request: HttpRequest, found: Application, form: forms.Form, act: Callable[[], object], says: str, **texts: str) -> HttpResponse:
    """The form of one deed; when it is done back to the page of the request. What is refused stands on the form."""
    if form.is_valid():
        try:
            act()
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, says)
            return redirect("fund:application", found.uuid)
    return form_page(request, form, about=f"{found}: {found.initiative}", back=page_of_applicant(found), **texts)
