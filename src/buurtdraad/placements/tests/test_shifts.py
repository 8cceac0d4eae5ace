"""Seats of a shift: never one too many, who asked first comes first, and everybody hears how it stands."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message
from buurtdraad.placements.actions import hosts, offering, shifts
from buurtdraad.placements.actions.offering import NoShift
from buurtdraad.placements.actions.shifts import NoSeat, TooLate, WrongManager
from buurtdraad.placements.models import Placement, Shift
from buurtdraad.placements.queries.shifts import place_in_line, placements_of, seats_of
from buurtdraad.placements.states import ShiftStage, Stage
from buurtdraad.placements.tests.conftest import DAY, HOUR, MANAGER, NOW, STARTS


def now_of(*placements):
    return [Placement.objects.get(pk=one.pk).stage for one in placements]


def told(person):
    return list(Message.objects.filter(contact__person=person).order_by("pk").values_list("subject", flat=True))


def test_tom_asks_his_manager_agrees_the_host_says_yes_and_he_was_there(shift, ask, tom, mails):
    placement = ask(shift)
    assert placement.stage == Stage.REQUESTED
    assert mails()[-1][0] == MANAGER
    assert "Tom van Dijk (Verkeer)" in mails()[-1][1]
    shifts.agree(placement, by=None, at=NOW)
    assert mails()[-1][0] != MANAGER
    host_mail = [text for to, text in mails() if to == "ans@dreef.example"][-1]
    assert "Tom (Verkeer)" in host_mail
    assert "van Dijk" not in host_mail
    shifts.confirm(placement, by=None, at=NOW)
    with pytest.raises(TooLate):
        shifts.attended(placement, came=True, by=None, at=NOW)
    shifts.attended(placement, came=True, by=None, at=shift.ends_at)
    assert (placement.stage, placement.over_at) == (Stage.ATTENDED, shift.ends_at)
    shifts.attended(placement, came=False, by=None, at=shift.ends_at)
    assert now_of(placement) == [Stage.NO_SHOW]
    assert len(told(tom)) == 2
    assert "Schone handen." in Message.objects.filter(contact__person=tom).last().body


def test_twice_is_once_and_who_cancelled_can_ask_again(shift, ask, tom):
    placement = ask(shift)
    assert ask(shift).pk == placement.pk
    shifts.cancel(placement, by=tom, at=NOW)
    assert ask(shift).pk != placement.pk
    with pytest.raises(WrongStage):
        shifts.cancel(placement, by=tom, at=NOW)


def test_who_waits_comes_in_the_order_in_which_they_asked(offer, ask, colleague, mails):
    shift, people = offer(seats=1), [colleague(number) for number in range(3)]
    first, second, third = (ask(shift, person) for person in people)
    assert now_of(first, second, third) == [Stage.REQUESTED, Stage.WAITING, Stage.WAITING]
    assert (place_in_line(second), place_in_line(third)) == (1, 2)
    managers = len([to for to, _text in mails() if to == MANAGER])
    shifts.refuse(first, why="Het is te druk op het werk.", by=None, at=NOW)
    assert now_of(first, second, third) == [Stage.REFUSED, Stage.REQUESTED, Stage.WAITING]
    assert len([to for to, _text in mails() if to == MANAGER]) == managers + 1
    assert told(people[1])
    assert not told(people[2])


def test_an_hour_before_the_host_hears_it_at_once_and_nobody_is_asked_any_more(offer, expected, ask, colleague, mails):
    shift = offer(seats=1)
    placement, waits = expected(shift), ask(shift, colleague(1))
    before = len(mails())
    shifts.cancel(placement, by=placement.person, at=shift.starts_at - HOUR)
    assert now_of(placement, waits) == [Stage.CANCELLED, Stage.WAITING]
    assert [to for to, _text in mails()[before:]] == ["ans@dreef.example", MANAGER]
    with pytest.raises(NoSeat):
        ask(shift, colleague(2), at=shift.starts_at)


def test_once_it_began_nobody_takes_it_back(shift, expected, tom):
    placement = expected(shift)
    with pytest.raises(TooLate):
        shifts.cancel(placement, by=tom, at=shift.starts_at)
    assert now_of(placement) == [Stage.CONFIRMED]


def test_nobody_is_at_two_places_at_the_same_time(offer, ask, host_facts, noor):
    elsewhere = hosts.add_host(host_facts(name="Voedselbank Zuilen"), by=noor, at=NOW)
    ask(offer())
    with pytest.raises(NoSeat):
        ask(offer(of=elsewhere))
    assert ask(offer(of=elsewhere, days=1)).stage == Stage.REQUESTED


@pytest.mark.parametrize("email", ["petra@elders.example", "tom@utrecht.example", "petra@utrecht.example.evil.example"])
def test_the_manager_is_somebody_else_of_the_same_organisation(shift, tom, email):
    with pytest.raises(WrongManager):
        shifts.sign_up(shift, person=tom, department="Verkeer", manager_email=email, at=NOW)
    assert not Placement.objects.exists()


def test_where_students_come_first_staff_get_what_is_left_ten_days_before(host, offer, ask, host_facts, noor):
    hosts.change_host(host, host_facts(others_first=True), by=noor, at=NOW)
    early, soon = offer(days=5), offer()
    with pytest.raises(NoSeat, match="Studenten"):
        ask(early)
    assert ask(soon).stage == Stage.REQUESTED
    assert ask(early, at=NOW + 6 * DAY).stage == Stage.REQUESTED


@pytest.mark.django_db(transaction=True)
def test_a_shift_filled_by_ten_at_once_has_two_with_a_seat_and_eight_who_wait(shift, ask, colleague):
    people = [colleague(number) for number in range(10)]

    def sign_up(person):
        try:
            return ask(shift, person).stage
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        stages = list(pool.map(sign_up, people))
    assert (stages.count(Stage.REQUESTED), stages.count(Stage.WAITING)) == (2, 8)
    assert seats_of([shift])[shift.pk].free == 0


@pytest.mark.django_db(transaction=True)
def test_one_person_who_asks_for_two_shifts_at_one_time_at_once_gets_one(host_facts, noor, offer, ask, tom):
    elsewhere = hosts.add_host(host_facts(name="Voedselbank Zuilen"), by=noor, at=NOW)
    both = [offer(), offer(of=elsewhere)] * 5

    def sign_up(shift):
        try:
            ask(shift)
        except NoSeat:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(sign_up, both))
    assert placements_of(tom).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_cancel_at_once_let_exactly_two_move_up(offer, ask, colleague):
    shift = offer(seats=2)
    made = [ask(shift, colleague(number), at=NOW + number * HOUR / 60) for number in range(6)]

    def cancel(one):
        try:
            shifts.cancel(one, by=one.person, at=NOW + HOUR)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(cancel, made[:2]))
    assert now_of(*made) == [Stage.CANCELLED] * 2 + [Stage.REQUESTED] * 2 + [Stage.WAITING] * 2


# --- what the host offers -----------------------------------------------------------------------------


def test_a_series_is_one_shift_in_each_week(offer, host):
    offer(weeks=4)
    assert [one.starts_at - STARTS for one in host.shifts.all()] == [7 * number * DAY for number in range(4)]


def test_a_host_never_has_more_people_at_once_than_it_can_take(offer, host):
    offer(seats=1)
    offer(seats=1)
    with pytest.raises(NoShift):
        offer(seats=1)
    with pytest.raises(NoShift):
        offer(seats=3, days=1)
    assert host.shifts.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_shifts_offered_at_once_do_not_exceed_what_the_host_can_take(host, offer):
    def made(_number):
        try:
            return offer(seats=1).pk
        except NoShift:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len([one for one in pool.map(made, range(6)) if one]) == host.most_seats


def test_a_moved_shift_is_told_to_who_is_in_it_and_more_seats_let_the_next_one_in(offer, ask, colleague, tom):
    shift = offer(seats=1)
    ask(shift)
    waits = ask(shift, colleague(1))
    later = shift.starts_at + HOUR
    facts = {"starts_at": later, "ends_at": later + HOUR, "tasks": "Afwassen", "by": None, "at": NOW}
    assert offering.change(shift, seats=2, **facts)
    assert (shift.sequence, now_of(waits)) == (1, [Stage.REQUESTED])
    assert len(told(tom)) == 1
    with pytest.raises(NoShift):
        offering.change(shift, seats=1, **facts)


def test_a_shift_that_is_called_off_tells_everybody_why(shift, expected, tom):
    placement = expected(shift)
    assert offering.call_off(shift, why="De keuken is stuk.", by=None, at=NOW) == 1
    placement.refresh_from_db()
    assert (placement.stage, placement.why, shift.stage) == (Stage.CANCELLED, "De keuken is stuk.", ShiftStage.CANCELLED)
    assert "De keuken is stuk." in Message.objects.filter(contact__person=tom).last().body
    with pytest.raises(WrongStage):
        offering.call_off(shift, why="Nog eens", by=None, at=NOW)


# --- by the clock -------------------------------------------------------------------------------------


def test_two_days_before_who_is_expected_reads_address_and_house_rules_once(shift, expected, ask, colleague, tom):
    expected(shift)
    ask(shift, colleague(1))
    assert offering.remind(at=shift.starts_at - 3 * DAY) == 0
    assert (offering.remind(at=shift.starts_at - DAY), offering.remind(at=shift.starts_at - DAY)) == (1, 0)
    body = Message.objects.filter(contact__person=tom).last().body
    assert "Dreefplein 1" in body
    assert "Schone handen." in body
    assert not Message.objects.exclude(contact__person=tom).exists()


def test_after_the_shift_the_host_is_asked_who_was_there_and_who_got_no_yes_is_told(shift, expected, ask, colleague, mails):
    placement, other = expected(shift), ask(shift, colleague(1))
    assert (offering.hold(at=shift.ends_at), offering.hold(at=shift.ends_at)) == (1, 0)
    assert now_of(placement, other) == [Stage.CONFIRMED, Stage.CANCELLED]
    assert mails()[-1][0] == "ans@dreef.example"
    assert told(other.person)


# --- what may never be stored -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [{"ends_at": STARTS}, {"seats": 0}, {"tasks": ""}, {"stage": ShiftStage.CANCELLED}],
)
def test_a_shift_that_cannot_be_is_not_stored(host, facts):
    usual = {"host": host, "starts_at": STARTS, "ends_at": STARTS + HOUR, "seats": 1, "tasks": "Koken", "made_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(**(usual | facts))


@pytest.mark.parametrize("facts", [{"department": ""}, {"stage": Stage.CANCELLED}, {}])
def test_a_placement_that_cannot_be_is_not_stored(shift, ask, tom, facts):
    ask(shift)
    usual = {"shift": shift, "department": "Verkeer", "since": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(**(usual | (facts or {"person": tom})))
