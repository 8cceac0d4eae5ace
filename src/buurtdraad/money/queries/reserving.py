"""Money that groups reserve: what waits for a second person, and above which amount one is needed."""

import datetime
from decimal import Decimal

from django.db.models import QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.money.models import FourEyes, Reservation
from buurtdraad.money.states import ReservationStage


def four_eyes_above(on: datetime.date) -> Decimal:
    """Above which amount two people are needed on a day. While nobody decided that: always."""
    rule = FourEyes.objects.on(on).order_by("-from_on", "-pk").first()
    return rule.above if rule else Decimal(0)


def reservations_in(reach: Reach) -> QuerySet[Reservation]:
    """The reservations for agreements of these areas, with pot, agreement and meeting; the newest first."""
    found = Reservation.objects.select_related("pot", "agreement__area", "meeting", "commitment")
    return found if reach.everywhere else found.filter(agreement__area__code__in=reach.codes)


def waiting_in(reach: Reach) -> QuerySet[Reservation]:
    """Those that wait for a second person, the oldest first."""
    return reservations_in(reach).filter(stage=ReservationStage.PROPOSED).order_by("proposed_at", "pk")
