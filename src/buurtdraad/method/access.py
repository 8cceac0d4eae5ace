"""Everybody reads the method. The programme manager writes it; who works in an area carries out its run."""

from buurtdraad.accounts.access import STAFF_MEMBER, Reach, Someone, areas_of, duty_for, has_duty, with_duty, with_working_areas
from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import Person
from buurtdraad.method.models import Lesson
from buurtdraad.method.states import LessonStage
from buurtdraad.places.models import Area

__all__ = [
    "EDITOR",
    "RUNNER",
    "RUNNERS",
    "STAFF_MEMBER",
    "areas_to_run",
    "duty_here",
    "duty_to_learn",
    "may_change_lesson",
    "may_edit",
    "may_learn",
    "may_run",
    "may_start",
]

RUNNERS = (Duty.AREA_MANAGER, Duty.AREA_ADVISER, Duty.PROGRAMME_MANAGER)
EDITOR = with_duty(Duty.PROGRAMME_MANAGER)
RUNNER = with_duty(*RUNNERS)


def may_edit(person: Someone) -> bool:
    """Whether somebody writes the method itself, starts runs anywhere, and holds a pulse."""
    return has_duty(person, Duty.PROGRAMME_MANAGER)


def areas_to_run(person: Person) -> Reach:
    """Where somebody carries out a run: where they have a duty, and in a working area with a neighbourhood in which they have one."""
    return with_working_areas(areas_of(person, *RUNNERS), person)


def may_run(person: Someone, area: Area) -> bool:
    """Whether somebody starts and carries out the run of this area."""
    return isinstance(person, Person) and area.code in areas_to_run(person)


def duty_here(person: Someone) -> str:
    """From which duty somebody does that, for the record."""
    return duty_for(person, *RUNNERS)


# --- runs --------------------------------------------------------------------------------------------


def may_start(person: Someone, area: Area) -> bool:
    """Whether somebody starts a run in this area: who carries it out, and who writes the method anywhere."""
    return may_run(person, area) or may_edit(person)


# --- lessons -----------------------------------------------------------------------------------------


def may_learn(person: Someone) -> bool:
    """Whether somebody writes down lessons: all staff, about every area and about the whole."""
    return has_duty(person, *STAFF)


def may_change_lesson(person: Someone, lesson: Lesson) -> bool:
    """Whether somebody changes a lesson or takes it away: who wrote it, and the programme manager, as long as it is open."""
    if not (isinstance(person, Person) and lesson.stage == LessonStage.OPEN):
        return False
    return may_edit(person) or (lesson.by == person.uuid and may_learn(person))


def duty_to_learn(person: Someone) -> str:
    """From which duty somebody writes down a lesson, for the record."""
    return duty_here(person) or duty_for(person, *sorted(STAFF))
