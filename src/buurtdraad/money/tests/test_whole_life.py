"""Whatever is done with money, in whatever order: the ledger says what the rows say, and no pot is overspent."""

import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule, run_state_machine_as_test

from buurtdraad.lib.refusal import Refused
from buurtdraad.money.actions import listing, paying, pots
from buurtdraad.money.actions.committing import commit, release
from buurtdraad.money.models import Commitment, Entry, Payment, Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.queries.pots import free_in
from buurtdraad.money.states import EntryKind, Kind, PaymentStage, Source
from buurtdraad.money.tests.conftest import IBAN, NOW, TODAY

AMOUNTS = st.decimals(min_value="-1", max_value="2000", places=2)
DUE_ON = TODAY + datetime.timedelta(days=42)


def tried(deed):
    """What a deed gave, or None where a rule said no; a refusal leaves nothing behind."""
    try:
        with transaction.atomic():
            return deed()
    except Refused:
        return None


@pytest.mark.slow
@pytest.mark.django_db
def test_no_order_of_deeds_lets_ledger_and_balances_differ_or_overspends_a_pot(areas, make_initiative, bas, ria):
    initiative, area = make_initiative(), areas["BU03440241"]
    made_by = {"by": bas, "at": NOW}

    class Money(RuleBasedStateMachine):
        """A ceiling with two parts, and all that is done with them."""

        all_pots = Bundle("pots")
        promises = Bundle("promises")
        payments = Bundle("payments")
        lists = Bundle("lists")

        def __init__(self):
            super().__init__()
            self.number = 0
            self.block = transaction.atomic()
            self.block.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

        @initialize(target=all_pots)
        def begin(self):
            facts = {"source": Source.FUND, "year": 2026, "area": areas["GM0344"]}
            ceiling = pots.open_pot(name="Plafond", **facts, **made_by)
            parts = [pots.open_pot(name=name, within=ceiling, **facts, **made_by) for name in ("West", "Oost")]
            for pot, amount in ((ceiling, 3000), *((part, 2000) for part in parts)):
                pots.put_in(pot, Decimal(amount), why="", **made_by)
            return multiple(ceiling, *parts)

        @rule(pot=all_pots, amount=AMOUNTS)
        def put_in(self, pot, amount):
            tried(lambda: pots.put_in(pot, amount, why="", **made_by))

        @rule(pot=all_pots, amount=AMOUNTS)
        def take_out(self, pot, amount):
            tried(lambda: pots.take_out(pot, amount, why="", **made_by))

        @rule(pot=all_pots, shut=st.booleans())
        def close_or_open(self, pot, shut):
            (pots.close_pot if shut else pots.open_again)(pot, **made_by)

        @rule(target=promises, pot=all_pots, amount=AMOUNTS)
        def promise(self, pot, amount):
            free = free_in(pot)
            made = tried(lambda: commit(pot, amount=amount, kind=Kind.GRANT, area=area, initiative=initiative, **made_by))
            assert (made is not None) == (0 < amount <= free)
            return multiple(*([made] if made else []))

        @rule(promise=promises, amount=AMOUNTS)
        def set_free(self, promise, amount):
            tried(lambda: release(promise, amount, why="", **made_by))

        @rule(target=payments, promise=promises, amount=AMOUNTS)
        def owe(self, promise, amount):
            self.number += 1
            facts = {"reference": f"F-{self.number}", "payee": "Kees", "iban": IBAN, "card": False, "due_on": DUE_ON}
            made = tried(lambda: paying.owe(promise, amount=amount, **facts, **made_by))
            return multiple(*([made] if made else []))

        @rule(target=lists, chosen=st.lists(payments, max_size=3, unique=True))
        def make_list(self, chosen):
            fresh = list(Payment.objects.filter(pk__in=[one.pk for one in chosen]))
            made = tried(lambda: listing.make_list(fresh, by=bas, at=NOW))
            return multiple(*([made] if made else []))

        @rule(listed=lists, person=st.sampled_from([bas, ria]))
        def release_list(self, listed, person):
            tried(lambda: listing.release_list(listed, by=person, at=NOW))
            listed.refresh_from_db()

        @rule(listed=lists)
        def send_list(self, listed):
            tried(lambda: listing.send_list(listed, by=ria, at=NOW))
            listed.refresh_from_db()

        @rule(listed=consumes(lists))
        def drop_list(self, listed):
            tried(lambda: listing.drop_list(listed, by=ria, at=NOW))

        @rule(payment=payments, deed=st.sampled_from(["paid", "bounced", "cancelled", "again"]))
        def go_on(self, payment, deed):
            now = Payment.objects.get(pk=payment.pk)
            deeds = {
                "paid": lambda: paying.settle_paid(now, on=TODAY, by=ria, at=NOW),
                "bounced": lambda: paying.bounce(now, why="Terug", by=ria, at=NOW),
                "cancelled": lambda: paying.cancel(now, "Dubbel", by=bas, at=NOW),
                "again": lambda: paying.owe_again(now, payee="Kees", iban=IBAN, card=False, by=bas, at=NOW),
            }
            tried(deeds[deed])

        @rule(promise=promises, amount=AMOUNTS)
        def pay_back(self, promise, amount):
            tried(lambda: paying.paid_back(promise, amount, why="", **made_by))

        @invariant()
        def the_ledger_says_what_the_rows_say(self):
            assert differences() == []

        @invariant()
        def nothing_is_overspent_and_nothing_is_paid_that_was_not_promised(self):
            assert all(0 <= pot.paid <= pot.committed <= pot.amount for pot in Pot.objects.all())
            assert all(0 <= promise.paid <= promise.amount for promise in Commitment.objects.all())
            paid = Payment.objects.filter(stage=PaymentStage.PAID).aggregate(sum=Sum("amount"))["sum"] or 0
            back = Entry.objects.filter(kind=EntryKind.PAID_BACK, why="").aggregate(sum=Sum("amount"))["sum"] or 0
            assert sum(promise.paid for promise in Commitment.objects.all()) == paid - back

    run_state_machine_as_test(Money, settings=settings(max_examples=30, stateful_step_count=30, deadline=None))
