"""A payment list as the file that banks take: pain.001 (ISO 20022), made and validated by `sepaxml`."""

import datetime
import re
from collections.abc import Iterable, Sequence

from django.conf import settings
from sepaxml import SepaTransfer

from buurtdraad.money.models import Payment, PaymentList

SCHEMA = "pain.001.001.09"
# Of the message and of its one batch.
IDS = re.compile(rb"(<(?:MsgId|PmtInfId)>)[^<]*")


def pain001(listed: PaymentList, payments: Sequence[Payment], *, on: datetime.date) -> bytes:
    """The order for the bank to pay these on a day. Cards have no account, so they are no part of it.

    The ids of message and batch are those of the list: a bank refuses the same list a second time.
    """
    order = SepaTransfer(
        {"name": settings.CITY_NAME or "Gemeente", "IBAN": settings.PAYING_IBAN, "batch": True, "currency": "EUR"}, schema=SCHEMA
    )
    for payment in payments:
        order.add_payment(
            {
                "name": payment.payee,
                "IBAN": payment.iban,
                "amount": int(payment.amount * 100),
                "execution_date": on,
                "description": payment.reference,
                "endtoend_id": payment.reference,
            }
        )
    return named(order.export(validate=True), listed)


def named(order: bytes, listed: PaymentList) -> bytes:
    """The same order with ids that do not change with each download."""
    return IDS.sub(rb"\g<1>" + listed.uuid.hex.encode(), order)


def payable(payments: Iterable[Payment]) -> list[Payment]:
    """Those that a bank can pay: with an account, and not destroyed since."""
    return [one for one in payments if one.iban and one.payee]
