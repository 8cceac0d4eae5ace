"""What an application is owed: the advance of a grant that is known, and never anything of another."""

# ruff: noqa: F811 (a fixture is named like what it is, and a test takes what it needs)
import datetime
import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.fund.actions.deciding import replace
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.actions.paying import NotPayable, note_account, owe_grant
from buurtdraad.fund.models import Application, Payee
from buurtdraad.fund.queries.paying import sums_of
from buurtdraad.fund.rules import pay_by
from buurtdraad.fund.states import PAYABLE, Ground, Outcome, SentBy, Stage
from buurtdraad.fund.tests.decisions import in_english, linda  # noqa: F401
from buurtdraad.fund.tests.granted import IBAN, big_pot, decide_on, granted, paid  # noqa: F401
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.money.models import Payment
from buurtdraad.money.queries.ledger import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(("costs", "owed"), [(("5000",), 5000), (("12000",), 12000), (("30000",), 24000)])
def test_a_grant_owes_the_advance_of_its_band_when_it_is_made_known(granted, costs, owed):
    decision = granted(costs=costs)
    payment = Payment.objects.get()
    assert (payment.amount, payment.iban, payment.payee) == (owed, IBAN, "K. Vermeer")
    assert payment.due_on == pay_by(timezone.localdate())
    assert payment.reference == f"{decision.application.number}-1"
    assert not differences()


def test_doing_it_twice_owes_nothing_twice(granted, priya):
    decision = granted()
    assert owe_grant(decision, by=priya, at=timezone.now()) == []
    assert Payment.objects.count() == 1


def test_a_decision_that_was_not_made_known_owes_nothing(decide_on, priya):
    with pytest.raises(NotPayable):
        owe_grant(decide_on(), by=priya, at=timezone.now())
    assert not Payment.objects.exists()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in PAYABLE])
def test_in_no_other_step_anything_is_owed(granted, priya, stage):
    decision = granted(account=False)
    Payee.objects.create(application=decision.application, holder="K. Vermeer", iban=IBAN)
    Application.objects.filter(pk=decision.application.pk).update(stage=stage)
    with pytest.raises(NotPayable):
        owe_grant(decision, by=priya, at=timezone.now())
    assert not Payment.objects.exists()


def test_a_refusal_owes_nothing(decide_on, priya):
    decision = decide_on(outcome=Outcome.REFUSED, amount=Decimal(0), ground=Ground.NOT_PAID)
    make_known(decision, sent_by=SentBy.POST, on=timezone.localdate(), by=priya, at=timezone.now())
    with pytest.raises(NotPayable):
        owe_grant(decision, by=priya, at=timezone.now())


def test_without_an_account_the_letter_goes_out_and_the_money_waits_for_the_account(granted, ria):
    decision = granted(account=False)
    assert not Payment.objects.exists()
    made = note_account(decision.application, holder="K. Vermeer", iban=IBAN, by=ria, at=timezone.now())
    assert [each.amount for each in made] == [12000]


def test_a_card_needs_no_account(granted, ria):
    decision = granted(account=False)
    note_account(decision.application, card=True, by=ria, at=timezone.now())
    payment = Payment.objects.get()
    assert (payment.card, payment.iban, payment.payee) == (True, "", "Kees Vermeer")


def test_a_decision_that_grants_more_owes_the_difference(granted, hamid, priya, declared):
    decision = granted(outcome=Outcome.PARTLY, amount=Decimal(7000), ground=Ground.TOO_HIGH)
    other = member_of_staff("Fatma Yildiz", "fatma@utrecht.example", None, "fund_decider")
    declared(decision.application, other)
    facts = {"words": "Toch", "prepared_by": hamid.uuid, "by": other, "at": timezone.now()}
    new = replace(decision, outcome=Outcome.GRANTED, amount=Decimal(12000), **facts)
    make_known(new, sent_by=SentBy.POST, on=timezone.localdate(), by=priya, at=timezone.now())
    assert [each.amount for each in Payment.objects.order_by("pk")] == [7000, 5000]
    assert sums_of(decision.application).promised == 12000
    assert not differences()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_the_advance_is_owed_once(granted, priya):
    decision = granted(account=False)
    Payee.objects.create(application=decision.application, holder="K. Vermeer", iban=IBAN)

    def owes():
        try:
            owe_grant(decision, by=priya, at=timezone.now())
        finally:
            connection.close()

    threads = [threading.Thread(target=owes) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.amount for each in Payment.objects.all()] == [12000]


def test_the_last_day_to_pay_moves_from_a_free_day():
    assert pay_by(datetime.date(2026, 3, 23)) == datetime.date(2026, 5, 4)
