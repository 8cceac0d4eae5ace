"""The tables of money."""

from buurtdraad.money.models.deciding import Reservation
from buurtdraad.money.models.paying import Payment, PaymentList
from buurtdraad.money.models.pots import Commitment, Entry, FourEyes, Pot

__all__ = ["Commitment", "Entry", "FourEyes", "Payment", "PaymentList", "Pot", "Reservation"]
