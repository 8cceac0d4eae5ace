"""The agreement between partners in Overvecht, and what they offer there. Everything here is invented, the organisations too."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.partners import actions
from buurtdraad.partners.actions import AccordText
from buurtdraad.partners.models import AccordVersion, Kind, Organisation
from buurtdraad.partners.states import Binding
from buurtdraad.places.models import Area
from buurtdraad.running.demo.agreements import HOUSING
from buurtdraad.running.demo.cast import OVERVECHT
from buurtdraad.running.demo.evenings import DAY
from buurtdraad.running.demo.parties import party

TITLE = "Wijkakkoord Overvecht"
GOAL = (
    "Wie in Overvecht woont, kan er goed en veilig wonen. Kinderen krijgen dezelfde kansen als in de rest van de stad."
    " Bewoners beslissen mee over hun eigen straat."
)
PRINCIPLES = (
    "We beginnen bij wat bewoners willen.",
    "We zeggen eerlijk wat kan en wat niet kan.",
    "Elke partner doet zelf wat die belooft.",
)
NEW_PRINCIPLES = (
    "We beginnen bij wat bewoners willen.",
    "We zeggen binnen drie weken eerlijk wat kan en wat niet kan.",
    "Elke partner doet zelf wat die belooft.",
    "Elk half jaar kijken we samen met bewoners wat er lukte.",
)
TEXT = (
    "De partners praten elke zes weken met elkaar.\nZe maken samen één lijst van wat er in de wijk gebeurt.\n"
    "Wie iets belooft, zegt ook wanneer het klaar is.\nLukt iets niet? Dan vertelt de partner waarom."
)
SCHOOL = "Basisschool De Vlinderdreef"
RESIDENTS = "Bewonersgroep De Zonnige Dreef"
WELFARE = "Welzijn De Dreef"
CITY = "Gebiedsteam Overvecht"
# Name, kind, and who signed for it. De Vechtoever is there already.
PARTIES = (
    (HOUSING, Kind.HOUSING, "Linda Mulder, beheer in de buurt"),
    (CITY, Kind.DEPARTMENT, "Samira El Idrissi, gebiedsadviseur"),
    (WELFARE, Kind.WELFARE, "Fadoua Amrani, directeur"),
    (SCHOOL, Kind.SCHOOL, "Marloes de Wit, directeur"),
    (RESIDENTS, Kind.RESIDENTS, "Ruud Kramer, voorzitter"),
)
OFFERS = (
    (HOUSING, "Een huismeester die elke dag door de flats loopt", "huurders"),
    (HOUSING, "Een zaal om te vergaderen, zonder huur", "groepen uit de wijk"),
    (WELFARE, "Inloop met koffie op dinsdag en donderdag", "iedereen"),
    (WELFARE, "Samen de post openen", "wie zorgen heeft over geld"),
    (SCHOOL, "Een gymzaal in de avond", "sportgroepen uit de wijk"),
    (RESIDENTS, "Buren die een rondje meelopen", "wie nieuw is in de wijk"),
)


def make_accords(samira: Person, *, at: datetime.datetime) -> None:
    """Two versions of one accord: the residents joined later, and the next version says within which time there is an answer."""
    area = Area.objects.filter(code=OVERVECHT).first()
    if area is None:
        return
    partners = make_partners(area, samira, at - 400 * DAY)
    first = actions.make_accord(words(PRINCIPLES), areas=[area], by=samira, at=at - 330 * DAY)
    sign(first, partners, PARTIES[:4], samira, at - 310 * DAY)
    actions.put_in_force(first, on=day(at - 300 * DAY), by=samira, at=at - 300 * DAY)
    sign(first, partners, PARTIES[4:], samira, at - 200 * DAY)
    second = actions.draft_next(first.accord, by=samira, at=at - 80 * DAY)
    actions.change_draft(second, words(NEW_PRINCIPLES), areas=[area], by=samira, at=at - 79 * DAY)
    sign(second, partners, PARTIES, samira, at - 62 * DAY)
    actions.put_in_force(second, on=day(at - 60 * DAY), by=samira, at=at - 60 * DAY)
    for name, what, for_whom in OFFERS:
        made_at = at - 90 * DAY
        actions.add_offer(partners[name], what=what, for_whom=for_whom, areas=[area], from_on=day(made_at), by=samira, at=made_at)


def make_partners(area: Area, by: Person, at: datetime.datetime) -> dict[str, Organisation]:
    """The parties by name; those that are there already stay as they are."""
    return {name: party(name, kind, [area], by=by, at=at) for name, kind, _signed_by in PARTIES}


def words(principles: tuple[str, ...]) -> AccordText:
    return AccordText(TITLE, GOAL, "\n".join(principles), Binding.EFFORT, TEXT)


def sign(version: AccordVersion, partners: dict[str, Organisation], parties: tuple[tuple, ...], by: Person, at: datetime.datetime) -> None:
    for name, _kind, signed_by in parties:
        actions.sign(version, partners[name], on=day(at), signed_by=signed_by, by=by, at=at)


def day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)
