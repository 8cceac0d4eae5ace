"""Adding, changing and ending: the row, the record, and what is refused."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.challenges import actions, queries
from buurtdraad.challenges.models import Ambition
from buurtdraad.challenges.tests.programme import FROM, UNTIL, make_programme, samira

pytestmark = pytest.mark.django_db
LAST = datetime.date(2026, 6, 30)


@pytest.fixture
def by():
    return samira()


def last_event():
    return Event.objects.last()


def test_what_is_added_is_written_down_with_the_duty(by):
    first, _second, challenge = make_programme(by)
    assert (first.code, challenge.code) == ("de-buurt-eerst", "minder-armoede")
    event = last_event()
    assert (event.verb, event.thing, event.duty, event.actor) == (
        "challenge.added",
        "challenge:minder-armoede",
        "programme_manager",
        by.uuid,
    )


def test_two_of_one_name_get_codes_of_their_own(by):
    first, *_rest = make_programme(by)
    again = [actions.add_challenge(ambition=first, name="Minder armoede!", from_on=FROM, by=by, at=timezone.now()).code for _ in range(2)]
    assert again == ["minder-armoede-2", "minder-armoede-3"]
    assert actions.add_challenge(ambition=first, name="貧困", from_on=FROM, by=by, at=timezone.now()).code == "challenge"


def test_a_number_is_once_in_a_programme(by):
    make_programme(by)
    with pytest.raises(actions.NotChanged, match="dit nummer"):
        actions.add_ambition(name="Nog een", number=1, from_on=FROM, by=by, at=timezone.now())


def test_the_same_facts_again_are_no_deed(by):
    first, _second, challenge = make_programme(by)
    before = Event.objects.count()
    actions.change_ambition(first, name="De buurt eerst", number=1, by=by, at=timezone.now())
    actions.change_challenge(challenge, ambition=first, owner="Werk", by=by, at=timezone.now())
    assert Event.objects.count() == before
    actions.change_challenge(challenge, owner="Werk en Inkomen", by=by, at=timezone.now())
    assert last_event().payload == {"fields": ["owner"]}
    challenge.refresh_from_db()
    assert challenge.owner == "Werk en Inkomen"


def test_a_last_day_before_the_first_is_refused(by):
    first, _second, challenge = make_programme(by)
    with pytest.raises(actions.NotChanged, match="laatste dag"):
        actions.change_ambition(first, until_on=FROM - datetime.timedelta(days=1), by=by, at=timezone.now())
    with pytest.raises(actions.NotChanged, match="laatste dag"):
        actions.end_challenge(challenge, last_day=FROM - datetime.timedelta(days=1), by=by, at=timezone.now())


def test_an_ambition_takes_its_challenges_along_when_it_ends(by):
    first, _second, challenge = make_programme(by)
    later = actions.add_challenge(ambition=first, name="Later", from_on=UNTIL, by=by, at=timezone.now())
    sooner = actions.add_challenge(ambition=first, name="Sooner", from_on=FROM, until_on=FROM, by=by, at=timezone.now())
    actions.end_ambition(first, last_day=LAST, by=by, at=timezone.now())
    for thing in (first, challenge, later, sooner):
        thing.refresh_from_db()
    assert (first.until_on, challenge.until_on, later.until_on, sooner.until_on) == (LAST, LAST, UNTIL, FROM)
    assert (last_event().verb, last_event().payload) == ("ambition.ended", {"last_day": "2026-06-30"})


def test_nothing_ends_twice(by):
    *_rest, challenge = make_programme(by)
    actions.end_challenge(challenge, last_day=LAST, by=by, at=timezone.now())
    with pytest.raises(actions.NotChanged, match="al gestopt"):
        actions.end_challenge(challenge, last_day=LAST, by=by, at=timezone.now())


def test_another_room_chooses_among_what_is_not_over(by):
    first, _second, challenge = make_programme(by)
    over = actions.add_challenge(ambition=first, name="Voorbij", from_on=FROM, until_on=FROM, by=by, at=timezone.now())
    assert queries.choices() == [(challenge.pk, "Minder armoede")]
    assert queries.choices(also=[over.pk]) == [(challenge.pk, "Minder armoede"), (over.pk, "Voorbij")]


def test_what_is_over_stands_apart(by):
    first, second, _challenge = make_programme(by)
    actions.end_ambition(first, last_day=LAST, by=by, at=timezone.now())
    found = queries.programme(on=LAST + datetime.timedelta(days=1))
    assert (found.now, found.before) == ([second], [first])
    assert Ambition.objects.count() == 2
