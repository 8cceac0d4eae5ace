"""How the city stands in the half year that goes on: which numbers `/voortgang/` tells, counted now or as they were last counted."""

import datetime
from decimal import Decimal

from django.utils import timezone

from buurtdraad.challenges.models import Ambition
from buurtdraad.reports.models import Standing
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.figures import Counting, Period, mark_of
from buurtdraad.reports.queries.sentences import number_of

OF_CITY = ("wensen-op-tijd", "wensen-aan-de-beurt")
# Of each ambition how many there are, and how many of those are done.
OF_AMBITION = ("beloften", "afspraken", "werken", "initiatieven")
# The worker counts each hour. Only where it stood still for so long does the page count for itself.
KEPT_FOR = datetime.timedelta(days=1)


def done_of(name: str) -> str:
    """The definition of what is done of this one."""
    return f"{name}-klaar"


def count_standing(today: datetime.date) -> dict[str, str | None]:
    """All numbers of the half year of a day, up to that day. Goes over every wish, work and agreement of it: for the worker."""
    counting = Counting(Period.of(*half_year_of(today), today))
    asked: list[tuple[str, dict[str, str]]] = [(name, {}) for name in OF_CITY]
    for code in Ambition.objects.on(today).values_list("code", flat=True):
        asked += [(one, {"ambition": code}) for name in OF_AMBITION for one in (name, done_of(name))]
    values = {mark_of(name, **by): counting.count(name, **by).value for name, by in asked}
    return {mark: None if value is None else f"{value.normalize():f}" for mark, value in values.items()}


def kept_standing(at: datetime.datetime) -> Standing | None:
    """As it was last counted; None when that is of another half year, or too long ago. One query."""
    first, _last = half_year_of(timezone.localdate(at))
    return Standing.objects.filter(from_on=first, counted_at__gt=at - KEPT_FOR).first()


def value_in(standing: Standing, name: str, **by: str) -> Decimal | None:
    """A number as it was counted; None: not known, or not counted."""
    kept = standing.numbers.get(mark_of(name, **by))
    return None if kept is None else Decimal(kept)


def told(standing: Standing, name: str, **by: str) -> str:
    """The same number in words."""
    return number_of(name, value_in(standing, name, **by)).words
