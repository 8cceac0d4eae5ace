"""The working method at work in the demo city: Overvecht at step six, and Zuilen-Oost that began like it at step three."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.method.actions import runs
from buurtdraad.method.models import Run
from buurtdraad.method.queries.runs import checks_of, method_in_use, state_of
from buurtdraad.method.queries.runs import run_in as run_here
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area
from buurtdraad.running.demo.accords import SCHOOL, WELFARE
from buurtdraad.running.demo.agreements import HOUSING
from buurtdraad.running.demo.cast import OVERVECHT, ZUILEN_OOST
from buurtdraad.running.demo.parties import party

DAY = datetime.timedelta(days=1)
# How many days ago each step began.
OVERVECHT_AGO = (390, 365, 310, 270, 215, 20)
ZUILEN_AGO = (150, 125, 35)
# Of Overvecht alone; those of elsewhere stand with the agendas.
PARTNERS = ((WELFARE, "welfare"), (SCHOOL, "school"))
PASSED_OVER = "Dit was er al voordat deze site er was."

DECISIONS = (
    (360, "Wij beginnen in de flats rond het winkelcentrum. Daar hoorden wij het meest.", "Stuurgroep Overvecht"),
    (268, "Per flat doet één partner het woord. Zo weet iedereen wie hij kan bellen.", "Overleg van partners"),
    (18, "Wij vertellen elk kwartaal in elke hal wat er klaar is.", "Stuurgroep Overvecht"),
)
RISKS = (("De stuurgroep wisselt van mensen in het voorjaar.", "Wij schrijven elk besluit op, met de reden."),)
DECISION_ZUILEN = (33, "Wij kiezen drie onderwerpen, en niet meer.", "De stuurgroep van Zuilen-Oost")
OTHERWISE, WHY = "Na de avond kiezen wij ook aan de deur.", "Op de avond kwamen bijna geen jonge ouders en jongeren."
DIFFERENTLY, BECAUSE = "In Zuilen-Oost kiest u ook aan de deur, niet alleen op een avond.", "Op de avond kwamen bijna geen jonge ouders."


def make_runs(by: Person, samira: Person, joris: Person, *, at: datetime.datetime) -> None:
    """Both runs; nothing where no method is in use. `by` is the programme manager."""
    areas = {area.code: area for area in Area.objects.filter(code__in=[OVERVECHT, ZUILEN_OOST])}
    if method_in_use() is None or len(areas) < len((OVERVECHT, ZUILEN_OOST)):
        return
    overvecht = make_overvecht(areas[OVERVECHT], by, samira, at)
    make_zuilen_oost(areas[ZUILEN_OOST], overvecht, by, joris, at)


def make_overvecht(area: Area, by: Person, samira: Person, at: datetime.datetime) -> Run:
    """Where it was built: six steps in more than a year."""
    began_at = at - OVERVECHT_AGO[0] * DAY
    today = timezone.localdate(began_at)
    take_part = [party(name, kind, [area], by=by, at=began_at) for name, kind in PARTNERS]
    run = runs.start(area, first_on=today, by=by, at=began_at)
    take_part += Organisation.objects.filter(name=HOUSING)
    runs.choose_partners(run, take_part=take_part, by=by, at=began_at)
    runs.add_person(run, person=samira, role="trekker", by=by, at=began_at)
    go_through(run, OVERVECHT_AGO[1:], samira, at)
    for days, what, decided_by in DECISIONS:
        decided_at = at - days * DAY
        runs.decide(run, what=what, decided_by=decided_by, on=timezone.localdate(decided_at), by=samira, at=decided_at)
    for what, we_do in RISKS:
        runs.see_risk(run, what=what, we_do=we_do, by=samira, at=at - 15 * DAY)
    return run


def make_zuilen_oost(area: Area, like: Run, by: Person, joris: Person, at: datetime.datetime) -> None:
    """Begun like Overvecht, with one thing that it does otherwise."""
    began_at = at - ZUILEN_AGO[0] * DAY
    run = runs.start(area, like=like, first_on=timezone.localdate(began_at), by=by, at=began_at)
    runs.choose_partners(run, take_part=[one.organisation for one in run.partners.select_related("organisation")], by=joris, at=began_at)
    runs.add_person(run, person=joris, role="trekker", by=by, at=began_at)
    go_through(run, ZUILEN_AGO[1:], joris, at)
    days, what, decided_by = DECISION_ZUILEN
    runs.decide(run, what=what, decided_by=decided_by, on=timezone.localdate(at - days * DAY), by=joris, at=at - days * DAY)
    now = state_of(run_here(area.code) or run).now
    runs.deviate(run, what=OTHERWISE, why=WHY, step=now.step if now else None, by=joris, at=at - 30 * DAY)
    runs.say_differently(run, differently=DIFFERENTLY, because=BECAUSE, by=joris, at=at - 30 * DAY)
    evening = Meeting.objects.filter(area=area, stage=Stage.CLOSED).order_by("-starts_at").first()
    if now and evening:
        runs.tie_meeting(now, evening, by=joris, at=at - 30 * DAY)


def go_through(run: Run, days_ago: Sequence[int], by: Person, at: datetime.datetime) -> None:
    """From step to step: what people answer is met, what the data do not say is passed over."""
    for days in days_ago:
        then = at - days * DAY
        now = state_of(run_here(run.area.code) or run).now
        assert now is not None
        for check in checks_of(run, [now])[now.pk]:
            if check.value is None:
                runs.meet_check(run, check.check, by=by, at=then)
            elif check.missing:
                runs.pass_over(run, check.check, why=PASSED_OVER, by=by, at=then)
        runs.go_on(run, by=by, at=then)
