"""Money of a pot for a project of the municipality: committed by who keeps the pot, and seen back by everybody."""

from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.money.actions.committing import commit
from buurtdraad.money.models import Commitment
from buurtdraad.money.states import Kind
from buurtdraad.works.conftest import make_work  # noqa: F401
from buurtdraad.works.models import WorkAnswers

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def pot(make_pot):
    return make_pot(year=YEAR)


def test_who_keeps_a_pot_commits_money_to_a_project(signed_in, noor, pot, make_work):  # noqa: F811 (a fixture)
    work, client = make_work("Bomen op de Wilgenhof"), signed_in(noor)
    path = f"/werk/geld/pot/{pot.uuid}/project/"
    assert "Bomen op de Wilgenhof" in client.get(path).text
    assert client.post(path, {"work": "", "amount": "500"}).status_code == 422
    assert client.post(path, {"work": work.uuid, "amount": "900.000"}).status_code == 422
    assert client.post(path, {"work": work.uuid, "amount": "1.500", "words": "Drie bomen"}).status_code == 302
    promise = Commitment.objects.get()
    assert (promise.work, promise.kind, promise.area.code, promise.amount) == (work, Kind.WORK, "BU03440241", Decimal(1500))
    for page in (f"/werk/geld/pot/{pot.uuid}/", f"/werk/geld/vastgelegd/{promise.uuid}/"):
        assert "Bomen op de Wilgenhof" in client.get(page).text


def test_a_pot_offers_the_projects_of_its_own_area(signed_in, noor, make_pot, make_work):  # noqa: F811
    make_work("Hier"), make_work("Elders", codes=("BU03440321",)), make_work("Onderhoud", kind="maintenance")
    text = signed_in(noor).get(f"/werk/geld/pot/{make_pot(area='WK034402').uuid}/project/").text
    assert [title for title in ("Hier", "Elders", "Onderhoud") if title in text] == ["Hier"]


def test_a_word_finds_a_project_that_is_not_among_the_first(signed_in, noor, pot, make_work):  # noqa: F811
    for number in range(51):
        make_work(f"Bankje {number:02}")
    work, client, path = make_work("Zonnepanelen"), signed_in(noor), f"/werk/geld/pot/{pot.uuid}/project/"
    first = client.get(path).text
    assert first.count("<option") == 51
    assert "Zonnepanelen" not in first
    assert "Er zijn meer projecten" in first
    nothing = client.get(f"{path}?q=xyzzy").text
    assert "Geen project heeft dit woord in zijn naam." in nothing
    assert '<a href="?">Bekijk alle projecten</a>' in nothing
    found = client.get(f"{path}?q=zonne").text
    assert "Zonnepanelen" in found
    assert "Bankje" not in found
    assert client.post(f"{path}?q=zonne", {"work": work.uuid, "amount": "500"}).status_code == 302
    assert Commitment.objects.get().work == work


@pytest.mark.parametrize("asked", ["geen-uuid", "\0", "00000000-0000-4000-8000-000000000000"])
def test_money_goes_to_no_project_that_is_not_there(signed_in, noor, pot, asked):
    path = f"/werk/geld/pot/{pot.uuid}/project/"
    assert signed_in(noor).post(path, {"work": asked, "amount": "500"}).status_code == 422


def test_who_does_not_keep_the_pot_commits_nothing(signed_in, joris, pot):
    assert signed_in(joris).get(f"/werk/geld/pot/{pot.uuid}/project/").status_code == 403


def test_everybody_sees_to_which_project_it_went_and_from_which_wish(client, noor, pot, make_work, wish):  # noqa: F811
    work, hidden = make_work("Bomen op de Wilgenhof"), make_work("Geheim project", public=False)
    WorkAnswers.objects.create(work=work, wish=wish, since=timezone.now())
    for one in (work, hidden):
        commit(pot, amount=Decimal(100), kind=Kind.WORK, area=wish.area, work=one, by=noor, at=timezone.now())
    text = client.get("/geld/BU03440241/").text
    for words in (f'href="/projecten/{work.uuid}/"', "Een project van de gemeente", f'href="/wensen/{wish.reference}/"'):
        assert words in text
    assert "Geheim" not in text
    table = client.get("/geld/BU03440241/geld.csv").getvalue().decode()
    assert f"Bomen op de Wilgenhof;100,00;0,00;{wish.reference}" in table
    assert "Geheim" not in table
    assert "€\xa0100 voor Bomen op de Wilgenhof" in client.get(f"/wensen/{wish.reference}/").text
