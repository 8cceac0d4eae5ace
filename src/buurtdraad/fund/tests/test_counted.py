"""How often the pages of the fund ask the database: as often with more rows, and no more than is written here."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.fund.actions import rules as versions
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
