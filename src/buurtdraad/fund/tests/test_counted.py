"""How often the pages of the fund ask the database: as often with more rows, and no more than is written here."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.fund.actions import rules as versions
from buurtdraad.fund.models import Advice
from buurtdraad.fund.queries import ease, steps
from buurtdraad.fund.queries.deciding import overflow_day
from buurtdraad.fund.queries.rules import band_of, mandates, our_rules

pytestmark = pytest.mark.django_db


def make_version(rules, bas):
    facts = versions.Facts(
        {"source": "Besluit", "most": Decimal(40000), "decides": "het college", "weeks": 4},
        {"bands": [{"up_to": Decimal(40000), "accounting": "full"}]},
    )
    from_on = timezone.localdate() + datetime.timedelta(days=30)
    versions.make_version(rules.scheme, facts, from_on=from_on, by=bas, at=timezone.now())


def test_rows_of_rules_are_read_once_and_only_when_somebody_needs_them(rules, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = our_rules(timezone.localdate())
    with django_assert_num_queries(1):
        assert {band_of(found, Decimal(100)).up_to, band_of(found, Decimal(9000)).up_to} == {5000, 20000}
    with django_assert_num_queries(1):
        assert mandates(found) == mandates(found)


@pytest.mark.parametrize(
    "page", [("/fonds/aanvragen/", 6), ("/fonds/aanvragen/klein/", 5), ("/fonds/regels/", 10), ("/fonds/regels/initiatievenfonds/", 8)]
)
def test_a_page_asks_as_often_with_more_versions(client, rules, bas, page, django_assert_max_num_queries):
    path, most = page
    assert client.get(path).status_code == 200
    for _more in range(2):
        with django_assert_max_num_queries(most):
            assert client.get(f"{path}?keer={_more}").status_code == 200
        if not _more:
            make_version(rules, bas)


@pytest.mark.parametrize(("seconds", "minutes", "screens"), [([60, 120, 180, 240, 600], 3, 1), ([60, 120, 180, 240, 300, 600], 3.5, 1)])
def test_the_middle_one_is_counted_by_the_database(make_application, make_initiative, seconds, minutes, screens):
    plan, at = make_initiative("Wilgentuin"), timezone.now()
    for number in seconds:
        make_application(initiative=plan).steps.create(name=steps.COSTS, seconds=number, times=1, saved_at=at)
    figures = ease.ease_since(timezone.localdate() - datetime.timedelta(days=1), at=at)
    assert (figures.minutes, figures.screens) == (minutes, screens)


def test_too_few_have_no_middle_one(make_application):
    at = timezone.now()
    make_application().steps.create(name=steps.COSTS, seconds=60, times=1, saved_at=at)
    assert ease.ease_since(timezone.localdate() - datetime.timedelta(days=1), at=at).minutes is None


def test_advice_that_is_asked_comes_in_pages(make_application, make_initiative, signed_in, joris, priya):
    plan, at = make_initiative("Wilgentuin"), timezone.now()
    made = [make_application(initiative=plan) for _each in range(26)]
    Advice.objects.bulk_create(Advice(application=one, asked_of=joris.uuid, asked_by=priya.uuid, asked_at=at) for one in made)
    client = signed_in(joris)
    pages = [client.get(f"/werk/fonds/advies/?page={number}").text for number in (1, 2)]
    assert [sum(f"/werk/fonds/{one.uuid}/advies/" in page for one in made) for page in pages] == [25, 1]


def test_a_file_asks_once_what_its_parts_share(make_application, declared, signed_in, priya, django_assert_max_num_queries):
    application = make_application()
    declared(application, priya)
    client, path = signed_in(priya), f"/werk/fonds/{application.uuid}/"
    client.get(path)
    with django_assert_max_num_queries(45) as captured:
        assert client.get(path).status_code == 200
    for table in ("fund_costline", "fund_incomeline", "fund_question", "fund_interestdeclaration", "fund_payee"):
        asked = [query["sql"] for query in captured.captured_queries if f'FROM "{table}"' in query["sql"]]
        assert len(asked) == 1, table


def test_what_waits_for_a_pot_is_added_up_without_reading_requests(make_application, make_initiative, make_pot, django_assert_num_queries):
    pot, plan = make_pot("1000"), make_initiative("Wilgentuin")
    for _each in range(3):
        make_application(initiative=plan, pot=pot)
    with django_assert_num_queries(3) as captured:
        assert overflow_day(pot) == timezone.localdate()
    assert not any("applicant_name" in query["sql"] for query in captured.captured_queries)
