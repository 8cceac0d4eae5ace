"""All areas and steps on one page, and what is stuck: the exceptions first."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from buurtdraad.method.models import CheckMet, ExitCheck, MethodStep
from buurtdraad.method.queries.everywhere import Row, beside, under_way
from buurtdraad.method.queries.measures import Asked, values_in
from buurtdraad.method.queries.runs import present_steps
from buurtdraad.method.states import VersionStage
from buurtdraad.places.models import AreaYear
from buurtdraad.places.queries import working_areas_of

WEEK = 7


@dataclass(frozen=True)
class Stand(Row):
    """How a run stands today: for how long in its present step, what is not met, and whether it is stuck.

    `not_met` says in words what is asked and not there, with what the data say now where they answer it. `contradicted` holds the
    checks that were met, in whatever step, and of which the data of last night say otherwise.
    """

    weeks: int = 0
    not_met: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)

    @property
    def too_long(self) -> int:
        """Weeks beyond the usual ones; 0 within them, and for a step that may take as long as it takes."""
        most = self.now.step.weeks_most if self.now else None
        return max(0, self.weeks - most) if most is not None and not self.paused else 0

    @property
    def waits_for_checks(self) -> bool:
        """It could go on by now, and something is not there yet."""
        least = self.now.step.weeks_least if self.now else None
        return bool(self.not_met) and not self.paused and self.weeks >= (least or 0)

    @property
    def stuck(self) -> bool:
        return self.paused or bool(self.too_long) or self.waits_for_checks or bool(self.contradicted)

    @property
    def urgency(self) -> tuple[bool, int, bool, str]:
        return not self.stuck, -self.too_long, not self.paused, self.place


def stands(columns: Sequence[MethodStep], *, on: datetime.date) -> list[Stand]:
    """All runs that are not over, what is stuck first. Eight queries, however many runs."""
    met = Prefetch("checks_met", CheckMet.objects.select_related("exit_check"))
    rows = [beside(run, columns) for run in under_way(present_steps().prefetch_related("step__checks", met))]
    unmet = [unmet_checks(row) for row in rows]
    counted = values_in(
        [
            Asked([check.measure for check in checks if check.measure], row.run.area, row.run.started_on)
            for row, checks in zip(rows, unmet, strict=True)
        ]
    )
    every = [stand(row, missing(checks, values), on) for row, checks, values in zip(rows, unmet, counted, strict=True)]
    return sorted(every, key=lambda one: one.urgency)


def unmet_checks(row: Row) -> list[ExitCheck]:
    """What the present step of a run asks, and nobody said is there."""
    if row.now is None or row.now.since_on is None:
        return []
    met = {one.exit_check_id for step in row.run.steps.all() for one in step.checks_met.all()}
    return [check for check in row.now.step.checks.all() if check.pk not in met]


def stand(row: Row, not_met: list[str], on: datetime.date) -> Stand:
    run = row.run
    met = {one.exit_check_id: one for step in run.steps.all() for one in step.checks_met.all()}
    contradicted = [one.exit_check.text.rstrip(".") for one in met.values() if one.contradicted]
    if row.now is None or row.now.since_on is None:
        return Stand(run, row.place, row.cells, row.now, contradicted=contradicted)
    weeks = max(0, (on - row.now.since_on).days) // WEEK
    return Stand(run, row.place, row.cells, row.now, weeks, not_met, contradicted)


def missing(checks: Sequence[ExitCheck], counted: Mapping[str, int]) -> list[str]:
    """Which of these checks, that nobody met, are not there; what the data answer counts by itself as soon as there is enough."""
    found = [(check, counted.get(check.measure)) for check in checks]
    return [in_words(check, now) for check, now in found if now is None or check.at_least is None or now < check.at_least]


def in_words(check: ExitCheck, now: int | None) -> str:
    text = check.text.rstrip(".")
    if now is None:
        return text
    return _("%(text)s (now %(now)d, needed %(least)d)") % {"text": text, "now": now, "least": check.at_least}


def columns() -> list[MethodStep]:
    """The steps of the version in use, else of the newest; in their order. One query."""
    found = MethodStep.objects.select_related("version").order_by("-version__number", "number")
    versions: dict[int, list[MethodStep]] = {}
    for step in found:
        versions.setdefault(step.version_id, []).append(step)
    in_use = next((steps for steps in versions.values() if steps[0].version.stage == VersionStage.IN_USE), None)
    return in_use or next(iter(versions.values()), [])


def areas_without_run(city: str, under_way: Iterable[Stand]) -> list[AreaYear]:
    """The working areas in which the method has not begun: without those of all that is under way. One query."""
    busy = {one.run.area_id for one in under_way}
    return [place for place in working_areas_of(city) if place.area_id not in busy]
