import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from buurtdraad.audit.models import Event
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage
from buurtdraad.money.actions.committing import PotTooSmall, release
from buurtdraad.money.actions.reserving import Decided, NotReserved, SecondPerson, reserve, say_no, say_yes, set_four_eyes
from buurtdraad.money.models import FourEyes, Reservation
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.queries.reserving import four_eyes_above
from buurtdraad.money.states import How, Kind, ReservationStage
from buurtdraad.money.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
HANDS = Decided(TODAY, How.HANDS, people=47, in_favour=38, against=4, words="De banken staan er dan voor de zomer.")


@pytest.fixture
def reserved(pot, agreement, joris):
    """Writes down that the evening reserved euros: `reserved(2500)`."""

    def make(amount, decided=HANDS, by=joris):
        return reserve(pot, agreement, amount=Decimal(amount), decided=decided, by=by, at=NOW)

    return make


def test_while_nobody_said_otherwise_two_people_are_always_needed(reserved, pot):
    made = reserved(1)
    pot.refresh_from_db()
    assert (made.stage, pot.committed) == (ReservationStage.PROPOSED, 0)


def test_up_to_the_amount_one_person_is_enough_and_one_cent_above_it_takes_two(reserved, noor, joris, pot):
    set_four_eyes(above=Decimal(1000), from_on=TODAY, source="Mandaatbesluit", by=noor, at=NOW)
    made = reserved(1000)
    assert (made.stage, made.commitment.kind, made.commitment.agreement) == (ReservationStage.MADE, Kind.AGREEMENT, made.agreement)
    more = reserved("1000.01")
    assert more.stage == ReservationStage.PROPOSED
    with pytest.raises(SecondPerson):
        say_yes(more, by=joris, at=NOW)
    say_yes(more, by=noor, at=NOW)
    pot.refresh_from_db()
    assert (more.stage, more.second_by, pot.committed) == (ReservationStage.MADE, noor.uuid, Decimal("2000.01"))
    assert not differences()


def test_how_a_group_decided_is_on_record_without_a_name(reserved):
    made = reserved(500)
    assert (made.how, made.people, made.in_favour, made.against) == (How.HANDS, 47, 38, 4)
    assert Event.objects.get(thing=made.thing).payload == {"amount": "500", "how": "hands", "people": 47, "in_favour": 38}


@pytest.mark.parametrize(
    "decided",
    [
        replace(HANDS, in_favour=40, against=8),
        replace(HANDS, in_favour=4, against=4),
        replace(HANDS, in_favour=0, against=0),
        replace(HANDS, decided_on=TODAY + datetime.timedelta(days=1)),
    ],
)
def test_numbers_that_do_not_fit_and_days_to_come_are_refused(reserved, decided):
    with pytest.raises(NotReserved):
        reserved(500, decided)


def test_the_same_decision_twice_is_refused_until_its_money_is_free_again(reserved, noor):
    made = reserved(500)
    with pytest.raises(NotReserved):
        reserved(500)
    say_yes(made, by=noor, at=NOW)
    release(made.commitment, Decimal(500), why="Vergissing", by=noor, at=NOW)
    assert reserved(500)


def test_a_second_person_who_says_no_says_why_and_nothing_is_reserved(reserved, noor, pot):
    made = reserved(500)
    with pytest.raises(NotReserved):
        say_no(made, why="", by=noor, at=NOW)
    say_no(made, why="De pot is voor jongeren", by=noor, at=NOW)
    assert (made.stage, made.why_not, made.second_by) == (ReservationStage.REFUSED, "De pot is voor jongeren", noor.uuid)
    with pytest.raises(WrongStage):
        say_yes(made, by=noor, at=NOW)
    pot.refresh_from_db()
    assert pot.committed == 0
    assert not differences()


def test_who_wrote_it_down_can_take_it_back(reserved, joris):
    made = reserved(500)
    say_no(made, why="Verkeerd bedrag", by=joris, at=NOW)
    assert (made.stage, made.second_by) == (ReservationStage.REFUSED, None)


def test_a_yes_comes_too_late_when_the_pot_is_empty(reserved, promise, pot, noor):
    made = reserved(500)
    promise(pot, "19500.01")
    with pytest.raises(PotTooSmall):
        say_yes(made, by=noor, at=NOW)
    made.refresh_from_db()
    assert (made.stage, made.second_by) == (ReservationStage.PROPOSED, None)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_say_yes_at_once_one_reserves_the_money(reserved, noor, pot):
    made = reserved(500)

    def at_once(_number):
        try:
            say_yes(Reservation.objects.get(pk=made.pk), by=noor, at=NOW)
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(at_once, range(10))).count(True) == 1
    pot.refresh_from_db()
    assert pot.committed == 500
    assert not differences()


def test_the_amount_for_two_people_holds_from_a_day_until_the_next_rule(noor):
    assert four_eyes_above(TODAY) == 0
    for above, day in ((500, 0), (1000, 30), (750, 10), (800, 10)):
        set_four_eyes(above=Decimal(above), from_on=TODAY + datetime.timedelta(days=day), source="", by=noor, at=NOW)
    days = {day: four_eyes_above(TODAY + datetime.timedelta(days=day)) for day in (-1, 0, 9, 10, 29, 30)}
    assert days == {-1: 0, 0: 500, 9: 500, 10: 800, 29: 800, 30: 1000}
    assert FourEyes.objects.count() == 3


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"amount": 0}, "reservation_positive"),
        ({"in_favour": 48}, "reservation_counts_fit"),
        ({"stage": ReservationStage.MADE}, "reservation_made_has_money"),
    ],
)
def test_the_database_keeps_a_reservation_whole(reserved, broken, named):
    made = reserved(500)
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Reservation.objects.filter(pk=made.pk).update(**broken)


def test_the_database_keeps_two_people_at_a_reservation_and_no_money_at_one_that_was_refused(reserved, joris, noor):
    made = reserved(500)
    with pytest.raises(IntegrityError, match="reservation_two_people"), transaction.atomic():
        Reservation.objects.filter(pk=made.pk).update(second_by=joris.uuid)
    say_yes(made, by=noor, at=NOW)
    with pytest.raises(IntegrityError, match="reservation_refused_has_none"), transaction.atomic():
        Reservation.objects.filter(pk=made.pk).update(stage=ReservationStage.REFUSED)


def test_the_database_keeps_days_and_amounts_for_two_people_in_order():
    with pytest.raises(IntegrityError, match="four_eyes_amount"), transaction.atomic():
        FourEyes.objects.create(above=-1, from_on=TODAY)
    with pytest.raises(IntegrityError, match="four_eyes_ends_after_it_begins"), transaction.atomic():
        FourEyes.objects.create(above=1, from_on=TODAY, until_on=TODAY - datetime.timedelta(days=1))
