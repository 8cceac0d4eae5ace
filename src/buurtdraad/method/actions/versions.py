"""Versions of the method: the first one as a city's data, the draft of the next, its steps, and putting it in use."""

import datetime
import hashlib
import tomllib
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.lib.stages import move
from buurtdraad.lib.tables.reports import differences
from buurtdraad.method.actions.documents import destroy_left
from buurtdraad.method.actions.records import NotWritten, held, write_down
from buurtdraad.method.models import ExitCheck, Lesson, MethodStep, MethodVersion, StepTemplate
from buurtdraad.method.queries.versions import draft, in_use
from buurtdraad.method.states import LESSON_MOVES, VERSION_MOVES, LessonStage, VersionStage

FIRST = Path(__file__).parent / "first_method.toml"
# What a step says, apart from its place and key.
SAYS = ("name", "purpose", "for_residents", "duties", "kinds", "weeks_least", "weeks_most", "questions", "examples")


@transaction.atomic
def load_first(*, by: Person, at: datetime.datetime) -> MethodVersion:
    """The seven steps to begin with, in use at once. Where there is a method already nothing changes, and its newest is given back."""
    there = in_use() or MethodVersion.objects.first()
    if there:
        return there
    given = tomllib.loads(FIRST.read_text(encoding="utf-8"))
    day = timezone.localdate(at)
    try:
        with transaction.atomic():
            version = MethodVersion.objects.create(
                number=1, stage=VersionStage.IN_USE, name=given["name"], text=given["text"].strip(), in_use_on=day, made_at=at
            )
    except IntegrityError:
        return MethodVersion.objects.get(number=1)  # somebody else was first
    for number, facts in enumerate(given["steps"], start=1):
        checks = facts.pop("checks")
        texts = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
        step = MethodStep.objects.create(version=version, number=number, **texts)
        ExitCheck.objects.bulk_create(ExitCheck(step=step, number=place, **check) for place, check in enumerate(checks, start=1))
    write_down("method.loaded", version, by=by, at=at, public=True, steps=len(given["steps"]))
    return version


@transaction.atomic
def draft_next(*, by: Person, at: datetime.datetime) -> MethodVersion:
    """The draft of the next version, with all steps, checks and templates of the one before. One that is there is given back."""
    versions = list(MethodVersion.objects.select_for_update().order_by("-number"))
    if there := draft():
        return there
    newest = versions[0] if versions else None
    name, text = (newest.name, newest.text) if newest else (_("Our fixed working method"), "")
    try:
        with transaction.atomic():
            made = MethodVersion.objects.create(number=newest.number + 1 if newest else 1, name=name, text=text, made_at=at)
    except IntegrityError:
        return MethodVersion.objects.get(stage=VersionStage.DRAFT)  # somebody else was first
    for step in newest.steps.all() if newest else ():
        copy_step(step, made, step.number)
    write_down("method.drafted", made, by=by, at=at)
    return made


def copy_step(old: MethodStep, version: MethodVersion, number: int) -> MethodStep:
    """The same step in another version: it keeps its key and those of its checks, and its templates."""
    facts = {name: getattr(old, name) for name in SAYS}
    step = MethodStep.objects.create(version=version, number=number, key=old.key, **facts)
    ExitCheck.objects.bulk_create(
        ExitCheck(step=step, number=one.number, key=one.key, text=one.text, measure=one.measure, at_least=one.at_least)
        for one in old.checks.all()
    )
    step.templates.set(old.templates.all())
    return step


@transaction.atomic
def change_version(version: MethodVersion, *, by: Person, at: datetime.datetime, **facts: object) -> None:
    """Give a draft these facts (name, text, what_is_new). Raises `NotWritten`."""
    now = held(version)
    changed = differences(now, facts)
    if changed:
        MethodVersion.objects.filter(pk=now.pk).update(**changed)
        write_down("method.changed", now, by=by, at=at, fields=sorted(changed))


@transaction.atomic
def put_in_use(version: MethodVersion, *, what_is_new: str = "", by: Person, at: datetime.datetime) -> None:
    """From now on this version is the method; what runs stays on its own until somebody moves it.

    `what_is_new` comes instead of what the draft says of it. The lessons that were proposed for this version are part of
    the method now. Raises `NotWritten` without steps, or when it is no draft any more.
    """
    list(MethodVersion.objects.select_for_update().order_by("-number"))
    now = held(version)
    if not now.steps.exists():
        raise NotWritten(_("Add at least one step first."))
    for old in MethodVersion.objects.filter(stage=VersionStage.IN_USE):
        move(old, VersionStage.FOLLOWED, moves=VERSION_MOVES)
    # The database holds that a version in use says since when: so that is written first.
    MethodVersion.objects.filter(pk=now.pk).update(in_use_on=timezone.localdate(at), what_is_new=what_is_new or now.what_is_new)
    move(now, VersionStage.IN_USE, moves=VERSION_MOVES)
    taken = settle_lessons(now, LessonStage.TAKEN)
    write_down("method.put_in_use", now, by=by, at=at, public=True, lessons=taken)


@transaction.atomic
def throw_away(version: MethodVersion, *, by: Person, at: datetime.datetime) -> None:
    """Drop a draft. Lessons that were proposed for it are open again. Raises `NotWritten`."""
    now = held(version)
    opened = settle_lessons(now, LessonStage.OPEN)
    write_down("method.thrown_away", now, by=by, at=at, lessons=opened)
    documents = documents_of(now.steps.all())
    now.delete()
    destroy_left(documents)


