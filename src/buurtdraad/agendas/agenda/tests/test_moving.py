"""Agreements on their way: steps, reasons, new dates, "niet gedaan", reminders, and what the people of the wishes hear."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.actions import Promise, TellGivers
from buurtdraad.agendas.agenda.actions.moving import NotMoved
from buurtdraad.agendas.agenda.models import Agreement, AgreementStep, NotDone
from buurtdraad.agendas.agenda.states import Said, Stage
from buurtdraad.agendas.agenda.tests.conftest import NOW, SOON, TODAY
from buurtdraad.agendas.wishes.states import Stage as WishStage
from buurtdraad.audit.models import Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Message

DAY = datetime.timedelta(days=1)


def test_a_new_agreement_is_to_do_with_its_own_number(agreement, topic, joris):
    assert (agreement.stage, agreement.number, agreement.area.code) == (Stage.TODO, 1, "zuilen-oost")
    assert actions.add_agreement(topic, Promise("Nog een"), by=joris, at=NOW).number == 2
    assert agreement.steps.get().due_on == SOON


@pytest.mark.parametrize(
    "facts",
    [
        {"what": ""},
        {"stage": Stage.STOPPED},
        {"stage": Stage.LATER, "why": "x", "due_on": None},
        {"stage": Stage.LATER},
        {"stage": Stage.DONE},
        {"start_on": SOON + DAY},
    ],
)
def test_what_may_never_be_stored(agreement, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(**facts)


def test_what_stops_says_why_and_what_is_later_needs_a_date(agreement, joris):
    for stage in (Stage.STOPPED, Stage.LATER):
        with pytest.raises(NotMoved):
            actions.move_on(agreement, stage, by=joris, at=NOW)
    actions.move_on(agreement, Stage.STOPPED, why="Er ligt een leiding.", by=joris, at=NOW)
    assert (agreement.stage, agreement.why, agreement.next_step) == (Stage.STOPPED, "Er ligt een leiding.", "")
    with pytest.raises(WrongStage):
        actions.move_on(agreement, Stage.DONE, by=joris, at=NOW)


def test_later_has_a_reason_and_a_date_to_come_and_can_be_later_again(agreement, joris):
    for why, due_on in (("", SOON), ("Levering bomen", TODAY), ("Levering bomen", TODAY - DAY)):
        with pytest.raises(NotMoved):
            actions.postpone(agreement, due_on=due_on, why=why, by=joris, at=NOW)
    actions.postpone(agreement, due_on=SOON + DAY, why="Levering bomen", by=joris, at=NOW)
    assert (agreement.stage, agreement.why, agreement.due_on) == (Stage.LATER, "Levering bomen", SOON + DAY)
    actions.postpone(agreement, due_on=SOON + 9 * DAY, why="Nog geen bomen", by=joris, at=NOW)
    assert [(step.stage, step.why) for step in agreement.steps.all()] == [
        (Stage.TODO, ""), (Stage.LATER, "Levering bomen"), (Stage.LATER, "Nog geen bomen"),
    ]  # fmt: skip
    actions.move_on(agreement, Stage.RUNNING, by=joris, at=NOW)
    assert agreement.why == ""


def test_two_people_at_once_move_it_once(agreement, joris):
    other = Agreement.objects.get(pk=agreement.pk)
    actions.move_on(agreement, Stage.RUNNING, by=joris, at=NOW)
    with pytest.raises(WrongStage):
        actions.move_on(other, Stage.DONE, by=joris, at=NOW)
    assert AgreementStep.objects.count() == 2


def test_the_wish_goes_along_when_its_people_are_told(agreement, joris, wish):
    actions.move_on(agreement, Stage.RUNNING, tell=TellGivers("Wij zijn begonnen.", [wish]), by=joris, at=NOW)
    wish.refresh_from_db()
    assert wish.stage == WishStage.BUSY
    actions.move_on(agreement, Stage.DONE, result="Het staat er.", by=joris, at=NOW)
    wish.refresh_from_db()
    assert (wish.stage, agreement.result, agreement.done_on) == (WishStage.BUSY, "Het staat er.", TODAY)
    assert "Klaar: Twee banken" in Message.objects.filter(contact=None).latest("pk").board


def test_a_wish_never_goes_back_when_its_people_are_told(agenda, agreement, joris, wish, areas):
    actions.move_on(agreement, Stage.RUNNING, tell=TellGivers("Wij zijn begonnen.", [wish]), by=joris, at=NOW)
    second = actions.make_draft(areas["zuilen-oost"], by=joris, at=NOW)
    tell = TellGivers("Uw wens staat ook in de nieuwe agenda.", [wish])
    actions.adopt(second, adopted_by="De stuurgroep", valid_from=TODAY, tell=tell, by=joris, at=NOW)
    wish.refresh_from_db()
    assert wish.stage == WishStage.BUSY
    assert "nieuwe agenda" in Message.objects.exclude(contact=None).latest("pk").body


def done(agreement, joris, at=NOW):
    actions.move_on(agreement, Stage.DONE, by=joris, at=at)


def say(agreement, mark="", doubted=False, at=NOW, words="De bomen staan er niet."):
    return actions.say_not_done(agreement, words=words, doubted=doubted, mark=mark, at=at)


def test_not_done_takes_it_up_again_once(agreement, joris):
    done(agreement, joris)
    assert say(agreement, "a")
    assert say(agreement, "a")
    agreement.refresh_from_db()
    assert (agreement.stage, agreement.done_on, NotDone.objects.count()) == (Stage.RUNNING, None, 1)
    assert "De bomen" not in agreement.why
    done(agreement, joris)
    assert not say(agreement, "b")
    agreement.refresh_from_db()
    assert agreement.stage == Stage.DONE
    actions.see_not_done(agreement, by=joris, at=NOW)
    assert not NotDone.objects.filter(seen_at=None).exists()


def test_the_same_words_sent_again_while_nobody_read_them_are_once(agreement, joris):
    done(agreement, joris)
    say(agreement, "a")
    agreement.refresh_from_db()
    done(agreement, joris)
    assert not say(agreement, "b")
    assert NotDone.objects.count() == 1
    say(agreement, "c", words="De bank wiebelt.")
    assert NotDone.objects.count() == 2


def test_not_done_of_a_program_waits_for_staff(agreement, joris):
    done(agreement, joris)
    assert not say(agreement, doubted=True)
    agreement.refresh_from_db()
    assert agreement.stage == Stage.DONE
    assert NotDone.objects.get().doubted


def test_not_done_is_said_within_four_weeks_of_what_is_done(agreement, joris):
    with pytest.raises(NotMoved):
        say(agreement)
    done(agreement, joris)
    with pytest.raises(NotMoved):
        say(agreement, at=NOW + 29 * DAY)
    assert say(agreement, at=NOW + 28 * DAY)


def test_who_sees_to_it_is_reminded_once_for_each_date(agreement, owner, joris, linda):
    owner.contact = contact_for(linda, at=NOW)
    owner.save()
    actions.accept(owner, said_by="Linda", how=Said.TOLD, by=joris, at=NOW)
    late = NOW + 31 * DAY
    assert actions.remind_owners(at=NOW + 30 * DAY) == 0
    assert [actions.remind_owners(at=late), actions.remind_owners(at=late + DAY)] == [1, 0]
    assert "Twee banken" in Message.objects.get(contact__person=linda).body
    actions.postpone(agreement, due_on=SOON + 9 * DAY, why="Levering bomen", by=joris, at=late)
    assert [actions.remind_owners(at=late), actions.remind_owners(at=late + 9 * DAY)] == [0, 1]
    assert Message.objects.filter(contact__person=linda).count() == 2


def test_what_is_finished_or_in_a_draft_reminds_nobody(agreement, joris):
    done(agreement, joris)
    assert actions.remind_owners(at=NOW + 90 * DAY) == 0
    assert not Event.objects.filter(verb="agreement.reminded").exists()


def test_the_date_of_what_is_under_way_changes_only_with_a_reason(agreement, joris):
    promise = Promise("Drie banken", due_on=SOON + 90 * DAY)
    actions.move_on(agreement, Stage.RUNNING, by=joris, at=NOW)
    actions.change_agreement(agreement, promise, by=joris, at=NOW)
    agreement.refresh_from_db()
    assert (agreement.what, agreement.due_on) == ("Drie banken", SOON)
