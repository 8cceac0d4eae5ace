"""Whatever is done with requests for money, in whatever order: no forbidden step, nothing paid that was not granted, no euro lost."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test takes what it needs)
import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from buurtdraad.fund.actions import accounting, after_due, due, ending, hearing, objecting, questions, recovering, sending, settling
from buurtdraad.fund.actions.deciding import decide, give_back, propose
from buurtdraad.fund.actions.handling import complete, take
from buurtdraad.fund.actions.interests import declare
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.actions.objecting import NewDecision
from buurtdraad.fund.models import Application, Decision, Letter, Objection, Payee, Recovery, Settlement, View
from buurtdraad.fund.queries.paying import payments_of, sums_of
from buurtdraad.fund.states import MOVES, OVER, PAYABLE, YES, Ground, Interest, ObjectionOutcome, Outcome, SentBy, SettlementGround, Stage
from buurtdraad.fund.tests.decisions import linda  # noqa: F401
from buurtdraad.fund.tests.granted import IBAN, big_pot  # noqa: F401
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.money.actions import listing, paying
from buurtdraad.money.models import Payment, Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.states import COUNTS, PaymentStage

COSTS = ("3000", "12000", "30000")
OUTCOMES = {
    "all": (Outcome.GRANTED, 1, ""), "half": (Outcome.PARTLY, Decimal("0.5"), Ground.TOO_HIGH), "no": (Outcome.REFUSED, 0, Ground.NOT_PAID),
    "unread": (Outcome.NOT_PROCESSED, 0, Ground.INCOMPLETE),
}  # fmt: skip
ONE = st.integers(min_value=0, max_value=len(COSTS) - 1)


def tried(deed):
    """What a deed gave, or None where a rule said no; a refusal leaves nothing behind."""
    try:
        with transaction.atomic():
            return deed()
    except Refused:
        return None


def reachable(before, after):
    """Whether a step can follow on another by the table of moves, over steps in between where one deed takes several."""
    seen, now = {before}, {before}
    while now:
        now = {to for each in now for to in MOVES[each]} - seen
        seen |= now
    return after in seen


@pytest.mark.slow
@pytest.mark.django_db
def test_in_no_order_of_deeds_a_step_is_forbidden_money_goes_out_ungranted_or_a_euro_is_lost(
    make_application, make_initiative, big_pot, kees, priya, bas, linda, ria
):
    omar = member_of_staff("Omar Haddad", "omar@utrecht.example", None, "fund_handler")
    fatma = member_of_staff("Fatma Yildiz", "fatma@utrecht.example", None, "fund_decider")
    deciders = st.sampled_from([bas, linda, fatma])
    plans = [make_initiative(f"Plan {number}", of=kees) for number in range(len(COSTS))]

    class Fund(RuleBasedStateMachine):
        """Three requests of different heights, from one pot that is too small for all."""

        def __init__(self):
            super().__init__()
            self.at = timezone.now()
            self.block = transaction.atomic()
            self.block.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

        @initialize()
        def begin(self):
            Pot.objects.filter(pk=big_pot.pk).update(committed=0, paid=0)
            self.pks, self.was = [], {}
            for number, costs in enumerate(COSTS):
                facts = {"stage": Stage.SUBMITTED, "costs": (costs,), "initiative": plans[number], "pot": big_pot}
                made = make_application(**facts, number=f"F-2026-{number + 1:04}")
                Payee.objects.create(application=made, holder="K. Vermeer", iban=IBAN)
                for person in (priya, bas, linda, fatma, omar):
                    declare(made, person, Interest.NONE, by=person, at=self.at)
                self.pks.append(made.pk)
                self.was[made.pk] = Stage.SUBMITTED
            # What comes after a grant is most of what can be done.
            self.the_usual_way(0, "all")
            self.the_usual_way(1, "half")

        def one(self, number):
            return Application.objects.select_related("initiative__area", "rules__scheme", "pot").get(pk=self.pks[number])

        @property
        def today(self):
            return timezone.localdate(self.at)

        # --- before the decision -------------------------------------------------------------------------

        @rule(number=ONE)
        def look_at_it(self, number):
            tried(lambda: take(self.one(number), by=priya, at=self.at))
            tried(lambda: complete(self.one(number), on=self.today, by=priya, at=self.at))

        @rule(number=ONE)
        def ask(self, number):
            answer_by = self.today + datetime.timedelta(days=14)
            tried(lambda: questions.ask(self.one(number), text="Wie komt er?", answer_by=answer_by, by=priya, at=self.at))

        @rule(number=ONE)
        def answer(self, number):
            if asked := self.one(number).questions.filter(answered_at=None).first():
                tried(lambda: questions.answer(asked, text="Iedereen", by=None, at=self.at))

        @rule(number=ONE, what=st.sampled_from(sorted(OUTCOMES)))
        def propose_it(self, number, what):
            outcome, part, ground = OUTCOMES[what]
            one = self.one(number)
            facts = {"outcome": outcome, "amount": one.asked * part, "ground": ground, "words": "Daarom"}
            tried(lambda: propose(one, **facts, by=priya, at=self.at))

        @rule(number=ONE, by=deciders)
        def send_back(self, number, by):
            tried(lambda: give_back(self.one(number), "Nog eens", by=by, at=self.at))

        @rule(number=ONE, by=deciders)
        def decide_it(self, number, by):
            tried(lambda: decide(self.one(number), by=by, at=self.at))

        @rule(number=ONE)
        def make_it_known(self, number):
            for decision in Decision.objects.filter(application=self.pks[number], known_on=None):
                tried(lambda decision=decision: make_known(decision, sent_by=SentBy.POST, on=self.today, by=priya, at=self.at))

        @rule(number=ONE, what=st.sampled_from(["all", "half", "no"]))
        def the_usual_way(self, number, what):
            """To a decision that is known, so that what comes after is tried often."""
            self.look_at_it(number)
            self.propose_it(number, what)
            self.decide_it(number, bas)
            self.decide_it(number, linda)
            self.make_it_known(number)

        @rule(number=ONE)
        def withdraw(self, number):
            tried(lambda: ending.withdraw(self.one(number), by=None, at=self.at))

        # --- after it ------------------------------------------------------------------------------------

        @rule(number=ONE)
        def show_it(self, number):
            if account := accounting.Account.objects.filter(application=self.pks[number]).first():
                lines = [accounting.Line("Bank", Decimal(100), Decimal(90))]
                tried(lambda: accounting.write(account, done="x", people=1, learned="y", lines=lines, by=None, at=self.at))
                tried(lambda: accounting.give(account, by=None, at=self.at))

        @rule(number=ONE, good=st.booleans())
        def look_at_account(self, number, good):
            if account := accounting.Account.objects.filter(application=self.pks[number]).first():
                deed = accounting.look if good else lambda *args, **facts: accounting.give_back(*args, "Waar is de bon?", **facts)
                tried(lambda: deed(account, by=priya, at=self.at))

        @rule(number=ONE)
        def hear(self, number):
            give_by = self.today + datetime.timedelta(days=14)
            tried(lambda: settling.ask_view(self.one(number), about="Minder", give_by=give_by, by=priya, at=self.at))
            for view in View.objects.filter(application=self.pks[number], given_at=None, waived_at=None):
                tried(lambda view=view: hearing.give(view, words="Nee", by=None, at=self.at))

        @rule(number=ONE, part=st.sampled_from([Decimal(1), Decimal("0.7"), Decimal(0)]), by=deciders, again=st.booleans())
        def settle(self, number, part, by, again):
            one = self.one(number)
            decision = one.decisions.filter(outcome__in=YES).first()
            amount = (decision.amount if decision else one.asked) * part
            ground = SettlementGround.AS_GRANTED if part == 1 else SettlementGround.NOT_DONE
            before = Settlement.objects.filter(application=one, replaced_by=None).first() if again else None
            facts = {"amount": amount, "ground": ground, "words": "Daarom", "replaces": before}
            tried(lambda: settling.settle(one, **facts, by=by, at=self.at))

        @rule(number=ONE)
        def send_letters(self, number):
            for letter in Letter.objects.filter(application=self.pks[number], about__in=sending.SENT_HERE, sent_on=None):
                tried(lambda letter=letter: sending.send(letter, sent_by=SentBy.POST, on=self.today, by=priya, at=self.at))

        @rule(number=ONE, by=deciders, on_request=st.booleans())
        def revoke(self, number, by, on_request):
            tried(lambda: ending.revoke(self.one(number), words="Niet gedaan", on_request=on_request, by=by, at=self.at))

        @rule(number=ONE)
        def object_to_it(self, number):
            for decision in Decision.objects.filter(application=self.pks[number], replaced_by=None):
                facts = {"words": "Nee", "received_on": self.today, "by": None, "at": self.at}
                tried(lambda decision=decision, facts=facts: objecting.receive(decision, **facts))

        @rule(number=ONE, by=deciders, right=st.booleans())
        def decide_objection(self, number, by, right):
            for each in Objection.objects.filter(decision__application=self.pks[number], outcome=""):
                tried(lambda each=each: objecting.take(each, by=omar, at=self.at))
                tried(lambda each=each: objecting.hear(each, heard_on=self.today, heard="Zij vertelden het", by=by, at=self.at))
                new = NewDecision(Outcome.GRANTED, each.decision.asked, "Toch", complete_on=self.today) if right else None
                outcome = ObjectionOutcome.FOUNDED if right else ObjectionOutcome.UNFOUNDED
                facts = {"outcome": outcome, "answer": "Daarom", "new": new}
                tried(lambda each=each, facts=facts: objecting.decide(each, **facts, by=by, at=self.at))

        # --- money and time ------------------------------------------------------------------------------

        @rule(arrives=st.booleans())
        def pay(self, arrives):
            owed = list(Payment.objects.filter(stage=PaymentStage.DUE))
            if owed and (made := tried(lambda: listing.make_list(owed, by=ria, at=self.at))):
                tried(lambda: listing.release_list(made, by=bas, at=self.at))
                tried(lambda: listing.send_list(made, by=ria, at=self.at))
            for payment in Payment.objects.filter(stage=PaymentStage.ORDERED) if arrives else ():
                tried(lambda payment=payment: paying.settle_paid(payment, on=self.today, by=ria, at=self.at))

        @rule()
        def bounce(self):
            for payment in Payment.objects.filter(stage=PaymentStage.PAID)[:1]:
                tried(lambda payment=payment: paying.bounce(payment, why="Terug", by=ria, at=self.at))

        @rule(number=ONE, part=st.sampled_from([Decimal(1), Decimal("0.5")]), drops=st.booleans())
        def pay_back(self, number, part, drops):
            for each in Recovery.objects.filter(application=self.pks[number], dropped_why=""):
                back = ((each.amount - each.received) * part).quantize(Decimal("0.01"))
                tried(lambda each=each, back=back: recovering.receive(each, back, on=self.today, by=priya, at=self.at))
                if drops:
                    tried(lambda each=each: recovering.drop(each, "Het lukt niet", by=priya, at=self.at))

        @rule(days=st.sampled_from([1, 20, 100]))
        def days_go_by(self, days):
            self.at += datetime.timedelta(days=days)
            due.see_to_days(at=self.at)
            after_due.see_to_days(at=self.at)

        # --- what always holds ---------------------------------------------------------------------------

        @invariant()
        def every_step_stands_in_the_table(self):
            for one in Application.objects.filter(pk__in=self.pks):
                assert reachable(self.was[one.pk], one.stage), f"{self.was[one.pk]} -> {one.stage}"
                self.was[one.pk] = one.stage

        @invariant()
        def nothing_is_payable_that_was_not_granted_and_made_known(self):
            for one in Application.objects.filter(pk__in=self.pks):
                counts = payments_of(one).filter(stage__in=COUNTS)
                known = one.decisions.filter(outcome__in=YES, known_on__isnull=False)
                assert not counts.exists() or known.exists()
                if one.stage not in PAYABLE:
                    assert not counts.filter(stage=PaymentStage.DUE).exists(), one.stage
                most = max((each.amount for each in known), default=0)
                assert sum(each.amount for each in counts) <= most + sum(each.received for each in one.recoveries.all())

        @invariant()
        def the_ledger_and_the_ceiling_hold(self):
            assert differences() == []
            assert all(0 <= pot.paid <= pot.committed <= pot.amount for pot in Pot.objects.all())

        @invariant()
        def what_is_over_holds_no_money_that_was_not_paid(self):
            for one in Application.objects.filter(pk__in=self.pks, stage__in=sorted(OVER - {Stage.REVOKED})):
                sums = sums_of(one)
                assert sums.promised == sums.paid or one.decisions.filter(known_on=None).exists(), one.stage

    run_state_machine_as_test(Fund, settings=settings(max_examples=8, stateful_step_count=40, deadline=None))