def settle_lessons(version: MethodVersion, to: LessonStage) -> list[str]:
    """What becomes of the lessons that were proposed for a draft, now that it is one no more. Their public ids, for the record."""
    found = list(Lesson.objects.select_for_update().filter(version=version, stage=LessonStage.PROPOSED))
    for lesson in found:
        move(lesson, to, moves=LESSON_MOVES)
    return [str(lesson.uuid) for lesson in found]


def documents_of(steps: QuerySet[MethodStep]) -> list[int]:
    return list(StepTemplate.objects.filter(steps__in=steps).values_list("pk", flat=True))


# --- its steps --------------------------------------------------------------------------------------


@transaction.atomic
def add_step(version: MethodVersion, *, by: Person, at: datetime.datetime, **facts: object) -> MethodStep:
    """A step at the end of a draft, with what it says (`SAYS`). Raises `NotWritten`, also for a name that another step has."""
    now = held(version)
    has_own_name(now, str(facts["name"]))
    key = free_key(str(facts["name"]))
    step = MethodStep.objects.create(version=now, number=now.steps.count() + 1, key=key, **facts)
    write_down("method.step_added", now, by=by, at=at, step=key)
    return step


def has_own_name(version: MethodVersion, name: str, *, but: MethodStep | None = None) -> None:
    """Raise `NotWritten` when another step of a draft is called so: nobody could tell them apart."""
    same = version.steps.filter(name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise NotWritten(_("There is a step with this name already. Choose another name."))


def free_key(name: str) -> str:
    """A key that no step of any version has: a run or lesson that knows the other one does not take this for it."""
    stem = slugify(name)[:34].strip("-") or "stap"
    taken = set(MethodStep.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if key not in taken)


def seen(step: MethodStep) -> str:
    """A mark of all that a step says, to see whether it was changed since."""
    said = repr([getattr(step, name) for name in SAYS])
    return hashlib.sha256(said.encode()).hexdigest()


class ChangedMeanwhile(NotWritten):
    """Somebody else wrote in the same step since this form was opened."""


@transaction.atomic
def change_step(step: MethodStep, *, seen_then: str = "", by: Person, at: datetime.datetime, **facts: object) -> None:
    """Let a step of a draft say this (`SAYS`); it keeps its key, also under another name.

    `seen_then`: what `seen` gave when somebody began to write. Raises `NotWritten`, or `ChangedMeanwhile`.
    """
    now = held(step.version)
    current = MethodStep.objects.filter(pk=step.pk).first()
    if current is None:
        raise NotWritten(_("This step is not in the draft any more. Perhaps it was taken out in another window."))
    has_own_name(now, str(facts.get("name", "")), but=step)
    changed = differences(current, facts)
    if changed and seen_then and seen_then != seen(current):
        raise ChangedMeanwhile(
            _("This step was changed meanwhile, by somebody else or in another window. Copy what you wrote, and open the step again.")
        )
    if changed:
        MethodStep.objects.filter(pk=step.pk).update(**changed)
        write_down("method.step_changed", now, by=by, at=at, step=step.key, fields=sorted(changed))


@transaction.atomic
def move_step(step: MethodStep, *, up: bool, by: Person, at: datetime.datetime) -> None:
    """Let a step of a draft change places with the one before or behind it; at the end of the row nothing happens. Raises `NotWritten`."""
    now = held(step.version)
    keys = list(now.steps.order_by("number").values_list("pk", flat=True))
    if step.pk not in keys:
        return  # taken out meanwhile
    here = keys.index(step.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(keys):
        keys[here], keys[there] = keys[there], keys[here]
        put_in_row(keys)
        write_down("method.step_moved", now, by=by, at=at, step=step.key, place=there + 1)


@transaction.atomic
def take_out(step: MethodStep, *, by: Person, at: datetime.datetime) -> None:
    """Leave a step out of a draft. Those behind it move up. Raises `NotWritten`."""
    now = held(step.version)
    going = now.steps.filter(pk=step.pk)
    documents = documents_of(going)
    going.delete()
    destroy_left(documents)
    put_in_row(list(now.steps.order_by("number").values_list("pk", flat=True)))
    write_down("method.step_taken_out", now, by=by, at=at, step=step.key)


@transaction.atomic
def put_back(version: MethodVersion, old: MethodStep, *, by: Person, at: datetime.datetime) -> MethodStep:
    """Take a step of an older version into a draft again, as near to its old place as there is room. Raises `NotWritten`."""
    now = held(version)
    if there := now.steps.filter(key=old.key).first():
        return there
    keys = list(now.steps.order_by("number").values_list("pk", flat=True))
    step = copy_step(old, now, len(keys) + 1)
    keys.insert(min(old.number - 1, len(keys)), step.pk)
    put_in_row(keys)
    write_down("method.step_put_back", now, by=by, at=at, step=old.key)
    return step


def put_in_row(keys: list[int]) -> None:
    """Number steps 1, 2, 3 in this order; the constraint looks at the end of the transaction."""
    for number, pk in enumerate(keys, start=1):
        MethodStep.objects.filter(pk=pk).exclude(number=number).update(number=number)
