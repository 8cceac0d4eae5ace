"""A rule that must be simpler: who sees to it, by when, what is late, and what came of it."""

import datetime
from dataclasses import replace

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.placements.access import may_move_rule
from buurtdraad.placements.actions.lessons import share, withdraw
from buurtdraad.placements.actions.simplifying import NotShared, give_rule, move_rule
from buurtdraad.placements.models import Lesson, SimplerRule
from buurtdraad.placements.own.actions.after import erase
from buurtdraad.placements.queries import work
from buurtdraad.placements.states import RuleStage
from buurtdraad.placements.tests.afterwards import *  # noqa: F403 (the meal at which Tom was)
from buurtdraad.placements.tests.afterwards import DAY, LEARNED, NOW, PROPOSAL, RULE, TODAY

pytestmark = pytest.mark.django_db
SOON = TODAY + 30 * DAY
CAME = "Er is nu een formulier met vijf vragen."


@pytest.fixture
def given(rule, tom, noor):
    """Tom sees to it, within a month."""
    give_rule(rule, owner=tom, owner_name="Stadsingenieurs", due_on=SOON, by=noor, at=NOW)
    return rule


@pytest.fixture
def as_noor(client, signed_in, noor):
    return signed_in(noor)


def test_a_colleague_is_given_a_rule_hears_it_and_says_what_came_of_it(client, signed_in, noor, tom, rule):
    signed_in(noor)
    facts = {"owner_name": "Stadsingenieurs", "email": "Tom@utrecht.example", "due_on": SOON.isoformat()}
    assert client.post(f"/werk/stages/regels/{rule.uuid}/wie/", facts).status_code == 302
    assert Message.objects.filter(contact__person=tom, link=f"/stages/regels/{rule.uuid}/").exists()
    signed_in(tom, second_factor=False)
    assert "U zorgt voor deze regel" in client.get("/mijn/").text
    page = client.get(f"/stages/regels/{rule.uuid}/").text
    assert PROPOSAL in page
    client.post(f"/stages/regels/{rule.uuid}/", {"stage": "done", "what_came": CAME})
    assert CAME in client.get(f"/stages/regels/{rule.uuid}/").text
    client.logout()
    page = client.get("/stages/").text
    for words in (RULE, CAME, LEARNED, "Stadsingenieurs"):
        assert words in page
    assert "Tom" not in page


def test_the_thread_goes_from_the_lesson_to_the_rule_and_back(client, given, shared, tom):
    move_rule(given, RuleStage.DONE, what_came=CAME, on=TODAY, by=tom, at=NOW)
    page = client.get(f"/stages/lessen/{shared.uuid}/").text
    assert CAME in page
    assert RULE in page
    assert f'href="/stages/lessen/{shared.uuid}/"' in client.get("/stages/").text


def test_a_department_can_see_to_it_and_then_the_organiser_says_what_came(client, signed_in, noor, rule):
    signed_in(noor)
    client.post(f"/werk/stages/regels/{rule.uuid}/wie/", {"owner_name": "Groen", "email": "", "due_on": SOON.isoformat()})
    client.post(f"/werk/stages/regels/{rule.uuid}/", {"stage": "not_done", "what_came": "De wet vraagt twee formulieren."})
    rule.refresh_from_db()
    assert (rule.stage, rule.owner) == (RuleStage.NOT_DONE, None)
    client.post(f"/werk/stages/regels/{rule.uuid}/opnieuw/")
    client.post(f"/werk/stages/regels/{rule.uuid}/opnieuw/")
    rule.refresh_from_db()
    assert (rule.stage, rule.owner_name, rule.due_on) == (RuleStage.OPEN, "", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "kees@example.nl"},
        {"email": "niemand@x.example"},
        {"owner_name": ""},
        {"due_on": ""},
        {"due_on": str(TODAY - DAY)},
        {"due_on": str(TODAY + 800 * DAY)},
        {"owner_name": "Tom van Dijk"},
        {"owner_name": "kees vermeer"},
    ],
)
def test_who_does_not_work_here_and_a_day_that_is_past_are_refused(as_noor, kees, rule, wrong):
    client = as_noor
    facts = {"owner_name": "Groen", "email": "", "due_on": SOON.isoformat()} | wrong
    assert client.post(f"/werk/stages/regels/{rule.uuid}/wie/", facts).status_code == 422


