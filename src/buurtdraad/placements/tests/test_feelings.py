"""Two questions without a name: asked once, answered once, tied to nobody, and shown from five answers on."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from buurtdraad.audit.models import Event
from buurtdraad.messages.models import Message
from buurtdraad.placements.actions.feelings import (
    UsedCode,
    answer_feelings,
    ask_after,
    ask_after_shifts,
    code_of,
    drop_old_codes,
    make_codes,
)
from buurtdraad.placements.models import FeelingAnswer, FeelingCode, Placement
from buurtdraad.placements.queries.counting import felt
from buurtdraad.placements.rules import half_year, last_closed
from buurtdraad.placements.states import Stage
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import DAY, HOUR, NOW, TODAY

pytestmark = pytest.mark.django_db
NOW_HALF, CLOSED = half_year(TODAY), last_closed(TODAY)


def answered(number, *, awkward=0, worth_while=0, half=NOW_HALF):
    for n, token in enumerate(make_codes(number, half)):
        answer_feelings(token, awkward=n < awkward, worth_while=n < worth_while)


def test_after_a_shift_everybody_who_was_there_gets_a_code_once(make_shift, make_placement, colleagues, mails):
    shift = make_shift(days_ago=2)
    people = colleagues(3)
    for person in people:
        make_placement(person, shift=shift)
    assert ask_after_shifts(at=NOW) == 1
    assert ask_after_shifts(at=NOW) == 0
    assert ask_after(shift, at=NOW) is False
    to = [address for address, text in mails() if "/stages/vragen/" in text]
    assert sorted(to) == sorted(person.email for person in people)
    assert set(FeelingCode.objects.values_list("half_year", flat=True)) == {half_year((NOW - 2 * DAY + 3 * HOUR).date())}
    assert Message.objects.filter(link__endswith="/terugkijken/").count() == 3


def test_a_shift_is_asked_after_when_it_is_known_who_was_there(make_shift, make_placement, tom, samira):
    shift = make_shift(days_ago=2)
    make_placement(tom, shift=shift)
    unknown = make_placement(samira, shift=shift, stage=Stage.CONFIRMED)
    assert ask_after_shifts(at=NOW) == 0
    assert ask_after_shifts(at=NOW + 7 * DAY) == 1
    assert not Message.objects.filter(contact__person=samira).exists()
    assert unknown.stage == Stage.CONFIRMED


def test_a_shift_that_goes_on_or_was_cancelled_is_not_asked_after(make_shift, make_placement, tom):
    make_placement(tom, shift=make_shift(days_ago=0))
    make_placement(tom, shift=make_shift(days_ago=3, stage="cancelled", why="Ziek"))
    assert ask_after_shifts(at=NOW) == 0


def test_the_link_is_opened_without_changing_anything_and_answers_once(client, make_codes_for):
    token = make_codes_for(1)[0]
    for _n in range(2):
        assert "Was het waardevol?" in client.get(f"/stages/vragen/{token}/").text
    assert client.post(f"/stages/vragen/{token}/", {"awkward": "yes"}).status_code == 422
    assert "Dank u wel" in client.post(f"/stages/vragen/{token}/", {"awkward": "yes", "worth_while": "no"}).text
    assert client.post(f"/stages/vragen/{token}/", {"awkward": "no", "worth_while": "no"}).status_code == 404
    assert client.get(f"/stages/vragen/{token}/").status_code == 404
    answer = FeelingAnswer.objects.get()
    assert (answer.awkward, answer.worth_while, FeelingCode.objects.count()) == (True, False, 0)


@pytest.fixture
def make_codes_for(areas):
    return lambda number: make_codes(number, NOW_HALF)


def test_nothing_ties_an_answer_to_a_person_a_place_or_a_moment(areas, tom, client, signed_in):
    """An answer has a random id, its half year and two answers; nothing else was written, also when who answers is signed in."""
    token = make_codes(1, NOW_HALF)[0]
    before = Event.objects.count()
    signed_in(tom, second_factor=False)
    client.post(f"/stages/vragen/{token}/", {"awkward": "yes", "worth_while": "yes"})
    assert {field.name for field in FeelingAnswer._meta.get_fields()} == {"id", "half_year", "awkward", "worth_while"}
    assert {field.name for field in FeelingCode._meta.get_fields()} == {"id", "half_year", "token_hash"}
    assert Event.objects.count() == before
    assert FeelingAnswer.objects.get().id.version == 4


def test_of_a_code_only_a_hash_is_kept_in_an_order_that_says_nothing_of_who_got_it(areas):
    tokens = make_codes(6, NOW_HALF)
    kept = list(FeelingCode.objects.order_by("id").values_list("token_hash", flat=True))
    assert kept == sorted(kept)
    assert not set(tokens) & set(kept)
    assert code_of(tokens[3]).half_year == NOW_HALF
    with pytest.raises(UsedCode):
        code_of("onbekend")


@pytest.mark.parametrize(("number", "shown"), [(4, False), (5, True)])
def test_it_is_shown_from_five_answers_on_per_half_year(client, areas, number, shown):
    answered(number, awkward=3, worth_while=4, half=CLOSED)
    answered(4, half="2025-1")
    words = f"3 van de {number} vonden het soms ongemakkelijk, 4 van de {number} waardevol"
    page = " ".join(client.get("/stages/").text.split())
    assert (words in page) is shown
    assert "2025-1" not in page
    assert [one.half_year for one in felt(TODAY)] == ([CLOSED] if shown else [])


def test_numbers_that_still_grow_are_not_shown(client, areas):
    answered(9, awkward=3, half=NOW_HALF)
    assert felt(TODAY) == []
    assert "van de 9" not in client.get("/stages/").text


def test_as_long_as_a_code_can_answer_nothing_is_shown_and_then_the_page_is_made_anew(client, areas):
    answered(6, awkward=3, half=CLOSED)
    make_codes(1, CLOSED)
    assert "van de 6" not in client.get("/stages/").text
    assert drop_old_codes(at=NOW) == 1
    assert "3 van de 6" in client.get("/stages/").text


def test_codes_of_long_ago_answer_no_more(areas):
    old = make_codes(1, "2020-1")[0]
    make_codes(1, NOW_HALF)
    assert drop_old_codes(at=NOW) == 1
    assert drop_old_codes(at=NOW) == 0
    with pytest.raises(UsedCode):
        answer_feelings(old, awkward=True, worth_while=True)


@pytest.mark.django_db(transaction=True)
def test_of_five_answers_at_once_with_one_code_one_counts(areas):
    token = make_codes(1, NOW_HALF)[0]

    def answer(n):
        try:
            answer_feelings(token, awkward=bool(n % 2), worth_while=True)
        except UsedCode:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(answer, range(5))) == 1
    assert FeelingAnswer.objects.count() == 1


def test_who_has_no_confirmed_address_gets_no_mail_with_a_code(make_shift, make_placement, tom, mails):
    shift = make_shift(days_ago=2)
    make_placement(tom, shift=shift)
    type(tom).objects.filter(pk=tom.pk).update(confirmed_at=None)
    ask_after(shift, at=NOW)
    assert not FeelingCode.objects.exists()
    assert Placement.objects.get().shift.asked_at > NOW - datetime.timedelta(seconds=1)
