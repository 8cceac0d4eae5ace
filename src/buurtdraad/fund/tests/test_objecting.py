"""An objection: its own clock, other people, a hearing, and a new decision where it is right."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test takes what it needs)
import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from buurtdraad.fund.actions import accounting, objecting, sending, settling
from buurtdraad.fund.actions.ending import finish
from buurtdraad.fund.actions.lateness import NoNotice, note_objection_default, reject_objection_default
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.actions.objecting import NewDecision, NoObjection, NotYou
from buurtdraad.fund.models import Decision, Objection, PenaltyRate
from buurtdraad.fund.queries.lateness import exposure_of_objection
from buurtdraad.fund.rules import objection_decide_by
from buurtdraad.fund.states import Ground, ObjectionOutcome, Outcome, SentBy, SettlementGround, Stage
from buurtdraad.fund.tests.decisions import in_english, linda  # noqa: F401
from buurtdraad.fund.tests.granted import big_pot, decide_on, granted, heard, paid, reported  # noqa: F401
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.money.models import Payment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]
DAY = datetime.timedelta(days=1)


def page(name, *args):
    return "/en" + reverse(f"fund:{name}", args=args).removeprefix("/en")


@pytest.fixture
def fatma(areas):
    """Decides too, and had no part in it."""
    return member_of_staff("Fatma Yildiz", "fatma@utrecht.example", None, "fund_decider")


@pytest.fixture
def refused(decide_on, declared, priya, fatma):
    """A refusal that was made known."""
    decision = decide_on(outcome=Outcome.REFUSED, amount=Decimal(0), ground=Ground.NOT_PAID)
    make_known(decision, sent_by=SentBy.POST, on=timezone.localdate(), by=priya, at=timezone.now())
    declared(decision.application, fatma)
    return decision


def objects(decision, **more):
    facts = {"words": "Ik ben het er niet mee eens", "received_on": timezone.localdate(), "by": None, "at": timezone.now()} | more
    return objecting.receive(decision, **facts)


def decide(objection, by, outcome, new=None):
    return objecting.decide(objection, outcome=outcome, answer="Wij keken opnieuw.", new=new, by=by, at=timezone.now())


@pytest.fixture
def omar(areas, refused, declared):
    """Handles objections."""
    person = member_of_staff("Omar Haddad", "omar@utrecht.example", None, "fund_handler")
    declared(refused.application, person)
    return person


def hear(objection, by):
    objecting.hear(objection, heard_on=timezone.localdate(), heard="Kees vertelde het", by=by, at=timezone.now())


def test_an_objection_has_its_own_last_day(refused):
    today = timezone.localdate()
    assert objects(refused).decide_by == objection_decide_by(today, False, False)
    assert objects(refused, by_other="Emine, Dreef 2", with_committee=True).decide_by == objection_decide_by(today, True, False)


def test_before_it_was_made_known_nobody_objects(decide_on):
    with pytest.raises(NoObjection):
        objects(decide_on())


def test_the_same_person_objects_once_at_a_time(refused):
    objects(refused)
    with pytest.raises(NoObjection):
        objects(refused)


def test_a_late_objection_comes_in_too(refused):
    at = timezone.now() + datetime.timedelta(days=60)
    assert objects(refused, received_on=timezone.localdate(at), at=at).outcome == ""


def test_who_had_a_part_in_the_decision_judges_nothing(refused, priya, bas, linda):
    objection = objects(refused)
    for person in (priya, bas, linda):
        with pytest.raises(NotYou):
            hear(objection, person)


def test_six_weeks_more_only_once(refused, fatma):
    objection = objects(refused)
    before = objection.decide_by
    objecting.extend(objection, by=fatma, at=timezone.now())
    assert objection.decide_by > before
    with pytest.raises(NoObjection):
        objecting.extend(objection, by=fatma, at=timezone.now())


def test_nobody_decides_before_the_hearing(refused, fatma):
    with pytest.raises(NoObjection):
        decide(objects(refused), fatma, ObjectionOutcome.UNFOUNDED)


def test_an_objection_that_is_not_right_changes_nothing_and_says_how_to_appeal(refused, fatma):
    objection = objects(refused)
    hear(objection, fatma)
    letter = decide(objection, fatma, ObjectionOutcome.UNFOUNDED)
    assert Decision.objects.count() == 1
    assert "rechtbank" in str(letter.facts)
    with pytest.raises(NoObjection):
        decide(objection, fatma, ObjectionOutcome.INADMISSIBLE)


def test_an_objection_that_is_right_brings_a_new_decision_and_its_money(refused, fatma, omar, priya):
    objection = objects(refused)
    objecting.take(objection, by=omar, at=timezone.now())
    hear(objection, fatma)
    new = NewDecision(Outcome.GRANTED, Decimal(12000), "Toch wel")
    decide(objection, fatma, ObjectionOutcome.FOUNDED, new)
    made = refused.replaced_by
    assert (made.amount, made.taken_by, refused.application.stage) == (12000, fatma.uuid, Stage.REFUSED)
    refused.application.refresh_from_db()
    assert refused.application.stage == Stage.GRANTED
    assert not Payment.objects.exists()
    make_known(made, sent_by=SentBy.POST, on=timezone.localdate(), by=priya, at=timezone.now())
    assert Payment.objects.get().amount == 12000


def test_only_an_objection_that_is_right_brings_a_new_decision(refused, fatma):
    objection = objects(refused)
    hear(objection, fatma)
    with pytest.raises(NoObjection):
        decide(objection, fatma, ObjectionOutcome.FOUNDED)


def test_who_objected_takes_it_back(refused):
    objection = objects(refused)
    objecting.withdraw(objection, by=None, at=timezone.now())
    assert objection.outcome == ObjectionOutcome.WITHDRAWN
    with pytest.raises(NoObjection):
        objecting.withdraw(objection, by=None, at=timezone.now())


def test_while_an_objection_is_open_nothing_is_closed(granted, paid):
    decision = granted(costs=("5000",))
    paid(decision.application)
    objects(decision)
    with pytest.raises(WrongStage):
        finish(decision.application, at=timezone.now() + datetime.timedelta(days=200))


@pytest.mark.parametrize("facts", [{"outcome": "unfounded", "answer": "x"}, {"outcome": "founded", "decided_at": timezone.now()}])
def test_a_decided_objection_says_how_and_why(refused, facts):
    base = {"words": "x", "received_on": timezone.localdate(), "decide_by": timezone.localdate(), "noted_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(decision=refused, **base, **facts)


# --- late with it ------------------------------------------------------------------------------------------


@pytest.fixture
def late(refused, fatma):
    """An objection of which the last day is long past, with a notice of the day after it."""
    PenaltyRate.objects.create(from_on=datetime.date(2010, 1, 1), first=20, second=30, third=40, source="Awb 4:17")
    ended_on = timezone.localdate() - datetime.timedelta(days=30)
    made = objects(refused)
    Objection.objects.filter(pk=made.pk).update(decide_by=ended_on, received_on=ended_on - datetime.timedelta(days=80))
    made.refresh_from_db()
    note_objection_default(made, received_on=ended_on + datetime.timedelta(days=1), by=fatma, at=timezone.now())
    return made


def test_money_runs_two_weeks_after_a_notice_until_the_letter_about_the_objection(late, fatma):
    today = timezone.localdate()
    owed = exposure_of_objection(late, today)
    # The notice came 29 days ago; from 15 days after it, so of 15 days: 14 times 20 and once 30.
    assert (owed.runs_from, owed.until_today) == (today - datetime.timedelta(days=14), 310)
    assert owed.most == 14 * (20 + 30 + 40)
    hear(late, fatma)
    letter = decide(late, fatma, ObjectionOutcome.UNFOUNDED)
    sending.send(letter, sent_by=SentBy.POST, on=today, by=fatma, at=timezone.now())
    late.refresh_from_db()
    assert exposure_of_objection(late, today + datetime.timedelta(days=20)).until_today == 280


def test_a_notice_comes_once_and_can_be_turned_down(late, fatma, bas):
    with pytest.raises(NoNotice):
        note_objection_default(late, received_on=timezone.localdate(), by=fatma, at=timezone.now())
    with pytest.raises(NotYou):
        reject_objection_default(late.default_notice, why="Te vroeg", by=bas, at=timezone.now())
    reject_objection_default(late.default_notice, why="U schreef te laat.", by=fatma, at=timezone.now())
    assert exposure_of_objection(late, timezone.localdate()).until_today == 0


def test_no_notice_comes_before_the_objection(refused, fatma):
    with pytest.raises(NoNotice):
        note_objection_default(objects(refused), received_on=timezone.localdate() - DAY, by=fatma, at=timezone.now())


def test_too_early_a_notice_costs_nothing(refused, fatma):
    made = objects(refused)
    note_objection_default(made, received_on=timezone.localdate(), by=fatma, at=timezone.now())
    owed = exposure_of_objection(made, timezone.localdate())
    assert (owed.runs_from, owed.until_today) == (None, 0)


def test_a_notice_about_an_objection_is_written_down_and_turned_down_in_the_browser(signed_in, refused, fatma):
    made = objects(refused)
    ids, client = [refused.application.uuid, made.uuid], signed_in(fatma)
    assert client.post(page("objection_late", *ids), {"received_on": "", "words": ""}).status_code == 422
    told = {"received_on": timezone.localdate().isoformat(), "words": "Waar blijft u?"}
    assert client.post(page("objection_late", *ids), told).status_code == 302
    shown = client.get(page("objection", *ids)).content.decode()
    assert "Waar blijft u?" in shown
    assert page("objection_not_late", *ids) in shown
    client.post(page("objection_not_late", *ids), {"why": "Het is nog op tijd."})
    assert "Het is nog op tijd." in client.get(page("objection", *ids)).content.decode()


# --- a final amount of a decision that was replaced ----------------------------------------------------------


def test_after_a_higher_decision_the_final_amount_is_made_anew_in_the_browser(signed_in, reported, declared, fatma, omar, priya, bas):
    application = reported(outcome=Outcome.PARTLY, amount=Decimal(9000), ground=Ground.NOT_PAID)
    decision = application.decisions.get()
    declared(application, fatma, omar)
    accounting.look(application.account, by=priya, at=timezone.now())
    facts = {"ground": SettlementGround.AS_GRANTED, "words": "U deed wat u zei.", "by": bas, "at": timezone.now()}
    first = settling.settle(application, amount=Decimal(9000), **facts)
    sending.send(first.letter, sent_by=SentBy.POST, on=timezone.localdate(), by=priya, at=timezone.now())
    settle = page("settle", application.uuid)
    assert settle not in signed_in(fatma).get(page("file", application.uuid)).content.decode()
    objection = objects(decision)
    objecting.take(objection, by=omar, at=timezone.now())
    hear(objection, fatma)
    decide(objection, fatma, ObjectionOutcome.FOUNDED, NewDecision(Outcome.GRANTED, Decimal(12000), "Toch alles"))
    make_known(decision.replaced_by, sent_by=SentBy.POST, on=timezone.localdate(), by=omar, at=timezone.now())
    client = signed_in(fatma)
    assert settle in client.get(page("file", application.uuid)).content.decode()
    answer = client.post(settle, {"ground": "as_granted", "amount": "12000", "words": "U krijgt alles."})
    assert answer.status_code == 302, answer.context["form"].errors
    first.refresh_from_db()
    assert (first.replaced_by.amount, first.replaced_by.made_by) == (12000, fatma.uuid)
