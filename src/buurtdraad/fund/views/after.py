"""What comes after a decision, for who works on it: the list, the account, the final amount, money back, changes, and letters."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import accounting, changing, ending, paying, recovering, sending, settling
from buurtdraad.fund.forms.deciding import SendForm
from buurtdraad.fund.forms.questions import HearingForm
from buurtdraad.fund.forms.settling import (
    AccountNumberForm,
    BackForm,
    ChangeAnswerForm,
    DropForm,
    ReceivedForm,
    RevokeForm,
    SettleForm,
)
from buurtdraad.fund.models import Account, Letter
from buurtdraad.fund.queries.after import waiting_for
from buurtdraad.fund.queries.paying import granted_of
from buurtdraad.fund.queries.settling import needs_two, outdated
from buurtdraad.fund.views.on_file import deed, deed_with_form, known
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE
from buurtdraad.ui.euros import euros

A_PAGE = 50


@never_cache
@allow(access.HANDLER)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """All that waits after decisions, by kind, the most urgent first."""
    context = {"waiting": waiting_for(me(request), most=A_PAGE), "crumbs": [(_("Requests for money"), reverse("fund:worklist"))]}
    return render(request, "fund/after_work.html", context)


# --- what was done -------------------------------------------------------------------------------------------


@allow(access.HANDLER)
@require_form
def give_account_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid, access.may_see_to)
    shown = get_object_or_404(Account, application=application)
    form = BackForm(posted(request))

    def act() -> None:
        accounting.give_back(shown, form.cleaned_data["why"], by=me(request), at=timezone.now())

    texts = {"title": _("Something is missing"), "send": _("Give it back")}
    return deed_with_form(request, application, form, act, says=_("They are asked to complete it."), **texts)


@allow(access.HANDLER)
@require_POST
def look_at_account(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid, access.may_see_to)
    shown = get_object_or_404(Account, application=application)
    says = _("Written down: it is in order.")
    return deed(request, application, lambda: accounting.look(shown, by=me(request), at=timezone.now()), says=says)


# --- the final amount, and money back --------------------------------------------------------------------------


@allow(access.HANDLER)
@require_form
def hear_after(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask them to react before the amount becomes lower, or the money is taken back."""
    application = known(request, uuid, access.may_see_to)
    form = HearingForm(posted(request), rules=application.rules)

    def act() -> None:
        settling.ask_view(application, **form.cleaned_data, by=me(request), at=timezone.now())

    lead = _("The law asks this before a lower final amount, and before money is taken back.")
    texts = {"title": _("Hear them before we decide"), "lead": lead, "send": _("Ask for a reaction")}
    return deed_with_form(request, application, form, act, says=_("They are asked to react."), **texts)


@never_cache
@allow(access.DECIDER)
@require_form
def settle(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Decide on the final amount; then its letter goes out."""
    application = known(request, uuid, access.may_settle)
    decision = granted_of(application)
    if decision is None:
        raise Http404
    form = SettleForm(posted(request), decision=decision)
    if form.is_valid():
        try:
            made = settling.settle(application, **form.cleaned_data, replaces=outdated(application), by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("You decided. Now read the letter and send it."))
            return redirect("fund:send_after", made.letter.uuid)
    account = Account.objects.filter(application=application).first()
    lead = _("Granted: %(granted)s.") % {"granted": euros(decision.amount)}
    if account and account.spent is not None:
        lead += " " + _("By their report it came to %(spent)s.") % {"spent": euros(account.spent)}
    if needs_two(application):
        lead += " " + _("For this amount somebody else first says that what they did is in order.")
    return deed_with_form(
        request, application, form, lambda: None, says="", title=_("Decide on the final amount"), lead=lead, send=_("Decide")
    )


@never_cache
@allow(access.DECIDER)
@require_form
def revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the money back."""
    application = known(request, uuid, access.may_settle)
    form = RevokeForm(posted(request))
    if form.is_valid():
        try:
            letter = ending.revoke(application, **form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("You decided. Now read the letter and send it."))
            return redirect("fund:send_after", letter.uuid)
    lead = _("What was not paid stops at once. What was paid has to come back.")
    texts = {"title": _("Take the money back"), "lead": lead, "send": _("Take the money back")}
    return deed_with_form(request, application, form, lambda: None, says="", **texts)


@allow(access.HANDLER)
@require_form
def money_came_back(request: HttpRequest, uuid: UUID, recovery: UUID) -> HttpResponse:
    application = known(request, uuid, access.may_see_to)
    asked = get_object_or_404(application.recoveries, uuid=recovery)
    form = ReceivedForm(posted(request), recovery=asked)

    def act() -> None:
        recovering.receive(asked, form.cleaned_data["amount"], on=form.cleaned_data["on"], by=me(request), at=timezone.now())

    return deed_with_form(request, application, form, act, says=_("Written down."), title=_("Money came back"))


@allow(access.DECIDER)
@require_form
def drop_recovery(request: HttpRequest, uuid: UUID, recovery: UUID) -> HttpResponse:
    application = known(request, uuid, access.may_drop)
    asked = get_object_or_404(application.recoveries, uuid=recovery)
    form = DropForm(posted(request))

    def act() -> None:
        recovering.drop(asked, form.cleaned_data["why"], by=me(request), at=timezone.now())

    return deed_with_form(request, application, form, act, says=_("Written down."), title=_("It does not have to come back"))


@never_cache
@allow(access.HANDLER)
@require_form
def note_account(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To which account the money goes, as they told it. What was there before is not shown."""
    application = known(request, uuid, access.may_see_to)
    form = AccountNumberForm(posted(request))

    def act() -> None:
        paying.note_account(application, **form.cleaned_data, by=me(request), at=timezone.now())

    lead = _("Read the number back to them. The money goes out with the next payment list.")
    texts = {"title": _("The account for the money"), "lead": lead}
    return deed_with_form(request, application, form, act, says=_("The account is written down."), **texts)


# --- changes and letters -----------------------------------------------------------------------------------------


@allow(access.HANDLER)
@require_form
def answer_change(request: HttpRequest, uuid: UUID, change: UUID) -> HttpResponse:
    application = known(request, uuid, access.may_see_to)
    asked = get_object_or_404(application.changes, uuid=change)
    form = ChangeAnswerForm(posted(request))

    def act() -> None:
        changing.answer(asked, **form.cleaned_data, by=me(request), at=timezone.now())

    texts = {"title": _("They want to change something"), "lead": asked.words, "send": _("Answer")}
    return deed_with_form(request, application, form, act, says=_("They were told."), **texts)


@never_cache
@allow(access.FUND_STAFF)
@require_form
def send_after(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read a letter that is not of the decision, and say how and when it goes out."""
    seen = access.visible_applications(request.user)
    related = ("application__initiative__area", "application__contact__person")
    letter = get_object_or_404(Letter.objects.select_related(*related), uuid=uuid, application__in=seen, about__in=sending.SENT_HERE)
    application = letter.application
    require(access.may_send(request.user, application))
    form = SendForm(posted(request), application=application, today=timezone.localdate())
    if form.is_valid():
        try:
            sending.send(letter, **form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The letter went out."))
            return redirect("fund:file", application.uuid)
    back = reverse("fund:file", args=[application.uuid])
    decides = letter.about in Letter.AFTER
    context = {"letter": letter, "application": application, "form": form, "back": back, "decides": decides}
    return render(request, "fund/send_after.html", context, status=UNPROCESSABLE if form.errors else 200)
