import datetime
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from buurtdraad.audit.models import Event
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage
from buurtdraad.money.actions import listing
from buurtdraad.money.actions.listing import NotListed, SecondPerson
from buurtdraad.money.actions.paying import NotOwed, bounce, cancel, owe_again, paid_back, settle_paid
from buurtdraad.money.models import Entry, Payment, PaymentList, Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.queries.payments import lists
from buurtdraad.money.states import LIST_MOVES, PAYMENT_MOVES, RESERVATION_MOVES, EntryKind, ListStage, PaymentStage, ReservationStage
from buurtdraad.money.tests.conftest import IBAN, NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment(pot, promise):
    return promise(pot, 11900)


@pytest.fixture
def sent(ria, bas):
    """Gives payments to finance on a list: made by Ria, released by Bas."""

    def give(*payments):
        listed = listing.make_list(payments, by=ria, at=NOW)
        listing.release_list(listed, by=bas, at=NOW)
        listing.send_list(listed, by=ria, at=NOW)
        return listed

    return give


def test_the_tables_of_moves_are_complete():
    assert set(PAYMENT_MOVES) == set(PaymentStage)
    assert set(LIST_MOVES) == set(ListStage)
    assert set(RESERVATION_MOVES) == set(ReservationStage)


def test_what_is_owed_leaves_the_pot_only_when_it_is_paid(pot, commitment, owed, sent, ria):
    payment = owed(commitment, 11900)
    sent(payment)
    pot.refresh_from_db()
    assert (pot.paid, Entry.objects.filter(kind=EntryKind.PAID).count()) == (0, 0)
    settle_paid(payment, on=TODAY, by=ria, at=NOW)
    pot.refresh_from_db()
    commitment.refresh_from_db()
    assert (pot.paid, commitment.paid, payment.stage, payment.paid_on) == (11900, 11900, PaymentStage.PAID, TODAY)
    assert not differences()


def test_no_more_is_owed_than_was_promised(commitment, owed):
    owed(commitment, 11000)
    with pytest.raises(NotOwed, match="900"):
        owed(commitment, "900.01")
    owed(commitment, 900)


def test_what_will_not_be_paid_leaves_room_for_something_else(commitment, owed, bas):
    payment = owed(commitment, 11900)
    cancel(payment, "Dubbel", by=bas, at=NOW)
    assert payment.stage == PaymentStage.CANCELLED
    owed(commitment, 11900)
    with pytest.raises(WrongStage):
        cancel(payment, "Nog eens", by=bas, at=NOW)


@pytest.mark.parametrize("iban", ["NL91ABNA0417164301", "", "NL", "DROP TABLE"])
def test_an_account_with_a_wrong_check_digit_is_refused(commitment, owed, iban):
    with pytest.raises(NotOwed, match="IBAN"):
        owed(commitment, 10, iban=iban)


def test_an_account_is_kept_without_spaces_and_a_card_needs_none(commitment, owed):
    assert owed(commitment, 10, iban="nl91 abna 0417 1643 00").iban == IBAN
    card = owed(commitment, 10, iban="", card=True)
    assert (card.iban, card.card) == ("", True)
    with pytest.raises(NotOwed):
        owed(commitment, 10, payee="")


@pytest.mark.parametrize("reference", ["/F1", "F1/", "F//1", "F\n1", "é", "x" * 36, "<script>"])
def test_a_reference_that_banks_do_not_take_is_refused(commitment, owed, reference):
    with pytest.raises(NotOwed):
        owed(commitment, 10, reference=reference)


def test_a_reference_is_used_once(commitment, owed):
    owed(commitment, 10, reference="F-1")
    with pytest.raises(NotOwed):
        owed(commitment, 10, reference="F-1")


def test_who_made_a_list_does_not_release_it(commitment, owed, ria, bas):
    listed = listing.make_list([owed(commitment, 10)], by=ria, at=NOW)
    with pytest.raises(SecondPerson):
        listing.release_list(listed, by=ria, at=NOW)
    with pytest.raises(WrongStage):
        listing.send_list(listed, by=bas, at=NOW)
    listing.release_list(listed, by=bas, at=NOW)
    assert (listed.stage, listed.released_by) == (ListStage.RELEASED, bas.uuid)
    listing.send_list(listed, by=ria, at=NOW)
    with pytest.raises(WrongStage):
        listing.drop_list(listed, by=ria, at=NOW)


def test_a_list_needs_a_payment_and_a_payment_stands_on_one_list(commitment, owed, ria):
    with pytest.raises(NotListed):
        listing.make_list([], by=ria, at=NOW)
    payment = owed(commitment, 10)
    stale = Payment.objects.get(pk=payment.pk)
    listing.make_list([payment], by=ria, at=NOW)
    with pytest.raises(WrongStage):
        listing.make_list([stale], by=ria, at=NOW)
    assert PaymentList.objects.count() == 1


