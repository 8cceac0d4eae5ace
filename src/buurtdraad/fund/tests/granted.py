"""What tests of the time after a decision share: a grant that was made known, and what was shown of it."""

# ruff: noqa: PLR0917 (a fixture takes what it needs)
import datetime

import pytest
from django.utils import timezone

from buurtdraad.fund.actions import accounting, hearing, settling
from buurtdraad.fund.actions.deciding import decide, propose
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.models import Payee
from buurtdraad.fund.states import Outcome, SentBy, Stage
from buurtdraad.fund.tests.decisions import WORDS
from buurtdraad.money.actions.listing import make_list, release_list, send_list
from buurtdraad.money.actions.paying import settle_paid
from buurtdraad.money.models import Payment
from buurtdraad.money.states import PaymentStage

IBAN = "NL91ABNA0417164300"


@pytest.fixture
def big_pot(make_pot):
    """EUR 60,000 for this year."""
    return make_pot("60000", year=timezone.localdate().year)


@pytest.fixture
def decide_on(make_application, declared, big_pot, priya, bas, linda):
    """Decisions on applications with an account, not made known yet."""

    def make(*, costs=("12000",), outcome=Outcome.GRANTED, amount=None, ground="", account=True, **facts):
        application = make_application(costs=costs, pot=big_pot, **facts)
        if account:
            Payee.objects.create(application=application, holder="K. Vermeer", iban=IBAN)
        declared(application, priya, bas, linda)
        now = timezone.now()
        euros = application.asked if amount is None else amount
        propose(application, outcome=outcome, amount=euros, ground=ground, words=WORDS, by=priya, at=now)
        return decide(application, by=bas, at=now) or decide(application, by=linda, at=now)

    return make


@pytest.fixture
def granted(decide_on, priya):
    """Decisions that were made known today, by post."""

    def make(**facts):
        decision = decide_on(**facts)
        make_known(decision, sent_by=SentBy.POST, on=timezone.localdate(), by=priya, at=timezone.now())
        return decision

    return make


@pytest.fixture
def paid(ria, bas):
    """Pays all that is owed of a decision's application, by a list that two people saw."""

    def make(application):
        now = timezone.now()
        made = make_list(list(Payment.objects.filter(stage=PaymentStage.DUE)), by=ria, at=now)
        release_list(made, by=bas, at=now)
        send_list(made, by=ria, at=now)
        for payment in Payment.objects.filter(listed=made):
            settle_paid(payment, on=timezone.localdate(), by=ria, at=now)

    return make


@pytest.fixture
def reported(granted):
    """Applications of which it was shown what was done."""

    def make(**facts):
        decision = granted(**facts)
        application = decision.application
        account = application.account
        accounting.write(account, done="We plantten bomen", people=40, learned="Meer water geven", by=None, at=timezone.now())
        accounting.give(account, by=None, at=timezone.now())
        application.refresh_from_db()
        assert application.stage == Stage.REPORTED
        return application

    return make


def heard(application, by):
    """They were asked what they think of less money, and did not want to react."""
    give_by = timezone.localdate() + datetime.timedelta(days=14)
    view = settling.ask_view(application, about="U deed niet alles", give_by=give_by, by=by, at=timezone.now())
    hearing.waive(view, by=by, at=timezone.now())
