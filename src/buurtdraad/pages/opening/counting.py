"""How many rows many kinds of things have, and when one of them last changed: all in one question."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, Max, QuerySet, Value
from django.db.models.functions import Cast


class Counted(NamedTuple):
    """How many there are, and the last change of one of them."""

    number: int = 0
    last: datetime.datetime | None = None


class Kind(NamedTuple):
    """What to count: the rows, what tells one from another, and the moment or day of a row of which the last is asked."""

    found: QuerySet
    each: str = "pk"
    changed: Any = None


def counted(kinds: Mapping[str, Kind]) -> dict[str, Counted]:
    """Of each kind, by name. One query, however many kinds; a day is told as its first moment in UTC."""
    first, *others = (one_of(name, *kind) for name, kind in kinds.items())
    rows = {name: Counted(number, last) for name, number, last in first.union(*others, all=True).order_by()}
    return {name: rows.get(name, Counted()) for name in kinds}


def one_of(name: str, found: QuerySet, each: str, changed: Any) -> QuerySet:
    """The row of one kind; none when there is nothing of it."""
    many_rows = found.query.distinct or each != "pk"
    found = found.order_by()
    # What is counted is told apart in the counting: apart from that it would count the one line that comes of it.
    found.query.distinct, found.query.distinct_fields = False, ()
    last = Cast(Max(changed) if changed else Value(None), DateTimeField())
    return (
        found.annotate(counted_as=Value(name)).values_list("counted_as").annotate(number_of=Count(each, distinct=many_rows), last_of=last)
    )
