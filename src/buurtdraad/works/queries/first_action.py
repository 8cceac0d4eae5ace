"""From a wish to the first thing that somebody did about it: in days, for any wishes. Counts only; never that one caused the other."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import F, Min, QuerySet
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from buurtdraad.agendas.agenda.models.version import TopicWish
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.wishes.models import Step, Wish
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.works.models import WorkAnswers

BEGUN = (Stage.BUSY, Stage.DONE)
AGREEMENT_BEGUN = (AgreementStage.RUNNING, AgreementStage.DONE)


@dataclass(frozen=True)
class FirstAction:
    """When a wish was given, and the first day on which somebody did something about it; None: nobody yet."""

    given_on: datetime.date
    acted_on: datetime.date | None

    @property
    def days(self) -> int | None:
        return (self.acted_on - self.given_on).days if self.acted_on else None


def first_actions(wishes: QuerySet[Wish]) -> list[FirstAction]:
    """Of each wish the first action on or after the day that it was given. Two queries, however many wishes.

    An action is: the wish became "under way" or "done"; an agreement under one of its topics did (also one that went on to a next
    agenda); a municipal work that answers the wish, its topic or an agreement under it began. What began before the wish
    was given does not count. Plans of residents count by the step of the wish.
    """
    given = dict(wishes.order_by().values_list("pk", "given_at"))
    found: dict[int, datetime.date] = {}
    first, *others = actions_on(given)
    for wish, on in first.union(*others, all=True).order_by() if given else ():
        found[wish] = min(on, found.get(wish, on))
    return [FirstAction(localdate(at), found.get(pk)) for pk, at in given.items()]


def actions_on(wishes: Iterable[int]) -> Iterable[QuerySet[Any, tuple[int, datetime.date]]]:
    """Pairs of wish and first day, of each kind of action. The wishes by their ids: each kind would look them up again."""
    wishes = list(wishes)
    steps = Step.objects.filter(wish__in=wishes, stage__in=BEGUN, at__gte=F("wish__given_at"))
    yield steps.order_by().values_list("wish").annotate(on=TruncDate(Min("at")))
    under = TopicWish.objects.filter(wish__in=wishes).order_by()
    for steps_of in ("topic__agreements__steps", "topic__carried__agreement__steps"):
        begun = {f"{steps_of}__stage__in": AGREEMENT_BEGUN, f"{steps_of}__at__gte": F("wish__given_at")}
        yield under.filter(**begun).values_list("wish").annotate(on=TruncDate(Min(f"{steps_of}__at")))
    for to_wish in ("wish", "topic__chosen_wishes__wish", "agreement__topic__chosen_wishes__wish"):
        answers = WorkAnswers.objects.filter(**{f"{to_wish}__in": wishes}).alias(given=TruncDate(f"{to_wish}__given_at"))
        yield answers.filter(work__started_on__gte=F("given")).order_by().values_list(to_wish).annotate(on=Min("work__started_on"))


@dataclass(frozen=True)
class Speed:
    """The days of the middle one of these wishes (None without any), and how many there are."""

    days: int | None
    number: int


def speed(actions: Iterable[FirstAction], first: datetime.date, last: datetime.date) -> Speed:
    """Of the wishes of which the first action fell from `first` until and with `last`: what still waits makes nothing look faster."""
    days = [one.days for one in actions if one.acted_on and first <= one.acted_on <= last and one.days is not None]
    return Speed(round(median(days)) if days else None, len(days))
