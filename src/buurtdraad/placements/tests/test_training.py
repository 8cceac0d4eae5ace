"""Training: places go round once, who waits moves up, everybody is told, and what people think is shown without them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Message
from buurtdraad.placements import actions
from buurtdraad.placements.actions import NoEnrolment, NotPossible, Plan
from buurtdraad.placements.models import Enrolment, Module, Session
from buurtdraad.placements.queries.training import overview
from buurtdraad.placements.states import ENROLLED_MOVES, Enrolled
from buurtdraad.placements.tests.training_rooms import DAY, HOUR, NOW, colleague, come

pytestmark = pytest.mark.django_db
WORK = "/werk/opleiding/"


def told(person):
    return list(Message.objects.filter(contact__person=person).values_list("subject", flat=True))


# --- places -----------------------------------------------------------------------------------------


def test_when_the_seats_are_taken_the_next_one_waits_and_moves_up_when_somebody_leaves(planned):
    session = planned(seats=1)
    first, second, third = come(session, "Tom"), come(session, "Kees"), come(session, "Ria")
    assert [one.stage for one in (first, second, third)] == [Enrolled.PLACE, Enrolled.WAITING, Enrolled.WAITING]
    actions.leave(first, by=first.person, at=NOW)
    second.refresh_from_db(), third.refresh_from_db()
    assert (second.stage, third.stage) == (Enrolled.PLACE, Enrolled.WAITING)
    assert told(second.person) == ["Er is een plaats voor u: Aan de deur"]
    assert told(third.person) == []
    with pytest.raises(WrongStage):
        actions.leave(first, by=first.person, at=NOW)


def test_who_signs_up_twice_is_there_once_and_who_left_comes_back_at_the_end_of_the_line(planned):
    session = planned(seats=1)
    first = come(session)
    assert actions.enrol(session, by=first.person, at=NOW) == first
    come(session, "Kees")
    actions.leave(first, by=first.person, at=NOW)
    assert actions.enrol(session, by=first.person, at=NOW).stage == Enrolled.WAITING


def test_nobody_goes_to_two_sessions_at_the_same_time(planned):
    first = come(planned())
    with pytest.raises(NoEnrolment):
        actions.enrol(planned(), by=first.person, at=NOW)
    actions.leave(first, by=first.person, at=NOW)
    assert actions.enrol(planned(), by=first.person, at=NOW).stage == Enrolled.PLACE


@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_for_ten_seats_are_ten_with_a_place_and_twenty_who_wait(planned):
    session, people = planned(seats=10), [colleague(f"Collega {number}") for number in range(30)]

    def enrol(person):
        try:
            return actions.enrol(session, by=person, at=timezone.now()).stage
        finally:
            connection.close()

    with ThreadPoolExecutor(30) as pool:
        stages = list(pool.map(enrol, people))
    assert (stages.count(Enrolled.PLACE), stages.count(Enrolled.WAITING)) == (10, 20)


@pytest.mark.django_db(transaction=True)
def test_ten_who_leave_at_once_let_exactly_ten_move_up_in_the_order_of_the_line(planned):
    session = planned(seats=10)
    made = [come(session, f"Collega {number}") for number in range(25)]
    for one in made:
        contact_for(one.person, at=NOW)

    def leave(one):
        try:
            actions.leave(one, by=one.person, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(leave, made[:10]))
    assert list(Enrolment.objects.filter(stage=Enrolled.PLACE).values_list("pk", flat=True)) == [one.pk for one in made[10:20]]


@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_twenty_times_at_once_is_there_once(planned, tom):
    session = planned(seats=10)

    def enrol(_number):
        try:
            return actions.enrol(session, by=tom, at=timezone.now()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(enrol, range(20)))) == 1


def test_nobody_signs_up_or_leaves_once_it_began_or_was_called_off(planned, noor):
    session = planned()
    mine = come(session)
    with pytest.raises(NoEnrolment):
        come(session, "Kees", at=session.starts_at)
    with pytest.raises(NoEnrolment):
        actions.leave(mine, by=mine.person, at=session.starts_at)
    actions.call_off(session, why="De trainer is ziek", by=noor, at=NOW)
    with pytest.raises(NoEnrolment):
        come(session, "Kees")


# --- the organiser ----------------------------------------------------------------------------------


def test_calling_off_tells_everybody_who_comes_or_waits_why(planned, noor):
    session = planned(seats=1)
    first, second, gone = come(session, "Tom"), come(session, "Kees"), come(session, "Ria")
    actions.leave(gone, by=gone.person, at=NOW)
    assert actions.call_off(session, why="De trainer is ziek", by=noor, at=NOW) == 2
    assert told(first.person) == told(second.person) == ["Gaat niet door: Aan de deur"]
    assert told(gone.person) == []
    assert "De trainer is ziek" in Message.objects.first().body
    assert set(Enrolment.objects.values_list("stage", flat=True)) == {Enrolled.CANCELLED}
    with pytest.raises(NotPossible):
        actions.call_off(session, why="Nog eens", by=noor, at=NOW)


def test_a_move_is_told_and_more_seats_let_the_next_ones_come(planned, noor):
    session = planned(seats=1)
    first, second = come(session, "Tom"), come(session, "Kees")
    later = session.starts_at + DAY
    actions.change_session(session, Plan(later, later + HOUR, "Stadhuis", 1), by=noor, at=NOW)
    assert told(first.person) == told(second.person) == ["De training is verplaatst: Aan de deur"]
    assert session.sequence == 1
    actions.change_session(session, Plan(later, later + HOUR, "Stadhuis", 2), by=noor, at=NOW)
    second.refresh_from_db()
    assert (second.stage, session.sequence, len(told(first.person))) == (Enrolled.PLACE, 1, 1)
    with pytest.raises(NotPossible):
        actions.change_session(session, Plan(later, later + HOUR, "Stadhuis", 1), by=noor, at=NOW)


def test_a_reminder_goes_once_to_who_has_a_place(planned):
    session = planned(NOW + 12 * HOUR, seats=1)
    first, second = come(session, "Tom"), come(session, "Kees")
    planned(NOW + 3 * DAY)
    assert [actions.remind_of_training(at=NOW) for _ in range(2)] == [1, 0]
    assert told(first.person) == ["Binnenkort: Aan de deur"]
    assert told(second.person) == []


def test_who_came_is_noted_after_the_beginning_and_can_be_noted_again(planned, noor):
    session = planned(NOW - HOUR, at=NOW - DAY)
    first, second = come(session, "Tom", NOW - DAY), come(session, "Kees", NOW - DAY)
    with pytest.raises(NotPossible):
        actions.note_who_came(session, {first.pk}, by=noor, at=NOW - 2 * HOUR)
    actions.note_who_came(session, {first.pk}, by=noor, at=NOW)
    actions.note_who_came(session, {second.pk}, by=noor, at=NOW)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.stage, second.stage) == (Enrolled.NO_SHOW, Enrolled.ATTENDED)


def test_a_training_ends_when_nothing_is_to_come_and_can_be_given_again(planned, module, noor):
    session = planned()
    with pytest.raises(NotPossible):
        actions.end_module(module, by=noor, at=NOW)
    actions.call_off(session, why="Te weinig mensen", by=noor, at=NOW)
    actions.end_module(module, by=noor, at=NOW)
    with pytest.raises(NotPossible):
        planned()
    actions.give_again(module, by=noor, at=NOW)
    assert planned().module == module


@pytest.mark.parametrize(
    "wrong", [Plan(NOW + DAY, NOW + DAY, "Hier", 1), Plan(NOW + 2 * DAY, NOW + DAY, "Hier", 1), Plan(NOW - DAY, NOW, "Hier", 1)]
)
def test_a_session_that_cannot_be_is_told_in_words(module, noor, wrong):
    with pytest.raises(NotPossible):
        actions.plan_session(module, wrong, by=noor, at=NOW)


# --- what may never be stored, and which step may follow --------------------------------------------


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Module, {"name": ""}),
        (Module, {"text": ""}),
        (Session, {"seats": 0}),
        (Session, {"place": ""}),
        (Session, {"ends_at": NOW - DAY}),
        (Session, {"cancelled_at": NOW}),
        (Enrolment, {"useful": 6}),
        (Enrolment, {"useful": 0}),
    ],
)
def test_the_database_refuses_what_cannot_be(planned, model, wrong):
    come(planned())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**wrong)


def test_the_database_knows_a_person_once_in_a_session(planned):
    mine = come(planned())
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(session=mine.session, person=mine.person, stage=Enrolled.WAITING, since=NOW)


def test_every_step_has_its_moves():
    assert set(ENROLLED_MOVES) == set(Enrolled)


# --- what people thought of it ----------------------------------------------------------------------


def test_what_people_thought_is_shown_from_five_answers_and_without_them(client, past, noor, signed_in, module):
    past((5, "Meer tijd"), (4, "Andere zaal"), (3, ""), (5, ""))
    assert (overview(module).score, overview(module).words) == (None, ())
    page = signed_in(noor).get(f"{WORK}{module.uuid}/").text
    assert "te zien vanaf 5 antwoorden" in page
    assert "Meer tijd" not in page
    past((3, "Bewoners erbij"))
    found = overview(module)
    assert (found.score, found.words) == (4, ("Andere zaal", "Bewoners erbij", "Meer tijd"))
    assert (found.attended, found.no_show, found.answers, found.sessions) == (5, 0, 5, 2)
    page = client.get(f"{WORK}{module.uuid}/").text
    assert "Meer tijd" in page
    assert "4,0" in page
    assert "Collega" not in page


def test_only_who_was_there_says_what_they_think(planned, past, tom):
    session = past((None, ""))
    mine = Enrolment.objects.get(session=session)
    with pytest.raises(NoEnrolment):
        actions.evaluate(mine, useful=1, words="", by=tom, at=NOW)
    coming = come(planned())
    with pytest.raises(NoEnrolment):
        actions.evaluate(coming, useful=1, words="", by=coming.person, at=NOW)
