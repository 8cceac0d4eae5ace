"""'Zo doen wij het hier': the step at which the method is in a place, what is done otherwise there, and what a resident can do."""

from dataclasses import dataclass

from buurtdraad.method.models import Run, RunStep
from buurtdraad.method.queries.runs import nearest_run, state_of
from buurtdraad.method.states import RunStage
from buurtdraad.places.models import Kind
from buurtdraad.places.queries import AreaPage


@dataclass(frozen=True)
class HowWeWork:
    """The run that counts in a place, with the name of its area where that is a larger one, and its present step."""

    run: Run
    in_place: str
    now: RunStep | None

    @property
    def paused(self) -> bool:
        return self.run.stage == RunStage.PAUSED


def how_we_work(page: AreaPage) -> HowWeWork | None:
    """The run that counts here (`nearest_run`): of the area itself, else of the working area, else of the district. Two queries."""
    names = {page.here.area.code: ""}
    if page.here.area.kind == Kind.NEIGHBOURHOOD:
        around = [*page.working_areas, *(place for place in reversed(page.ancestors) if place.area.kind == Kind.DISTRICT)]
        names |= {place.area.code: place.name for place in around}
    run = nearest_run(list(names))
    return HowWeWork(run, names[run.area.code], state_of(run).now) if run else None
