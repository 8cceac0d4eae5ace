"""Worries without a name: read first, then answered."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.initiatives.actions import concerns
from buurtdraad.initiatives.models import Concern
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Message

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SCRIPT = "<script>alert(1)</script>"
PLAN, QUEUE = "/initiatieven/wilgentuin/", "/werk/initiatieven/zorgen/"


@pytest.fixture
def plan(make_initiative, kees):
    return make_initiative(slug="wilgentuin", of=kees)


@pytest.fixture
def worry(plan):
    return concerns.give(plan, words="Waar parkeren wij dan?", by=None, at=NOW)


@pytest.fixture
def read(worry, joris):
    concerns.show(worry, by=joris, at=NOW)
    return worry


def test_a_worry_stands_there_once_somebody_read_it(client, plan, hamid, signed_in):
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(f"{PLAN}zorg/").text)[1]
    assert client.post(f"{PLAN}zorg/", {"words": "", "opened": opened}).status_code == 422
    assert client.post(f"{PLAN}zorg/", {"words": f"Te druk {SCRIPT}", "opened": opened}).status_code == 200
    assert "Te druk" not in client.get(PLAN).text
    made = Concern.objects.get()
    signed_in(hamid)
    assert SCRIPT not in client.get(QUEUE).text
    assert client.post(QUEUE, {"which": made.pk, "deed": "show"}).status_code == 302
    page = client.get(PLAN).text
    assert "Te druk" in page
    assert SCRIPT not in page


def test_the_people_of_the_plan_do_not_see_it_before_it_was_read_and_are_told_then(client, plan, worry, kees, joris):
    client.force_login(kees)
    assert "parkeren" not in client.get(f"{PLAN}werken/").text
    assert client.get(f"/initiatieven/zorgen/{worry.uuid}/").status_code == 404
    concerns.show(worry, by=joris, at=NOW)
    assert "parkeren" in client.get(f"{PLAN}werken/").text
    assert Message.objects.filter(contact__person=kees).count() == 1


def test_an_answer_of_the_people_of_the_plan_is_read_first(client, read, kees, joris, signed_in):
    client.force_login(kees)
    path = f"/initiatieven/zorgen/{read.uuid}/"
    assert client.post(path, {"text": ""}).status_code == 422
    assert client.post(path, {"text": "Achter de kerk is plaats."}).status_code == 302
    assert "Achter de kerk" not in client.get(PLAN).text
    signed_in(joris)
    assert "Achter de kerk" in client.get(QUEUE).text
    client.post(QUEUE, {"which": read.pk, "deed": "show_answer"})
    assert "Achter de kerk" in client.get(PLAN).text


def test_an_answer_of_the_adviser_stands_there_at_once_and_who_worried_hears_it(plan, emine, joris):
    worry = concerns.give(plan, words="Te druk", contact=emine, by=None, at=NOW)
    concerns.show(worry, by=joris, at=NOW)
    concerns.answer(worry, text="Na tien uur is het stil.", by=joris, at=NOW)
    assert worry.answer_on_site
    assert Message.objects.filter(contact=emine).count() == 1


def test_an_answer_that_cannot_stand_there_goes_back(read, kees, joris):
    concerns.answer(read, text="Buurman Jansen zeurt altijd", by=kees, at=NOW)
    concerns.give_answer_back(read, by=joris, at=NOW)
    assert read.answer == ""
    concerns.answer(read, text="Achter de kerk", by=kees, at=NOW)
    concerns.show_answer(read, by=joris, at=NOW)
    concerns.give_answer_back(read, by=joris, at=NOW)
    assert Concern.objects.get().answer == "Achter de kerk"


def test_nobody_answers_what_nobody_read(worry, joris):
    with pytest.raises(WrongStage):
        concerns.answer(worry, text="Nee", by=joris, at=NOW)


def test_somebody_else_does_not_answer_and_another_reader_does_not_read(client, read, samira, signed_in):
    assert client.get(f"/initiatieven/zorgen/{read.uuid}/").status_code == 302
    signed_in(samira)
    assert client.get(f"/initiatieven/zorgen/{read.uuid}/").status_code == 403
    assert client.post(QUEUE, {"which": read.pk, "deed": "remove"}).status_code == 403
    assert client.post(QUEUE, {"which": "x", "deed": "remove"}).status_code == 404
    assert client.post(QUEUE, {"which": read.pk, "deed": "else"}).status_code in (403, 404)


def test_a_worry_that_should_not_stand_there_comes_off_and_waits_again(client, read, joris, signed_in):
    signed_in(joris)
    assert 'value="take_off"' in client.get(f"{PLAN}buren/").text
    client.post(QUEUE, {"which": read.pk, "deed": "take_off"})
    assert "parkeren" in client.get(QUEUE).text
    assert "parkeren" not in client.get(PLAN).text


def test_what_gives_somebody_away_is_destroyed(worry, joris):
    for _twice in range(2):
        concerns.remove(worry, by=joris, at=NOW)
    assert not Concern.objects.exists()


@pytest.mark.parametrize("facts", [{"words": ""}, {"answered_at": NOW}])
def test_a_worry_has_words_and_an_answer_too(plan, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.create(**{"initiative": plan, "words": "Te druk", "given_at": NOW} | facts)


def test_the_name_of_who_worried_stands_nowhere(client, plan, joris, hamid, signed_in):
    worry = concerns.give(plan, words="Te druk", contact=contact_for(joris, at=NOW), by=joris, at=NOW)
    signed_in(hamid)
    assert "Joris" not in client.get(QUEUE).text
    concerns.show(worry, by=hamid, at=NOW)
    assert "Joris" not in client.get(PLAN).text
    client.force_login(plan.members.get().contact.person)
    assert "Joris" not in client.get(f"{PLAN}werken/").text


@pytest.mark.parametrize("showing", [Showing.PRIVATE, Showing.TO_READ])
def test_a_plan_that_is_not_on_the_site_gets_no_worries(client, make_initiative, showing):
    plan = make_initiative(slug="dicht", showing=showing)
    assert client.get("/initiatieven/dicht/zorg/").status_code == 404
    with pytest.raises(concerns.NoWorriesNow):
        concerns.give(plan, words="Te druk", by=None, at=NOW)


def test_the_queue_takes_the_same_number_of_queries_with_one_and_with_three(client, plan, hamid, signed_in):
    signed_in(hamid)
    numbers = []
    for number in range(3):
        concerns.give(plan, words=f"Zorg {number}", by=None, at=NOW)
        with CaptureQueriesContext(connection) as found:
            assert client.get(QUEUE).status_code == 200
        numbers.append(len(found))
    assert numbers[1] == numbers[2]
