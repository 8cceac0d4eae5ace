"""The evening itself for who leads it: the room, reading wishes, stickers on paper, and rounding off in one screen."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.asking import me
from buurtdraad.agendas.meetings import access, actions
from buurtdraad.agendas.meetings.forms.planning import PaperForm
from buurtdraad.agendas.meetings.forms.rounding_off import AddWishForm, RoundOffForm, TellBackForm, template
from buurtdraad.agendas.meetings.models import FlipPicture, Meeting, Outcome, PaperCount
from buurtdraad.agendas.meetings.queries import room as queries
from buurtdraad.agendas.meetings.queries import seats
from buurtdraad.agendas.meetings.rules import band_of
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.agendas.meetings.views.work import UNPROCESSABLE, hosted, number_in
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.access import within as wishes_within
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.agendas.wishes.views.work_reading import why_it_waits
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads import serving

MOST_ON_PAPER = 100


@allow(access.HOST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work_room(request: HttpRequest, pk: int) -> HttpResponse:
    """On the telephone of who leads: the code, what waits to be read, opening the stickers, and those on paper."""
    meeting = hosted(request, pk)
    listed = list(queries.wishes_in(meeting).order_by("theme", "pk")[:MOST_ON_PAPER])
    counted = {f"w{wish}": number for wish, number in PaperCount.objects.filter(meeting=meeting).values_list("wish_id", "stickers")}
    paper = PaperForm(
        request.POST if request.POST.get("deed") == "paper" else None, wishes=listed, initial=counted | {"people": meeting.paper_people}
    )
    if request.method == "POST":
        try:
            if in_the_room(request, meeting, paper):
                return redirect("agendas:work_room", pk=pk)
        except Refused as refusal:
            if paper.is_bound:
                paper.add_error("people", str(refusal))
            else:
                notices.info(request, str(refusal))
                return redirect("agendas:work_room", pk=pk)
    waiting = list(queries.to_read(meeting))
    if waiting:
        duty = access.duty_here(me(request), meeting.area)
        record_look(room="agendas", thing=meeting.thing, by=me(request).uuid, at=timezone.now(), duty=duty)
    context = {
        "meeting": meeting, "waiting": [(wish, why_it_waits(wish.waits_for)) for wish in waiting], "paper": paper, "number": len(listed),
        "result": queries.sticker_result(meeting),
    }  # fmt: skip
    return render(request, "agendas/meetings/work_room.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def in_the_room(request: HttpRequest, meeting: Meeting, paper: PaperForm) -> bool:
    """Whether something was done."""
    at, by = timezone.now(), me(request)
    match request.POST.get("deed"):
        case "open" | "close" as which:
            actions.set_voting(meeting, which == "open", by=by, at=at)
            return True
        case "show" | "keep" as which:
            wish = queries.to_read(meeting).select_related("area").filter(pk=number_in(request, "wish")).first()
            duty = access.duty_here(by, meeting.area)
            if wish and which == "show":
                wishes.show(wish, was=Showing.WAITING, by=by, duty=duty, at=at)
            elif wish:
                wishes.keep_private(wish, was=Showing.WAITING, why="", by=by, duty=duty, at=at)
            return True
        case "paper" if paper.is_valid():
            actions.count_paper(meeting, people=paper.cleaned_data["people"], counts=paper.counts, by=by, at=at)
            return True
    return False


@allow(access.HOST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def round_off(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Rond de avond af": numbers, who was missing, a photo, the wishes by group, and the answer, on one screen."""
    meeting = hosted(request, pk)
    outcome = Outcome.objects.filter(meeting=meeting).first()
    is_open = meeting.stage in {Stage.ANNOUNCED, Stage.HELD} and meeting.starts_at <= timezone.now()
    came = sum(one.people for one in seats.list_of(meeting) if one.stage == "came")
    initial = {"minutes": template()} | ({"band": band_of(came)} if came else {})
    deed = request.POST.get("deed")
    form = RoundOffForm(request.POST, request.FILES) if deed == "close" else RoundOffForm(initial=initial)
    answer = TellBackForm(request.POST if deed == "tell" else None)
    add = AddWishForm(request.POST if deed == "wish" else None)
    if request.method == "POST":
        try:
            if done := rounded_off(request, meeting, form, answer, add):
                notices.success(request, done)
                return redirect("agendas:round_off", pk=pk)
        except Refused as refusal:
            target = form if deed == "close" else answer
            if target.is_bound:
                target.add_error(None, str(refusal))
    context = {
        "meeting": meeting, "outcome": outcome, "is_open": is_open, "form": form, "answer": answer, "add": add, "came": came,
        "groups": queries.by_theme(meeting, most=50), "waiting": queries.to_read(meeting).count(),
        "result": queries.sticker_result(meeting),
        "pictures": list(FlipPicture.objects.filter(meeting=meeting)),
    }  # fmt: skip
    return render(request, "agendas/meetings/round_off.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def rounded_off(request: HttpRequest, meeting: Meeting, form: RoundOffForm, answer: TellBackForm, add: AddWishForm) -> str:
    """Do it; what to say of it, or nothing when a form has to be looked at again."""
    at, by = timezone.now(), me(request)
    match request.POST.get("deed"):
        case "close" if form.is_valid():
            actions.round_off(meeting, form.evening, told_back=form.cleaned_data["told_back"], photo=form.photo, by=by, at=at)
            return _("The evening is rounded off. Thank you!")
        case "tell" if answer.is_valid():
            number = actions.tell_back(meeting, answer.cleaned_data["told_back"], by=by, at=at)
            return _("Told to %(number)s people.") % {"number": number}
        case "wish" if add.is_valid():
            mine = wishes_within(Wish.objects.all(), access.areas_to_host(by))
            wish = mine.filter(reference=add.cleaned_data["reference"]).first()
            if wish is None:
                add.refuse()
                return ""
            actions.add_wish(meeting, wish, by=by, at=at)
            return _("Saved.")
    return ""


@allow(access.HOST)
@require_safe
def flip_picture(request: HttpRequest, uuid: UUID, width: int) -> HttpResponseBase:
    """A photo of a flip-over, for who leads meetings there."""
    picture = get_object_or_404(FlipPicture, uuid=uuid)
    hosted(request, picture.meeting_id)
    return serving.picture(picture, width, public=False)
