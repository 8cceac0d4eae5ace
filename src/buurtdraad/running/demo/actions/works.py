"""The part of the demo that is about municipal work and coherence. After money, before budgets."""

import datetime

from django.db import connection
from django.db.models import Model

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Aim, Pledge
from buurtdraad.places.models import Area
from buurtdraad.reports.actions.preparing import prepare
from buurtdraad.reports.models import (
    Cell,
    Erratum,
    Figure,
    FigureToday,
    Finding,
    FrozenRow,
    FrozenText,
    MeasureValue,
    Mention,
    Prepared,
    Remark,
    Report,
    Section,
    Sentence,
    Standing,
)
from buurtdraad.running.demo.cast import GEUZENWIJK
from buurtdraad.running.demo.promises import make_promises
from buurtdraad.running.demo.wishes import THE_WISH
from buurtdraad.running.demo.works import SPACE, make_works
from buurtdraad.works.actions import checks
from buurtdraad.works.models import Buurtcheck, Register, RegisterLoad, Work, WorkAsked

DAY = datetime.timedelta(days=1)
# What is taken away at "Begin opnieuw", before partners, agendas and the programme.
MADE: tuple[type[Model], ...] = (
    Finding, Cell, MeasureValue, Prepared, Standing, Buurtcheck, Work, RegisterLoad, Register, WorkAsked, Aim, Pledge,
)  # fmt: skip
OF_REPORTS: tuple[type[Model], ...] = (FigureToday, Mention, FrozenRow, FrozenText, Remark, Sentence, Figure, Section, Erratum, Report)
CHECK = "Nieuwe speelplekken in Zuilen"
ASKS = "Ouders en kinderen willen een speelplek die zij zelf tekenen. Oudere bewoners willen er een bank en schaduw bij."
DOES = "Wij maken één plek op de Wilgenhof, met een bank in de schaduw. Een tweede plek is er niet: daar komt het riool."
SPOKE = "De groep van de Wilgenhof, basisschool De Wiek en De Vechtoever."


def is_there() -> bool:
    return Work.objects.exists()


def is_seen() -> bool:
    """Whether it was computed what fits, or there is nothing to compute."""
    return Prepared.objects.exists() or not Work.objects.exists()


def fill_works(at: datetime.datetime) -> None:
    """Project sheets, promises and a Buurtcheck. Nothing in a city without its places or its cast."""
    cast = {str(person.demo_role): person for person in Person.objects.exclude(demo_role=None)}
    if not cast or not Area.objects.filter(code=GEUZENWIJK).exists():
        return
    make_works(cast["tom"], cast["noor"], at=at)
    make_promises(cast["noor"], at=at)
    check = checks.start(
        title=CHECK, department=SPACE, areas=Area.objects.filter(code=GEUZENWIJK), by=cast["tom"], at=at - 9 * DAY
    )  # fmt: skip
    the_wish = Wish.objects.filter(reference=THE_WISH)
    checks.answer(check, asks=ASKS, does=DOES, spoke_with=SPOKE, wishes=the_wish, finish=True, by=cast["tom"], at=at - 8 * DAY)


def see_what_fits(at: datetime.datetime) -> None:
    """What is computed from all of it, once everything is there: also what came by the neighbourhood budgets."""
    prepare(at)


def take_away() -> None:
    """Reports go, also published ones: only a city with the cast of the demo can take those away (`reports/0004_demo_begins_again`)."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL buurtdraad.retention = 'on'")
        for model in OF_REPORTS:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (names of our own tables)
        cursor.execute("SET LOCAL buurtdraad.retention = 'off'")
