"""`/stages/kiezen/` and `/stages/mijn/`: colleagues choose a shift and follow their own; and the one click of a manager."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage
from buurtdraad.placements import access
from buurtdraad.placements.actions import shifts as actions
from buurtdraad.placements.actions.shifts import TooLate, WrongManager
from buurtdraad.placements.actions.telling import HOUR, when
from buurtdraad.placements.forms.shifts import FindForm, ManagerForm, OtherManagerForm, SignUpForm
from buurtdraad.placements.models import Placement, Shift
from buurtdraad.placements.queries import shifts as queries
from buurtdraad.placements.queries.calendars import of_placement
from buurtdraad.placements.rules import may_still_cancel
from buurtdraad.placements.states import KNOWN_TO_HOST, OVER, ShiftStage, Stage
from buurtdraad.placements.views.ending import ended
from buurtdraad.places import queries as places
from buurtdraad.ui.asking import form_page, said

ON_A_PAGE = 20


# --- choosing ---------------------------------------------------------------------------------------


@allow(access.TAKES_PART)
@require_safe
def shifts(request: HttpRequest) -> HttpResponse:
    """All shifts that are still to come, or those that suit somebody."""
    form, at = FindForm(request.GET), timezone.now()
    if not form.is_valid():
        return render(request, "placements/shifts.html", {"form": form}, status=422)
    asked = form.cleaned_data
    found = queries.to_choose(at=at, code=asked["gebied"], day=asked["dag"], physical=asked["werk"], language=asked["taal"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form, "page": page, "rows": queries.choices(page.object_list, on=timezone.localdate(at)), "query": query.urlencode(),
        "searched": any(asked.values()),
    }  # fmt: skip
    return render(request, "placements/shifts.html", context)


def chosen(uuid: UUID) -> Shift:
    return get_object_or_404(access.shifts_to_choose(), uuid=uuid)


@allow(access.TAKES_PART)
@require_safe
def shift(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One shift: what there is to do and what is asked. Who else comes stands nowhere."""
    found, at = chosen(uuid), timezone.now()
    (row,) = queries.choices([found], on=timezone.localdate(at))
    mine = queries.placements_of(me(request)).filter(shift=found).exclude(stage__in=[Stage.CANCELLED, Stage.REFUSED]).first()
    context = {"row": row, "shift": found, "host": found.host, "when": when(found), "mine": mine,
               "open": found.stage == ShiftStage.OFFERED and found.starts_at > at}  # fmt: skip
    return render(request, "placements/shift.html", context)


@allow(access.TAKES_PART)
@require_form
def sign_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One form. What was filled in the last time stands there."""
    found, person = chosen(uuid), me(request)
    if request.method != "POST" and (page := cannot_ask(request, found)):
        return page
    last = queries.placements_of(person).first()
    initial = {"department": last.department, "manager_email": last.manager_email} if last else {}
    form = SignUpForm(posted(request), initial=initial)
    if form.is_valid():
        limited("placement to agree", str(person.uuid), most=20, within=HOUR)
        try:
            made = actions.sign_up(found, person=person, **form.cleaned_data, at=timezone.now())
        except WrongManager as refusal:
            form.add_error("manager_email", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("placements:placement", made.uuid)
    return form_page(
        request, form, title=_("I want to come"), about=f"{found.host.name}, {when(found)}", send=_("Ask for a seat"),
        back=reverse("placements:shift", args=[uuid]),
        lead=_("First your manager says yes or no, then the host. You hear it each time."),
    )  # fmt: skip


def cannot_ask(request: HttpRequest, found: Shift) -> HttpResponse | None:
    """A page that says why somebody cannot sign up, before they fill in anything, with a link to go on; None when they can."""
    person, at = me(request), timezone.now()
    mine = queries.placements_of(person).filter(shift=found).exclude(stage__in=[Stage.CANCELLED, Stage.REFUSED]).first()
    if mine:
        return redirect("placements:placement", mine.uuid)
    try:
        actions.may_ask(found, person, at)
    except actions.NoSeat as refusal:
        other = queries.going_on_then(person, found)
        back = reverse("placements:placement", args=[other.uuid]) if other else reverse("placements:shifts")
        return said(
            request, _("You cannot sign up now"), str(refusal), back=back, go=_("See your other placement") if other else _("All shifts")
        )
    return None


# --- one's own --------------------------------------------------------------------------------------


@allow(access.TAKES_PART)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody asked for, what is to come, and what has been."""
    page = Paginator(queries.placements_of(me(request)), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "placements/my_shifts.html", {"page": page})


