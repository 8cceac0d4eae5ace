"""`/projecten/`: what everybody sees of works, and what nobody but colleagues sees."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.works.models import WorkAnswers, WorkMoney
from buurtdraad.works.states import Stage
from buurtdraad.works.tests.story import make_topic

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = "/projecten/"


def answer(work, **thing):
    return WorkAnswers.objects.create(work=work, since=timezone.now(), **thing)


@pytest.fixture
def page(client):
    return lambda path: " ".join(client.get(path).text.split()).replace("\xa0", " ")


def test_everybody_sees_what_where_which_department_and_until_when(page, make_work, wish, areas):
    work = make_work(where="Wilgenhof", until_on=datetime.date(2031, 6, 30), residents_part="Bewoners kiezen de bomen.")
    topic, agreement = make_topic(areas["zuilen-oost"])
    answer(work, wish=wish), answer(work, topic=topic), answer(work, agreement=agreement)
    WorkMoney.objects.create(work=work, source="state", year=2026, planned=9000, committed=5000, spent=1000)
    WorkMoney.objects.create(work=work, source="fund", year=2027, planned=1000)
    text = page(f"{LIST}{work.uuid}/")
    for words in (
        "Geuzenwijk",
        "Wilgenhof",
        "Stadsbedrijven",
        "30 juni 2031",
        "Bewoners kiezen de bomen.",
        "€ 10.000",
        "€ 5.000",
        "€ 1.000",
    ):
        assert words in text
    for path in (f"/wensen/{wish.reference}/", f"/onderwerpen/{topic.pk}/", f"/afspraken/{agreement.pk}/", "/buurten/BU03440241/"):
        assert f'href="{path}"' in text


def test_nobody_sees_who_leads_it_or_what_is_for_colleagues(page, make_work):
    work = make_work(problem="Geheim probleem", lesson="Geheime les", why="Geheime reden", decision="Geheim besluit", decision_by=TODAY)
    work.confirmed_by = "Tom van Dijk"
    work.confirmed_at = timezone.now()
    work.save()
    for text in (page(f"{LIST}{work.uuid}/"), page(LIST), page(f"{LIST}?gebied=BU03440241")):
        for secret in ("Tom", "utrecht.example", "Geheim"):
            assert secret not in text


def test_a_reason_is_public_only_for_what_stands_still_or_stops(page, make_work):
    work = make_work(stage=Stage.PAUSED, why="De aannemer is ziek.")
    assert "De aannemer is ziek." in page(f"{LIST}{work.uuid}/")


def test_what_is_not_public_is_not_there(client, page, make_work):
    work = make_work("Geheim riool", public=False)
    assert client.get(f"{LIST}{work.uuid}/").status_code == 404
    assert "Geheim riool" not in page(LIST)


def test_a_wish_that_left_the_site_is_not_named(page, make_work, wish):
    work = make_work()
    answer(work, wish=wish)
    Wish.objects.update(showing=Showing.WAITING)
    assert wish.reference not in page(f"{LIST}{work.uuid}/")


def test_an_area_shows_what_lies_in_it_and_around_it(page, make_work):
    make_work("In Geuzenwijk"), make_work("In Schaakbuurt", codes=("BU03440242",)), make_work("In Noordwest", codes=("WK034402",))
    make_work("Overal", codes=("GM0344",)), make_work("Klaar werk", stage=Stage.DONE, done_on=TODAY)
    here = page(f"{LIST}?gebied=BU03440241")
    assert [title for title in ("In Geuzenwijk", "In Schaakbuurt", "In Noordwest", "Overal", "Klaar werk") if title in here] == [
        "In Geuzenwijk", "In Noordwest", "Overal",
    ]  # fmt: skip
    assert "Bekijk 1 project dat klaar is" in here
    over = page(f"{LIST}?gebied=BU03440241&klaar")
    assert "Klaar werk" in over
    assert "In Geuzenwijk" not in over


def test_a_topic_and_an_agreement_lead_to_their_works(page, make_work, areas):
    topic, agreement = make_topic(areas["zuilen-oost"])
    answer(make_work("Voor het onderwerp"), topic=topic)
    answer(make_work("Voor de afspraak"), agreement=agreement)
    text = page(f"{LIST}?onderwerp={topic.pk}")
    assert "Voor het onderwerp" in text
    assert "Voor de afspraak" not in text
    assert "Voor de afspraak" in page(f"{LIST}?afspraak={agreement.pk}")
    assert f'href="{LIST}?onderwerp={topic.pk}"' in page(f"/onderwerpen/{topic.pk}/")
    assert f'href="{LIST}?afspraak={agreement.pk}"' in page(f"/afspraken/{agreement.pk}/")


@pytest.mark.parametrize("query", ["gebied=x", "gebied=%00", "onderwerp=x", "onderwerp=999", "afspraak=-1", "afspraak=wish:1"])
def test_an_address_that_names_nothing_is_not_there(client, areas, query):
    assert client.get(f"{LIST}?{query}").status_code == 404


def test_an_empty_list_is_friendly(page, areas):
    assert "Hier staat nog geen project" in page(LIST)


@pytest.mark.parametrize("language", ["", "/en", "/nl-x-simpel"])
def test_the_pages_hold_no_token_cookie_or_person(client, make_work, language):
    work = make_work()
    for path in (LIST, f"{LIST}{work.uuid}/"):
        response = client.get(language + path)
        assert response.status_code == 200
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in response.text


def test_a_page_is_dropped_when_its_place_changes(client, make_work, make_wish):
    work = make_work()
    answer(work, wish=make_wish("Een bank", area="BU03440321"))
    assert client.get(f"{LIST}{work.uuid}/").shows_places == {"BU03440241", "BU03440321"}
    assert client.get(LIST).shows_places == {"GM0344"}
    assert client.get(f"{LIST}?gebied=BU03440241").shows_places == {"BU03440241", "WK034402", "GM0344", "zuilen-oost"}


def test_pages_take_as_many_queries_with_one_and_with_three_works(client, make_work, make_wish):
    counts = []
    for number in (1, 3):
        for place in range(number):
            work = make_work(f"Werk {number} {place}")
            answer(work, wish=make_wish(f"Wens {number} {place}"))
            WorkMoney.objects.create(work=work, source="state", year=2026, planned=9)
        one = []
        for path in (LIST, f"{LIST}?gebied=BU03440241", f"{LIST}{work.uuid}/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            one.append(len(queries))
        counts.append(one)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 16


def test_the_list_counts_what_goes_on_and_what_is_done_in_one_question(client, make_work, django_assert_max_num_queries):
    make_work("Bezig"), make_work("Gestopt", stage="stopped", why="Geen geld"), make_work("Klaar", stage="done", done_on=TODAY, result="Ja")
    for query, title in (("", "Bezig"), ("?klaar", "Klaar")):
        with django_assert_max_num_queries(6) as asked:
            page = client.get(f"{LIST}{query}")
        assert (page.context["counts"].open, page.context["counts"].over) == (1, 1)
        assert [work.title for work in page.context["rows"]] == [title]
        assert page.context["page"].paginator.count == 1
        assert not [one["sql"] for one in asked.captured_queries if '"works_work"."shape"' in one["sql"]], "no shape of a list"
