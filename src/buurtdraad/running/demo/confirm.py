"""What partners of the demo city said last: most is right, Linda was stuck and got an answer, and one was silent for months."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import OwnerFacts
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.states import OwnerKind, Role, Said
from buurtdraad.pages.confirming.actions import ask
from buurtdraad.partners import actions as partners
from buurtdraad.partners.models import Offer, Organisation, Representative
from buurtdraad.partners.states import Says
from buurtdraad.places.models import Area
from buurtdraad.running.demo.accords import SCHOOL
from buurtdraad.running.demo.agreements import HOUSING

DAY = datetime.timedelta(days=1)
WELFARE = "Welzijn De Brug"
EMAIL = "linda@devechtoever.example"
TREES, PLAYGROUND = "Twaalf bomen in de straten rond de Wilgenhof", "Een speelplek, getekend door ouders en kinderen"
DINNER, CLEANING = "Elke laatste vrijdag samen eten in het buurthuis", "Elke maand samen opruimen"
# Who helps with what, since so many days, and what they said of it so many days ago.
HELPS = (
    (DINNER, HOUSING, 70, Says.RIGHT, 6),
    (CLEANING, HOUSING, 70, Says.RIGHT, 6),
    (TREES, HOUSING, 70, Says.STUCK, 7),
    (PLAYGROUND, WELFARE, 95, None, 0),
)
STUCK = "De kweker levert pas in het voorjaar. Mogen wij de boomgaten alvast maken?"
ANSWER = "Ja, dat mag. Groen in de wijk komt woensdag kijken waar de leidingen liggen. De bomen komen in het voorjaar."


def make_confirmations(joris: Person, linda: Person, noor: Person, *, at: datetime.datetime) -> None:
    """De Vechtoever helps with three agreements and said so last week; its mail of this month waits.

    De Brug says nothing, nor does the school.
    """
    named = {one.name: one for one in Organisation.objects.filter(name__in=(HOUSING, WELFARE))}
    agreements = {one.what: one for one in Agreement.objects.filter(area__code="zuilen-oost").select_related("area", "topic__version")}
    voice = Representative.objects.filter(organisation=named.get(HOUSING), name=linda.name).first()
    if voice is None or not agreements:
        return
    partners.change_representative(voice, areas=list[Area](), email=EMAIL, by=joris, at=at)
    voice = Representative.objects.select_related("organisation__joined_to", "person").get(pk=voice.pk)
    for what, partner, since, says, ago in HELPS:
        helps(agreements[what], named[partner], by=joris, at=at - since * DAY)
        if says:
            tell(agreements[what], voice, says, noor=noor, at=at - ago * DAY)
    for offer in Offer.objects.exclude(organisation__name=SCHOOL).select_related("organisation").prefetch_related("areas"):
        partners.say(
            offer.organisation, thing=offer.thing, title=offer.what, area=offer.areas.first(), says=Says.RIGHT, words="",
            said_by=offer.organisation.name, by=None, at=at - 9 * DAY,
        )  # fmt: skip
    ask(voice, month=timezone.localdate(at).replace(day=1), at=at)


def helps(agreement: Agreement, organisation: Organisation, *, by: Person, at: datetime.datetime) -> None:
    facts = OwnerFacts(organisation.name, OwnerKind.PARTNER, Role.CO_WORKER, organisation)
    owner = agendas.add_owner(agreement, facts, by=by, at=at)
    agendas.accept(owner, said_by=organisation.name, how=Said.TOLD, by=by, at=at)


def tell(agreement: Agreement, voice: Representative, says: Says, *, noor: Person, at: datetime.datetime) -> None:
    """Linda says how it stands; Noor answers her two days later, where there is no area manager."""
    words = STUCK if says == Says.STUCK else ""
    said = partners.say(
        voice.organisation, thing=agreement.thing, title=agreement.what, area=agreement.area, says=says, words=words, said_by=voice.name,
        through=voice, by=None, at=at,
    )  # fmt: skip
    if says == Says.STUCK:
        partners.answer(said, text=ANSWER, on_site=True, by=noor, at=at + 2 * DAY)
