"""Taking part in a shift: asked, agreed by the manager, confirmed by the host, there or not. The shift's row is locked, so that
a seat goes round once; who waits comes in the order in which they asked."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, end_links, open_link, use_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.accounts.signing_in.rules import same_domain
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.placements.access import may_organise
from buurtdraad.placements.actions.telling import facts_of, mail_host, mail_manager, note, tell_manager_off, tell_person, when
from buurtdraad.placements.models import Placement, Reflection, Shift
from buurtdraad.placements.queries import shifts as queries
from buurtdraad.placements.queries.hosts import blocked
from buurtdraad.placements.queries.shifts import first_name, going_on_then, opens_on, seats_of
from buurtdraad.placements.rules import CHANGE_ATTENDANCE, may_still_cancel, next_is_asked
from buurtdraad.placements.states import KNOWN_TO_HOST, MOVES, OVER, ShiftStage, Stage


class NoSeat(Refused):
    """Somebody cannot take part in this shift; the text says why."""


class WrongManager(Refused):
    """This address cannot be that of the manager."""


class TooLate(Refused):
    """It is over, or was answered before."""


def locked(shift: Shift) -> Shift:
    """The shift as it is now, held until the end of the transaction: seats are given one after the other."""
    return Shift.objects.select_for_update(of=("self",)).select_related("host__area", "host__organisation").get(pk=shift.pk)


def held(placement: Placement) -> tuple[Placement, Shift]:
    """A placement as it is now, with its shift held."""
    shift = locked(placement.shift)
    now = Placement.objects.select_related("person").get(pk=placement.pk)
    now.shift = shift
    return now, shift


def end(placement: Placement, stage: Stage, *, why: str = "", at: datetime.datetime) -> None:
    """Move to a stage after which nothing is to come. Raises `WrongStage`."""
    Placement.objects.filter(pk=placement.pk).update(over_at=at, why=why)
    move(placement, stage, moves=MOVES)
    placement.over_at, placement.why = at, why


# --- asking -----------------------------------------------------------------------------------------


@transaction.atomic
def sign_up(shift: Shift, *, person: Person, department: str, manager_email: str, motivation: str = "", at: datetime.datetime) -> Placement:
    """Ask for a seat: it is held, and the manager is asked; or stand on the waiting list. Twice is once.

    Raises `NoSeat` (full and too soon, not open yet, two at the same time) and `WrongManager`.
    """
    # One after the other of one person too, so that two shifts at the same time see each other.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = locked(shift)
    mine = Placement.objects.filter(shift=now, person=person).exclude(stage__in=[Stage.CANCELLED, Stage.REFUSED]).first()
    if mine:
        return mine
    may_ask(now, person, at)
    check_manager(person, manager_email)
    free = seats_of([now])[now.pk].free
    if not free and not next_is_asked(now.starts_at, at):
        raise NoSeat(_("This shift is full, and it begins soon. Choose another one."))
    made = Placement.objects.create(
        shift=now, person=person, department=department, manager_email=manager_email.lower(), motivation=motivation,
        stage=Stage.REQUESTED if free else Stage.WAITING, since=at,
    )  # fmt: skip
    note("placement.requested", made, by=person, at=at, payload={"stage": made.stage})
    if free:
        mail_manager(made, at=at)
    return made


def may_ask(shift: Shift, person: Person, at: datetime.datetime) -> None:
    if shift.stage != ShiftStage.OFFERED or shift.starts_at <= at:
        raise NoSeat(_("You cannot sign up for this shift any more."))
    if is_blocked(shift):
        raise NoSeat(_("The host cannot receive anybody on this day. Choose another one."))
    if day := opens_on(shift, timezone.localdate(at)):
        raise NoSeat(
            _("Students and volunteers come first here. From %(day)s you can take what is left.") % {"day": date_format(day, "j F Y")}
        )
    if going_on_then(person, shift):
        raise NoSeat(_("You have another placement at that time. Take your name off there first."))


def is_blocked(shift: Shift) -> bool:
    """Whether it lies on a day on which the host receives nobody."""
    return bool(blocked(shift.host, [timezone.localdate(shift.starts_at)]))


def check_manager(person: Person, manager_email: str) -> None:
    if not person.email:
        raise WrongManager(_("We do not know your e-mail address at work. Ask the administrator to add it. You cannot do that yourself."))
    # So a link to agree never leaves the municipality.
    if not same_domain(person.email, manager_email):
        raise WrongManager(_("Fill in an address that ends like yours: @%(domain)s.") % {"domain": person.email.rpartition("@")[2]})
    if person.email.lower() == manager_email.lower():
        raise WrongManager(_("This is your own address. Fill in that of your manager."))


@transaction.atomic
def ask_other_manager(placement: Placement, manager_email: str, *, by: Person, at: datetime.datetime) -> None:
    """Another address for the question to the manager; the link in the mail to the first one ends.

    Raises `TooLate` once it was answered, and `WrongManager`.
    """
    now, _shift = held(placement)
    if now.stage not in {Stage.REQUESTED, Stage.WAITING}:
        raise TooLate(_("Your manager answered already, or this is over."))
    check_manager(by, manager_email)
    Placement.objects.filter(pk=now.pk).update(manager_email=manager_email.lower())
    placement.refresh_from_db()
    note("placement.manager_changed", placement, by=by, at=at)
    end_links(Purpose.AGREE_PLACEMENT, placement.thing, at=at)
    if placement.stage == Stage.REQUESTED:
        mail_manager(placement, at=at)


# --- the manager ------------------------------------------------------------------------------------


@transaction.atomic
def asked_by(token: str, *, at: datetime.datetime) -> Placement:
    """What a manager is asked, for its page. Changes nothing. Raises `BadLink` and `TooLate`."""
    return waiting_for_manager(open_link(Purpose.AGREE_PLACEMENT, token, at=at).subject)


@transaction.atomic
def answer_by_link(token: str, *, yes: bool, why: str = "", at: datetime.datetime) -> Placement:
    """The manager's yes or no; the link works once. Raises `BadLink` and `TooLate`, and then nothing changed."""
    placement = waiting_for_manager(use_link(Purpose.AGREE_PLACEMENT, token, at=at).subject)
    if yes:
        agree(placement, by=None, at=at)
    else:
        refuse(placement, why=why or _("Your manager cannot agree to this now."), by=None, at=at)
    return placement


