"""Samples of the addresses of money, for `tests.access`: each by the addresses that name them."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.money.actions import listing
from buurtdraad.money.actions.paying import owe
from buurtdraad.money.actions.pots import open_pot, put_in
from buurtdraad.money.actions.reserving import Decided, reserve, say_yes
from buurtdraad.money.states import How, Source

POT = ("pot", "change_pot", "put_in", "take_out", "commit_to_work", "close_pot", "open_pot_again", "ledger_csv")
PROMISE = ("promise", "set_free", "owe_bill", "give_back")
RESERVATION = ("reservation", "say_yes", "say_no")
PAYMENT = ("payment", "cancel_payment", "bounce_payment", "pay_again")
LIST = ("payment_list", "release_payment_list", "send_payment_list", "drop_payment_list", "payment_list_csv", "payment_list_order")


def purse_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """A pot, money for an agreement, one that waits for a second person, and a payment that is with finance on a list."""
    by, other, today = people["programme_manager"], people["fund_decider"], timezone.localdate(at)
    agreement = Agreement.objects.select_related("area").earliest("pk")
    pot = open_pot(name="Agenda", source=Source.AGENDA, year=today.year, area=agreement.area, by=by, at=at)
    put_in(pot, Decimal(1000), why="Budget", by=by, at=at)
    decided = Decided(today, How.HANDS, people=10, in_favour=9)
    made, waiting = (reserve(pot, agreement, amount=Decimal(amount), decided=decided, by=by, at=at) for amount in (100, 200))
    say_yes(made, by=other, at=at)
    account = {"payee": "Bank", "iban": "NL91ABNA0417164300", "card": False}
    payment = owe(made.commitment, amount=Decimal(50), reference="R-1", **account, due_on=today, by=by, at=at)
    listed = listing.make_list([payment], by=by, at=at)
    listing.release_list(listed, by=other, at=at)
    listing.send_list(listed, by=by, at=at)
    things = ((POT, pot), (PROMISE, made.commitment), (RESERVATION, waiting), (PAYMENT, payment), (LIST, listed))
    return {f"money:{name}": thing.uuid for names, thing in things for name in names}
