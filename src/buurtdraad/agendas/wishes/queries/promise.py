"""Whether an area keeps its promise: who got an answer in time, and whether it helped. The one figure that every page uses."""

import datetime
from typing import NamedTuple

from django.db.models import Count, F, Q

from buurtdraad.agendas.wishes.models import Rating, Wish
from buurtdraad.agendas.wishes.rules import LEAST_RATINGS
from buurtdraad.agendas.wishes.states import Helped

type Codes = frozenset[str] | None


class Promise(NamedTuple):
    """Wishes answered in time, answered too late or not at all though the day is past, and those that still have time."""

    in_time: int
    late: int
    open: int

    @property
    def due(self) -> int:
        return self.in_time + self.late


class Helpful(NamedTuple):
    """How many people told whether their answer helped, and how many of them said yes."""

    told: int
    yes: int


def promise_of(codes: Codes, on: datetime.date) -> Promise:
    """How the promise of an answer stood on a day, in these areas (all for None). Every wish counts, also what is not on the site."""
    in_time = Q(answered_at__date__lte=F("answer_by"))
    late = Q(answered_at__date__gt=F("answer_by")) | Q(answered_at__isnull=True, answer_by__lt=on)
    open_ = Q(answered_at__isnull=True, answer_by__gte=on)
    counts = {name: Count("answer_by", filter=which) for name, which in (("in_time", in_time), ("late", late), ("open_", open_))}
    found = Wish.objects.within(codes).aggregate(**counts)
    return Promise(found["in_time"], found["late"], found["open_"])


def helpful_in(codes: Codes) -> Helpful | None:
    """Whether answers helped in these areas (all for None); None while fewer than `LEAST_RATINGS` people told."""
    ratings = Rating.objects.all() if codes is None else Rating.objects.filter(wish__area__code__in=codes)
    found = Helpful(**ratings.aggregate(told=Count("pk"), yes=Count("pk", filter=Q(helped=Helped.YES))))
    return found if found.told >= LEAST_RATINGS else None
