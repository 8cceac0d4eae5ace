"""What finance paid, from a table: looked at first, then taken in, with a report per row."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Column, Line, RowRefused, folded, read
from buurtdraad.lib.tables.reports import Outcome, Report, fit_each
from buurtdraad.money.actions.paying import bounce, settle_paid
from buurtdraad.money.actions.records import write_down
from buurtdraad.money.models import Payment
from buurtdraad.money.states import ListStage, PaymentStage
from buurtdraad.ui.euros import NoAmount, euros, read_euros

COLUMNS: Sequence[Column] = (
    Column("reference", ("Kenmerk", "Reference", "EndToEndId"), gettext_lazy("The same as on the payment list."), required=True, most=35),
    Column("amount", ("Bedrag", "Amount"), gettext_lazy("In euros, such as 1.234,56."), required=True, most=30),
    Column("day", ("Datum", "Betaald op", "Boekdatum", "Date"), gettext_lazy("When it was paid, such as 31-12-2026."), most=20),
    Column("state", ("Stand", "Status"), gettext_lazy("'betaald' or 'teruggekomen'. Empty means paid."), most=20),
    Column("why", ("Reden", "Reason"), gettext_lazy("Why it came back."), most=300),
)
# How finance writes it; anything else is asked about.
PAID, BACK = frozenset({"", "betaald", "paid", "uitgevoerd"}), frozenset({"teruggekomen", "terug", "geweigerd", "bounced", "rejected"})


@transaction.atomic
def take_in(content: bytes, *, dry_run: bool, by: Person, at: datetime.datetime) -> Report:
    """Each row says of one payment that it was paid, or came back. A row that says what we know already changes nothing.

    A dry run does it all and takes it back: so it tells exactly what would happen. Raises `TableRefused`.
    """
    table = read(content, COLUMNS)
    with transaction.atomic():
        report = fit_each(table, lambda said: fit(said, by=by, at=at), read=lambda faults: said_of(faults, timezone.localdate(at)))
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run and report.changes:
        write_down("payments.taken_in", "payments:paid", by=by, at=at, payload={"rows": report.changes})
    return report


@dataclass(frozen=True)
class Said:
    """What a row says of a payment: the day on which it was paid, or (None) that it came back."""

    payment: Payment
    paid_on: datetime.date | None
    why: str


def said_of(faults: Faults, today: datetime.date) -> Said:
    """Raises `RowRefused` with all that is wrong."""
    line = faults.line
    payment, amount = faults.of("reference", payment_of, line), faults.of("amount", amount_of, line)
    if payment and amount is not None and amount != payment.amount:
        faults.say("amount", _("The amount is another one than ours: %(ours)s.") % {"ours": euros(payment.amount)})
    was_paid = faults.of("state", is_paid, line)
    paid_on = faults.of("day", day_of, line, today) if was_paid else None
    faults.tell()
    assert payment, "what is wrong was told"
    return Said(payment, paid_on, line.text("why"))


def fit(said: Said, *, by: Person, at: datetime.datetime) -> tuple[str, Outcome]:
    payment = said.payment
    try:
        if said.paid_on:
            return payment.reference, paid(payment, said.paid_on, by=by, at=at)
        return payment.reference, back(payment, said.why or _("The bank sent it back."), by=by, at=at)
    except RowRefused:
        raise
    except Refused as refusal:
        raise RowRefused(str(refusal)) from None


def payment_of(line: Line) -> Payment:
    payment = Payment.objects.select_related("commitment__pot", "listed").filter(reference=line.text("reference")).first()
    if payment is None:
        raise RowRefused(_("We know no payment with this reference."))
    return payment


def is_paid(line: Line) -> bool:
    """Whether it was paid; else it came back."""
    state = folded(line.text("state"))
    if state not in PAID | BACK:
        raise RowRefused(_("Write 'betaald' or 'teruggekomen' as the state."))
    return state in PAID


def day_of(line: Line, today: datetime.date) -> datetime.date:
    day = line.day("day")
    if day is None or day > today:
        raise RowRefused(_("Say on which day it was paid. That day cannot be still to come."))
    return day


def amount_of(line: Line) -> Decimal:
    """What a row says was paid. Banks write what goes out with a minus."""
    try:
        return abs(read_euros(line.text("amount")))
    except NoAmount:
        raise RowRefused(_("Write an amount in euros, such as 250 or 1.234,56.")) from None


def paid(payment: Payment, day: datetime.date, *, by: Person, at: datetime.datetime) -> Outcome:
    if payment.stage == PaymentStage.PAID and payment.paid_on == day:
        return Outcome.SAME
    sent_at = payment.listed.sent_at if payment.listed and payment.listed.stage == ListStage.SENT else None
    if payment.stage != PaymentStage.ORDERED or sent_at is None:
        raise RowRefused(_("This payment is not with finance now. Its state is: %(state)s.") % {"state": payment.get_stage_display()})
    if day < timezone.localdate(sent_at):
        raise RowRefused(_("This day lies before the day on which the list went to finance."))
    settle_paid(payment, on=day, by=by, at=at)
    return Outcome.CHANGED


def back(payment: Payment, why: str, *, by: Person, at: datetime.datetime) -> Outcome:
    if payment.stage == PaymentStage.BOUNCED:
        return Outcome.SAME
    bounce(payment, why=why, by=by, at=at)
    return Outcome.CHANGED
