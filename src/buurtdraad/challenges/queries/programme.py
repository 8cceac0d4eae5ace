"""The programme as it stands, for a page, a choice or a file."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from buurtdraad.challenges.models import Ambition, Challenge


@dataclass(frozen=True)
class Programme:
    """Ambitions with their challenges (`.challenges.all()`): those that hold or are to come, and those that are over."""

    now: list[Ambition]
    before: list[Ambition]


def programme(*, on: datetime.date) -> Programme:
    """The whole programme in two queries, however large."""
    every = list(ambitions())
    over = [ambition for ambition in every if ambition.until_on and ambition.until_on < on]
    return Programme([ambition for ambition in every if ambition not in over], over)


def ambitions() -> Iterable[Ambition]:
    """Every ambition with all its challenges."""
    return Ambition.objects.prefetch_related(Prefetch("challenges", Challenge.objects.order_by("name", "code")))


def choices(*, also: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Challenges that are not over, to choose from in a form of another room; also those with these ids. One query."""
    open_ones = Challenge.objects.not_over(timezone.localdate()) | Challenge.objects.filter(pk__in=list(also))
    rows = open_ones.order_by("ambition__number", "name").values_list("pk", "name")
    return list(rows)


def rows_of_all() -> Iterable[tuple[str, ...]]:
    """The programme as the rows of a file that `actions.load_programme` reads."""
    for ambition in ambitions():
        yield (ambition.code, str(ambition.number), "", ambition.name, ambition.text, "", *days_of(ambition))
        for challenge in ambition.challenges.all():
            yield (ambition.code, "", challenge.code, challenge.name, challenge.goal, challenge.owner, *days_of(challenge))


def days_of(thing: Ambition | Challenge) -> tuple[str, str]:
    return thing.from_on.isoformat(), thing.until_on.isoformat() if thing.until_on else ""
