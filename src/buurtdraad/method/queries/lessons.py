"""The lesson log: all lessons, those of a run, and those of the runs that it began like."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from buurtdraad.method.models import Lesson, MethodStep, MethodVersion, Run
from buurtdraad.method.states import LessonStage
from buurtdraad.places.queries import last_name

WHOLE = "geheel"
# As much as a version can say of what is new.
MOST_NEWS = 2000


@dataclass(frozen=True)
class Waiting:
    """How many lessons nobody decided on, and since when."""

    number: int
    since: datetime.datetime | None


def step_names() -> dict[str, str]:
    """The name of each step by its key, as the newest version calls it, in the order of the steps. One query."""
    found = MethodStep.objects.order_by("version__number", "number").values_list("key", "name")
    names: dict[str, str] = {}
    for key, name in found:
        names.pop(key, None)
        names[key] = name
    return names


def lessons() -> QuerySet[Lesson]:
    """All lessons, the newest first, each with the name of its area as `place`."""
    return Lesson.objects.select_related("run__area", "version").annotate(place=last_name("run__area"))


def lessons_where(*, step: str = "", stage: str = "", area: str = "") -> QuerySet[Lesson]:
    """The lessons about a step (`WHOLE`: about no step), in a stage, and of an area by its code; empty means all.

    To an area belong also the lessons of the run that its own began like, and of those that began like its own.
    """
    found = lessons()
    if step:
        found = found.filter(step_key="" if step == WHOLE else step)
    if stage:
        found = found.filter(stage=stage)
    if area:
        tied = Q(area__code=area) | Q(like__area__code=area) | Q(began_others__area__code=area)
        found = found.filter(run__in=Run.objects.filter(tied).values("pk"))
    return found


def named(found: Iterable[Lesson], steps: dict[str, str]) -> list[tuple[Lesson, str]]:
    """Each lesson with the name of its step."""
    return [(lesson, steps.get(lesson.step_key, lesson.step_key)) for lesson in found]


def areas_with_lessons() -> list[tuple[str, str]]:
    """Code and name of each area that has a lesson, by name. One query."""
    found = Lesson.objects.filter(run__isnull=False).annotate(place=last_name("run__area")).order_by("place")
    return list(found.values_list("run__area__code", "place").distinct())


def proposed_for(version: MethodVersion) -> QuerySet[Lesson]:
    """The lessons that a draft is to be made from, each with the name of its area as `place`."""
    return lessons().filter(version=version, stage=LessonStage.PROPOSED)


def news_from_lessons(version: MethodVersion) -> str:
    """What could be said to be new in a draft: what its lessons say of a next time, a line each. One query."""
    return "\n".join(lesson.next_time for lesson in proposed_for(version).order_by("step_key", "at"))[:MOST_NEWS]


def learned_in(version: MethodVersion) -> list[tuple[str, str]]:
    """Code and name of the areas whose lessons are part of this version, by name. One query."""
    found = version.lessons.filter(stage=LessonStage.TAKEN, run__isnull=False).annotate(place=last_name("run__area"))
    return list(found.order_by("place").values_list("run__area__code", "place").distinct())


def waiting() -> Waiting:
    """The open lessons, for who decides on them. One query."""
    found = Lesson.objects.filter(stage=LessonStage.OPEN).aggregate(number=Count("id"), since=Min("at"))
    return Waiting(found["number"], found["since"])
