"""How the half year stands, and how the numbers of a report stand today: counted by the worker and kept."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.challenges.models import Ambition
from buurtdraad.reports import tasks
from buurtdraad.reports.actions.drafting import draft_again
from buurtdraad.reports.actions.standing import keep_standing, keep_today
from buurtdraad.reports.models import FigureToday, Standing
from buurtdraad.reports.queries.drafts import half_year_of
from buurtdraad.reports.queries.figures import Counting, Period
from buurtdraad.reports.queries.standing import OF_AMBITION, OF_CITY, count_standing, done_of, kept_standing, value_in
from buurtdraad.reports.queries.today import MOST
from buurtdraad.reports.tests.report_city import TODAY

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ANSWERS = "wensen-op-tijd-zuilen-oost"
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


def test_until_the_worker_counted_a_visit_hears_so_and_writes_nothing(told, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get("/voortgang/").text
    assert "Dit is nog niet geteld. We tellen elk uur." in page
    assert page.count("Hiervoor is nog niets geteld.") == len(told)
    assert not SAID.search(page)
    assert not Standing.objects.exists()
    tasks.prepare_coherence(0)
    kept = Standing.objects.get()
    assert kept.numbers == count_standing(TODAY)
    assert said(client) == f"{value_in(kept, OF_CITY[0])} van de {value_in(kept, OF_CITY[1])} wensen kregen op tijd antwoord"


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


def test_what_is_kept_is_of_one_half_year(told):
    first, last = half_year_of(TODAY)
    keep_standing(NOW)
    assert kept_standing(first) == Standing.objects.get()
    after = NOW + datetime.timedelta(days=(last - TODAY).days + 2)
    assert kept_standing(half_year_of(timezone.localdate(after))[0]) is None
    kept = keep_standing(after)
    assert list(Standing.objects.values_list("from_on", flat=True)) == [kept.from_on]
    assert kept.from_on > first


def test_an_ambition_of_after_the_counting_says_that_nothing_is_counted(told, client):
    keep_standing(NOW)
    Ambition.objects.create(code="nieuw", number=9, name="Heel nieuw", from_on=TODAY)
    page = client.get("/voortgang/").text
    assert "Hiervoor is nog niets geteld." in page.split("Heel nieuw")[1]


# --- how a number of a report stands today --------------------------------------------------------------


def test_at_night_each_number_of_a_published_report_is_counted_as_it_stands_today(published, told):
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    tasks.count_reports(0)
    counting = Counting(Period.of(published.from_on, published.until_on, TODAY))
    figures = list(published.figures.all())
    assert FigureToday.objects.filter(report=published).count() == len(figures)
    for one in figures:
        kept = FigureToday.objects.get(report=published, mark=one.mark)
        counted = counting.count(one.query, **one.parameters)
        assert (kept.value, kept.number) == (counted.value, len(counted.places)), one.mark
    assert figures
    assert FigureToday.objects.get(mark=ANSWERS).value == published.figures.get(mark=ANSWERS).value + 1
    tasks.count_reports(0)
    assert FigureToday.objects.count() == len(figures)


def test_a_draft_is_counted_at_night_too_until_it_is_drafted_again(report, noor, signed_in):
    client = signed_in(noor)
    page = f"/werk/rapport/{report.slug}/cijfer/{ANSWERS}/"
    assert "Hoe het nu is, is nog niet geteld. We tellen elke nacht." in client.get(page).text
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    tasks.count_reports(0)
    assert "In het rapport: 2. Zo staat het vandaag: 3." in client.get(page).text
    draft_again(report, by=noor, at=NOW)
    assert not FigureToday.objects.exists()


def test_of_a_draft_the_list_behind_a_number_is_read_and_no_other(report, noor, signed_in):
    client = signed_in(noor)
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(f"/werk/rapport/{report.slug}/cijfer/{ANSWERS}/").text
    assert "ZO-1" in shown
    assert not [one["sql"] for one in asked if re.search(r'"reports_report"\."(lists|frozen)"(?! ->)', one["sql"].split(" FROM ")[0])]


def test_the_page_of_a_number_shows_today_as_it_was_kept_and_says_when(published, client, django_assert_max_num_queries):
    page = f"/voortgang/{published.slug}/cijfer/{ANSWERS}/"
    before = client.get(page).text
    assert "Hoe het nu is, is nog niet geteld. We tellen elke nacht." in before
    assert 'id="h-today"' not in before
    assert not FigureToday.objects.exists()
    keep_today(published, NOW)
    with django_assert_max_num_queries(7) as asked:
        kept = client.get(page).text.split('id="h-today"')[1]
    assert f"Geteld op {date_format(timezone.localtime(NOW), 'j F Y H:i')}." in kept
    assert re.findall(r"/wensen/ZO-\d+/", kept) == re.findall(r"/wensen/ZO-\d+/", before) != []
    assert not [one["sql"] for one in asked.captured_queries if "agendas_answer" in one["sql"]], "the list is not made again"
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    assert "ZO-4" not in client.get(page).text.split('id="h-today"')[1]


def test_words_of_a_resident_that_went_are_not_on_a_list_that_was_kept(published, client):
    page = f"/voortgang/{published.slug}/cijfer/{ANSWERS}/"
    Wish.objects.filter(reference="ZO-1").update(text="Een heel bijzondere bank")
    keep_today(published, NOW)
    assert "bijzondere bank" not in str(list(FigureToday.objects.values_list("rows", flat=True)))
    assert "Een heel bijzondere bank" in client.get(page).text
    Wish.objects.filter(reference="ZO-1").update(showing=Showing.WAITING)
    today = client.get(page).text.split('id="h-today"')[1]
    assert "bijzondere bank" not in today
    assert "/wensen/ZO-1/" not in today
    assert "ZO-1" in today


def test_of_a_long_list_of_today_the_first_rows_are_shown_with_how_many_there_are(published, client):
    one = Wish.objects.get(reference="ZO-1")
    for number in range(60):
        Wish.objects.create(
            reference=f"ZO-9{number}", area=one.area, text="Nog een", theme=one.theme, channel=one.channel,
            given_at=one.given_at, answer_by=one.answer_by, answered_at=one.answered_at, showing=one.showing,
        )  # fmt: skip
    page = f"/voortgang/{published.slug}/cijfer/{ANSWERS}/"
    keep_today(published, NOW)
    today = client.get(page).text.split('id="h-today"')[1]
    assert len(set(re.findall(r"ZO-\d+", today))) == MOST, "also what has no page has a line"
    assert f"de eerste {MOST} van de 6" in today
