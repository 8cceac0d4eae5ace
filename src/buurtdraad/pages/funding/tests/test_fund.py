"""The front page of the fund: its sums are those of the ledger, per district and for each thousand inhabitants."""

from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.models import Initiative
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.states import Kind, Source
from buurtdraad.pages.funding.queries import fund_of
from buurtdraad.pages.tests.small_city import CITY, DISTRICT, FIRST, LANGUAGES, load_city
from buurtdraad.places.models import Area

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def pot():
    load_city()
    everywhere = Area.objects.get(code=CITY)
    return Pot.objects.create(name="Fonds", source=Source.FUND, year=NOW.year, area=everywhere, amount=20000, made_at=NOW)


def grant(pot, amount, code=FIRST, title="Wilgentuin"):
    area = Area.objects.get(code=code)
    made = Initiative.objects.create(slug=f"{title}-{Initiative.objects.count()}", title=title, area=area, theme=Theme.GREEN, made_at=NOW)
    return Commitment.objects.create(
        pot=pot, area=area, amount=Decimal(amount), kind=Kind.GRANT, initiative=made, made_at=NOW, told_on=NOW.date()
    )


def test_the_sums_are_those_of_the_grants(pot):
    grant(pot, "11900")
    grant(pot, "650.50", DISTRICT)
    grant(pot, "1000", CITY)
    grant(pot, "0")
    found = fund_of(NOW.year)
    assert (found.ceiling, found.granted, found.free, found.plans) == (Decimal(20000), Decimal("13550.50"), Decimal("6449.50"), 3)
    (district,) = found.districts
    assert (district.plans, district.euros) == (2, Decimal("12550.50"))
    assert district.a_thousand == (Decimal("12550.50") * 1000 / district.inhabitants).quantize(Decimal("0.01"))
    assert (found.elsewhere.plans, found.elsewhere.euros) == (1, Decimal(1000))


def test_another_pot_year_and_source_do_not_count(pot):
    other = Pot.objects.create(name="Agenda", source=Source.AGENDA, year=NOW.year, area=pot.area, amount=500, made_at=NOW)
    before = Pot.objects.create(name="Fonds", source=Source.FUND, year=NOW.year - 1, area=pot.area, amount=9000, made_at=NOW)
    grant(other, "100")
    grant(before, "300")
    assert fund_of(NOW.year).granted == 0
    assert fund_of(NOW.year - 1).granted == 300


def test_a_part_of_a_ceiling_counts_once(pot):
    part = Pot.objects.create(name="Deel", source=Source.FUND, year=NOW.year, area=pot.area, amount=5000, within=pot, made_at=NOW)
    grant(part, "700")
    found = fund_of(NOW.year)
    assert (found.ceiling, found.granted) == (Decimal(20000), Decimal(700))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_there_is_and_where_it_went(client, pot, settings, language):
    settings.CITY_PHONE = "14 030"
    grant(pot, "11900", title="<script>alert(1)</script>")
    page = client.get(f"{LANGUAGES[language]}/fonds/")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert 'href="tel:14030"' in page.text
    euro = "€" if language == "en" else "€\u00a0"
    for amount in ("20,000", "11,900", "8,100"):
        assert euro + (amount if language == "en" else amount.replace(",", ".")) in page.text


def test_without_any_pot_the_page_says_so(client):
    load_city()
    page = client.get("/fonds/")
    assert page.status_code == 200
    assert "<table" not in page.text


@pytest.mark.parametrize("year", ["1999", "abc", "", "-1", "२०२६", "9" * 40])
def test_a_year_without_money_is_no_page(client, pot, year):
    assert client.get("/fonds/", {"jaar": year}).status_code == 404
    assert client.get("/fonds/per-wijk.csv", {"jaar": year}).status_code == 404


def test_the_file_holds_what_the_page_says(client, pot):
    grant(pot, "11900")
    lines = client.get("/fonds/per-wijk.csv").text.splitlines()
    assert lines[0].removeprefix("\ufeff").startswith("jaar")
    assert any(DISTRICT in line and "11900" in line for line in lines[1:])


def test_the_file_reads_the_city_once_for_all_years(client, pot, django_assert_max_num_queries):
    for back in (1, 2, 3):
        Pot.objects.create(name="Fonds", source=Source.FUND, year=NOW.year - back, area=pot.area, amount=100, made_at=NOW)
    with django_assert_max_num_queries(1 + 4 + 4 * 2 + 1):
        assert client.get("/fonds/per-wijk.csv").status_code == 200


def test_many_grants_need_no_more_queries(client, pot, django_assert_num_queries):
    grant(pot, "10")
    with django_assert_num_queries(6):
        fund_of(NOW.year)
    for _each in range(3):
        grant(pot, "10")
    with django_assert_num_queries(6):
        fund_of(NOW.year)
