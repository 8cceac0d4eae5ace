"""The lesson log: writing a lesson down, putting it into the proposal for the next version, or saying why not."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.personal import personal
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.method.access import duty_to_learn
from buurtdraad.method.actions.versions import draft_next
from buurtdraad.method.models import Lesson, Run
from buurtdraad.method.states import LESSON_MOVES, LessonStage

# These are never right in a lesson; a name or somebody's wife may be the name of a square.
WHO_IT_MAY_BE = frozenset({"name", "person"})


class SomebodyInIt(Refused):
    """A person can be recognised in a text. `certain`: there is an address, number or plate, so reading it again does not help."""

    def __init__(self, *, certain: bool) -> None:
        self.certain = certain
        super().__init__(
            _("There is a phone number, address or number plate in this. Leave it out: a lesson is about the work, not about a person.")
            if certain
            else _("Perhaps somebody can be recognised in this. Write it without names: a lesson is about the work, not about a person.")
        )


class NotOpen(Refused):
    """The lesson is part of a proposal or of the method."""


@dataclass(frozen=True)
class Told:
    """The two halves of a lesson. `sure`: its writer looked again, and nobody can be recognised."""

    happened: str
    next_time: str
    sure: bool = False


def look_for_people(told: Told) -> None:
    """Raises `SomebodyInIt` for a text in which a person can be recognised."""
    found = personal(told.happened) | personal(told.next_time)
    if found - WHO_IT_MAY_BE:
        raise SomebodyInIt(certain=True)
    if found and not told.sure:
        raise SomebodyInIt(certain=False)


@transaction.atomic
def learn(
    run: Run | None, *, step_key: str = "", happened: str, next_time: str, sure: bool = False, by: Person, at: datetime.datetime
) -> Lesson:
    """Write down a lesson of a run (None: of the whole), about one of the steps by its key (empty: all). Raises `SomebodyInIt`."""
    look_for_people(Told(happened, next_time, sure))
    lesson = Lesson.objects.create(run=run, step_key=step_key, happened=happened, next_time=next_time, by=by.uuid, at=at)
    note("lesson.learned", lesson, by=by, at=at)
    return lesson


@transaction.atomic
def change_lesson(
    lesson: Lesson, *, step_key: str = "", happened: str, next_time: str, sure: bool = False, by: Person, at: datetime.datetime
) -> None:
    """Write an open lesson anew. Raises `SomebodyInIt` or `NotOpen`."""
    look_for_people(Told(happened, next_time, sure))
    stay_open(lesson)
    lesson.step_key, lesson.happened, lesson.next_time = step_key, happened, next_time
    lesson.save(update_fields=["step_key", "happened", "next_time"])
    note("lesson.changed", lesson, by=by, at=at)


@transaction.atomic
def remove_lesson(lesson: Lesson, *, by: Person, at: datetime.datetime) -> None:
    """Take an open lesson away. Raises `NotOpen`."""
    stay_open(lesson)
    note("lesson.removed", lesson, by=by, at=at)
    lesson.delete()


@transaction.atomic
def propose(lesson: Lesson, *, by: Person, at: datetime.datetime) -> None:
    """Put a lesson into the draft of the next version, which begins with the first lesson. Raises `WrongStage`."""
    draft = draft_next(by=by, at=at)
    Lesson.objects.filter(pk=lesson.pk).update(version=draft)
    lesson.version = draft
    move(lesson, LessonStage.PROPOSED, moves=LESSON_MOVES)
    note("lesson.proposed", lesson, by=by, at=at, version=draft.number)


@transaction.atomic
def do_not_take(lesson: Lesson, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Do not take a lesson over, with the reason for who wrote it. Raises `WrongStage`."""
    Lesson.objects.filter(pk=lesson.pk).update(why_not=why)
    lesson.why_not = why
    move(lesson, LessonStage.NOT_TAKEN, moves=LESSON_MOVES)
    leave_version(lesson)
    note("lesson.not_taken", lesson, by=by, at=at)


@transaction.atomic
def open_again(lesson: Lesson, *, by: Person, at: datetime.datetime) -> None:
    """Back to the open lessons: out of the proposal, or after all. Raises `WrongStage`."""
    move(lesson, LessonStage.OPEN, moves=LESSON_MOVES)
    leave_version(lesson)
    Lesson.objects.filter(pk=lesson.pk).update(why_not="")
    lesson.why_not = ""
    note("lesson.opened_again", lesson, by=by, at=at)


def stay_open(lesson: Lesson) -> None:
    """Hold the row, so that nobody proposes what is being written. Raises `NotOpen`."""
    if not Lesson.objects.select_for_update(of=("self",)).filter(pk=lesson.pk, stage=LessonStage.OPEN).exists():
        raise NotOpen(_("This lesson is part of a proposal or of the method. It stays as it is."))


def leave_version(lesson: Lesson) -> None:
    Lesson.objects.filter(pk=lesson.pk).update(version=None)
    lesson.version = None


def note(verb: str, lesson: Lesson, *, by: Person, at: datetime.datetime, version: int | None = None) -> None:
    """One line in the record. Lessons are for staff, so no page is made anew."""
    payload = {"run": str(lesson.run.uuid)} if lesson.run else {}
    if version:
        payload["version"] = str(version)
    record(verb, room="method", thing=f"lesson:{lesson.uuid}", by=by.uuid, at=at, duty=duty_to_learn(by), payload=payload)
