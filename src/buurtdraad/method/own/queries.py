"""What this room has of a person, for that person alone: where they worked on a run, and their lessons. The pulse knows nobody."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from buurtdraad.accounts.models import Person
from buurtdraad.method.models import Lesson, RunPerson
from buurtdraad.method.queries.runs import runs_of
from buurtdraad.ui.rows import Row

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset({"method.RunPerson.person"})


def run_row(works: RunPerson) -> Row:
    code = works.run.area.code
    return Row(works.place or code, reverse("method:run", args=[code]), works.role)  # type: ignore[attr-defined]


def lessons_by(person: Person) -> QuerySet[Lesson]:
    """The lessons that a person wrote down, the last one first."""
    return Lesson.objects.filter(by=person.uuid)


def lesson_row(lesson: Lesson) -> Row:
    """One lesson, with its page: that is for staff."""
    return Row(
        Truncator(lesson.next_time).chars(100), reverse("method:work_lesson", args=[lesson.uuid]), lesson.get_stage_display(), lesson.at
    )


def personal_data(person: Person) -> dict:
    """All that this room has of a person, under a heading for each kind that they have something of."""
    found = {
        "werkt mee aan de aanpak in": [run_in_words(one) for one in runs_of(person)],
        "lessen": [lesson_in_words(one) for one in lessons_by(person)],
    }
    return {name: rows for name, rows in found.items() if rows}


def run_in_words(works: RunPerson) -> dict:
    return {"gebied": works.place, "als": works.role, "sinds": works.run.started_on}  # type: ignore[attr-defined]


def lesson_in_words(one: Lesson) -> dict:
    return {"wat er gebeurde": one.happened, "wat we anders zouden doen": one.next_time, "stand": one.get_stage_display(), "op": one.at}
