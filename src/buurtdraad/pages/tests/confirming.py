"""A partner with an agreement and an offer, who is asked: `partner.agree(story, wish)`, `partner.ask()`, `partner.token()`."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import OwnerFacts
from buurtdraad.agendas.agenda.states import OwnerKind, Said
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.pages.confirming.actions import ask
from buurtdraad.pages.tests.story import *  # noqa: F403 (the city of the wishes with what comes after one)
from buurtdraad.partners.models import Offer, Organisation, Representative

LONG_AGO = datetime.date(2024, 1, 1)
TODAY = timezone.localdate()
EMAIL = "linda@example.nl"


class Partner:
    """De Vechtoever with Linda, two benches under an agenda, and a walk-in hour."""

    def __init__(self, areas, joris):
        self.areas, self.joris = areas, joris
        self.organisation = self.another("De Vechtoever")
        self.linda = self.voice("Linda Mulder", EMAIL)

    def another(self, name):
        made = Organisation.objects.create(name=name, kind="housing", from_on=LONG_AGO)
        made.works_in.create(area=self.areas["zuilen-oost"])
        return made

    def voice(self, name, email, organisation=None, **facts):
        organisation = organisation or self.organisation
        return Representative.objects.create(organisation=organisation, name=name, email=email, from_on=LONG_AGO, **facts)

    def owns(self, agreement, organisation=None, *, at=None):
        """The organisation sees to it, and said yes."""
        organisation = organisation or self.organisation
        facts = OwnerFacts(organisation.name, OwnerKind.PARTNER, organisation=organisation)
        owner = agendas.add_owner(agreement, facts, by=self.joris, at=timezone.now())
        agendas.accept(owner, said_by="Linda", how=Said.TOLD, by=self.joris, at=at or timezone.now())
        return owner

    def offers(self, what="Spreekuur op dinsdag", *codes, organisation=None, **facts):
        made = Offer.objects.create(organisation=organisation or self.organisation, what=what, from_on=LONG_AGO, **facts)
        made.areas.set([self.areas[code] for code in codes])
        return made

    def ask(self, representative=None, at=None):
        at = at or timezone.now()
        month = timezone.localdate(at).replace(day=1)
        asked = Representative.objects.select_related("organisation__joined_to", "person").get(pk=(representative or self.linda).pk)
        return ask(asked, month=month, at=at)

    def token(self):
        """The token of the last mail with a link."""
        return self.mails()[-1][1].split("/klopt-het/")[1].split("/")[0]

    def mails(self):
        """Of the mails that wait, the first one first: to whom, and what they say."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'to', args->>'text' FROM procrastinate_jobs WHERE args ? 'to' ORDER BY id")
            return cursor.fetchall()


@pytest.fixture
def partner(areas, joris):
    return Partner(areas, joris)


@pytest.fixture
def benches(partner, story, wish):
    """Two benches, for which De Vechtoever said yes."""
    made = story.agree(story.topic(wish), owner="", at=timezone.now())
    partner.owns(made)
    return made


@pytest.fixture
def link(partner, benches):
    """The address of Linda's page."""
    assert partner.ask()
    return f"/klopt-het/{partner.token()}/"


@pytest.fixture
def noor(areas):
    """The programme manager."""
    return member_of_staff("Noor de Graaf", "noor@example.nl", None, Duty.PROGRAMME_MANAGER)


@pytest.fixture
def manager(areas):
    """The area manager of Noordwest, in which Zuilen-Oost lies."""
    return member_of_staff("Wim Smit", "wim@example.nl", areas["WK034402"], Duty.AREA_MANAGER)
