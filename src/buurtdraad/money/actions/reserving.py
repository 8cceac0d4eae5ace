"""Reserving money for an agreement, as the group of an agenda decided at a meeting; and above which amount that takes two people."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.money.actions.committing import commit
from buurtdraad.money.actions.ledger import whole
from buurtdraad.money.actions.listing import SecondPerson
from buurtdraad.money.actions.records import write_down
from buurtdraad.money.models import FourEyes, Pot, Reservation
from buurtdraad.money.queries.reserving import four_eyes_above
from buurtdraad.money.states import RESERVATION_MOVES, How, Kind, ReservationStage

__all__ = ["Decided", "NotReserved", "SecondPerson", "reserve", "say_no", "say_yes", "set_four_eyes"]


class NotReserved(Refused):
    """The group did not decide this, or not so."""


@dataclass(frozen=True)
class Decided:
    """How a group decided: when, at which meeting, in which way, and with which numbers."""

    decided_on: datetime.date
    how: How
    people: int
    in_favour: int
    against: int = 0
    meeting: Meeting | None = None
    words: str = ""


@transaction.atomic
def reserve(pot: Pot, agreement: Agreement, *, amount: Decimal, decided: Decided, by: Person, at: datetime.datetime) -> Reservation:
    """Euros of a pot for an agreement. Above the amount of the day it waits for a second person, and holds no money yet.

    Raises `NotReserved`, and what `committing.commit` raises.
    """
    whole(amount)
    was_decided(decided, timezone.localdate(at))
    same = Reservation.objects.filter(pot=pot, agreement=agreement, amount=amount, decided_on=decided.decided_on)
    if same.exclude(stage=ReservationStage.REFUSED).exclude(commitment__amount=0).exists():
        raise NotReserved(_("This was written down already."))
    made = Reservation.objects.create(pot=pot, agreement=agreement, amount=amount, proposed_by=by.uuid, proposed_at=at, **vars(decided))
    if amount <= four_eyes_above(timezone.localdate(at)):
        make(made, by=by, at=at)
        verb = "reservation.made"
    else:
        verb = "reservation.proposed"
    payload = {"amount": str(amount), "how": decided.how, "people": decided.people, "in_favour": decided.in_favour}
    write_down(verb, made.thing, by=by, at=at, payload=payload)
    return made


def was_decided(decided: Decided, today: datetime.date) -> None:
    """Raises `NotReserved` for numbers that do not fit, for more against than in favour, and for a day to come."""
    if decided.decided_on > today:
        raise NotReserved(_("Choose a day that has been."))
    if decided.in_favour + decided.against > decided.people:
        raise NotReserved(_("More people chose than took part. Look at the numbers again."))
    if decided.in_favour <= decided.against:
        raise NotReserved(_("Not more people were in favour than against. So the money is not reserved."))


def make(reservation: Reservation, *, by: Person, at: datetime.datetime) -> None:
    """The money is promised now. Moving it is last: of two at once the second finds another stage, and its promise is undone."""
    agreement = reservation.agreement
    promised = commit(
        reservation.pot, amount=reservation.amount, kind=Kind.AGREEMENT, area=agreement.area, agreement=agreement,
        words=reservation.words[:200], by=by, at=at,
    )  # fmt: skip
    Reservation.objects.filter(pk=reservation.pk, stage=ReservationStage.PROPOSED).update(commitment=promised)
    move(reservation, ReservationStage.MADE, moves=RESERVATION_MOVES)
    reservation.commitment = promised


@transaction.atomic
def say_yes(reservation: Reservation, *, by: Person, at: datetime.datetime) -> None:
    """A second person says yes: now the money is promised. Raises `SecondPerson`, `WrongStage`, and what `commit` raises."""
    if reservation.proposed_by == by.uuid:
        raise SecondPerson(_("You wrote this down yourself. Somebody else says yes to it."))
    Reservation.objects.filter(pk=reservation.pk, stage=ReservationStage.PROPOSED).update(second_by=by.uuid, second_at=at)
    make(reservation, by=by, at=at)
    reservation.refresh_from_db()
    write_down("reservation.made", reservation.thing, by=by, at=at)


@transaction.atomic
def say_no(reservation: Reservation, *, why: str, by: Person, at: datetime.datetime) -> None:
    """It is not reserved, with the reason. Who wrote it down may take it back too. Raises `NotReserved` and `WrongStage`."""
    if not why:
        raise NotReserved(_("Say why, in plain words."))
    move(reservation, ReservationStage.REFUSED, moves=RESERVATION_MOVES)
    second = {"second_by": by.uuid, "second_at": at} if by.uuid != reservation.proposed_by else {}
    Reservation.objects.filter(pk=reservation.pk).update(why_not=why, **second)
    reservation.refresh_from_db()
    write_down("reservation.refused", reservation.thing, by=by, at=at)


@transaction.atomic
def set_four_eyes(*, above: Decimal, from_on: datetime.date, source: str, by: Person | None, at: datetime.datetime) -> FourEyes:
    """From a day on two people are needed above this amount, until the next rule begins. A rule of the same day is replaced."""
    day_before = datetime.timedelta(days=1)
    FourEyes.objects.on(from_on).filter(from_on__lt=from_on).update(until_on=from_on - day_before)
    later = FourEyes.objects.filter(from_on__gt=from_on).order_by("from_on").first()
    until_on = later.from_on - day_before if later else None
    made, _new = FourEyes.objects.update_or_create(from_on=from_on, defaults={"above": above, "source": source, "until_on": until_on})
    write_down("four_eyes.set", "four_eyes:money", by=by, at=at, payload={"above": str(above), "from_on": from_on.isoformat()})
    return made
