"""Reports as they are kept: once, counted, decided by one at a time, turned round, and where they are seen."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation import actions, queries
from buurtdraad.accounts.moderation.access import duty_in
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import MOVES, Reason, Stage
from buurtdraad.accounts.tests.city import INSIDE, administrator, holds, make_city, someone
from buurtdraad.audit.models import Event
from buurtdraad.lib.stages import WrongStage

pytestmark = pytest.mark.django_db
EVERYWHERE = Reach(everywhere=True)
DISTRICT, NEIGHBOURHOOD, ELSEWHERE = "WK034401", INSIDE["WK034401"][0], INSIDE["WK034402"][0]


def made(thing="wish:12", reason=Reason.RUDE, text="Lelijk", **facts):
    facts = {"area": None, "doubts": (), "by": None, "at": timezone.now()} | facts
    return actions.report(thing=thing, reason=reason, text=text, **facts)


def moderator(name="Mo", duty=Duty.MODERATOR):
    person = Person.objects.create(name=name)
    now = timezone.now()
    DutyHeld.objects.create(person=person, duty=duty, from_on=now.date(), given_at=now)
    return person


def decided(report, stage, why="Naar de wijkagent"):
    actions.decide(report, stage, why=why, duty="moderator", by=moderator(), at=timezone.now())


# --- once ------------------------------------------------------------------------------------


def test_one_form_sent_twice_is_one_report_also_after_the_decision():
    first = made(mark="a")
    assert made(mark="a") == first
    decided(first, Stage.LEFT)
    assert made(mark="a") == first
    assert Report.objects.get().times == 1
    assert Event.objects.filter(verb__in=("report.made", "report.again")).count() == 1


def test_the_same_words_again_are_counted_while_they_wait():
    first = made(mark="a")
    for _ in range(2):
        made(text="LELIJK!", mark="b")
    made(mark="c")
    first.refresh_from_db()
    assert (Report.objects.count(), first.times) == (1, 3)
    assert Event.objects.filter(verb="report.again").count() == 2
    decided(first, Stage.LEFT)
    assert made(mark="d") != first


@pytest.mark.parametrize("other", [{"thing": "wish:13"}, {"reason": Reason.WRONG}, {"text": "Mooi"}, {"doubts": (), "thing": "wish:1"}])
def test_other_words_or_another_thing_are_another_report(other):
    assert made() != made(**other)


def test_who_has_an_account_keeps_their_own_report():
    made()
    kees, emine = someone("Kees"), someone("Emine")
    assert made(by=kees) == made(by=kees) != made(by=emine)
    assert Report.objects.count() == 3


def test_a_text_full_of_links_is_one_item_wherever_it_is_left():
    spam = {"text": "https://a.example https://b.example", "doubts": ("links",)}
    first = made("wish:1", **spam)
    assert made("wish:2", **spam) == made("wish:3", **spam) == first
    assert Report.objects.get().times == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("marks", "times"), [("aaa", 1), ("abc", 3)])
def test_of_three_sendings_at_once_one_report_comes(marks, times):
    def send(mark):
        try:
            made(mark=mark)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[mark]) for mark in marks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Report.objects.get().times == times


# --- where -----------------------------------------------------------------------------------


def test_a_moderator_sees_the_own_areas_and_only_the_whole_city_sees_what_has_none():
    areas = make_city()
    here, there, nowhere = made(area=areas[NEIGHBOURHOOD]), made("wish:2", area=areas[ELSEWHERE]), made("wish:3")
    reach = Reach(codes=frozenset({NEIGHBOURHOOD}))
    assert list(queries.waiting(reach)) == [here]
    assert queries.report_of(here.uuid, reach) == here
    assert queries.report_of(there.uuid, reach) is queries.report_of(nowhere.uuid, reach) is None
    assert list(queries.waiting(EVERYWHERE)) == [here, there, nowhere]
    assert not queries.waiting(Reach())


def test_somebody_decides_from_the_duty_that_holds_there():
    areas, both = make_city(), administrator()
    holds(both, Duty.MODERATOR, areas[DISTRICT])
    assert duty_in(both, areas[NEIGHBOURHOOD]) == duty_in(both, areas[DISTRICT]) == "moderator"
    assert duty_in(both, areas[ELSEWHERE]) == duty_in(both, None) == "administrator"
    local = someone()
    holds(local, Duty.MODERATOR, areas[NEIGHBOURHOOD])
    assert duty_in(local, areas[ELSEWHERE]) == duty_in(local, None) == ""


# --- deciding --------------------------------------------------------------------------------


def test_danger_stands_first_and_then_the_oldest():
    first, second, danger = made("wish:1"), made("wish:2"), made("wish:3", Reason.DANGER)
    assert list(queries.waiting(EVERYWHERE)) == [danger, first, second]


def test_what_was_passed_on_can_still_be_decided():
    report = made()
    for stage in (Stage.REFERRED, Stage.HIDDEN):
        decided(report, stage)
    assert queries.is_hidden("wish:12")
    assert queries.hidden_among(["wish:12", "wish:13"]) == {"wish:12"}


def test_a_decision_is_turned_round_with_a_new_reason_and_both_stay_on_record():
    report = made()
    decided(report, Stage.HIDDEN, "Scheldwoorden")
    decided(report, Stage.LEFT, "Toch een mening")
    assert not queries.is_hidden("wish:12")
    found = [(event.verb, event.payload["why"], event.payload.get("was")) for event in queries.decisions_on(report)]
    assert found == [("report.left", "Toch een mening", "hidden"), ("report.hidden", "Scheldwoorden", None)]
    with pytest.raises(WrongStage):
        decided(report, Stage.LEFT)


def test_the_table_of_moves_names_every_stage():
    assert set(MOVES) == set(Stage)


def test_the_database_refuses_a_decision_without_reason():
    report = made()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(stage=Stage.HIDDEN)


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_decides():
    report, people = made(), [moderator(f"Mo {n}") for n in range(6)]
    done, late = [], []

    def decide(person):
        try:
            mine = Report.objects.get(pk=report.pk)
            actions.decide(mine, Stage.HIDDEN, why=person.name, duty="moderator", by=person, at=timezone.now())
            done.append(person.name)
        except WrongStage:
            late.append(person.name)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(done), len(late)) == (1, 5)
    report.refresh_from_db()
    assert report.why == done[0]
    assert Event.objects.filter(verb="report.hidden").count() == 1
