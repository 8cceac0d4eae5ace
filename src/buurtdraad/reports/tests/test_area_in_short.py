"""An area in short and its timeline: the same questions for a few things and for many, and no more than a page of them."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.agendas.wishes.models import Supporter, Wish
from buurtdraad.reports.tests.report_city import TODAY, ZO
from buurtdraad.works.models import Work, WorkArea

TIMELINE = f"/buurten/{ZO}/tijdlijn/"


@pytest.fixture
def make_works(areas):
    """So many works in the neighbourhood that should be done by now, planned for the first of January."""

    def make(number: int) -> None:
        at = timezone.now()
        facts = {"department": "Stadsbedrijven", "made_at": at, "changed_at": at, "until_on": datetime.date(TODAY.year, 1, 1)}
        works = Work.objects.bulk_create(Work(title=f"Werk {one}", stage="busy", **facts) for one in range(number))
        WorkArea.objects.bulk_create(WorkArea(work=work, area=areas[ZO]) for work in works)

    return make


def test_a_sheet_asks_the_same_for_a_few_works_and_for_many(told, joris, signed_in, make_works, django_assert_max_num_queries):
    client = signed_in(joris)
    for number in (1, 30):
        make_works(number)
        with django_assert_max_num_queries(19):
            page = client.get(f"/werk/gebieden/{ZO}/kort/")
    # In what is late, and in what is open.
    assert 0 < page.text.count("Werk ") <= 10


def test_a_sheet_begins_with_what_most_people_want(told, joris, signed_in):
    first, second = Wish.objects.on_site().heads().filter(area__code=ZO).exclude(stage__in=["done", "not_done"])[:2]
    Supporter.objects.all().delete()
    Supporter.objects.bulk_create(Supporter(wish=second, since=timezone.now()) for _number in range(3))
    page = signed_in(joris).get(f"/werk/gebieden/{ZO}/kort/").text
    assert page.index(second.reference) < page.index(first.reference)
    assert "(3 mensen)" in page
    assert "(0 mensen)" not in page


def test_a_timeline_comes_in_pages(client, told, make_works, django_assert_max_num_queries):
    make_works(30)
    with django_assert_max_num_queries(9):
        first = client.get(TIMELINE).text
    assert first.count("Werk ") == 25
    assert client.get(f"{TIMELINE}?page=2").text.count("Werk ") == 5
    for nowhere in ("9", "0", "x", "-1"):
        assert client.get(f"{TIMELINE}?page={nowhere}").status_code == 404
