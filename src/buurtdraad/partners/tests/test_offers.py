"""What a partner offers: adding, changing and ending it, and what can be had in an area."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.accounts.tests.city import sign_in
from buurtdraad.audit.models import Event
from buurtdraad.partners import actions
from buurtdraad.partners.models import Offer
from buurtdraad.partners.queries.offers import offers_in, offers_of
from buurtdraad.partners.tests.conftest import FROM
from buurtdraad.partners.tests.test_pages import cost

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
HERE = "WK034401"


@pytest.fixture
def offer(manager, areas):
    def made(organisation, what="Inloop op dinsdag", *codes, **facts):
        given = {"for_whom": "iedereen", "from_on": FROM, "areas": [areas[code] for code in codes or [HERE]]} | facts
        return actions.add_offer(organisation, what=what, **given, by=manager, at=timezone.now())

    return made


@pytest.mark.parametrize("wrong", [{"what": ""}, {"until_on": FROM - DAY}])
def test_an_offer_says_what_and_ends_after_it_begins(add, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(**({"organisation": add(), "what": "Inloop", "from_on": FROM} | wrong))


def test_in_an_area_stands_what_can_be_had_there_today(add, offer):
    portaal = add("Portaal", HERE)
    offer(portaal, "Nu")
    offer(portaal, "Elders", "WK034402")
    offer(portaal, "Later", from_on=TODAY + DAY)
    offer(portaal, "Voorbij", until_on=TODAY - DAY)
    offer(add("Gestopt", HERE, until_on=TODAY - DAY), "Van wie stopte")
    assert [one.what for one in offers_in([HERE], on=TODAY)] == ["Nu"]
    assert {one.what for one in offers_of(portaal, on=TODAY)} == {"Nu", "Elders", "Later"}
    assert offers_in([HERE], on=TODAY, of=[]) == []


def test_what_a_double_offers_stands_with_the_name_of_the_whole(add, offer, manager):
    whole, double = add("Portaal", HERE), add("St. Portaal", HERE)
    offer(double, "Een zaal")
    actions.join(double, into=whole, by=manager, at=timezone.now())
    (one,) = offers_in([HERE], on=TODAY, of=[whole.pk])
    assert one.partner == whole
    assert [one.what for one in offers_of(whole, on=TODAY)] == ["Een zaal"]
    assert offer(double, "Nog een zaal").organisation == whole


def test_it_is_added_changed_and_ended_on_the_page_of_the_partner(office, add):
    portaal = add("Portaal", HERE)
    sent = {"what": "<script>alert(1)</script>", "for_whom": "ouderen", "areas": [HERE], "from_on": "2024-01-01", "until_on": ""}
    page = office.post(f"/werk/partners/{portaal.uuid}/aanbod/", sent, follow=True)
    assert "&lt;script&gt;" in page.text
    assert "<script>alert(1)" not in page.text
    one = Offer.objects.get()
    assert office.get(f"/werk/partners/aanbod/{one.uuid}/wijzigen/").context["form"]["areas"].value() == {HERE}
    office.post(f"/werk/partners/aanbod/{one.uuid}/wijzigen/", sent | {"what": "Inloop"})
    office.post(f"/werk/partners/aanbod/{one.uuid}/wijzigen/", sent | {"what": "Inloop"})
    office.post(f"/werk/partners/aanbod/{one.uuid}/stoppen/", {"last_day": TODAY.isoformat()})
    one.refresh_from_db()
    assert (one.what, one.until_on) == ("Inloop", TODAY)
    assert list(Event.objects.filter(thing=one.thing).values_list("verb", flat=True)) == ["offer.added", "offer.changed", "offer.ended"]
    assert office.post(f"/werk/partners/aanbod/{one.uuid}/stoppen/", {"last_day": "2030-01-01"}).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"what": ""}, {"what": "x" * 201}, {"areas": []}, {"areas": ["BU99"]}, {"until_on": "2023-01-01"}, {"from_on": "x"}]
)
def test_what_cannot_be_is_told_in_words(office, add, wrong):
    portaal = add("Portaal", HERE)
    sent = {"what": "Inloop", "areas": [HERE], "from_on": "2024-01-01"} | wrong
    answer = office.post(f"/werk/partners/{portaal.uuid}/aanbod/", sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not Offer.objects.exists()


def test_who_changes_partners_elsewhere_adds_no_offer_here(client, joris, add):
    sign_in(client, joris)
    assert client.get(f"/werk/partners/{add('Hier', HERE).uuid}/aanbod/").status_code == 200
    assert client.get(f"/werk/partners/{add('Daar', 'WK034402').uuid}/aanbod/").status_code == 403


def test_many_offers_cost_as_many_queries_as_few(office, add, offer):
    portaal = add("Portaal", HERE)
    page = f"/werk/partners/{portaal.uuid}/"
    offer(portaal)
    office.get(page)
    few = cost(office, page)
    offer(portaal, "Twee"), offer(portaal, "Drie")
    assert cost(office, page) == few


def test_a_partner_without_areas_offers_in_the_whole_city(office, add):
    portaal = add("Portaal")
    assert office.get(f"/werk/partners/{portaal.uuid}/aanbod/").context["form"].fields["areas"].choices[0][0] == "GM0344"


def test_what_a_partner_offers_ends_with_it_and_nothing_is_added_to_what_is_over(office, add, offer, manager):
    portaal = add("Portaal", HERE)
    now, later = offer(portaal), offer(portaal, "Later", from_on=TODAY + DAY)
    actions.end_organisation(portaal, last_day=TODAY - DAY, by=manager, at=timezone.now())
    assert [Offer.objects.get(pk=one.pk).until_on for one in (now, later)] == [TODAY - DAY, TODAY + DAY]
    page = office.get(f"/werk/partners/{portaal.uuid}/").text
    for words in ("Contactpersoon toevoegen", "Aanbod toevoegen"):
        assert words not in page
