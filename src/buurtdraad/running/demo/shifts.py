"""Hosts and shifts of the demo city, and who of the municipality was there in the last half year. All of it is invented."""

import datetime

from buurtdraad.accounts.models import Person
from buurtdraad.placements.actions import hosts, offering, shifts
from buurtdraad.placements.actions.hosts import HostFacts
from buurtdraad.placements.models import Host, Placement, Shift
from buurtdraad.placements.states import Physical, Stage
from buurtdraad.places.models import Area
from buurtdraad.running.demo.cast import OVERVECHT, ZUILEN
from buurtdraad.running.demo.evenings import DAY, moment
from buurtdraad.running.demo.parties import party

MANAGER = "leidinggevende@utrecht.example"
# Organisation, and of the place: area, name, address, tasks, house rules, languages, body, what they ask for, most at once,
# others first, contact and its address; then the hour and length of a shift, the first day to come, and in how many weeks.
DREEF, FOOD_BANK = (
    ("Stichting Samen aan Tafel", OVERVECHT, "Buurtmaaltijd De Dreef", "Dreefplein 1", "Soep koken, tafels dekken en serveren",
     "Was uw handen. Maak geen foto's. Wat u hoort, blijft hier.", "Arabisch, Turks", [Physical.STANDING], "", 3, False,
     "Ans de Wit", "ans@dedreef.example", 17, 3, 9, 4),
    ("Stichting Eten voor Elkaar", ZUILEN, "Voedselbank Zuilen", "Wilgenplein 3", "Pakketten maken en uitgeven",
     "Vraag niemand waarom hij komt.", "Engels", [Physical.STANDING, Physical.LIFTING], "Een handtekening dat u zwijgt over wie er komt",
     2, True, "Piet Maas", "piet@voedselbank.example", 10, 3, 6, 3),
)  # fmt: skip
# Days ago that people were at De Dreef and at the food bank, two each time: 18 people. Tom was there the last time.
AGO = {"Buurtmaaltijd De Dreef": (24, 45, 66, 87, 122, 157), "Voedselbank Zuilen": (38, 73, 108)}
DEPARTMENTS = (
    "Verkeer", "Groen", "Werk en Inkomen", "Verkeer", "Werk en Inkomen", "Verkeer", "Groen", "Verkeer", "Werk en Inkomen",
    "Groen", "Verkeer", "Werk en Inkomen", "Werk en Inkomen", "Groen", "Verkeer", "Werk en Inkomen", "Verkeer", "Groen",
)  # fmt: skip


def make_shifts(by: Person, tom: Person, *, at: datetime.datetime) -> list[Placement]:
    """Two hosts with shifts that were and that are to come; Tom wants to come again. Gives who was there, to be written.

    Nothing in a city without its places.
    """
    areas = {area.code: area for area in Area.objects.filter(code__in=[OVERVECHT, ZUILEN])}
    if len(areas) < len((OVERVECHT, ZUILEN)):
        return []
    made, people = [], iter(DEPARTMENTS)
    for plan in (DREEF, FOOD_BANK):
        host = host_of(plan, areas[plan[1]], by, at)
        for ago in AGO[host.name]:
            shift = shift_of(host, plan, -ago, by, at=at)
            made += [was_there(shift, next(people)) for _seat in range(2)]
        shift_of(host, plan, plan[-2], by, at=at, weeks=plan[-1])
    offering.hold(at=at)
    made[0].person = tom
    wants_to_come(tom, at)
    return made


def host_of(plan: tuple, area: Area, by: Person, at: datetime.datetime) -> Host:
    named, _area, name, address, tasks, house_rules, languages, physical, asks_for, most, first, contact, email, *_when = plan
    from_on = (at - 200 * DAY).date()
    organisation = party(named, "residents", [area], by=by, at=at)
    facts = HostFacts(
        organisation, area, name, address, tasks, from_on, house_rules, languages, [str(one) for one in physical], asks_for, most, first,
        contact, email,
    )  # fmt: skip
    return hosts.add_host(facts, by=by, at=at)


def shift_of(host: Host, plan: tuple, days: int, by: Person, *, at: datetime.datetime, weeks: int = 1) -> Shift:
    """A shift so many days from now (before now: less than zero)."""
    hour, hours = plan[-4:-2]
    starts_at = moment(at, days, hour)
    ends_at, offered_at = starts_at + datetime.timedelta(hours=hours), min(at, starts_at - 14 * DAY)
    return offering.offer(host, starts_at=starts_at, ends_at=ends_at, seats=2, tasks=host.tasks, weeks=weeks, by=by, at=offered_at)[0]


def was_there(shift: Shift, department: str) -> Placement:
    """Somebody who was there, and of whom we know the department only."""
    asked, said = shift.starts_at - 12 * DAY, shift.starts_at - 8 * DAY
    facts = {"since": asked, "agreed_at": asked + DAY, "confirmed_at": said, "over_at": shift.ends_at}
    return Placement(shift=shift, department=department, stage=Stage.ATTENDED, **facts)


def wants_to_come(tom: Person, at: datetime.datetime) -> None:
    """His manager agrees; the host is asked."""
    shift = Shift.objects.filter(host__name=DREEF[2], starts_at__gt=at).earliest("starts_at")
    why = "Vorige keer leerde ik veel over onze regels."
    placement = shifts.sign_up(shift, person=tom, department="Verkeer", manager_email=MANAGER, motivation=why, at=at)
    shifts.agree(placement, by=None, at=at)