def waiting_for_manager(subject: str) -> Placement:
    found = Placement.objects.select_related("shift__host__area", "person").filter(uuid=subject.removeprefix("placement:")).first()
    if found is None:
        raise BadLink(_("This is not asked any more."))
    if found.stage != Stage.REQUESTED:
        raise TooLate(_("This was answered already, or the placement was cancelled. Nothing more is needed."))
    return found


@transaction.atomic
def agree(placement: Placement, *, by: Person | None, at: datetime.datetime) -> None:
    """The manager agrees; now the host is asked. Raises `WrongStage`."""
    now, shift = held(placement)
    move(now, Stage.AGREED, moves=MOVES)
    Placement.objects.filter(pk=now.pk).update(agreed_at=at)
    note("placement.agreed", now, by=by, at=at)
    tell_person(now, lambda: agreed_words(shift), by=by, at=at)
    mail_host(shift.host, lambda: asked_words(now), at=at)
    placement.refresh_from_db()


def agreed_words(shift: Shift) -> tuple[str, list[str]]:
    return _("Your manager agrees: %(host)s") % {"host": shift.host.name}, [
        facts_of(shift),
        _("Now we ask the host. You hear from us when they say yes."),
    ]


def asked_words(placement: Placement) -> tuple[str, list[str]]:
    facts = {"name": first_name(placement.person), "department": placement.department}
    return _("Somebody wants to come: %(when)s") % {"when": when(placement.shift)}, [
        _("%(name)s (%(department)s) wants to come and help.") % facts,
        facts_of(placement.shift),
        _("Say on your page whether it suits you."),
    ]


# --- the host ---------------------------------------------------------------------------------------


@transaction.atomic
def confirm(placement: Placement, *, by: Person | None, at: datetime.datetime) -> None:
    """The host says yes: they are expected. Raises `WrongStage`, and `TooLate` after the shift."""
    now, shift = held(placement)
    if shift.stage != ShiftStage.OFFERED:
        raise TooLate(_("This shift is over, or will not happen."))
    move(now, Stage.CONFIRMED, moves=MOVES)
    Placement.objects.filter(pk=now.pk).update(confirmed_at=at)
    note("placement.confirmed", now, by=by, at=at)
    tell_person(now, lambda: confirmed_words(shift), by=by, at=at)
    placement.refresh_from_db()


def confirmed_words(shift: Shift) -> tuple[str, list[str]]:
    host = shift.host
    return _("You are expected at %(host)s") % {"host": host.name}, [
        facts_of(shift),
        _("House rules: %(rules)s") % {"rules": host.house_rules} if host.house_rules else "",
        _("Bring along: %(what)s") % {"what": host.asks_for} if host.asks_for else "",
        _("On the page you can put it in your calendar."),
    ]


@transaction.atomic
def refuse(placement: Placement, *, why: str, by: Person | None, at: datetime.datetime) -> None:
    """The manager or the host says no, with a reason for who asked; the next one is asked. Raises `WrongStage`."""
    now, shift = held(placement)
    end(now, Stage.REFUSED, why=why, at=at)
    note("placement.refused", now, by=by, at=at)
    tell_person(now, lambda: refused_words(shift, why), by=by, at=at)
    move_up(shift, at=at)
    placement.refresh_from_db()


