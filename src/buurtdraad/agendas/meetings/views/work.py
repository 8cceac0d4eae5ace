"""Meetings for who leads them: the list, making and changing one, its own page, and who comes."""

from typing import Any

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.asking import me
from buurtdraad.agendas.meetings import access, actions
from buurtdraad.agendas.meetings.forms.planning import CancelForm, PlanForm, WriteDownForm, initial_of
from buurtdraad.agendas.meetings.models import Meeting, SignUp
from buurtdraad.agendas.meetings.queries import listing, seats
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused

UNPROCESSABLE = 422
ON_A_PAGE = 25
# What comes next stands above a page of what was.
SOON = 10


def hosted(request: HttpRequest, pk: int) -> Meeting:
    """The meeting that this person leads; 404 for what they may not see, 403 for what is of another area."""
    meeting = get_object_or_404(access.visible_to(me(request)).with_place(), pk=pk)
    require(access.may_host(me(request), meeting.area))
    return meeting


@allow(access.HOST)
@never_cache
@require_safe
def work_meetings(request: HttpRequest) -> HttpResponse:
    """What waits to be rounded off, what is to come first, and what was; with `komend=1` all that is to come."""
    reach, at = access.areas_to_host(me(request)), timezone.now()
    mine = listing.hosted(reach)
    if request.GET.get("komend") == "1":
        page = Paginator(mine.to_come(at), ON_A_PAGE).get_page(request.GET.get("page"))
        return render(request, "agendas/meetings/work_list.html", {"rows": listing.rows_of(page), "to_come": page})
    page = Paginator(mine.past(at), ON_A_PAGE).get_page(request.GET.get("page"))
    # One more tells that there are more.
    first = list(mine.to_come(at)[: SOON + 1])
    context = {
        "open": list(listing.to_round_off(reach, at)[:ON_A_PAGE]),
        "rows": listing.rows_of(first[:SOON]),
        "more": len(first) > SOON,
        "page": page,
    }
    return render(request, "agendas/meetings/work_list.html", context)


@allow(access.HOST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new meeting; `?van=12` takes over everything of another one but the day."""
    source = request.GET.get("van", "")
    of = (
        access.visible_to(me(request)).select_related("area").filter(pk=source).first()
        if source.isascii() and source.isdecimal() and len(source) < 10
        else None
    )
    initial = initial_of(of) | {"on": None, "closes": None} if of else None
    form = PlanForm(request.POST or None, reach=access.areas_to_host(me(request)), initial=initial)
    if request.method == "POST" and form.is_valid():
        plan = form.plan
        require(access.may_host(me(request), plan.area))
        made = actions.make(plan, by=me(request), at=timezone.now())
        return redirect("agendas:work_meeting", pk=made.pk)
    return form_page(request, form, None)


@allow(access.HOST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = hosted(request, pk)
    form = PlanForm(request.POST or None, reach=access.areas_to_host(me(request)), initial=initial_of(meeting))
    if request.method == "POST" and form.is_valid():
        plan = form.plan
        require(access.may_host(me(request), plan.area))
        try:
            moved = actions.change(meeting, plan, by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("Saved. Everybody who signed up was told of the change.") if moved else _("Saved."))
            return redirect("agendas:work_meeting", pk=pk)
    return form_page(request, form, meeting)


def form_page(request: HttpRequest, form: PlanForm, meeting: Meeting | None) -> HttpResponse:
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "agendas/meetings/plan.html", {"form": form, "meeting": meeting}, status=status)


@allow(access.HOST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: announce it, cancel it, and the way to all that belongs to it."""
    meeting, at = hosted(request, pk), timezone.now()
    form = CancelForm(request.POST if request.POST.get("deed") == "cancel" else None)
    problem = ""
    if request.method == "POST":
        try:
            if done := deed(request, meeting, form):
                notices.success(request, done)
                return redirect("agendas:work_meeting", pk=pk)
        except Refused as refusal:
            problem = str(refusal)
            meeting.refresh_from_db()
    context = {
        "meeting": meeting, "seats": seats.seats_of([meeting])[meeting.pk], "form": form, "problem": problem,
        "began": meeting.starts_at <= at,
        "can_change": meeting.stage in {Stage.DRAFT, Stage.ANNOUNCED},
    }  # fmt: skip
    return render(request, "agendas/meetings/work_meeting.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def deed(request: HttpRequest, meeting: Meeting, form: CancelForm) -> str:
    """Do it; what to say of it, or nothing when the form has to be looked at again."""
    at = timezone.now()
    match request.POST.get("deed"):
        case "announce":
            actions.announce(meeting, by=me(request), at=at)
            return _("It is on the site, and on the board of the neighbourhood.")
        case "cancel" if form.is_valid():
            actions.cancel(meeting, why=form.cleaned_data["why"], by=me(request), at=at)
            return _("It will not happen. Everybody who signed up was told.")
    return ""


@allow(access.HOST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes: to tick on a telephone at the door, to print, and to write somebody down."""
    meeting = hosted(request, pk)
    form = WriteDownForm(request.POST if request.POST.get("deed") == "add" else None)
    if request.method == "POST" and tick_or_add(request, meeting, form):
        return redirect("agendas:work_people", pk=pk)
    found = seats.list_of(meeting)
    if found:
        duty = access.duty_here(me(request), meeting.area)
        record_look(room="agendas", thing=meeting.thing, by=me(request).uuid, at=timezone.now(), duty=duty)
    context = {"meeting": meeting, "sign_ups": found, "form": form, "seats": seats.seats_of([meeting])[meeting.pk]}
    context["came"] = sum(one.people for one in found if one.stage == "came")
    return render(request, "agendas/meetings/people.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def tick_or_add(request: HttpRequest, meeting: Meeting, form: WriteDownForm) -> bool:
    """Whether something was done. A second tick by a colleague changes nothing."""
    at, by = timezone.now(), me(request)
    facts: dict[str, Any] = {"by": by, "at": at}
    try:
        match request.POST.get("deed"):
            case "add" if form.is_valid():
                actions.sign_up(meeting, form.comer, staff=True, **facts)
                return True
            case "came" | "undo" as which:
                sign_up = SignUp.objects.filter(meeting=meeting, pk=number_in(request, "sign_up")).select_related("meeting__area").first()
                if sign_up:
                    (actions.check_in if which == "came" else actions.undo_check_in)(sign_up, **facts)
                return True
    except Refused as refusal:
        if form.is_bound:
            form.add_error(None, str(refusal))
            return False
        notices.info(request, _("Somebody else did this already."))
        return True
    return False


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number of a form; 0 for anything else."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0
