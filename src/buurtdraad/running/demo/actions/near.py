"""The part of the demo that is about working near to people: partners, the method, placements. After the agendas, in this order."""

import datetime

from django.db.models import Model

from buurtdraad.accounts.models import Person
from buurtdraad.method.models import Lesson, MethodVersion, Pulse, Run, StepTemplate
from buurtdraad.partners.models import Accord, Confirmation, LocalContact, Organisation
from buurtdraad.placements.models import FeelingAnswer, FeelingCode, Host, Module, Placement, Shift
from buurtdraad.placements.models import Lesson as PlacementLesson
from buurtdraad.places.models import Area
from buurtdraad.running.demo import after, lessons
from buurtdraad.running.demo.accords import make_accords
from buurtdraad.running.demo.cast import GEUZENWIJK
from buurtdraad.running.demo.confirm import make_confirmations
from buurtdraad.running.demo.faces import show_faces
from buurtdraad.running.demo.runs import make_runs
from buurtdraad.running.demo.shifts import make_shifts
from buurtdraad.running.demo.versions import make_method

# What is taken away at "Begin opnieuw", before partners and agendas.
MADE: tuple[type[Model], ...] = (
    PlacementLesson,
    FeelingAnswer,
    FeelingCode,
    Shift,
    Host,
    Module,
    Pulse,
    Lesson,
    Run,
    StepTemplate,
    MethodVersion,
    LocalContact,
    Confirmation,
    Accord,
)


def is_there() -> bool:
    return Run.objects.exists()


def fill_near(at: datetime.datetime) -> None:
    """All of it. Nothing in a city without its places or its cast."""
    people = {person.demo_role: person for person in Person.objects.exclude(demo_role=None)}
    if not people or not Area.objects.filter(code=GEUZENWIJK).exists():
        return
    make_accords(people["samira"], at=at)
    show_faces(people, at=at)
    make_confirmations(people["joris"], people["linda"], people["noor"], at=at)
    make_method(people["noor"], at=at)
    make_runs(people["noor"], people["samira"], people["joris"], at=at)
    lessons.make_lessons(people["noor"], people["samira"], at=at)
    Placement.objects.bulk_create(make_shifts(people["noor"], people["tom"], at=at))
    after.make_lessons(people["tom"], people["noor"], at=at)


def part_doubles() -> None:
    """So that organisations can be taken away in any order."""
    Organisation.objects.update(joined_to=None)