def own(request: HttpRequest, uuid: UUID) -> Placement:
    return get_object_or_404(access.placements_of(request.user), uuid=uuid)


# Who left the municipality still reads what they did, and takes it back.
@allow(SIGNED_IN)
@require_safe
def placement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = own(request, uuid)
    context = {
        "placement": found, "shift": found.shift, "host": found.shift.host, "when": when(found.shift),
        "line": queries.place_in_line(found), "asking": found.stage in {Stage.REQUESTED, Stage.WAITING}, "active": found.stage not in OVER,
        "may_cancel": found.stage not in OVER and may_still_cancel(found.shift.starts_at, timezone.now()),
    }  # fmt: skip
    return render(request, "placements/placement.html", context)


@allow(SIGNED_IN)
@require_form
def cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Taking it back: a page with one button."""
    found = own(request, uuid)
    if request.method == "POST":
        try:
            actions.cancel(found, by=me(request), at=timezone.now())
            messages.success(request, _("Your name is off the list. Thank you for telling us."))
        except WrongStage:
            messages.info(request, _("This was cancelled already, or it is over."))
        except TooLate as refusal:
            messages.warning(request, str(refusal))
        return redirect("placements:placement", uuid)
    context = {
        "placement": found, "shift": found.shift, "host": found.shift.host, "when": when(found.shift),
        "host_knows": found.stage in KNOWN_TO_HOST, "manager_asked": found.stage != Stage.WAITING,
    }  # fmt: skip
    return render(request, "placements/cancel.html", context)


@allow(SIGNED_IN)
@require_form
def other_manager(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Asking somebody else than the address that was filled in, for as long as nobody answered."""
    found, person = own(request, uuid), me(request)
    form = OtherManagerForm(posted(request), initial={"manager_email": found.manager_email})
    if form.is_valid():
        limited("placement to agree", str(person.uuid), most=20, within=HOUR)
        try:
            actions.ask_other_manager(found, form.cleaned_data["manager_email"], by=person, at=timezone.now())
        except WrongManager as refusal:
            form.add_error("manager_email", str(refusal))
        except TooLate as refusal:
            messages.info(request, str(refusal))
            return redirect("placements:placement", uuid)
        else:
            messages.success(request, _("This is kept. The link in the mail of before does nothing more."))
            return redirect("placements:placement", uuid)
    return form_page(
        request, form, title=_("Ask another manager"), about=f"{found.shift.host.name}, {when(found.shift)}", send=_("Ask this manager"),
        back=reverse("placements:placement", args=[uuid]),
    )  # fmt: skip


@allow(SIGNED_IN)
@require_safe
def placement_calendar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The shift as a file for a calendar."""
    found = own(request, uuid)
    response = HttpResponse(of_placement(found, at=timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="stage-{date_format(found.shift.starts_at, "Y-m-d")}.ics"'
    return response


# --- the manager ------------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def agree(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no in one click, without an account. GET changes nothing: mail filters open every link."""
    at, form = timezone.now(), ManagerForm(posted(request))
    try:
        found = actions.asked_by(token, at=at)
        answer = request.POST.get("answer", "")
        if answer in {"yes", "no"} and form.is_valid():
            actions.answer_by_link(token, yes=answer == "yes", why=form.cleaned_data["why"], at=at)
            return thanked(request, found, yes=answer == "yes")
    except (BadLink, TooLate, WrongStage) as refusal:
        says = _("This was answered already.") if isinstance(refusal, WrongStage) else str(refusal)
        status = 404 if isinstance(refusal, BadLink) else 200
        return ended(request, _("This link does nothing more"), says, status=status)
    code = found.shift.host.area.code
    context = {
        "placement": found, "shift": found.shift, "host": found.shift.host, "when": when(found.shift), "form": form,
        "name": queries.first_name(found.person), "place": places.names_of([code]).get(code, code),
    }  # fmt: skip
    return render(request, "placements/agree.html", context, status=422 if request.method == "POST" else 200)


def thanked(request: HttpRequest, found: Placement, *, yes: bool) -> HttpResponse:
    name = {"name": queries.first_name(found.person)}
    title = _("Thank you. You said yes.") if yes else _("Thank you. You said no.")
    says = _("Now we ask the host. %(name)s hears it from us.") if yes else _("%(name)s hears it from us.")
    return ended(request, title, says % name)
