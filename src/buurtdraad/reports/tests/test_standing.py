"""How the half year stands: counted by the worker and kept, and counted once by the page where nothing is kept."""

import datetime
import re

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Ambition
from buurtdraad.reports import tasks
from buurtdraad.reports.actions.standing import keep_standing
from buurtdraad.reports.models import Standing
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.figures import Counting, Period
from buurtdraad.reports.queries.standing import OF_AMBITION, OF_CITY, count_standing, done_of, kept_standing, value_in
from buurtdraad.reports.tests.report_city import TODAY

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
SAID = re.compile(r"\d+ van de \d+ wensen kregen op tijd antwoord")


def said(client):
    return SAID.search(client.get("/voortgang/").text).group()


def test_what_is_kept_is_what_a_report_would_count_today(told):
    kept = keep_standing(NOW)
    counting = Counting(Period.of(*half_year_of(TODAY), TODAY))
    asked = [(name, {}) for name in OF_CITY]
    for code in told:
        asked += [(one, {"ambition": code}) for name in OF_AMBITION for one in (name, done_of(name))]
    assert len(kept.numbers) == len(asked)
    kept.refresh_from_db()
    assert {value_in(kept, name, **by) for name, by in asked} != {0}
    for name, by in asked:
        assert value_in(kept, name, **by) == counting.count(name, **by).value, name


def test_the_first_visit_where_nothing_is_kept_counts_and_keeps(told, client):
    assert not Standing.objects.exists()
    first = said(client)
    kept = Standing.objects.get()
    assert kept.numbers == count_standing(TODAY)
    assert first == f"{value_in(kept, OF_CITY[0])} van de {value_in(kept, OF_CITY[1])} wensen kregen op tijd antwoord"


def test_the_page_says_when_it_was_counted_and_stays_so_until_the_worker_counts_again(told, client):
    keep_standing(NOW - HOUR)
    before = said(client)
    when = timezone.localtime(NOW - HOUR)
    assert f"{when:%H:%M}." in re.search(r"Geteld op [^<]*", client.get("/voortgang/").text).group()
    Wish.objects.filter(answered_at=None).update(answered_at=NOW, answer_by=TODAY)
    assert said(client) == before
    tasks.prepare_coherence(0)
    assert said(client) != before
    assert Standing.objects.count() == 1


def test_the_page_goes_over_no_wish_when_it_is_kept(told, client, django_assert_max_num_queries):
    keep_standing(NOW)
    with django_assert_max_num_queries(8) as asked:
        client.get("/voortgang/")
    lists = (Wish._meta.db_table, Agreement._meta.db_table)
    assert not [one["sql"] for one in asked.captured_queries if any(f'"{table}"' in one["sql"] for table in lists)]


def test_another_half_year_and_what_is_a_day_old_are_counted_anew(told):
    first, last = half_year_of(TODAY)
    keep_standing(NOW)
    assert kept_standing(NOW) == Standing.objects.get()
    assert kept_standing(NOW + 25 * HOUR) is None
    after = NOW + datetime.timedelta(days=(last - TODAY).days + 2)
    Standing.objects.update(counted_at=after)
    assert kept_standing(after) is None
    kept = keep_standing(after)
    assert list(Standing.objects.values_list("from_on", flat=True)) == [kept.from_on]
    assert kept.from_on > first


def test_an_ambition_of_after_the_counting_says_that_nothing_is_counted(told, client):
    keep_standing(NOW)
    Ambition.objects.create(code="nieuw", number=9, name="Heel nieuw", from_on=TODAY)
    page = client.get("/voortgang/").text
    assert "Hiervoor is nog niets geteld." in page.split("Heel nieuw")[1]
