"""Who works in the neighbourhoods of the story, and two trainings with people. Everybody is invented, and so is every phone number."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.partners.actions import add_contact
from buurtdraad.partners.models import Organisation
from buurtdraad.placements import actions as trainings
from buurtdraad.placements.models import Module, Session
from buurtdraad.placements.queries.training import list_of
from buurtdraad.places.models import Area
from buurtdraad.running.demo.agreements import HOUSING
from buurtdraad.running.demo.cast import OVERVECHT, ZUILEN, ZUILEN_OOST
from buurtdraad.running.demo.parties import party

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
AREAS, GREEN, WORK, CARE = "Gemeente, wijken", "Gemeente, groen en straten", "Gemeente, werk en inkomen", "Thuiszorg De Linde"
WELFARE = "Welzijn De Brug"
NEW_PARTNERS = ((AREAS, "department"), (GREEN, "department"), (WORK, "department"), (CARE, "care"))


@dataclass(frozen=True)
class Face:
    """Somebody who works in areas: of the cast, or somebody else; without an account nobody can be asked by mail."""

    first_name: str
    organisation: str
    areas: tuple[str, ...]
    does: str
    helps_with: str = ""
    phone: str = ""
    walk_in: str = ""
    role: str = ""

    @property
    def on_site(self) -> bool:
        return bool(self.helps_with)


FACES = (
    Face(
        "Joris", AREAS, (ZUILEN, ZUILEN_OOST), "Gebiedsadviseur", "Een idee of een klacht over uw buurt", "14 030",
        "dinsdag van 10 tot 12 uur in De Uithoek", "joris",
    ),
    Face(
        "Samira", AREAS, (OVERVECHT,), "Gebiedsadviseur", "Een idee of een klacht over uw buurt", "14 030",
        "woensdag van 14 tot 16 uur in het buurthuis", "samira",
    ),
    Face("Linda", HOUSING, (ZUILEN_OOST, OVERVECHT), "Wijkbeheer", "Uw woning, het trappenhuis en de tuin", "0300000101", role="linda"),
    Face(
        "Fenna", CARE, (ZUILEN_OOST,), "Wijkverpleging en contact met de huisartsen", "Zorg thuis, of als u zich zorgen maakt om een buur",
        "0300000102", "elke ochtend van 9 tot 10 uur in het gezondheidscentrum",
    ),
    Face("Youssef", WELFARE, (ZUILEN, OVERVECHT), "Jongerenwerk", "Jongeren, en wat zij in de buurt willen doen", "0300000103"),
    Face("Marloes", WORK, (OVERVECHT,), "Geldzorgen en schulden", "Vragen over geld of post die u niet begrijpt", "14 030"),
    Face("Wim", GREEN, (ZUILEN_OOST,), "Onderhoud van groen en speelplekken"),
    Face("Anke", GREEN, (ZUILEN,), "Riool en straten"),
)  # fmt: skip

DOOR = ("Aan de deur", "U leert luisteren zonder meteen een oplossing te geven. Voor wie bij bewoners komt.")
PLAIN = ("Gewone taal", "U schrijft brieven die iedereen begrijpt. Voor wie aan bewoners schrijft.")
# What those who were there thought of it: a score and words.
THOUGHT = (
    (5, "Meer tijd om te oefenen."),
    (4, "Neem een bewoner mee."),
    (5, ""),
    (3, "De zaal was te klein."),
    (4, ""),
    (5, "Elk jaar herhalen."),
)
COLLEAGUES = ("tom", "priya", "bas", "joris", "samira", "hamid", "ria")


def show_faces(people: dict[str, Person], *, at: datetime.datetime) -> None:
    """Who works where, by Joris, and training, by Noor. Of those who are asked in the demo everybody agreed a month ago."""
    partners = {one.name: one for one in Organisation.objects.all()}
    areas = {area.code: area for area in Area.objects.filter(code__in={ZUILEN, ZUILEN_OOST, OVERVECHT})}
    today = timezone.localdate(at)
    for name, kind in NEW_PARTNERS:
        partners[name] = party(name, kind, areas.values(), by=people["noor"], at=at)
    for face in FACES:
        facts = {name: getattr(face, name) for name in ("first_name", "does", "helps_with", "phone", "walk_in", "on_site")}
        add_contact(
            organisation=partners[face.organisation], areas=[areas[code] for code in face.areas if code in areas],
            person=people.get(face.role), agreed_on=today - 30 * DAY if face.on_site else None, from_on=today - 200 * DAY,
            **facts, by=people["noor"], at=at,
        )  # fmt: skip
    give_training(people, at=at)


def give_training(people: dict[str, Person], *, at: datetime.datetime) -> None:
    """One training that was, with what people thought of it; and two to come, of which one is full."""
    noor = people["noor"]
    door, plain = (trainings.add_module(name=name, text=text, by=noor, at=at) for name, text in (DOOR, PLAIN))
    was = session(door, -20, 8, noor, at)
    colleagues = [people[slug] for slug in COLLEAGUES if slug in people]
    for colleague in colleagues:
        trainings.enrol(was, by=colleague, at=was.starts_at - 10 * DAY)
    places = list_of(was)
    came = places[: len(THOUGHT)]
    trainings.note_who_came(was, {one.pk for one in came}, by=noor, at=was.ends_at + HOUR)
    for enrolment, (useful, words) in zip(came, THOUGHT, strict=False):
        trainings.evaluate(enrolment, useful=useful, words=words, by=enrolment.person, at=was.ends_at + DAY)  # type: ignore[arg-type]
    full = session(door, 12, 2, noor, at)
    for slug in ("tom", "priya", "bas"):
        trainings.enrol(full, by=people[slug], at=at)
    session(plain, 19, 12, noor, at)


def session(module: Module, days: int, seats: int, by: Person, at: datetime.datetime) -> Session:
    """A session of two hours at ten in the morning, so many days from now; one of before was planned in its time."""
    morning = timezone.localtime(at + days * DAY).replace(hour=10, minute=0, second=0, microsecond=0)
    plan = trainings.Plan(morning, morning + 2 * HOUR, "Stadskantoor, zaal 3", seats)
    return trainings.plan_session(module, plan, by=by, at=min(at, morning - 30 * DAY))
