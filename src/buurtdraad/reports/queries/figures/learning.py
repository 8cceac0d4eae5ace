"""Lists about what was learned: shared lessons, short placements, and the steps of the working method."""

from decimal import Decimal

from django.db.models import Count, Q

from buurtdraad.method.models import Lesson as MethodLesson
from buurtdraad.method.models import RunStep
from buurtdraad.placements.models import Lesson, Shift
from buurtdraad.placements.states import LessonStage, ShiftStage, Stage
from buurtdraad.reports.queries.figures.rows import Period, Row, day_of, path_to, tags


def lessons(period: Period) -> list[Row]:
    """Lessons of short placements that were shared in the period, and lessons about the method. Without who wrote them."""
    shared = Lesson.objects.filter(stage=LessonStage.SHARED, shared_at__date__range=(period.from_on, period.day))
    of_method = MethodLesson.objects.filter(at__date__range=(period.from_on, period.day)).select_related("run__area")
    return [
        *(
            Row(
                f"L-{one.pk}", one.text, codes=(one.area.code,) if one.area else (), group=str(one.get_theme_display()),
                tags=tags(meelopen=True), on=day_of(one.shared_at),
            )
            for one in shared.select_related("area").order_by("shared_at", "pk")
        ),
        *(
            Row(
                f"LM-{one.pk}", one.next_time, codes=(one.run.area.code,) if one.run else (), group=str(one.get_stage_display()),
                tags=tags(werkwijze=True), on=day_of(one.at),
            )
            for one in of_method.order_by("at", "pk")
        ),
    ]  # fmt: skip


def shifts(period: Period) -> list[Row]:
    """Short placements that were held in the period; the amount is how many people of the municipality were there."""
    held = Shift.objects.filter(stage=ShiftStage.HELD, starts_at__date__range=(period.from_on, period.day))
    came = Count("placements", filter=Q(placements__stage=Stage.ATTENDED))
    return [
        Row(f"K-{one.pk}", one.host.name, codes=(one.host.area.code,), on=day_of(one.starts_at), amount=Decimal(one.came))
        for one in held.select_related("host__area").annotate(came=came).order_by("starts_at", "pk")
    ]


def method_steps(period: Period) -> list[Row]:
    """Steps of the working method that an area began or finished in the period."""
    inside = (period.from_on, period.day)
    found = RunStep.objects.filter(Q(since_on__range=inside) | Q(until_on__range=inside)).select_related("run__area", "step")
    return [
        Row(
            f"S{one.step.number}-{one.run.area.code}", one.step.name, path_to("method:run", one.run.area.code), (one.run.area.code,),
            group=str(one.get_stage_display()), tags=tags(begonnen=period.holds(one.since_on), klaar=period.holds(one.until_on)),
            on=one.until_on or one.since_on,
        )
        for one in found.order_by("run__area__code", "step__number", "pk")
    ]  # fmt: skip
