"""Places and the waiting list: never one too many, and who waits moves up by themselves."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.actions import Comer, NoSignUp, WrongCode
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.meetings.queries.seats import place_in_line, seats_of, sign_up_by_slip, slip_of
from buurtdraad.agendas.meetings.rules import moving_up
from buurtdraad.agendas.meetings.states import Seat
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Message
from buurtdraad.messages.states import Way


@given(free=st.integers(0, 20), waiting=st.lists(st.integers(1, 10)))
def test_who_moves_up_fits_and_nobody_who_fits_is_left(free, waiting):
    up = set(moving_up(free, list(enumerate(waiting))))
    left = free - sum(waiting[key] for key in up)
    assert left >= 0
    assert all(people > left for key, people in enumerate(waiting) if key not in up)


def test_when_places_are_taken_the_next_one_waits_and_moves_up_when_somebody_signs_off(make_meeting, come, kees):
    meeting = make_meeting(capacity=2)
    first = come(meeting, "Noor", people=2)
    second = come(meeting, by=kees)
    third = come(meeting, "Linda")
    assert (first.stage, second.stage, third.stage) == (Seat.SIGNED, Seat.WAITING, Seat.WAITING)
    assert (place_in_line(second), place_in_line(third)) == (1, 2)
    actions.sign_off(first, by=None, at=timezone.now())
    second.refresh_from_db(), third.refresh_from_db()
    assert (second.stage, third.stage) == (Seat.SIGNED, Seat.SIGNED)
    assert "Er is een plaats voor u" in Message.objects.get(contact__person=kees).subject
    with pytest.raises(WrongStage):
        actions.sign_off(first, by=None, at=timezone.now())


def test_a_larger_room_lets_the_next_ones_come(make_meeting, plan, come, joris):
    meeting = make_meeting(capacity=1)
    for name in ("Noor", "Linda", "Ria", "Kees"):
        come(meeting, name)
    actions.change(meeting, plan(capacity=3), by=joris, at=timezone.now())
    assert seats_of([meeting])[meeting.pk].taken == 3
    assert SignUp.objects.get(stage=Seat.WAITING).name == "Kees"
    actions.change(meeting, plan(capacity=None), by=joris, at=timezone.now())
    assert not SignUp.objects.filter(stage=Seat.WAITING).exists()


def test_who_comes_with_fewer_makes_place_and_with_too_many_keeps_what_there_was(make_meeting, come):
    meeting = make_meeting(capacity=3)
    first, second = come(meeting, "Noor", people=3), come(meeting, "Ria")
    with pytest.raises(NoSignUp):
        actions.change_sign_up(first, people=4, needs="", by=None, at=timezone.now())
    actions.change_sign_up(first, people=2, needs="rolstoel", by=None, at=timezone.now())
    second.refresh_from_db()
    assert (first.people, first.needs, second.stage) == (2, "rolstoel", Seat.SIGNED)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_for_twenty_places_are_twenty_who_come_and_thirty_who_wait(make_meeting):
    meeting = make_meeting(capacity=20)

    def sign_up(number):
        try:
            return actions.sign_up(meeting, Comer(f"Buur {number}"), by=None, at=timezone.now(), mark=f"form {number}").stage
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        stages = list(pool.map(sign_up, range(50)))
    assert (stages.count(Seat.SIGNED), stages.count(Seat.WAITING)) == (20, 30)
    assert SignUp.objects.count() == 50


@pytest.mark.django_db(transaction=True)
def test_ten_who_sign_off_at_once_let_exactly_ten_move_up(make_meeting, come):
    meeting = make_meeting(capacity=10)
    made = [come(meeting, f"Buur {number}") for number in range(25)]

    def sign_off(one):
        try:
            actions.sign_off(one, by=None, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(sign_off, made[:10]))
    assert list(SignUp.objects.filter(stage=Seat.SIGNED).values_list("pk", flat=True)) == [one.pk for one in made[10:20]]


@pytest.mark.django_db(transaction=True)
def test_one_person_or_one_form_sent_twenty_times_at_once_is_one(meeting, kees):
    contact_for(kees, at=timezone.now())

    def sign_up(number):
        try:
            by = kees if number % 2 else None
            return actions.sign_up(meeting, Comer("Kees"), by=by, at=timezone.now(), mark="" if by else "one form").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(sign_up, range(20)))) == 2


def test_who_signed_off_can_sign_up_again_at_the_end_of_the_line(make_meeting, come, kees):
    meeting = make_meeting(capacity=1)
    first = come(meeting, by=kees)
    come(meeting, "Noor")
    actions.sign_off(first, by=kees, at=timezone.now())
    assert come(meeting, by=kees).stage == Seat.WAITING


def test_nobody_signs_up_for_a_draft_or_after_it_closed_but_staff_still_writes_somebody_down(make_meeting, come, joris):
    with pytest.raises(NoSignUp):
        come(make_meeting(announced=False))
    closed = make_meeting(sign_up_until=timezone.now())
    with pytest.raises(NoSignUp):
        come(closed)
    assert actions.sign_up(closed, Comer("Emine"), by=joris, at=timezone.now(), staff=True).name == "Emine"
    with pytest.raises(NoSignUp):
        come(closed, at=closed.ends_at)


def test_who_has_no_e_mail_gets_a_slip_that_leads_back(meeting, come):
    made = come(meeting, "Emine", way=Way.CALL, phone="0612345678")
    assert sign_up_by_slip(slip_of(made)) == made
    assert sign_up_by_slip("22222222") is None


def test_an_address_counts_once_it_is_confirmed_and_who_was_on_the_list_stays_once(make_meeting, come, rf, kees):
    meeting = make_meeting(capacity=2)
    first = come(meeting, "Kees", way=Way.EMAIL)
    token = mailed_token(rf, "Kees@Example.nl", first)
    assert first.contact is None
    confirmed = actions.confirm_sign_up(token, at=timezone.now())
    assert (confirmed.pk, confirmed.contact.person) == (first.pk, kees)
    with pytest.raises(BadLink):
        actions.confirm_sign_up(token, at=timezone.now())
    again, third = come(meeting, "Kees", way=Way.EMAIL), come(meeting, "Noor")
    assert third.stage == Seat.WAITING
    assert actions.confirm_sign_up(mailed_token(rf, "kees@example.nl", again), at=timezone.now()) == first
    third.refresh_from_db()
    assert third.stage == Seat.SIGNED


def mailed_token(rf, email, sign_up):
    actions.mail_to_confirm(rf.get("/"), email, sign_up, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'text' FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        text = cursor.fetchone()[0]
    return text.split("/bijeenkomsten/bevestigen/")[1].split("/")[0]


def test_checking_in_by_the_code_works_in_the_room_only(going_on, meeting, come, joris):
    here, early = come(going_on), come(meeting)
    for sign_up, code in ((here, "ZZZZZZ"), (here, ""), (here, "é" * 6), (early, meeting.code)):
        with pytest.raises(WrongCode):
            actions.check_in_by_code(sign_up, code, at=timezone.now())
    actions.check_in_by_code(here, f" {going_on.code[:3]}-{going_on.code[3:].lower()} ", at=timezone.now())
    here.refresh_from_db()
    assert here.stage == Seat.CAME
    actions.undo_check_in(here, by=joris, at=timezone.now())
    assert SignUp.objects.get(pk=here.pk).came_at is None
    with pytest.raises(WrongCode):
        actions.check_in_by_code(here, going_on.code, at=going_on.ends_at + 13 * actions.signing_up.HOUR)
