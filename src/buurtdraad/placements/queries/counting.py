"""Numbers of people, in groups from which nobody can be worked out; and what was felt, from five answers on."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from buurtdraad.placements.models import FeelingAnswer, FeelingCode, Lesson, Placement, Shift
from buurtdraad.placements.rules import LEAST, Counted, Felt, counted, last_closed
from buurtdraad.placements.states import LessonStage, ShiftStage, Stage, Theme

__all__ = ["Counts", "counts", "felt"]


@dataclass(frozen=True)
class Counts:
    """People per department and per theme (`rules.counted`), and numbers of things, which are of nobody."""

    departments: Counted
    themes: Counted
    hosts: int
    shifts: int
    lessons: int

    @property
    def rows(self) -> list[tuple[str, str, int | None]]:
        """For a table or a file: of what, which, how many people. What may not be shown is not there."""
        return [*rows_of("department", self.departments), *rows_of("theme", self.themes)]


def rows_of(what: str, found: Counted) -> list[tuple[str, str, int | None]]:
    rows: list[tuple[str, str, int | None]] = [(what, name, number) for name, number in sorted(found.shown.items())]
    return [*rows, (what, "", found.together)] if found.together else rows


def counts() -> Counts:
    """All that is counted, in three queries. A department is one, however it is written in capitals and spaces."""
    there = Placement.objects.filter(stage=Stage.ATTENDED).order_by().values_list("department", "person").distinct()
    lessons = Lesson.objects.filter(stage=LessonStage.SHARED).order_by()
    told = list(lessons.values_list("theme", "writer").annotate(number=Count("pk")))
    held = Shift.objects.filter(stage=ShiftStage.HELD).aggregate(shifts=Count("pk"), hosts=Count("host", distinct=True))
    labels = dict(Theme.choices)
    return Counts(
        departments=counted(people_per((tidy(department), person) for department, person in there)),
        themes=counted(people_per((str(labels.get(theme, theme)), writer) for theme, writer, _number in told)),
        hosts=held["hosts"],
        shifts=held["shifts"],
        lessons=sum(number for _theme, _writer, number in told),
    )


def tidy(department: str) -> str:
    words = " ".join(department.split())
    return words[:1].upper() + words[1:].lower()


def people_per(pairs: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    """How many people in each group; all whom we forgot count as one together, so that nobody counts more often than they are."""
    people: dict[str, set[int | None]] = {}
    for group, person in pairs:
        people.setdefault(group, set()).add(person)
    return {group: len(found) for group, found in people.items()}


def felt(on: datetime.date) -> list[Felt]:
    """Of each half year that is closed what people felt, the last one first; with fewer than five answers it is not there."""
    # A code that was not dropped yet can still answer.
    closed = FeelingAnswer.objects.filter(half_year__lte=last_closed(on)).exclude(half_year__in=FeelingCode.objects.values("half_year"))
    found = closed.order_by().values("half_year").annotate(
        answers=Count("pk"), awkward=Count("pk", filter=Q(awkward=True)), worth_while=Count("pk", filter=Q(worth_while=True))
    )  # fmt: skip
    return [
        Felt(**row)
        for row in found.filter(answers__gte=LEAST).order_by("-half_year").values("half_year", "answers", "awkward", "worth_while")
    ]
