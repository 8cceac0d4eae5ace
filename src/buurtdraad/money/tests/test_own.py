import datetime
from decimal import Decimal

import pytest

from buurtdraad.messages.models import Contact
from buurtdraad.money.models import Payment
from buurtdraad.money.own.actions import erase, forget_payees
from buurtdraad.money.own.queries import payees_due, personal_data
from buurtdraad.money.states import PaymentStage
from buurtdraad.money.tests.conftest import IBAN, NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(pot, promise, owed, make_initiative, kees):
    return owed(promise(pot, 1000, make_initiative(of=kees)), 500, card=True, iban="")


def test_somebody_takes_along_what_was_paid_for_their_plans_and_no_account(payment, owed, kees, joris):
    owed(payment.commitment, 100)
    found = personal_data(kees)["betalingen"]
    assert [(row["plan"], row["bedrag"]) for row in found] == [("Wilgentuin", Decimal(100)), ("Wilgentuin", Decimal(500))]
    assert IBAN not in str(found)
    assert personal_data(joris) == {}


def test_a_payment_stays_when_its_payee_leaves(payment, kees):
    erase(kees, at=NOW)
    Contact.objects.filter(person=kees).delete()
    payment.refresh_from_db()
    assert payment.payee == "K. Vermeer"


def test_seven_years_after_it_was_paid_nobody_knows_to_whom(payment, owed):
    Payment.objects.filter(pk=payment.pk).update(stage=PaymentStage.PAID, paid_on=datetime.date(2019, 11, 26))
    other = owed(payment.commitment, 100)
    Payment.objects.filter(pk=other.pk).update(stage=PaymentStage.PAID, paid_on=datetime.date(2019, 11, 27))
    on = datetime.date(2026, 11, 27)
    assert list(payees_due(on)) == [payment]
    assert forget_payees([payment.pk, other.pk], on=on) == 1
    payment.refresh_from_db()
    other.refresh_from_db()
    assert (payment.payee, payment.iban, payment.card, payment.amount) == ("", "", False, Decimal(500))
    assert other.payee == "K. Vermeer"
    assert not payees_due(on).exists()


def test_what_is_still_to_be_paid_is_never_forgotten(payment):
    Payment.objects.filter(pk=payment.pk).update(made_at=NOW - datetime.timedelta(days=9000))
    assert not payees_due(TODAY).exists()