@pytest.mark.parametrize("sent", [{}, {"stage": "done", "what_came": ""}, {"stage": "open", "what_came": CAME}])
def test_what_came_of_it_is_asked_in_words(client, signed_in, tom, given, sent):
    signed_in(tom, second_factor=False)
    assert client.post(f"/stages/regels/{given.uuid}/", sent).status_code == 422
    given.refresh_from_db()
    assert given.stage == RuleStage.BUSY


def test_a_rule_that_nobody_sees_to_cannot_be_done(rule, noor):
    with pytest.raises(WrongStage):
        move_rule(rule, RuleStage.DONE, what_came=CAME, on=TODAY, by=noor, at=NOW)


def test_of_a_lesson_that_waits_or_was_taken_back_no_rule_is_given(rule, shared, told, tom, noor):
    waits = share(shared.placement, replace(told, text="Nog een les"), by=tom, at=NOW)
    withdraw(shared, by=tom, at=NOW)
    for one in (waits.rule, SimplerRule.objects.select_related("lesson").get(pk=shared.rule.pk)):
        with pytest.raises(NotShared):
            give_rule(one, owner=None, owner_name="Groen", due_on=SOON, by=noor, at=NOW)


def test_a_rule_that_is_under_way_or_done_stays_without_the_lesson_that_is_taken_back(client, signed_in, given, shared, tom, noor):  # noqa: PLR0917
    signed_in(tom, second_factor=False)
    page = client.get(f"/stages/lessen/{shared.uuid}/terugnemen/").text
    assert "De regel blijft op de site staan" in page
    shared.refresh_from_db()
    assert shared.stage == "shared"
    client.post(f"/stages/lessen/{shared.uuid}/terugnemen/")
    client.logout()
    page = client.get("/stages/").text
    assert (RULE in page, LEARNED in page, f"/stages/lessen/{shared.uuid}/" in page) == (True, False, False)
    signed_in(noor)
    sent = {"stage": "done", "what_came": CAME}
    assert client.post(f"/werk/stages/regels/{given.uuid}/", sent).status_code == 302
    erase(tom, at=NOW)
    client.logout()
    page = client.get("/stages/").text
    assert (CAME in page, LEARNED in page) == (True, False)
    assert not Lesson.objects.filter(text=LEARNED).exists()


def test_another_colleague_does_not_get_at_it(client, signed_in, given, samira):
    signed_in(samira)
    assert client.get(f"/stages/regels/{given.uuid}/").status_code == 404
    assert client.get("/werk/stages/regels/").status_code == 403
    with pytest.raises(NotShared):
        move_rule(given, RuleStage.DONE, what_came=CAME, on=TODAY, by=samira, at=NOW)


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("owns", [True, False])
def test_who_sees_to_a_rule_and_who_organises_move_it(rule, duty, owns):
    person = member_of_staff("Kees Vermeer", "kees@elders.example", None, duty)
    SimplerRule.objects.filter(pk=rule.pk).update(owner=person if owns else None)
    rule.refresh_from_db()
    assert may_move_rule(person, rule) is (owns or duty == Duty.PROGRAMME_MANAGER)


def test_what_is_late_and_what_nobody_sees_to_waits_at_work(client, signed_in, given, tom, noor):
    assert work.rules(noor, TODAY) == []
    assert [item.link for item in work.rules(tom, TODAY)] == [f"/stages/regels/{given.uuid}/"]
    late = SOON + datetime.timedelta(days=2)
    assert [(item.link, item.days_left) for item in work.rules(noor, late)] == [(f"/werk/stages/regels/{given.uuid}/", -2)]
    SimplerRule.objects.filter(pk=given.pk).update(due_on=TODAY - DAY)
    signed_in(noor)
    assert "Te laat" in client.get("/werk/stages/regels/").text
    signed_in(tom, second_factor=False)
    assert "te laat" in client.get("/mijn/").text
    SimplerRule.objects.filter(pk=given.pk).update(stage=RuleStage.OPEN)
    assert [item.link for item in work.rules(noor, TODAY)] == [f"/werk/stages/regels/{given.uuid}/wie/"]


def test_a_lesson_to_read_waits_for_who_organises_and_not_for_who_wrote_it(lesson, noor, tom, placement):
    assert [item.link for item in work.lessons_to_read(noor, TODAY)] == [f"/werk/stages/lessen/{lesson.uuid}/"]
    assert work.lessons_to_read(tom, TODAY) == []
    type(lesson).objects.update(writer=noor)
    assert work.lessons_to_read(noor, TODAY) == []
