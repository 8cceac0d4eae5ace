"""Sheets of one's own that nobody confirmed for two months wait at work, in one line."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.pages import work
from buurtdraad.works.conftest import areas, city_with_a_name, hamid, kees, make_work, noor, signed_in, tom  # noqa: F401

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=70)


def lines(person):
    found = work.waiting_for(person, on=timezone.localdate())
    return [item for kind, item in found.lines if kind.name == "sheets_to_confirm"]


def test_all_of_them_are_one_line_that_leads_to_one_page(make_work, tom):  # noqa: F811
    make_work(made_at=LONG_AGO), make_work(made_at=LONG_AGO), make_work()
    [line] = lines(tom)
    assert line.title == "Kloppen uw projectbladen nog? 2 projectbladen"
    assert line.link == "/werk/projecten/bevestigen/"
    assert line.since == timezone.localdate(LONG_AGO)


def test_who_owns_none_is_asked_nothing(make_work, noor, kees):  # noqa: F811
    make_work(made_at=LONG_AGO), make_work(made_at=LONG_AGO, owner_email="kees@example.nl")
    assert lines(noor) == []
    assert lines(kees) == [], "a resident has no sheets"


def test_the_entrances_are_for_who_may(noor, hamid, signed_in):  # noqa: F811
    for person, shown in ((noor, (True, True, True)), (hamid, (True, True, False))):
        page = signed_in(person).get("/werk/").text
        assert tuple(f'href="/werk/projecten/{name}/"' in page for name in ("bevestigen", "plakken", "lijsten")) == shown
