"""`/gastheer/...`: what a host does itself, with the link in a mail; or signed in, for who speaks for it; or the organiser for them.

In the address stands the token of a link, or the public id of the host: that alone opens nothing. GET changes nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage
from buurtdraad.placements import access
from buurtdraad.placements.actions import hosts as actions
from buurtdraad.placements.actions import offering, shifts
from buurtdraad.placements.actions.telling import when
from buurtdraad.placements.forms.hosts import BlockForm, CallOffForm, NewLinkForm, RefuseForm, ShiftForm
from buurtdraad.placements.models import Host, Placement, Shift
from buurtdraad.placements.queries import hosts as queries
from buurtdraad.placements.queries.shifts import guest as guest_of
from buurtdraad.placements.queries.shifts import shifts_of_host
from buurtdraad.placements.states import ShiftStage, Stage
from buurtdraad.placements.views.ending import ended
from buurtdraad.ui.asking import form_page


def host_page(view: Callable) -> Callable:
    """Gives a view the host and who acts (None by a link); a link that does nothing leads to asking for a fresh one."""

    @never_cache
    @allow(EVERYBODY)
    @require_form
    @wraps(view)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        by = request.user if isinstance(request.user, Person) else None
        try:
            if uuid := as_uuid(token):
                if by is None:
                    return redirect_to_login(request.get_full_path())
                host = get_object_or_404(Host.objects.select_related("organisation__joined_to", "area"), uuid=uuid)
                require(access.may_act_for(by, host))
                return view(request, host, by, token, **more)
            return view(request, actions.host_of(token, at=timezone.now()), None, token, **more)
        except BadLink as refusal:
            return render(request, "placements/host_link_refused.html", {"says": str(refusal)}, status=404)

    return opened


def as_uuid(token: str) -> UUID | None:
    """The public id that a token is; None for the token of a link."""
    try:
        return UUID(token)
    except ValueError:
        return None


@host_page
def host(request: HttpRequest, found: Host, by: Person | None, token: str) -> HttpResponse:
    """All that a host has to know and do. That an organiser sees who comes leaves a trace."""
    at = timezone.now()
    rows = shifts_of_host(found, at=at)
    if by and not access.speaks_for(by, found) and any(row.asking or row.expected or row.noted for row in rows):
        record_look(room="placements", thing=found.thing, by=by.uuid, at=at, duty=access.duty_of(by))
    context = {
        "host": found, "token": token, "rows": rows, "now": at, "blocked": queries.days_blocked(found, timezone.localdate(at)),
        "to_do": [row for row in rows if row.asking or (row.began and row.expected)],
    }  # fmt: skip
    return render(request, "placements/host.html", context)


@host_page
def offer(request: HttpRequest, found: Host, by: Person | None, token: str) -> HttpResponse:
    form = ShiftForm(posted(request), host=found)
    if form.is_valid():
        try:
            made = offering.offer(found, **form.facts, by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            says = ngettext("The shift is offered.", "%(number)s shifts are offered.", len(made)) % {"number": len(made)}
            return back(request, token, says)
    return asked(request, form, found, token, title=_("Offer a shift"), send=_("Offer"))


@host_page
def change_shift(request: HttpRequest, found: Host, by: Person | None, token: str, uuid: UUID) -> HttpResponse:
    shift = shift_of(found, uuid)
    if shift.stage != ShiftStage.OFFERED:
        return back(request, token, over_already())
    form = ShiftForm(posted(request), host=found, shift=shift)
    if form.is_valid():
        try:
            moved = offering.change(shift, **form.facts, by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(request, token, _("Saved. Who would come is told of the other time.") if moved else _("Saved."))
    return asked(request, form, found, token, title=_("Change the shift"), about=when(shift))


@host_page
def call_off(request: HttpRequest, found: Host, by: Person | None, token: str, uuid: UUID) -> HttpResponse:
    shift, form = shift_of(found, uuid), CallOffForm(posted(request))
    if shift.stage != ShiftStage.OFFERED:
        return back(request, token, over_already())
    if form.is_valid():
        try:
            offering.call_off(shift, why=form.cleaned_data["why"], by=by, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(request, token, _("The shift is called off. Who would come is told."))
    return asked(request, form, found, token, title=_("Call off the shift"), about=when(shift), send=_("Call off"))


@host_page
def block(request: HttpRequest, found: Host, by: Person | None, token: str) -> HttpResponse:
    """Days on which nobody can come. Shifts that were offered on them are called off in the same step, or stay closed for others."""
    form = BlockForm(posted(request), host=found)
    if form.is_valid():
        actions.block_days(found, **form.cleaned_data, by=by, at=timezone.now())
        says = _("On these days nobody can come.")
        if form.cleaned_data["call_off_why"]:
            says += " " + _("The shifts are called off. Who would come is told.")
        return back(request, token, says)
    return asked(request, form, found, token, title=_("Days on which nobody can come"))


@host_page
def free(request: HttpRequest, found: Host, by: Person | None, token: str, pk: int) -> HttpResponse:
    """Take such days back: a button on the page of the host."""
    black_out = get_object_or_404(found.black_outs, pk=pk)
    if request.method == "POST":
        actions.free_days(black_out, by=by, at=timezone.now())
        return back(request, token, _("On these days people can come again."))
    return redirect("placements:host", token)


@host_page
def guest(request: HttpRequest, found: Host, by: Person | None, token: str, uuid: UUID) -> HttpResponse:
    """One person who wants to come or came: yes, no with a reason, was there or not."""
    own = Placement.objects.filter(shift__host=found).select_related("person", "shift__host__area")
    placement = get_object_or_404(own, uuid=uuid)
    deed, form = request.POST.get("deed", ""), RefuseForm(posted(request) if request.POST.get("deed") == "refuse" else None)
    try:
        if says := answered(placement, deed, form, by):
            return back(request, token, says)
    except WrongStage:
        return back(request, token, _("This was answered already."))
    except Refused as refusal:
        return back(request, token, str(refusal))
    name = guest_of(placement).called or _("a colleague")
    if placement.stage == Stage.ATTENDED:
        return asked(
            request, Form(), found, token, send=_("Note this"), title=_("Was %(name)s not there after all?") % {"name": name},
            about=when(placement.shift), deed="not_after_all",
            lead=_("You noted before that they were there. Then they cannot share a lesson or thank you any more."),
        )  # fmt: skip
    return asked(
        request, form, found, token, send=_("Say no"), title=_("It does not suit you that %(name)s comes") % {"name": name},
        about=f"{placement.department}, {when(placement.shift)}", deed="refuse",
    )  # fmt: skip


def answered(placement: Placement, deed: str, form: RefuseForm, by: Person | None) -> str:
    """Do it; what to say of it, or nothing when something has to be asked first."""
    at, name = timezone.now(), guest_of(placement).called or _("Your guest")
    match deed:
        case "yes":
            shifts.confirm(placement, by=by, at=at)
            return _("%(name)s is told that you expect them.") % {"name": name}
        case "refuse" if form.is_valid():
            shifts.refuse(placement, why=form.cleaned_data["why"], by=by, at=at)
            return _("%(name)s is told that it does not suit you, and why.") % {"name": name}
        case "stayed_away" if placement.stage == Stage.ATTENDED:
            return ""
        case "came" | "stayed_away" | "not_after_all":
            shifts.attended(placement, came=deed == "came", by=by, at=at)
            return _("Noted. Thank you.")
    return ""


@never_cache
@allow(EVERYBODY)
@require_form
def new_link(request: HttpRequest) -> HttpResponse:
    """A fresh link for a host, to the address that we know. Who asks does not hear which addresses those are."""
    form = NewLinkForm(posted(request))
    if request.method == "POST":
        limited_address("host link", request)
        if form.is_valid():
            actions.link_asked_for(form.cleaned_data["email"], at=timezone.now())
            says = _("Are you the contact of a host? Then a link comes by mail.")
            return ended(request, _("Look in your mail"), says)
    return form_page(
        request, form, title=_("Ask for a fresh link"), send=_("Send me a link"),
        lead=_("Do you receive people of the municipality? With the link you offer shifts and see who comes."),
    )  # fmt: skip


# --- what they share --------------------------------------------------------------------------------


def shift_of(found: Host, uuid: UUID) -> Shift:
    """A shift of this host, or 404."""
    return get_object_or_404(found.shifts.select_related("host__area"), uuid=uuid)


def over_already() -> str:
    return _("This shift was called off already, or it is over.")


def back(request: HttpRequest, token: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("placements:host", token)


def asked(request: HttpRequest, form, found: Host, token: str, **texts: Any) -> HttpResponse:
    return form_page(request, form, **({"about": found.name, "back": reverse("placements:host", args=[token])} | texts))
