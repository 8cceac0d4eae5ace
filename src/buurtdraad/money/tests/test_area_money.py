"""The money of an area, as everybody sees it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing as WishShowing
from buurtdraad.initiatives.models import InitiativeAgreement, InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.actions.committing import release
from buurtdraad.money.actions.reserving import reserve, say_yes
from buurtdraad.money.models import Pot
from buurtdraad.money.states import Source
from buurtdraad.money.tests.conftest import NOW
from buurtdraad.money.tests.test_reserving import HANDS
from buurtdraad.partners.models import Kind as OrganisationKind
from buurtdraad.partners.models import Organisation

pytestmark = pytest.mark.django_db
HERE = "/geld/BU03440241/?jaar=2026"
TABLE = "/geld/BU03440241/geld.csv?jaar=2026"
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def answers_wish(make_initiative, make_wish):
    """Makes initiatives that answer a wish of their own: `answers_wish("Wilgentuin", "Een bank", showing=...)`."""

    def make(title, wish="Een bank op de Wilgenhof", **facts):
        made = make_initiative(title, **facts)
        InitiativeWish.objects.create(initiative=made, wish=make_wish(wish))
        return made

    return make


@pytest.fixture
def garden(answers_wish):
    """The Wilgentuin, that answers a wish."""
    return answers_wish("Wilgentuin", slug="wilgentuin")


def test_without_pots_the_page_says_so_and_how_to_ask(client, areas):
    page = client.get(HERE).text
    assert "In 2026 is er geen pot alleen voor dit gebied" in page
    assert "Er is nog geen geld vastgelegd" in page
    assert 'href="/fonds/"' in page


def test_an_area_or_year_that_is_none_is_not_found(client, areas):
    for path in ("/geld/BU99999999/", "/geld/BU03440241/?jaar=veel", "/geld/BU03440241/?jaar=1", "/geld/BU99999999/geld.csv"):
        assert client.get(path).status_code == 404, path
    assert client.get("/en/geld/BU03440241/").status_code == 200


def test_the_pot_goes_down_by_what_was_granted_and_the_thread_leads_to_the_wish(client, make_pot, promise, garden):
    pot = make_pot("20000", area="BU03440241")
    promise(pot, 11900, garden)
    page = client.get(HERE).text
    for words in ("€\xa020.000", "€\xa011.900", "€\xa08.100", "Wilgentuin"):
        assert words in page, words
    wish = garden.answers_wishes.get().wish
    assert f'href="/wensen/{wish.reference}/"' in page


def test_money_for_an_agreement_leads_to_its_topic_and_wishes_and_says_how_it_was_decided(client, make_pot, agreement, joris, noor):
    pot = make_pot("20000", area="zuilen-oost", source=Source.AGENDA)
    made = reserve(pot, agreement, amount=Decimal(2500), decided=HANDS, by=joris, at=NOW)
    say_yes(made, by=noor, at=NOW)
    page = client.get("/geld/zuilen-oost/?jaar=2026").text
    assert f'href="/afspraken/{agreement.pk}/"' in page
    assert f'href="/onderwerpen/{agreement.topic_id}/"' in page
    assert "47 mensen, 38 voor, 4 tegen" in page
    wish = agreement.topic.wishes.get()
    assert f'href="/wensen/{wish.reference}/"' in page
    assert "Joris" not in page
    assert "Noor" not in page


def test_a_plan_that_carries_out_an_agreement_leads_to_the_wishes_of_its_topic(client, make_pot, promise, make_initiative, agreement):
    plan = make_initiative("Bankjes")
    InitiativeAgreement.objects.create(initiative=plan, agreement=agreement)
    promise(make_pot("500"), 100, plan)
    page = client.get(HERE).text
    assert f'href="/afspraken/{agreement.pk}/"' in page
    assert str(agreement.topic.wishes.get().reference) in page


def test_what_is_not_on_the_site_is_not_named_here(client, make_pot, promise, answers_wish, kees):
    plan = answers_wish("Geheim van Kees", of=kees, showing=Showing.PRIVATE)
    shown = answers_wish("Wel te zien", "Niet gelezen")
    wish = shown.answers_wishes.get().wish
    Wish.objects.filter(pk=wish.pk).update(showing=WishShowing.WAITING)
    pot = make_pot("500", area="BU03440241")
    promise(pot, 100, plan)
    promise(pot, 100, shown)
    for text in (client.get(HERE).text, client.get(TABLE).getvalue().decode()):
        assert "Een plan van bewoners" in text
        assert "Geheim" not in text
        assert "Kees" not in text
        assert str(wish.reference) not in text


def test_what_lies_in_a_ceiling_counts_once_and_a_wider_pot_is_named_apart(client, make_pot):
    ceiling = make_pot("1000", name="Plafond Noordwest", area="WK034402")
    make_pot("800", name="Geuzenwijk", area="BU03440241", within=ceiling)
    district = client.get("/geld/WK034402/?jaar=2026").text
    assert "<strong>€\xa01.000</strong>" in district
    assert "€\xa01.800" not in district
    page = client.get(HERE).text
    assert "<strong>€\xa0800</strong>" in page
    assert page.index("Uit deze potten kan ook geld komen") < page.index("Plafond Noordwest")


def test_money_is_told_by_source_with_the_name_of_a_partner(client, make_pot):
    vechtoever = Organisation.objects.create(name="De Vechtoever", kind=OrganisationKind.HOUSING, from_on="2020-01-01")
    partner = make_pot("0", name="Vechtoever", area="BU03440241")
    Pot.objects.filter(pk=partner.pk).update(source=Source.PARTNER, organisation=vechtoever)
    make_pot("300", name="Agenda", area="BU03440241", source=Source.AGENDA)
    page = client.get(HERE).text
    assert "Een partner: De Vechtoever" in page
    assert page.index("<strong>De buurtagenda</strong>") < page.index("<strong>Een partner</strong>")


def test_what_was_set_free_altogether_is_not_there(client, make_pot, promise, garden, bas):
    commitment = promise(make_pot("500", area="BU03440241"), 100, garden)
    release(commitment, Decimal(100), why="Gaat niet door", by=bas, at=NOW)
    assert "Wilgentuin" not in client.get(HERE).text


def test_other_years_are_one_click_away(client, make_pot):
    make_pot("500", area="BU03440241", year=2025)
    assert 'href="?jaar=2025"' in client.get(HERE).text


def test_hostile_names_stay_text(client, make_pot, promise, make_initiative):
    pot = make_pot("500", name=HOSTILE, area="BU03440241")
    Pot.objects.filter(pk=pot.pk).update(about=HOSTILE)
    promise(pot, 100, make_initiative(HOSTILE, slug="hostile"))
    page = client.get(HERE).text
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;") >= 3


def test_the_page_asks_as_much_with_one_row_as_with_three(client, make_pot, promise, answers_wish, agreement):
    def ask():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(HERE).status_code == 200
        return len(asked)

    pot = make_pot("5000", name="Een", area="BU03440241", within=make_pot("9000", name="Plafond"))
    for number in range(3):
        plan = answers_wish(f"Plan {number}", f"Wens {number} met eigen woorden")
        InitiativeAgreement.objects.create(initiative=plan, agreement=agreement)
        promise(pot, 100, plan)
        if number == 0:
            first = ask()
            make_pot("100", name="Twee", area="BU03440241", within=pot)
    assert ask() == first


def test_the_page_is_shared_and_made_anew_when_money_is_promised(client, make_pot, promise, garden):
    answer = client.get(HERE)
    assert {"BU03440241", "GM0344"} <= set(answer.shows_places)
    assert not answer.cookies
