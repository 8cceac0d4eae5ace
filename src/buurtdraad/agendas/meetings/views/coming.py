"""Signing up without an account, one's own sign-up behind its link, and confirming an e-mail address."""

import datetime

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.forms.coming import ChangeForm, CodeForm, SignUpForm, SlipForm
from buurtdraad.agendas.meetings.models import Meeting, SignUp
from buurtdraad.agendas.meetings.queries import seats
from buurtdraad.agendas.meetings.states import Seat, Stage
from buurtdraad.agendas.meetings.views.public import on_site_or_404
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited, limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.rules import as_written

UNPROCESSABLE = 422
HOUR = datetime.timedelta(hours=1)


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Ik kom": one screen, without an account."""
    meeting = on_site_or_404(pk)
    if not meeting.takes_sign_ups(timezone.now()):
        over = meeting.ends_at <= timezone.now() or meeting.stage in {Stage.HELD, Stage.CLOSED}
        context = {"meeting": meeting, "over": over, "section": "meetings"}
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "agendas/meetings/join_closed.html", context, status=status)
    known = isinstance(request.user, Person)
    initial = {"name": request.user.name.split(" ")[0]} if isinstance(request.user, Person) else None
    form = SignUpForm(request.POST or None, known=known, initial=initial)
    if request.method == "POST":
        limited_address("sign-up", request)
        if form.is_valid() and (made := signed_up(request, meeting, form)):
            return redirect("agendas:sign_up", token=seats.own_token(made))
    context = {"meeting": meeting, "seats": seats.seats_of([meeting])[meeting.pk], "form": form, "section": "meetings"}
    return render(request, "agendas/meetings/join.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def signed_up(request: HttpRequest, meeting: Meeting, form: SignUpForm) -> SignUp | None:
    """The sign-up; None puts the refusal on the form."""
    by = request.user if isinstance(request.user, Person) else None
    try:
        made = actions.sign_up(meeting, form.comer, by=by, at=timezone.now(), mark=form.mark)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if form.to_confirm and made.contact is None:
        actions.mail_to_confirm(request, form.to_confirm, made, at=timezone.now())
        notices.info(request, _("We sent you a mail. Open the link in it, then we can tell you when something changes."))
    return made


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """One's own sign-up: whether there is a place, changing it, signing off, and "I am here" with the code of the room."""
    found = seats.sign_up_of(token)
    if found is None:
        raise Http404
    change = ChangeForm(initial={"people": found.people, "needs": found.needs})
    code = CodeForm()
    if request.method == "POST":
        deed = request.POST.get("deed")
        change = ChangeForm(request.POST) if deed == "change" else change
        code = CodeForm(request.POST) if deed == "here" else code
        try:
            if done := own_deed(deed, found, change, code):
                notices.success(request, done)
                return redirect("agendas:sign_up", token=token)
        except WrongStage:
            return redirect("agendas:sign_up", token=token)
        except Refused as refusal:
            (code if deed == "here" else change).add_error("code" if deed == "here" else "people", str(refusal))
    slip = seats.slip_of(found)
    context = {
        "sign_up": found, "meeting": found.meeting, "line": seats.place_in_line(found), "change": change, "code": code,
        "slip": as_written(slip) if slip else "", "section": "meetings",
        "open": found.meeting.stage == Stage.ANNOUNCED and found.stage in {Seat.SIGNED, Seat.WAITING},
    }  # fmt: skip
    return render(request, "agendas/meetings/sign_up.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def own_deed(deed: str | None, found: SignUp, change: ChangeForm, code: CodeForm) -> str:
    """Do it; what to say of it, or nothing when the form has to be looked at again."""
    at, by = timezone.now(), found.contact.person if found.contact else None
    match deed:
        case "change" if change.is_valid():
            actions.change_sign_up(found, people=change.cleaned_data["people"], needs=change.cleaned_data["needs"], by=by, at=at)
            return _("Saved.")
        case "off":
            actions.sign_off(found, by=by, at=at)
            return _("You are off the list. Thank you for telling us.")
        case "here" if code.is_valid():
            limited("code of a room", str(found.uuid), most=10, within=HOUR)
            actions.check_in_by_code(found, code.cleaned_data["code"], at=at)
            return _("Welcome! We know that you are here.")
    return ""


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and changes nothing (mail filters open every link); POST confirms the address."""
    try:
        open_link(Purpose.CONFIRM_SIGN_UP, token, at=timezone.now())
        if request.method == "POST":
            made = actions.confirm_sign_up(token, at=timezone.now())
            notices.success(request, _("Your address is confirmed. You hear from us when something changes."))
            return redirect("agendas:sign_up", token=seats.own_token(made))
    except BadLink as refusal:
        return render(request, "agendas/meetings/confirm.html", {"broken": str(refusal)}, status=404)
    return render(request, "agendas/meetings/confirm.html", {"section": "meetings"})


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_slip(request: HttpRequest) -> HttpResponse:
    """To one's own sign-up with the number on the slip."""
    form = SlipForm(request.POST or None)
    if request.method == "POST":
        limited_address("slip", request)
        if form.is_valid():
            found = seats.sign_up_by_slip(form.cleaned_data["number"])
            if found:
                return redirect("agendas:sign_up", token=seats.own_token(found))
            form.add_error("number", _("We do not know this number. Look at your slip again, or call us."))
    return render(request, "agendas/meetings/by_slip.html", {"form": form}, status=UNPROCESSABLE if request.method == "POST" else 200)
