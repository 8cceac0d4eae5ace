import datetime

import pytest

from buurtdraad.audit.models import Event
from buurtdraad.lib.tables.reading import TableRefused
from buurtdraad.lib.tables.reports import Outcome
from buurtdraad.money.actions.taking_in import take_in
from buurtdraad.money.models import Entry
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.states import EntryKind, PaymentStage
from buurtdraad.money.tests.conftest import NOW, TODAY
from buurtdraad.money.tests.test_paying import commitment, sent  # noqa: F401

pytestmark = pytest.mark.django_db
HEAD = "Kenmerk;Bedrag;Datum;Stand;Reden\n"


@pytest.fixture
def payment(commitment, owed, sent):  # noqa: F811 (a fixture is named like what it is)
    """F-1 of 1,234.56 euros, with finance."""
    made = owed(commitment, "1234.56", reference="F-1")
    sent(made)
    return made


@pytest.fixture
def told(ria):
    """Takes rows in: `told("F-1;1.234,56;27-11-2026;;")`."""

    def take(*rows, dry_run=False):
        return take_in((HEAD + "\n".join(rows)).encode(), dry_run=dry_run, by=ria, at=NOW)

    return take


def outcomes(report):
    return [row.outcome for row in report.rows]


def test_a_dry_run_tells_what_would_happen_and_changes_nothing(payment, told):
    row = f"F-1;1.234,56;{TODAY:%d-%m-%Y};;"
    assert outcomes(told(row, dry_run=True)) == [Outcome.CHANGED]
    payment.refresh_from_db()
    assert payment.stage == PaymentStage.ORDERED
    assert not Entry.objects.filter(kind=EntryKind.PAID).exists()
    assert outcomes(told(row)) == [Outcome.CHANGED]
    payment.refresh_from_db()
    assert (payment.stage, payment.paid_on) == (PaymentStage.PAID, TODAY)


def test_the_same_file_twice_pays_once(payment, told):
    row = f"F-1;-1234,56;{TODAY};betaald;"
    told(row)
    assert outcomes(told(row)) == [Outcome.SAME]
    assert Entry.objects.filter(kind=EntryKind.PAID).count() == 1
    assert Event.objects.filter(verb="payments.taken_in").count() == 1
    assert not differences()


def test_what_came_back_says_why_and_twice_is_once(payment, told):
    row = "F-1;1234,56;;Teruggekomen;Rekening opgeheven"
    assert outcomes(told(row)) == [Outcome.CHANGED]
    payment.refresh_from_db()
    assert (payment.stage, payment.why) == (PaymentStage.BOUNCED, "Rekening opgeheven")
    assert outcomes(told(row)) == [Outcome.SAME]


def test_each_row_that_cannot_be_says_why_and_the_others_are_taken_in(payment, told):
    tomorrow = TODAY + datetime.timedelta(days=1)
    yesterday = TODAY - datetime.timedelta(days=1)
    report = told(
        f"F-2;1234,56;{TODAY};;",
        f"F-1;1234,57;{TODAY};;",
        f"F-1;veel;{TODAY};;",
        f"F-1;1234,56;{tomorrow};;",
        f"F-1;1234,56;{yesterday};;",
        "F-1;1234,56;;;",
        f"F-1;1234,56;{TODAY};misschien;",
        f"F-1;1234,56;{TODAY};;",
        f"F-1;1234,56;{TODAY};;",
    )
    assert outcomes(report) == [Outcome.REFUSED] * 7 + [Outcome.CHANGED, Outcome.SAME]
    assert all(row.why for row in report.of(Outcome.REFUSED))
    assert not differences()


def test_all_that_is_wrong_with_a_row_is_told_at_once(payment, told):
    first, second = (row.why for row in told("F-2;veel;;misschien;", "F-1;1;morgen;;").rows)
    assert len(first.split(". ")) == 3
    assert all(said in second for said in ("anders dan bij ons", "morgen is geen datum"))


def test_what_is_not_with_finance_cannot_be_paid(commitment, owed, told):  # noqa: F811
    owed(commitment, 10, reference="F-9")
    assert outcomes(told(f"F-9;10;{TODAY};;")) == [Outcome.REFUSED]
    assert outcomes(told("F-9;10;;terug;")) == [Outcome.REFUSED]


@pytest.mark.parametrize("content", [b"", b"Naam\nx\n", b"PK\x03\x04zip", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_refused(ria, content):
    with pytest.raises(TableRefused):
        take_in(content, dry_run=True, by=ria, at=NOW)