def test_a_list_that_is_dropped_gives_its_payments_back_and_its_number_is_not_used_again(commitment, owed, ria):
    payment = owed(commitment, 10)
    listed = listing.make_list([payment], by=ria, at=NOW)
    listing.drop_list(listed, by=ria, at=NOW)
    payment.refresh_from_db()
    assert (payment.stage, payment.listed) == (PaymentStage.DUE, None)
    assert listing.make_list([payment], by=ria, at=NOW).number == 2


def test_what_came_back_after_it_was_paid_is_in_the_pot_again_and_can_go_to_another_account(commitment, owed, sent, ria, bas):
    payment = owed(commitment, 11900)
    sent(payment)
    settle_paid(payment, on=TODAY, by=ria, at=NOW)
    bounce(payment, why="Rekening opgeheven", by=ria, at=NOW)
    pot = Pot.objects.get()
    assert (pot.paid, pot.committed) == (0, 11900)
    owe_again(payment, payee="K. Vermeer", iban="NL02ABNA0123456789", card=False, by=bas, at=NOW)
    assert (payment.stage, payment.iban, payment.listed, payment.why) == (PaymentStage.DUE, "NL02ABNA0123456789", None, "")
    sent(payment)
    settle_paid(payment, on=TODAY, by=ria, at=NOW)
    assert [one.kind for one in Entry.objects.filter(commitment=commitment)] == ["committed", "paid", "paid_back", "paid"]
    assert not differences()


def test_what_came_back_goes_out_again_only_while_it_fits(commitment, owed, sent, ria, bas):
    payment = owed(commitment, 11900)
    sent(payment)
    bounce(payment, why="Geen rekening", by=ria, at=NOW)
    owed(commitment, 11900)
    with pytest.raises(NotOwed):
        owe_again(payment, payee="K. Vermeer", iban=IBAN, card=False, by=bas, at=NOW)
    assert not differences()


def test_who_pays_back_pays_at_most_what_was_paid(commitment, owed, sent, ria, bas):
    payment = owed(commitment, 1000)
    sent(payment)
    settle_paid(payment, on=TODAY, by=ria, at=NOW)
    with pytest.raises(NotOwed):
        paid_back(commitment, Decimal("1000.01"), why="", by=bas, at=NOW)
    paid_back(commitment, Decimal(400), why="Minder gedaan", by=bas, at=NOW)
    assert (commitment.paid, commitment.amount) == (600, 11900)
    assert not differences()


def test_the_record_of_payments_holds_no_name_and_no_account(commitment, owed, sent):
    sent(owed(commitment, 10))
    told = str(list(Event.objects.values_list("payload", "thing")))
    assert "Vermeer" not in told
    assert IBAN not in told


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_owe_at_once_only_so_many_succeed_as_were_promised(commitment, owed):
    def at_once(number):
        try:
            owed(commitment, 1000, reference=f"T-{number}")
        except NotOwed:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(at_once, range(20))).count(True) == 11
    assert not differences()


@pytest.mark.django_db(transaction=True)
def test_one_payment_settled_ten_times_at_once_is_paid_once(commitment, owed, sent, ria):
    payment = owed(commitment, 500)
    sent(payment)

    def at_once(_number):
        try:
            settle_paid(Payment.objects.get(pk=payment.pk), on=TODAY, by=ria, at=NOW)
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(at_once, range(10))).count(True) == 1
    assert not differences()


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"amount": 0}, "payment_positive"),
        ({"stage": PaymentStage.PAID}, "paid_payment_says_when"),
        ({"stage": PaymentStage.ORDERED}, "ordered_payment_on_a_list"),
    ],
)
def test_the_database_keeps_a_payment_whole(commitment, owed, broken, named):
    payment = owed(commitment, 10)
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**broken)


def test_the_database_keeps_two_people_at_a_list(ria):
    listed = PaymentList.objects.create(number=1, made_by=ria.uuid, made_at=NOW)
    with pytest.raises(IntegrityError, match="payment_list_two_people"), transaction.atomic():
        PaymentList.objects.filter(pk=listed.pk).update(released_by=ria.uuid)
    with pytest.raises(IntegrityError, match="payment_list_released_by_somebody"), transaction.atomic():
        PaymentList.objects.filter(pk=listed.pk).update(stage=ListStage.SENT)


def test_a_day_before_the_due_day_is_kept(commitment, owed):
    assert owed(commitment, 10, due_on=TODAY + datetime.timedelta(days=1)).due_on > TODAY


def test_lists_that_wait_for_somebody_stand_on_top_and_then_the_newest_first(commitment, owed, sent, ria):
    old, paid = sent(owed(commitment, 10)), sent(owed(commitment, 11))
    for one in Payment.objects.filter(listed=paid):
        settle_paid(one, on=TODAY, by=ria, at=NOW)
    later = NOW + datetime.timedelta(days=1)
    newest = listing.make_list([owed(commitment, 12)], by=ria, at=later)
    dropped = listing.make_list([owed(commitment, 13)], by=ria, at=later)
    listing.drop_list(dropped, by=ria, at=later)
    assert list(lists()) == [newest, old, dropped, paid]