def refused_words(shift: Shift, why: str) -> tuple[str, list[str]]:
    return _("It cannot be now: %(host)s") % {"host": shift.host.name}, [
        facts_of(shift), why, _("There are other shifts. You are welcome to choose one."),
    ]  # fmt: skip


@transaction.atomic
def attended(placement: Placement, *, came: bool, by: Person | None, at: datetime.datetime) -> None:
    """Note whether somebody was there; a mistake can be put right, after two weeks by who organises.

    Raises `TooLate` before the shift began and after those weeks, and `WrongStage`.
    """
    now, shift = held(placement)
    if shift.starts_at > at:
        raise TooLate(_("The shift has not begun yet."))
    if now.stage in OVER and at > shift.ends_at + CHANGE_ATTENDANCE and not (by and may_organise(by)):
        raise TooLate(_("This was noted more than two weeks ago. Ask who organises the placements to change it."))
    end(now, Stage.ATTENDED if came else Stage.NO_SHOW, at=at)
    note("placement.attendance", now, by=by, at=at)
    placement.refresh_from_db()


# --- taking it back, and who waits ------------------------------------------------------------------


@transaction.atomic
def cancel(placement: Placement, *, by: Person, at: datetime.datetime) -> None:
    """They do not come: until the shift begins. Host and manager hear it at once where they were asked.

    Who waits is asked while more than a day is left.

    Raises `TooLate` and `WrongStage`.
    """
    now, shift = held(placement)
    if not may_still_cancel(shift.starts_at, at):
        raise TooLate(_("The shift has begun already. Call the host."))
    known_to_host = now.stage in KNOWN_TO_HOST
    manager_asked = now.stage != Stage.WAITING
    end(now, Stage.CANCELLED, at=at)
    note("placement.cancelled", now, by=by, at=at)
    if known_to_host:
        mail_host(shift.host, lambda: cancelled_words(now), at=at)
    if manager_asked:
        tell_manager_off(now)
    move_up(shift, at=at)
    placement.refresh_from_db()


def cancelled_words(placement: Placement) -> tuple[str, list[str]]:
    return _("%(name)s cannot come: %(when)s") % {"name": first_name(placement.person) or _("Somebody"), "when": when(placement.shift)}, [
        facts_of(placement.shift),
        _("If somebody waits and there is more than a day left, we ask them now. Else the seat is yours to give."),
    ]


def move_up(shift: Shift, *, at: datetime.datetime) -> int:
    """Give free seats to who waits, in the order in which they asked: their managers are asked. How many.

    The caller is in a transaction that holds the shift.
    """
    if shift.stage != ShiftStage.OFFERED or not next_is_asked(shift.starts_at, at) or is_blocked(shift):
        return 0
    free = seats_of([shift])[shift.pk].free
    waiting = Placement.objects.filter(shift=shift, stage=Stage.WAITING).select_related("person", "shift__host__area")
    up = list(waiting[:free])
    for placement in up:
        move(placement, Stage.REQUESTED, moves=MOVES)
        note("placement.moved_up", placement, by=None, at=at, channel="waiting list")
        tell_person(placement, lambda: moved_up_words(shift), by=None, at=at)
        mail_manager(placement, at=at)
    return len(up)


def moved_up_words(shift: Shift) -> tuple[str, list[str]]:
    return _("There is a seat for you: %(host)s") % {"host": shift.host.name}, [
        facts_of(shift),
        _("You stood on the waiting list. We ask your manager now."),
        _("Can you not come? Take your name off. Then somebody else can come."),
    ]


# --- forgetting -------------------------------------------------------------------------------------


@transaction.atomic
def forget_people(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who took part a year ago, with what they wrote for themselves; that somebody of a department was there stays."""
    due = list(queries.people_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return forget(due)


@transaction.atomic
def destroy_placements(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy what was counted long enough. Returns how many."""
    due = list(queries.placements_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    Placement.objects.filter(pk__in=due).delete()
    return len(due)


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """Seats to come go to the next one; placements stay as a number, without the person and what they wrote."""
    for placement in queries.placements_of(person):
        forget([placement.pk], but=("manager_email",))
        if placement.stage not in OVER and may_still_cancel(placement.shift.starts_at, at):
            # Host and manager hear that somebody does not come; their name is in no mail any more.
            cancel(placement, by=person, at=at)
        forget([placement.pk])


def forget(ids: Collection[int], *, but: Collection[str] = ()) -> int:
    Reflection.objects.filter(placement__in=ids).delete()
    empty = {name: "" for name in ("motivation", "manager_email", "why") if name not in but}
    return Placement.objects.filter(pk__in=ids).update(person=None, **empty)
