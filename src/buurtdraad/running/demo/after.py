"""What came of placements in the demo city: Tom served at a neighbourhood meal in Overvecht, and a rule is simpler because of it."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Topic
from buurtdraad.placements.actions.after import keep_reflection, say_how_it_was, thank
from buurtdraad.placements.actions.becoming import to_topic
from buurtdraad.placements.actions.feelings import answer_feelings, make_codes
from buurtdraad.placements.actions.lessons import Told, mark_of, read_lesson, share
from buurtdraad.placements.actions.simplifying import give_rule, move_rule
from buurtdraad.placements.models import Lesson, Placement
from buurtdraad.placements.rules import last_closed
from buurtdraad.placements.states import RuleStage, Stage, Theme
from buurtdraad.running.demo.cast import OVERVECHT

DAY = datetime.timedelta(days=1)
MEAL_AGO = 120
ANSWERS, AWKWARD, WORTH_WHILE = 18, 14, 16
REFLECTION = "Ik stond te stuntelen met de soep. Niemand vond dat erg. Over de formulieren hoorde ik drie keer hetzelfde."
THANKS = "Dank voor de avond. Ik heb meer geleerd dan van een week vergaderen."
BENCH = Told(
    "Voor een bankje moeten bewoners twee formulieren invullen. Op beide staan dezelfde vragen, in moeilijke woorden.",
    Theme.RULES, None, "Twee formulieren voor een bankje", "Maak er een formulier van, met vijf vragen.",
)  # fmt: skip
CAME = "Er is nu een formulier met vijf vragen. Het past op een blad."
LETTER = Told(
    "Een brief over de huurtoeslag begrijpt bijna niemand aan tafel. Mensen gooien hem weg.",
    Theme.LANGUAGE, None, "De brief over de huurtoeslag", "Begin met wat iemand moet doen, en voor welke dag.",
)  # fmt: skip
WAITS = Told("Bij de maaltijd komen mensen die nooit naar een spreekuur gaan. Zet het spreekuur bij de maaltijd.", Theme.TOGETHER)


def make_lessons(tom: Person, noor: Person, *, at: datetime.datetime) -> None:
    """What Tom did after his placement in Overvecht, and what Noor did with it. Nothing where he was at none."""
    placement = Placement.objects.filter(person=tom, stage=Stage.ATTENDED, shift__host__area__code=OVERVECHT).first()
    if placement is None:
        return
    since = placement.shift.ends_at
    keep_reflection(placement, words=REFLECTION, by=tom, at=since)
    thank(placement, words=THANKS, by=tom, at=since)
    say_how_it_was(placement.shift, again=True, words="Fijne hulp. Volgende keer graag een schort mee.", at=since + DAY)
    bench = shared(placement, BENCH, tom, noor, since + 2 * DAY)
    simplify(bench, tom, noor, at)
    letter = shared(placement, LETTER, tom, noor, since + 4 * DAY)
    give_rule(letter.rule, owner=None, owner_name="Werk en Inkomen", due_on=timezone.localdate(at + 40 * DAY), by=noor, at=since + 9 * DAY)
    share(placement, in_area(WAITS, placement), by=tom, at=at - 2 * DAY)
    answer(last_closed(timezone.localdate(at)))


def in_area(told: Told, placement: Placement) -> Told:
    return Told(told.text, told.theme, placement.shift.host.area, told.rule, told.proposal)


def shared(placement: Placement, told: Told, tom: Person, noor: Person, at: datetime.datetime) -> Lesson:
    lesson = share(placement, in_area(told, placement), by=tom, at=at)
    read_lesson(lesson, yes=True, was=mark_of(lesson), by=noor, at=at + DAY)
    return lesson


def simplify(bench: Lesson, tom: Person, noor: Person, at: datetime.datetime) -> None:
    """Tom sees to the rule himself, and it is simpler before its date; the lesson stands with the topic of the bench."""
    assert bench.shared_at
    given, done = bench.shared_at + DAY, at - 3 * DAY
    give_rule(bench.rule, owner=tom, owner_name=bench.department, due_on=timezone.localdate(at + 10 * DAY), by=noor, at=given)
    move_rule(bench.rule, RuleStage.DONE, what_came=CAME, on=timezone.localdate(done), by=tom, at=done)
    if topic := Topic.objects.filter(title="Groen en ontmoeten", version__area__code="zuilen-oost").first():
        to_topic(bench, topic, by=noor, at=done)


def answer(half: str) -> None:
    """14 of 18 found it sometimes awkward, 16 of 18 worth while."""
    for number, token in enumerate(make_codes(ANSWERS, half)):
        answer_feelings(token, awkward=number < AWKWARD, worth_while=number >= ANSWERS - WORTH_WHILE)
