"""In which area which step is under way: all areas against steps, for everybody and (with what is stuck) for staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from buurtdraad.method.models import MethodStep, Run, RunStep
from buurtdraad.method.queries.runs import going_on, present_steps
from buurtdraad.method.states import RunStage, StepStage


@dataclass(frozen=True)
class Row:
    """A run beside steps, in their order; None for a step that its version of the method does not have. `place` is its area."""

    run: Run
    place: str
    cells: list[RunStep | None]
    now: RunStep | None

    @property
    def paused(self) -> bool:
        return self.run.stage == RunStage.PAUSED

    @property
    def own_steps(self) -> list[RunStep]:
        """The steps of the version by which it goes, in their order."""
        return list(self.run.steps.all())

    @property
    def number(self) -> int:
        """The place of the present step among its own, from 1; 0 when there is none."""
        return self.own_steps.index(self.now) + 1 if self.now else 0


def under_way(steps: QuerySet[RunStep]) -> QuerySet[Run]:
    """Every run that goes on or is paused, with these of its steps and `place`. Two queries, and those of the steps."""
    return going_on().prefetch_related(Prefetch("steps", steps))


def beside(run: Run, columns: Sequence[MethodStep]) -> Row:
    """The steps of a run of `under_way` are found by their key: it may go by another version."""
    steps = list(run.steps.all())
    by_key = {one.step.key: one for one in steps}
    now = next((one for one in steps if one.stage == StepStage.NOW), None)
    place = run.place or run.area.code  # type: ignore[attr-defined]
    return Row(run, place, [by_key.get(step.key) for step in columns], now)


def everywhere(columns: Sequence[MethodStep]) -> list[Row]:
    """Every run that goes on or is paused, by the name of its area. Two queries, however many areas."""
    return sorted((beside(run, columns) for run in under_way(present_steps())), key=lambda row: row.place)
