"""The final amount: as granted, or lower on a ground of the law after a hearing; then the rest is paid, or money comes back."""

# ruff: noqa: F811 (a fixture is named like what it is, and a test takes what it needs)
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from buurtdraad.fund.actions import accounting, recovering, sending, settling
from buurtdraad.fund.actions.deciding import HearFirst, NoMandate
from buurtdraad.fund.actions.recovering import NotToRecover
from buurtdraad.fund.actions.settling import NotSettled
from buurtdraad.fund.models import Application, Recovery, Settlement
from buurtdraad.fund.queries.paying import sums_of
from buurtdraad.fund.states import SentBy, SettlementGround, Stage
from buurtdraad.fund.tests.decisions import in_english, linda  # noqa: F401
from buurtdraad.fund.tests.granted import big_pot, decide_on, granted, heard, paid, reported  # noqa: F401
from buurtdraad.lib.stages import WrongStage
from buurtdraad.money.models import Payment
from buurtdraad.money.queries.ledger import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LOWER = SettlementGround.NOT_DONE


def settle(application, by, amount, ground=SettlementGround.AS_GRANTED, **more):
    facts = {"words": "U deed wat u zei.", "at": timezone.now()} | more
    return settling.settle(application, amount=Decimal(amount), ground=ground, by=by, **facts)


def send(letter, by):
    sending.send(letter, sent_by=SentBy.POST, on=timezone.localdate(), by=by, at=timezone.now())


def looked(application, by):
    accounting.look(application.account, by=by, at=timezone.now())


def test_as_granted_needs_no_hearing_and_says_so_in_the_letter(reported, priya, bas):
    application = reported()
    looked(application, priya)
    made = settle(application, bas, 12000)
    application.refresh_from_db()
    assert (application.stage, made.made_by, made.with_whom) == (Stage.DETERMINED, bas.uuid, priya.uuid)
    assert made.letter.sent_on is None
    send(made.letter, priya)
    made.refresh_from_db()
    assert made.known_on == timezone.localdate()
    assert "12.000" in str(made.letter.facts)


def test_a_lower_amount_asks_for_a_hearing_first(reported, priya, bas):
    application = reported()
    looked(application, priya)
    with pytest.raises(HearFirst):
        settle(application, bas, 9000, LOWER)
    heard(application, priya)
    assert settle(application, bas, 9000, LOWER).amount == 9000


@pytest.mark.parametrize(("amount", "ground"), [(12000, LOWER), (9000, "as_granted"), (12001, LOWER), (-1, LOWER), ("0.001", LOWER)])
def test_an_amount_goes_with_its_ground_and_never_above_the_grant(reported, priya, bas, amount, ground):
    application = reported()
    looked(application, priya)
    heard(application, priya)
    with pytest.raises(NotSettled):
        settle(application, bas, amount, ground)
    assert not Settlement.objects.exists()


def test_above_the_amount_of_four_eyes_somebody_else_looked_first(reported, bas):
    application = reported()
    with pytest.raises(NoMandate):
        settle(application, bas, 12000)
    looked(application, bas)
    with pytest.raises(NoMandate):
        settle(application, bas, 12000)


def test_who_only_handles_decides_on_no_amount(reported, priya):
    with pytest.raises(NoMandate):
        settle(reported(), priya, 12000)


def test_the_rest_is_owed_when_the_letter_went_out(granted, paid, priya, bas):
    application = granted(costs=("30000",)).application
    paid(application)
    Application.objects.filter(pk=application.pk).update(stage=Stage.REPORTED)
    application.refresh_from_db()
    looked(application, priya)
    made = settle(application, bas, 30000)
    assert Payment.objects.count() == 1
    send(made.letter, priya)
    assert [each.amount for each in Payment.objects.order_by("pk")] == [24000, 6000]
    assert not differences()


def test_what_was_paid_too_much_is_asked_back_and_comes_back_to_the_pot(reported, paid, big_pot, priya, bas):
    application = reported()
    paid(application)
    looked(application, priya)
    heard(application, priya)
    send(settle(application, bas, 9000, LOWER).letter, priya)
    recovery = Recovery.objects.get()
    assert recovery.amount == 3000
    recovering.receive(recovery, Decimal(1000), on=timezone.localdate(), by=priya, at=timezone.now())
    with pytest.raises(NotToRecover):
        recovering.receive(recovery, Decimal("2000.01"), on=timezone.localdate(), by=priya, at=timezone.now())
    recovering.receive(recovery, Decimal(2000), on=timezone.localdate(), by=priya, at=timezone.now())
    assert sums_of(application).paid == 9000
    with pytest.raises(NotToRecover):
        recovering.drop(recovery, "x", by=priya, at=timezone.now())
    assert not differences()


def test_of_what_was_not_paid_yet_only_the_final_amount_goes_out(reported, priya, bas):
    application = reported()
    looked(application, priya)
    heard(application, priya)
    send(settle(application, bas, 9000, LOWER).letter, priya)
    assert [(each.stage, each.amount) for each in Payment.objects.order_by("pk")] == [("cancelled", 12000), ("due", 9000)]
    assert not Recovery.objects.exists()


def test_a_final_amount_is_made_once(reported, priya, bas, linda):
    application = reported()
    looked(application, priya)
    settle(application, bas, 12000)
    with pytest.raises(WrongStage):
        settle(application, linda, 12000)


def test_a_letter_goes_out_once(reported, priya, bas):
    application = reported()
    looked(application, priya)
    made = settle(application, bas, 12000)
    send(made.letter, priya)
    with pytest.raises(WrongStage):
        send(made.letter, priya)


def test_a_final_amount_stays_as_it_was_made(reported, priya, bas):
    application = reported()
    looked(application, priya)
    made = settle(application, bas, 12000)
    for change in (lambda: Settlement.objects.update(words="x"), lambda: Settlement.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    assert Settlement.objects.get().words == made.words


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": 13000},
        {"amount": 9000, "ground": "as_granted"},
        {"amount": 12000, "ground": "not_done"},
        {"with_whom": "made_by"},
    ],
)
def test_what_the_law_does_not_know_is_not_kept(reported, priya, bas, facts):
    application = reported()
    looked(application, priya)
    made = settle(application, bas, 12000)
    wrong = {"with_whom": made.made_by} if "with_whom" in facts else facts
    base = {name: getattr(made, name) for name in ("application", "decision", "granted", "amount", "ground", "words", "made_by", "made_at")}
    letter = application.letters.create(about="settlement", facts={}, made_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.create(**(base | {"letter": letter, "replaces": made} | wrong))


def test_a_second_first_final_amount_is_not_kept(reported, priya, bas):
    application = reported()
    looked(application, priya)
    made = settle(application, bas, 12000)
    letter = application.letters.create(about="settlement", facts={}, made_at=timezone.now())
    base = {name: getattr(made, name) for name in ("application", "decision", "granted", "amount", "ground", "words", "made_by", "made_at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.create(**(base | {"letter": letter}))


def test_a_recovery_above_its_amount_is_not_kept(granted):
    facts = {"why": "x", "due_on": timezone.localdate(), "made_by": granted().taken_by, "made_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.create(application=Application.objects.get(), amount=5, received=6, **facts)
