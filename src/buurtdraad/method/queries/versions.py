"""The versions of the method, what is in use, and what differs between two."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.translation import gettext as _

from buurtdraad.method.models import ExitCheck, MethodStep, MethodVersion, Run
from buurtdraad.method.states import Measure, RunStage, VersionStage

# Per cent.
ALL = 100


def in_use() -> MethodVersion | None:
    """The method as it is now, with its steps, their checks and templates. Four queries."""
    return whole(stage=VersionStage.IN_USE)


def draft() -> MethodVersion | None:
    """The version that is being written, with its steps, their checks and templates. Four queries."""
    return whole(stage=VersionStage.DRAFT)


def version_of(number: int) -> MethodVersion | None:
    """A version that is or was in use, by its number; a draft is none."""
    found = whole(number=number)
    return found if found and found.stage != VersionStage.DRAFT else None


def before(version: MethodVersion) -> MethodVersion | None:
    """The version that came before this one, with all that belongs to it. Four queries."""
    return whole(number__lt=version.number)


def whole(**which: object) -> MethodVersion | None:
    """The newest of these versions, with all that belongs to it."""
    return MethodVersion.objects.filter(**which).prefetch_related("steps__checks", "steps__templates").first()


def versions() -> list[MethodVersion]:
    """All versions, the newest first."""
    return list(MethodVersion.objects.all())


def public_versions() -> list[MethodVersion]:
    """The versions that are or were in use, the newest first."""
    return list(MethodVersion.objects.exclude(stage=VersionStage.DRAFT))


def running() -> int:
    """How many areas carry out the method now, or paused it."""
    return Run.objects.exclude(stage=RunStage.ENDED).count()


# --- a step in words -------------------------------------------------------------------------------


def asks_for(check: ExitCheck) -> str:
    """What must be there, with the number that the product counts; all of the wishes needs no number."""
    all_of_them = check.measure == Measure.WISHES_ANSWERED and (check.at_least or 0) >= ALL
    if not check.measure or all_of_them:
        return check.text
    return _("%(text)s (%(what)s: at least %(number)d)") % {
        "text": check.text.rstrip("."),
        "number": check.at_least,
        "what": check.get_measure_display(),
    }


# --- what differs ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A part of a step that says something else."""

    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class StepChange:
    """A step that differs between two versions: `step` as in the new one, of one that is gone as in the old one."""

    how: Literal["new", "gone", "changed"]
    step: MethodStep
    before: MethodStep | None = None
    moved: bool = False
    parts: tuple[Part, ...] = ()


def difference(old: MethodVersion | None, new: MethodVersion, *, public: bool = False) -> list[StepChange]:
    """What differs, in the order of the new version, and then what is gone. Steps are the same by their key.

    `public`: without the documents, which are for staff.
    Asks nothing more where both come from `in_use`, `draft` or `version_of`.
    """
    had = {step.key: step for step in (old.steps.all() if old else ())}
    has = {step.key: step for step in new.steps.all()}
    moved = moved_keys([key for key in had if key in has], [key for key in has if key in had])
    found = [one for key, step in has.items() if (one := change_of(had.get(key), step, key in moved, public))]
    return found + [StepChange("gone", step) for key, step in had.items() if key not in has]


def moved_keys(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Which of the same keys stand in another order: the fewest that have to move."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {new[at] for block in blocks for at in range(block.b, block.b + block.size)}
    return set(new) - stayed


def change_of(old: MethodStep | None, new: MethodStep, moved: bool, public: bool) -> StepChange | None:
    if old is None:
        return StepChange("new", new)
    pairs = zip(said(old, public), said(new, public), strict=True)
    parts = tuple(Part(label, had, has) for (label, had), (_label, has) in pairs if had != has)
    return StepChange("changed", new, old, moved, parts) if parts or moved else None


def said(step: MethodStep, public: bool) -> list[tuple[str, list[str]]]:
    """All that a step says, a line each, in the same order for every step."""
    found = [
        (_("Name"), [step.name]),
        (_("What it is for"), lines(step.purpose)),
        (_("What a resident can do"), lines(step.for_residents)),
        (_("Who"), step.who),
        (_("How long"), lines(step.how_long)),
        (_("What must be there to go on"), [asks_for(check) for check in step.checks.all()]),
        (_("Questions"), lines(step.questions)),
        (_("Examples"), lines(step.examples)),
    ]
    return found if public else [*found, (_("Documents to begin with"), titles(step))]


def titles(step: MethodStep) -> list[str]:
    return sorted(template.title for template in step.templates.all())


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
