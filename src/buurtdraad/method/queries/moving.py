"""What becomes of the steps of a run when it moves to a newer version: shown first, then done as shown."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtdraad.method.models import MethodStep, MethodVersion, Run, RunStep
from buurtdraad.method.queries.runs import going_on
from buurtdraad.method.states import RunStage, StepStage, VersionStage


class Becomes(models.TextChoices):
    """What a move makes of one step."""

    STAYS = "stays", _("stays as it is")
    BEGINS = "begins", _("becomes the present step")
    NEW = "new", _("is new, and is still to come")
    GONE = "gone", _("is gone from the method, and stays on record")


@dataclass(frozen=True)
class MovedStep:
    """One step: as it stands in the run (None: new), as it will be (None: gone), and what becomes of it."""

    old: RunStep | None
    new: MethodStep | None
    becomes: Becomes

    @property
    def name(self) -> str:
        return self.new.name if self.new else self.old.step.name if self.old else ""

    @property
    def was_called(self) -> str:
        """Its name before, where that changed."""
        return self.old.step.name if self.old and self.new and self.old.step.name != self.new.name else ""

    @property
    def to_come(self) -> bool:
        """Whether it is still to come afterwards."""
        stays = self.becomes == Becomes.STAYS and self.old is not None and self.old.stage == StepStage.TO_COME
        return stays or self.becomes == Becomes.NEW

    @property
    def stage(self) -> str:
        """How far it is afterwards, in words."""
        if self.becomes == Becomes.BEGINS:
            return str(StepStage.NOW.label)
        if self.becomes == Becomes.NEW or self.old is None:
            return str(StepStage.TO_COME.label)
        return self.old.get_stage_display() if self.becomes == Becomes.STAYS else ""


def newer_version(run: Run) -> MethodVersion | None:
    """The version in use, when it is newer than that of a run that still goes on."""
    if run.stage == RunStage.ENDED:
        return None
    return MethodVersion.objects.filter(stage=VersionStage.IN_USE, number__gt=run.version.number).first()


def runs_behind(codes: Collection[str] | None = None) -> models.QuerySet[Run]:
    """Runs that go on with an older version than the one in use, in these areas (None: everywhere); `place` is the name of the area."""
    newest = MethodVersion.objects.filter(stage=VersionStage.IN_USE).values("number")[:1]
    found = going_on().filter(version__number__lt=models.Subquery(newest))
    return found if codes is None else found.filter(area__code__in=codes)


def difference_for(run: Run, to: MethodVersion) -> list[MovedStep]:
    """What becomes of each step, in the order of the new version; what is gone comes last. Two queries.

    Steps are the same when their `key` is. When the present step is gone, the next one of the run that is still to come begins.
    """
    old = list(run.steps.filter(step__version=run.version_id).select_related("step").order_by("step__number"))
    new = list(to.steps.order_by("number"))
    by_key = {one.step.key: one for one in old}
    keys = {step.key for step in new}
    begins = next_after_gone(old, new)
    kept = [MovedStep(by_key.get(step.key), step, becomes(step, by_key, begins)) for step in new]
    return kept + [MovedStep(one, None, Becomes.GONE) for one in old if one.step.key not in keys]


def next_of(found: list[MovedStep]) -> str:
    """The name of the step that comes after the present one when a run has moved so; empty when none does."""
    return next((one.name for one in found if one.new and one.to_come), "")


def becomes(step: MethodStep, by_key: dict[str, RunStep], begins: str) -> Becomes:
    if step.key == begins:
        return Becomes.BEGINS
    return Becomes.STAYS if step.key in by_key else Becomes.NEW


def next_after_gone(old: list[RunStep], new: list[MethodStep]) -> str:
    """The key of the step that begins because the present one is gone or all was done; empty when it stays, or nothing is to come.

    First what followed it in the run, so that nothing is begun again; then the first new one.
    """
    keys = [step.key for step in new]
    now = next((one for one in old if one.stage == StepStage.NOW), None)
    if now and now.step.key in keys:
        return ""
    to_come = [one for one in old if one.stage == StepStage.TO_COME and one.step.key in keys]
    after = [one.step.key for one in to_come if now and one.step.number > now.step.number]
    had = {one.step.key for one in old}
    return next(iter([*after, *(key for key in keys if key not in had), *(one.step.key for one in to_come)]), "")
