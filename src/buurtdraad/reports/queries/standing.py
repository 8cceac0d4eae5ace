"""How the city stands in the half year that goes on: which numbers `/voortgang/` tells, counted now or as they were last counted."""

import datetime
from decimal import Decimal

from buurtdraad.challenges.models import Ambition
from buurtdraad.reports.models import Standing
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.figures import Counting, Period, mark_of
from buurtdraad.reports.queries.sentences import number_of

OF_CITY = ("wensen-op-tijd", "wensen-aan-de-beurt")
# Of each ambition how many there are, and how many of those are done.
OF_AMBITION = ("beloften", "afspraken", "werken", "initiatieven")


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


def kept_standing(first: datetime.date) -> Standing | None:
    """The half year of this first day as the worker counted it last; None until it did. One query."""
    return Standing.objects.filter(from_on=first).first()


def value_in(standing: Standing, name: str, **by: str) -> Decimal | None:
    """A number as it was counted; None: not known, or not counted."""
    kept = standing.numbers.get(mark_of(name, **by))
    return None if kept is None else Decimal(kept)


def told(standing: Standing, name: str, **by: str) -> str:
    """The same number in words."""
    return number_of(name, value_in(standing, name, **by)).words
