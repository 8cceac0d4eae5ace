"""The room: the big screen, a wish from the telephone of who sits there, and stickers. No account; the code opens it."""

import datetime
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate

import segno
from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.forms.room import CardForm, RoomCodeForm, RoomWishForm
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries import room as queries
from buurtdraad.agendas.meetings.queries.calendars import host
from buurtdraad.agendas.meetings.rules import as_code, room_is_open
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.agendas.wishes.actions import mail_to_confirm
from buurtdraad.agendas.wishes.states import Showing, Theme
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import TooOften, limited, limited_address

UNPROCESSABLE = 422
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
# What fits on a screen, and what a telephone loads in one go; one theme can be opened apart.
ON_SCREEN, ON_PHONE, IN_A_THEME = 8, 12, 100
DEVICE, CARD, SALT = "room", "card", "agendas.room"


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """`/m/`: for who types the code instead of pointing at it."""
    form = RoomCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("agendas:room", code=form.cleaned_data["code"])
    return render(request, "agendas/meetings/enter.html", {"form": form}, status=UNPROCESSABLE if request.method == "POST" else 200)


def in_room[**P](view: Callable[Concatenate[HttpRequest, Meeting, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """The meeting of a code while its room is open; else a page that says so. Guessing codes is limited, knowing one is not."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        meeting = (
            Meeting.objects.select_related("area").filter(code=as_code(code), stage__in=(Stage.ANNOUNCED, Stage.HELD, Stage.CLOSED)).first()
        )
        if meeting is None:
            limited_address("code of a room", request)
        if meeting is None or meeting.stage == Stage.CLOSED or not room_is_open(meeting.starts_at, meeting.ends_at, timezone.now()):
            return render(request, "agendas/meetings/room_closed.html", {"meeting": meeting}, status=404)
        return view(request, meeting, *args, **kwargs)

    return opened


# --- who sits there --------------------------------------------------------------------------------------


def device_of(request: HttpRequest) -> str:
    """The random name of this device, out of its signed cookie; a new one where there is none."""
    return request.get_signed_cookie(DEVICE, "", salt=SALT) or secrets.token_urlsafe(18)


def voter_of(request: HttpRequest, meeting: Meeting) -> tuple[str, int]:
    """Who puts stickers now: a card (with its number) that was typed here, else the device (and 0)."""
    typed = request.get_signed_cookie(CARD, "", salt=SALT) or ""
    number = int(typed.partition(":")[2]) if typed.startswith(f"{meeting.pk}:") else 0
    return (f"card:{number}", number) if 0 < number <= meeting.cards else (device_of(request), 0)


def keep(response: HttpResponse, name: str, value: str) -> HttpResponse:
    """In a cookie of the room alone, for one evening."""
    response.set_signed_cookie(
        name, value, salt=SALT, max_age=DAY, path=reverse("agendas:enter"), httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def without_card(response: HttpResponse) -> HttpResponse:
    """The next one on this telephone is the device itself again."""
    response.delete_cookie(CARD, path=reverse("agendas:enter"))
    return response


# --- a wish ----------------------------------------------------------------------------------------------


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def room(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """On the telephone: one question, and the way to the stickers."""
    form, device = RoomWishForm(request.POST or None), device_of(request)
    if request.method == "POST":
        limited("wishes of a device", device, most=40, within=HOUR)
        if form.is_valid():
            give(request, meeting, form)
            return keep(redirect("agendas:room", code=meeting.code), DEVICE, device)
    context = {"meeting": meeting, "form": form}
    response = render(request, "agendas/meetings/room.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)
    return keep(response, DEVICE, device)


def give(request: HttpRequest, meeting: Meeting, form: RoomWishForm) -> None:
    given, at = form.cleaned_data, timezone.now()
    # Somebody who types fast in a room is no program.
    doubts = [doubt for doubt in form.doubts if doubt != "quick"]
    wish = actions.give_wish(meeting, given["text"], given["theme"], at=at, doubts=doubts, mark=form.mark)
    if wish.showing == Showing.SHOWN:
        notices.success(request, _("Thank you! Your wish is on the screen."))
    else:
        notices.success(request, _("Thank you! Somebody reads your wish first."))
    if given["mail"] and (giver := wish.givers.first()):
        try:
            mail_to_confirm(request, given["mail"], about=giver, at=at)
        except TooOften as refusal:
            notices.info(request, str(refusal))


# --- stickers --------------------------------------------------------------------------------------------


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def stickers(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Put one's stickers, and move them as long as that is open. Each button is a form of its own: it works everywhere."""
    theme = request.GET.get("thema", "")
    theme = theme if theme in Theme.values else ""
    key, card = voter_of(request, meeting)
    card_form, problem = CardForm(cards=meeting.cards), ""
    back = reverse("agendas:stickers", args=[meeting.code]) + (f"?thema={theme}" if theme else "")
    if request.method == "POST":
        if request.POST.get("deed") == "card":
            card_form = CardForm(request.POST, cards=meeting.cards)
            if card_form.is_valid():
                return keep(redirect(back), CARD, f"{meeting.pk}:{card_form.cleaned_data['number']}")
        elif request.POST.get("deed") == "no_card":
            return without_card(redirect(back))
        elif not (problem := move_sticker(request, meeting, key)):
            return redirect(back) if card else keep(redirect(back), DEVICE, key)
    mine = queries.stickers_by(meeting, key)
    context = {
        "meeting": meeting, "theme": theme, "card": card, "card_form": card_form, "problem": problem, "left": meeting.stickers - len(mine),
        "groups": queries.by_theme(meeting, most=IN_A_THEME if theme else ON_PHONE, theme=theme, mine=mine), "back": back,
    }  # fmt: skip
    response = render(request, "agendas/meetings/stickers.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)
    return response if card else keep(response, DEVICE, key)


def move_sticker(request: HttpRequest, meeting: Meeting, key: str) -> str:
    """Put or take the sticker of the button that was pressed; what to say when that cannot be."""
    put, take = request.POST.get("put", ""), request.POST.get("take", "")
    wish = put or take
    if not (wish.isascii() and wish.isdecimal() and len(wish) < 10):
        return _("Choose a wish.")
    try:
        if put:
            actions.put_sticker(meeting, key, int(wish))
        else:
            actions.take_sticker(meeting, key, int(wish))
    except actions.NoSticker as refusal:
        return str(refusal)
    return ""


# --- the screen ------------------------------------------------------------------------------------------


@allow(EVERYBODY)
@never_cache
@require_safe
@in_room
def screen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """For the beamer: the code to point at, and the wishes as they come in. htmx asks for the list alone."""
    result = queries.people_of(meeting) if meeting.voting else 0
    groups = queries.by_theme(meeting, most=ON_SCREEN)
    context = {"meeting": meeting, "groups": groups, "number": sum(group.number for group in groups), "people": result}
    context["unread"] = queries.to_read(meeting).count()
    if request.headers.get("HX-Request"):
        return render(request, "agendas/meetings/screen_wishes.html", context)
    path = reverse("agendas:room", args=[meeting.code])
    return render(request, "agendas/meetings/screen.html", context | {"picture": picture(settings.SITE_URL + path), "short": host() + path})


def picture(url: str) -> SafeString:
    """A code to point a telephone at, as SVG."""
    drawn = segno.make(url, error="m").svg_inline(scale=8, border=2, dark="#000", light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 (drawn by segno)
