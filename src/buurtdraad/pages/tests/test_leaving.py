"""A partner that leaves an agreement between partners: what it still has to do is shown first. And one that stopped asks for somebody."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import holds, make_city, sign_in, someone
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.access import may_see_joiners
from buurtdraad.agendas.agenda.queries.owned import open_agreements_of
from buurtdraad.agendas.agenda.states import OwnerKind, Said
from buurtdraad.audit.models import Event
from buurtdraad.pages.work import waiting_for
from buurtdraad.partners import actions
from buurtdraad.partners.models import Organisation

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def areas():
    return make_city()


@pytest.fixture
def noor(areas):
    person = someone("Noor de Graaf")
    holds(person, Duty.PROGRAMME_MANAGER)
    return person


@pytest.fixture
def act(noor):
    return {"by": noor, "at": timezone.now()}


@pytest.fixture
def office(client, noor):
    return sign_in(client, noor)


@pytest.fixture
def partners(areas, act):
    def made(name):
        return actions.add_organisation(name=name, kind="housing", areas=[areas["WK034401"]], from_on=TODAY - 9 * DAY, **act)

    return {name: made(name) for name in ("De Vechtoever", "De Brug", "Vechtoever")}


@pytest.fixture
def accord(areas, partners, act):
    version = actions.make_accord(actions.AccordText("Wijkakkoord", "Goed wonen"), areas=[areas["WK034401"]], **act)
    for name in ("De Vechtoever", "De Brug"):
        actions.sign(version, partners[name], on=TODAY - 9 * DAY, **act)
    actions.put_in_force(version, on=TODAY, **act)
    return version


@pytest.fixture
def agreement(areas, partners, act):
    """Of the double, that said yes."""
    version = agendas.make_draft(areas["BU03440101"], **act)
    topic = agendas.add_topic(version, agendas.TopicFacts("Groen"), **act)
    agendas.adopt(version, adopted_by="Een avond", valid_from=TODAY, **act)
    topic.refresh_from_db()
    made = agendas.add_agreement(topic, agendas.Promise("Twee banken", due_on=TODAY + DAY), **act)
    owner = agendas.add_owner(made, agendas.OwnerFacts("Vechtoever", OwnerKind.PARTNER, organisation=partners["Vechtoever"]), **act)
    agendas.accept(owner, said_by="Linda", how=Said.TOLD, **act)
    return made


def leaving(accord, name):
    return f"/werk/wijkakkoorden/{accord.accord.uuid}/vertrek/{accord.signatures.get(organisation__name=name).pk}/"


def test_who_leaves_with_open_agreements_sees_them_first_also_those_of_a_double(office, accord, agreement, partners, act):
    actions.join(partners["Vechtoever"], into=partners["De Vechtoever"], **act)
    path = leaving(accord, "De Vechtoever")
    page = office.get(path).text
    assert "nog één afspraak die niet klaar is" in page
    assert "Twee banken" in page
    assert "Let op" not in office.get(leaving(accord, "De Brug")).text
    assert office.post(path, {"on": TODAY.isoformat(), "why": ""}).status_code == 422
    answer = office.post(path, {"on": TODAY.isoformat(), "why": "Geen mensen meer"})
    assert answer.headers["Location"] == f"/werk/wijkakkoorden/{accord.accord.uuid}/"
    assert accord.signatures.get(organisation=partners["De Vechtoever"]).why_left == "Geen mensen meer"
    assert office.get(path).status_code == 404
    assert open_agreements_of(partners["De Vechtoever"]) == [agreement]


def stopping(partner):
    return f"/werk/partners/{partner.uuid}/stoppen/"


def left_behind(person):
    return [item.title for kind, item in waiting_for(person, on=TODAY).lines if kind.name == "left_behind"]


def test_who_lets_a_partner_stop_sees_its_open_agreements_first_also_those_of_a_double(office, agreement, partners, act):
    actions.join(partners["Vechtoever"], into=partners["De Vechtoever"], **act)
    whole = partners["De Vechtoever"]
    assert stopping(whole) in office.get(f"/werk/partners/{whole.uuid}/").text
    page = office.get(stopping(whole)).text
    assert "nog één afspraak die niet klaar is" in page
    assert "Twee banken" in page
    assert "Let op" not in office.get(stopping(partners["De Brug"])).text
    assert office.get(stopping(partners["Vechtoever"])).status_code == 404, "a double stops with its whole"
    assert office.post(stopping(whole), {"last_day": ""}).status_code == 422
    assert office.post(stopping(whole), {"last_day": "2024-01-01"}).status_code == 422, "before the first day"
    answer = office.post(stopping(whole), {"last_day": TODAY.isoformat()})
    assert answer.headers["Location"] == f"/werk/partners/{whole.uuid}/"
    whole.refresh_from_db()
    assert whole.until_on == TODAY
    assert office.post(stopping(whole), {"last_day": TODAY.isoformat()}).status_code == 422, "it has ended already"


def test_the_agreements_of_a_partner_that_stops_wait_for_who_makes_the_agenda(areas, agreement, partners, noor, act):
    joris, samira = someone("Joris"), someone("Samira")
    holds(joris, Duty.AREA_ADVISER, areas["WK034401"]), holds(samira, Duty.AREA_ADVISER, areas["WK034402"])
    partner = partners["Vechtoever"]
    for last_day, waits in [(None, False), (TODAY + 40 * DAY, False), (TODAY + 9 * DAY, True), (TODAY - DAY, True)]:
        Organisation.objects.filter(pk=partner.pk).update(until_on=last_day)
        assert [("Vechtoever" in title, "Twee banken" in title) for title in left_behind(joris)] == [(True, True)] * waits, last_day
        assert left_behind(samira) == left_behind(noor) == [], "they make no agenda there"
    agendas.remove_owner(agreement.owners.get(), **act)
    assert left_behind(joris) == []


def test_the_page_of_an_agreement_says_that_its_partner_stopped(office, client, agreement, partners, act):
    page, words = f"/afspraken/{agreement.pk}/", "Deze partner is gestopt op"
    assert words not in client.get(page).text
    actions.join(partners["Vechtoever"], into=partners["De Vechtoever"], **act)
    actions.change_organisation(partners["De Vechtoever"], areas=[], challenges=[], **act)
    partners["Vechtoever"].works_in.all().delete()
    office.post(stopping(partners["De Vechtoever"]), {"last_day": (TODAY - DAY).isoformat()})
    assert words in client.get(page).text
    assert "BU03440101" in Event.objects.get(verb="organisation.ended").touches, "the page is made anew, though no partner works there"


def test_only_who_may_end_a_partner_does_so(client, areas, partners):
    for duty, area, status in [
        (Duty.AREA_MANAGER, "WK034401", 200),
        (Duty.AREA_MANAGER, "WK034402", 403),
        (Duty.MODERATOR, "WK034401", 403),
    ]:
        person = someone()
        holds(person, duty, areas[area])
        sign_in(client, person)
        assert client.get(stopping(partners["De Brug"])).status_code == status


def test_what_a_partner_agreed_is_one_list_for_staff(client, noor, agreement, partners, act):
    sign_in(client, noor)
    actions.join(partners["Vechtoever"], into=partners["De Vechtoever"], **act)
    assert "Twee banken" in client.get(f"/werk/partners/{partners['Vechtoever'].uuid}/afspraken/").text
    assert "Er staat niets open" in client.get(f"/werk/partners/{partners['De Brug'].uuid}/afspraken/").text


def test_the_page_of_the_area_leads_to_what_partners_agreed_there(client, accord):
    page = f"/wijkakkoorden/{accord.accord.uuid}/"
    assert page in client.get("/buurten/WK034401/").text
    assert page in client.get("/buurten/BU03440101/").text
    assert page not in client.get("/buurten/WK034402/").text


def test_only_who_changes_the_accord_lets_a_partner_leave(client, areas, accord):
    path = leaving(accord, "De Brug")
    for duty, area, status in [
        (Duty.AREA_MANAGER, "WK034401", 200),
        (Duty.AREA_MANAGER, "WK034402", 403),
        (Duty.MODERATOR, "WK034401", 403),
    ]:
        person = someone()
        holds(person, duty, areas[area])
        sign_in(client, person)
        assert client.get(path).status_code == status


def test_a_partner_that_stopped_and_stands_in_an_accord_asks_for_who_sees_to_it(areas, accord, partners, noor):
    Organisation.objects.filter(pk=partners["De Brug"].pk).update(until_on=TODAY - DAY)
    joris, samira = someone("Joris"), someone("Samira")
    holds(joris, Duty.AREA_ADVISER, areas["WK034401"]), holds(samira, Duty.AREA_ADVISER, areas["WK034402"])
    for person, number in ((joris, 1), (noor, 1), (samira, 0)):
        items = [item for item in waiting_for(person, on=TODAY).items if "De Brug" in item.title]
        assert len(items) == number
    assert items == []


def test_who_speaks_for_the_whole_answers_for_the_agreement_of_a_double(agreement, partners, act):
    linda = someone("Linda Mulder", email="linda@example.org", confirmed_at=timezone.now())
    actions.add_representative(partners["De Vechtoever"], name="Linda Mulder", email=linda.email, from_on=TODAY, **act)
    assert not may_see_joiners(linda, agreement)
    actions.join(partners["Vechtoever"], into=partners["De Vechtoever"], **act)
    assert may_see_joiners(linda, agreement)
    actions.part(partners["Vechtoever"], **act)
    assert not may_see_joiners(linda, agreement)
