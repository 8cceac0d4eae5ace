"""What the city learned: lessons of Overvecht that flow to Zuilen-Oost, and two years of the pulse."""

import datetime
from itertools import cycle, islice

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.method.actions import lessons, pulse
from buurtdraad.method.models import Lesson, Pulse, Run
from buurtdraad.method.models.pulse import QUESTIONS
from buurtdraad.method.states import Group, RunStage
from buurtdraad.running.demo.cast import OVERVECHT, ZUILEN_OOST

DAY = datetime.timedelta(days=1)
OPEN_DAYS = 21

# Which step of the run by its place, how many days ago, what happened, what we would do differently.
OF_OVERVECHT = (
    (2, 210, "De foto van de wijk was klaar voordat bewoners hem zagen. Zij herkenden hun flat er niet in.",
     "Eerst drie gesprekken bij de lift, en dan pas cijfers opzoeken."),
    (3, 150, "Op de eerste avond kwamen vooral mensen die altijd komen.",
     "Twee avonden houden: een in de flat en een in het buurthuis, met eten erbij."),
    (4, 95, "Een partner zei ja, maar had het geld pas in het nieuwe jaar.",
     "Bij elke afspraak meteen vragen wanneer het geld er is, en dat opschrijven."),
)  # fmt: skip
OF_ZUILEN = (
    (1, 60, "Wij begonnen met de lijst van Overvecht. Dat scheelde ons vier weken.",
     "De lijst met partners van een andere wijk altijd eerst samen doorlopen."),
)  # fmt: skip
IN_GENERAL = (
    40,
    "Twee afdelingen vroegen in een maand hetzelfde aan dezelfde bewoners.",
    "Eerst kijken wie er al vroeg, en het samen doen.",
)
WHY_NOT = "Dit staat al in de stap zelf, bij de vragen aan elkaar."

# The answers of each year, by group: one row for each question, which repeats until everybody answered.
YEARS = (
    (1, 18, ((3, 2, 3, 4), (2, 2, 3), (3, 3, 2, 4), (2, 3, 2), (3, 2, 3)), 12, ((3, 3, 2), (2, 3, 3), (3, 2, 3, 3), (2, 2, 3), (3, 3))),
    (0, 24, ((4, 3, 4, 3), (3, 3, 4, 2), (4, 3, 4), (3, 2, 3), (4, 3, 3)), 15, ((4, 3, 3), (3, 3, 4), (4, 4, 3), (3, 2, 3), (3, 4, 3))),
)  # fmt: skip


def make_lessons(by: Person, area_adviser: Person, *, at: datetime.datetime) -> None:
    """Lessons of the runs that stand, and the pulse of last year and this one. `by` is the programme manager."""
    for code, told in ((OVERVECHT, OF_OVERVECHT), (ZUILEN_OOST, OF_ZUILEN)):
        run = Run.objects.exclude(stage=RunStage.ENDED).filter(area__code=code).first()
        if run and not run.lessons.exists():
            write_down(run, told, area_adviser, at)
    if not Lesson.objects.filter(run__isnull=True).exists():
        days, happened, next_time = IN_GENERAL
        lessons.learn(None, happened=happened, next_time=next_time, by=by, at=at - days * DAY)
    decide(by, at)
    if not Pulse.objects.exists():
        for years_ago, *groups in YEARS:
            make_year(years_ago, groups, by, at)


def write_down(run: Run, told: tuple[tuple, ...], by: Person, at: datetime.datetime) -> None:
    """Lessons, each about the step of that number."""
    keys = list(run.version.steps.values_list("key", flat=True))
    for number, days, happened, next_time in told:
        key = keys[number - 1] if number <= len(keys) else ""
        lessons.learn(run, step_key=key, happened=happened, next_time=next_time, by=by, at=at - days * DAY)


def decide(by: Person, at: datetime.datetime) -> None:
    """One lesson is in the draft of the next version, and one is not taken over."""
    of_overvecht = list(Lesson.objects.filter(run__area__code=OVERVECHT, stage="open").order_by("at"))
    if len(of_overvecht) < len(OF_OVERVECHT):
        return
    lessons.propose(of_overvecht[1], by=by, at=at - 20 * DAY)
    lessons.do_not_take(of_overvecht[2], why=WHY_NOT, by=by, at=at - 20 * DAY)


def make_year(years_ago: int, groups: list, by: Person, at: datetime.datetime) -> None:
    """The pulse of a year: it opened two months before today of that year, and everybody answered by a link."""
    opened_at = at - (365 * years_ago + 60) * DAY
    day = timezone.localdate(opened_at)
    made = pulse.open_pulse(timezone.localdate(at).year - years_ago, opens_on=day, closes_on=day + OPEN_DAYS * DAY, by=by, at=opened_at)
    staff, of_staff, partners, of_partners = groups
    for group, number, rows in ((Group.STAFF, staff, of_staff), (Group.PARTNERS, partners, of_partners)):
        columns = [list(islice(cycle(row), number)) for row in rows]
        for one in zip(*columns, strict=True):
            token = pulse.make_code(made, group.value)
            pulse.answer(token, dict(zip((field for field, _words in QUESTIONS), one, strict=True)), at=opened_at + DAY)
