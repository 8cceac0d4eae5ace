"""Forgetting to whom something was paid."""

import datetime
from collections.abc import Collection

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.money.models import Payment
from buurtdraad.money.own.queries import payees_due


def erase(person: Person, *, at: datetime.datetime) -> None:
    """Nothing goes with an account: that a sum was paid, and to whom, is kept for its legal time. Then `forget_payees` takes it away."""


@transaction.atomic
def forget_payees(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget name, account and card of payments of long ago; the sum stays. Returns how many."""
    due = list(payees_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return Payment.objects.filter(pk__in=due).update(payee="", iban="", card=False)
