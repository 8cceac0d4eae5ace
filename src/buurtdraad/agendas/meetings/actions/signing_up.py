"""Signing up and off. The meeting's row is locked, so nobody gets a place twice; who waits moves up by themselves."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, use_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.meetings.actions.telling import facts_of, note, tell_each
from buurtdraad.agendas.meetings.models import Meeting, SignUp
from buurtdraad.agendas.meetings.queries.seats import seats_of
from buurtdraad.agendas.meetings.rules import as_code, moving_up, room_is_open
from buurtdraad.agendas.meetings.states import SEAT_MOVES, Seat, Stage
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.lib.limits import limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import add_contact, contact_for, give_slip
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way
from buurtdraad.places.queries import city_name

EMAIL, LANGUAGE = "email", "language"
HOUR = datetime.timedelta(hours=1)


class NoSignUp(Refused):
    """Nobody can sign up for this meeting now."""


class WrongCode(Refused):
    """This is not the code of the room."""


@dataclass(frozen=True)
class Comer:
    """Who wants to come, with how many, and how they hear from us. By e-mail: once they confirmed the address."""

    name: str
    people: int = 1
    needs: str = ""
    way: Way = Way.NONE
    phone: str = ""


@transaction.atomic
def sign_up(meeting: Meeting, comer: Comer, *, by: Person | None, at: datetime.datetime, mark: str = "", staff: bool = False) -> SignUp:
    """Sign somebody up: they come, or wait when there is no place left. The same form, or person, twice is one.

    `staff` writes down somebody else. Raises `NoSignUp`, and `NotAPhoneNumber`.
    """
    now = locked(meeting)
    if mark and (sent := SignUp.objects.filter(mark=mark).first()):
        return sent
    if now.stage != Stage.ANNOUNCED or at >= now.ends_at:
        raise NoSignUp(_("You cannot sign up for this meeting any more."))
    if not staff and now.sign_up_until and at >= now.sign_up_until:
        raise NoSignUp(_("Signing up is closed. Call us if you still want to come."))
    contact = contact_for(by, at=at) if by and not staff else new_contact(comer, by if staff else None, at)
    if contact and (before := SignUp.objects.filter(meeting=now, contact=contact).exclude(stage=Seat.CANCELLED).first()):
        return before
    free = seats_of([now])[now.pk].free
    seat = Seat.SIGNED if free is None or comer.people <= free else Seat.WAITING
    made = SignUp.objects.create(
        meeting=now, contact=contact, name=comer.name, people=comer.people, needs=comer.needs, stage=seat, mark=mark or None, at=at
    )
    if contact and contact.way != Way.EMAIL:
        give_slip(contact, thing=made.thing, by=by.uuid if by else None, at=at)
    note("meeting.signed_up", now, by=by, at=at, payload={"people": comer.people, "seat": seat})
    return made


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the end of the transaction: places are given one after the other."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("area").get(pk=meeting.pk)


def new_contact(comer: Comer, by: Person | None, at: datetime.datetime) -> Contact | None:
    """The contact of who has no account; None until an address is confirmed."""
    if comer.way == Way.EMAIL:
        return None
    language = get_language() or "nl"
    return add_contact(
        name=comer.name, way=comer.way, phone=comer.phone, language=language, by=by.uuid if by else None, at=at, channel="" if by else "web"
    )


@transaction.atomic
def change_sign_up(sign_up: SignUp, *, people: int, needs: str, by: Person | None, at: datetime.datetime) -> None:
    """Come with more or fewer, or need something else. More than there are places for means: all of them wait. Raises `NoSignUp`."""
    now = locked(sign_up.meeting)
    sign_up.refresh_from_db()
    if now.stage != Stage.ANNOUNCED or sign_up.stage not in {Seat.SIGNED, Seat.WAITING}:
        raise NoSignUp(_("This sign-up cannot be changed any more."))
    free = seats_of([now])[now.pk].free
    more = people - sign_up.people
    if sign_up.stage == Seat.SIGNED and free is not None and more > free:
        raise NoSignUp(_("There is no place for so many people. You keep the places that you have."))
    SignUp.objects.filter(pk=sign_up.pk).update(people=people, needs=needs)
    note("meeting.sign_up_changed", now, by=by, at=at, payload={"people": people})
    move_up(now, by=by, at=at)
    sign_up.refresh_from_db()


@transaction.atomic
def sign_off(sign_up: SignUp, *, by: Person | None, at: datetime.datetime) -> None:
    """They do not come; the next ones on the list get the place and are told. Raises `WrongStage` for who is off already."""
    now = locked(sign_up.meeting)
    sign_up.refresh_from_db()
    move(sign_up, Seat.CANCELLED, moves=SEAT_MOVES)
    note("meeting.signed_off", now, by=by, at=at)
    move_up(now, by=by, at=at)


def move_up(meeting: Meeting, *, by: Person | None, at: datetime.datetime) -> int:
    """Let who waits come, in the order of the list, as far as there are places; each is told. How many sign-ups that were.

    The caller is in a transaction that holds the meeting.
    """
    waiting = list(SignUp.objects.filter(meeting=meeting, stage=Seat.WAITING).select_related("contact__person", "meeting"))
    if not waiting or meeting.stage != Stage.ANNOUNCED or meeting.ends_at <= at:
        return 0
    free = seats_of([meeting])[meeting.pk].free
    fits = {one.pk for one in waiting} if free is None else set(moving_up(free, [(one.pk, one.people) for one in waiting]))
    up = [one for one in waiting if one.pk in fits]
    for sign_up in up:
        move(sign_up, Seat.SIGNED, moves=SEAT_MOVES)
    tell_each(meeting, up, lambda: moved_up_words(meeting), by=None, at=at)
    if up:
        note("meeting.moved_up", meeting, by=by, at=at, payload={"sign_ups": len(up)})
    return len(up)


def moved_up_words(meeting: Meeting) -> tuple[str, str]:
    lines = [
        _("You stood on the waiting list for “%(title)s”. There is a place for you now.") % {"title": meeting.title},
        facts_of(meeting),
        _("Can you not come? Take your name off the list. Then somebody else can come."),
    ]
    return _("There is a place for you: %(title)s") % {"title": meeting.title}, "\n\n".join(lines)


# --- confirming an address ---------------------------------------------------------------------------


def mail_to_confirm(request: HttpRequest, email: str, sign_up: SignUp, *, at: datetime.datetime) -> None:
    """Mail a link to the address that somebody gave: once its owner presses the button, they hear of changes. Raises `TooOften`."""
    email = email.lower()
    limited("sign-up to confirm", email, most=10, within=HOUR)
    meeting = sign_up.meeting
    with transaction.atomic():
        valid_for = max(meeting.ends_at - at, HOUR)
        facts = {EMAIL: email, LANGUAGE: get_language() or "nl"}
        fresh = make_link(Purpose.CONFIRM_SIGN_UP, sign_up.thing, valid_for=valid_for, at=at, facts=facts)
        letter = emails.Letter(
            subject=_("Is this your e-mail address? (%(title)s)") % {"title": meeting.title},
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                _("It is for the meeting “%(title)s”.") % {"title": meeting.title},
                facts_of(meeting),
                _("Is it yours? Open the link, and then press the button. After that you hear when something changes."),
            ],
            url=request.build_absolute_uri(reverse("agendas:confirm_sign_up", args=[fresh.token])),
            button=_("Confirm my address"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)


@transaction.atomic
def confirm_sign_up(token: str, *, at: datetime.datetime) -> SignUp:
    """Use the link of `mail_to_confirm`: from now on its owner hears. Who had signed up before keeps that one. Raises `BadLink`."""
    link = use_link(Purpose.CONFIRM_SIGN_UP, token, at=at)
    uuid = link.subject.partition(":")[2]
    sign_up = SignUp.objects.select_related("meeting__area").filter(uuid=uuid).exclude(stage=Seat.CANCELLED).first()
    if sign_up is None:
        raise BadLink(_("This sign-up is not there any more."))
    now = locked(sign_up.meeting)
    contact = contact_of(link.facts[EMAIL], link.facts.get(LANGUAGE, "nl"), at=at)
    before = SignUp.objects.filter(meeting=now, contact=contact).exclude(stage=Seat.CANCELLED).exclude(pk=sign_up.pk).first()
    if before:
        move(sign_up, Seat.CANCELLED, moves=SEAT_MOVES)
        move_up(now, by=None, at=at)
        return before
    SignUp.objects.filter(pk=sign_up.pk).update(contact=contact)
    sign_up.contact = contact
    note("meeting.address_confirmed", now, by=contact.person, at=at, touches=False)
    return sign_up


# --- at the door -------------------------------------------------------------------------------------


@transaction.atomic
def check_in(sign_up: SignUp, *, by: Person | None, at: datetime.datetime) -> None:
    """They are there. Raises `WrongStage`."""
    move(sign_up, Seat.CAME, moves=SEAT_MOVES)
    SignUp.objects.filter(pk=sign_up.pk).update(came_at=at)
    note("meeting.checked_in", sign_up.meeting, by=by, at=at, touches=False)


@transaction.atomic
def undo_check_in(sign_up: SignUp, *, by: Person, at: datetime.datetime) -> None:
    """They were ticked by mistake. Raises `WrongStage`."""
    move(sign_up, Seat.SIGNED, moves=SEAT_MOVES)
    SignUp.objects.filter(pk=sign_up.pk).update(came_at=None)
    note("meeting.check_in_undone", sign_up.meeting, by=by, at=at, touches=False)


def check_in_by_code(sign_up: SignUp, code: str, *, at: datetime.datetime) -> None:
    """Who sits in the room types its code on their own page. Raises `WrongCode`, also before and after the meeting."""
    meeting = sign_up.meeting
    if not room_is_open(meeting.starts_at, meeting.ends_at, at):
        raise WrongCode(_("The code works during the meeting only."))
    if not constant_time_compare(as_code(code), meeting.code):
        raise WrongCode(_("This is not the code in the room. Look at the screen again."))
    check_in(sign_up, by=None, at=at)
