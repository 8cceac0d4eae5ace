"""The register of grants: who stands in it, with which columns, and nobody by name."""

# ruff: noqa: F811 (a fixture is named like what it is)

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.fund.actions.deciding import replace
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.models import Application, Letter, Settlement
from buurtdraad.fund.queries.register import register
from buurtdraad.fund.states import Ground, Outcome, SentBy, Who
from buurtdraad.fund.tests.decisions import days_ago, decided, linda, pot, proposed  # noqa: F401
from buurtdraad.fund.views import register as views
from buurtdraad.initiatives.states import Showing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]


@pytest.fixture
def known(decided, bas):
    """Decisions whose letter went out."""

    def make(**facts):
        decision = decided(**facts)
        make_known(decision, sent_by=SentBy.POST, on=days_ago(0), by=bas, at=timezone.now())
        return decision

    return make


def test_a_grant_stands_in_the_register_from_the_day_it_was_made_known(decided, bas):
    decision = decided(costs=("6000",))
    assert list(register()) == []
    make_known(decision, sent_by=SentBy.POST, on=days_ago(0), by=bas, at=timezone.now())
    (line,) = register()
    assert (line.asked, line.granted, line.determined, line.code) == (6000, 6000, None, "BU03440241")


def test_what_is_determined_at_once_has_its_final_amount_at_once(known):
    known()
    assert next(register()).determined == 5000


def test_a_refusal_does_not_stand_there(known):
    known(outcome=Outcome.REFUSED, amount=0, ground=Ground.NOT_PAID)
    assert list(register()) == []


def test_a_person_is_a_resident_and_an_organisation_has_its_name(known, client):
    known()
    known(costs=("100",))
    last = Application.objects.order_by("-pk").first()
    Application.objects.filter(pk=last.pk).update(who=Who.ORGANISATION, organisation_name="Vereniging Wilgenhof")
    Application.objects.exclude(pk=last.pk).update(organisation_name="Wordt niet getoond")
    assert "Vereniging Wilgenhof" in {line.applicant for line in register()}
    for address in ("/en/fonds/register/", "/en/fonds/register.csv", "/fonds/register/"):
        shown = client.get(address).getvalue().decode()
        assert "Vereniging Wilgenhof" in shown
        assert "Kees" not in shown
        assert "Wordt niet getoond" not in shown
    assert "resident" in client.get("/en/fonds/register/").content.decode()


def test_the_page_asks_as_much_for_many_grants_as_for_one(known, client, django_assert_max_num_queries):
    for number in (1, 3):
        for _more in range(number):
            known()
        # The sum of an area is asked apart, and what lies in it.
        for rest, most in (("", 5), ("?buurt=BU03440241", 8)):
            with django_assert_max_num_queries(most):
                client.get(f"/en/fonds/register/{rest}")
        assert len(list(register())) in {1, 4}


def test_a_page_has_few_grants_and_all_are_counted(known, client, monkeypatch):
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    for _each in range(3):
        known()
    page = client.get("/en/fonds/register/")
    assert (len(page.context["rows"]), page.context["page"].paginator.count, page.context["granted"]) == (2, 3, 15_000)
    assert len(client.get("/en/fonds/register/?page=2").context["rows"]) == 1
    assert client.get("/en/fonds/register/?buurt=BU03440241").context["granted"] == 15_000
    assert client.get("/en/fonds/register/?buurt=BU03440321").context["granted"] == 0


def test_a_plan_that_is_not_on_the_site_is_named_by_its_kind(known, client):
    decision = known()
    assert ">€5,000</td>" in client.get("/en/fonds/register/").content.decode().replace("\u00a0", " ")
    assert "Wilgentuin" in client.get("/en/fonds/register/").content.decode()
    type(decision.application.initiative).objects.update(showing=Showing.REMOVED)
    assert "Wilgentuin" not in client.get("/en/fonds/register.csv").getvalue().decode()


def test_a_new_decision_takes_the_place_of_the_old_when_it_is_known(known, linda):
    before = known(outcome=Outcome.PARTLY, amount=3000, ground=Ground.NOT_PAID)
    after = replace(before, outcome=Outcome.GRANTED, amount=Decimal(5000), words="U had gelijk.", by=linda, at=timezone.now())
    assert [line.granted for line in register()] == [3000]
    make_known(after, sent_by=SentBy.POST, on=days_ago(0), by=linda, at=timezone.now())
    assert [line.granted for line in register()] == [5000]


def test_the_table_has_the_columns_of_a_register_of_subsidies(known, client, bas):
    decision = known(costs=("6000",))
    letter = Letter.objects.create(application=decision.application, about="settlement", facts={}, made_at=timezone.now())
    Settlement.objects.create(
        application=decision.application, decision=decision, granted=6000, amount=5500, ground="not_done", words="Klaar", letter=letter,
        made_by=bas.uuid, made_at=timezone.now(), known_on=days_ago(0),
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(client.get("/en/fonds/register.csv").getvalue().decode("utf-8-sig"))))
    (row,) = rows
    year = str(timezone.localdate().year)
    assert (row["Year of the fund"], row["Year of the decision"], row["Granted (euros)"]) == (year, year, "6000.00")
    assert (row["Final amount (euros)"], row["Code of the area"], row["Taken back"]) == ("5500.00", "BU03440241", "0")
    assert {"Scheme", "Policy field", "Kind", "Who got it", "What for", "How often", "Asked (euros)", "Whose money"} <= set(row)


def test_hostile_names_do_nothing_in_page_or_table(known, client):
    known()
    Application.objects.update(who=Who.ORGANISATION, organisation_name='=HYPERLINK("http://x")<script>alert(1)</script>')
    assert "<script>alert" not in client.get("/en/fonds/register/").content.decode()
    assert "'=HYPERLINK" in client.get("/en/fonds/register.csv").getvalue().decode()


def test_one_chooses_a_year_and_an_area(known, client):
    known()
    year = timezone.localdate().year
    for query, there in (
        (f"?jaar={year}", True),
        ("?jaar=1999", True),
        ("?buurt=WK034402", True),
        ("?buurt=WK034403", False),
        ("?buurt=%00", True),
        ("?buurt=zzz", True),
    ):
        shown = client.get(f"/en/fonds/register/{query}")
        assert shown.status_code == 200
        assert ("Wilgentuin" in shown.content.decode()) is there


def test_an_area_without_grants_says_so_of_that_year_and_leads_to_the_whole_city(known, client):
    known()
    year = timezone.localdate().year
    page = client.get("/fonds/register/?buurt=WK034403").content.decode()
    assert f"In {year} kreeg geen plan in Overvecht geld" in page
    assert f'href="?jaar={year}">Bekijk de hele stad</a>' in page
    assert "Nog geen plan kreeg geld" not in page


def test_an_empty_register_says_so(client, areas):
    assert "No plan got money yet" in client.get("/en/fonds/register/").content.decode()


def test_the_register_asks_as_much_for_one_as_for_three(known):
    counts = []
    for number in (1, 2):
        for _each in range(number):
            known(costs=("100",))
        with CaptureQueriesContext(connection) as asked:
            list(register())
        counts.append(len(asked))
    assert counts[0] == counts[1] == 3


def test_the_file_is_sent_while_it_is_read_in_the_language_of_who_asked(known, client):
    decision = known()
    type(decision.application.initiative).objects.update(showing=Showing.REMOVED)
    for path, comma, words in (("/en/fonds/register.csv", ",", "resident"), ("/fonds/register.csv", ";", "bewoner")):
        answer = client.get(path)
        assert answer.streaming
        with override("en" if words == "bewoner" else "nl"):  # as another request on this thread may leave it
            (row,) = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig").split("\r\n", 1)[1]), delimiter=comma)
        assert words in row
        with override("en" if words == "resident" else "nl"):
            facts = decision.application
            assert {facts.get_activity_display(), facts.initiative.get_theme_display()} <= set(row)


def test_a_long_register_comes_in_pages_and_counts_all(known, client, monkeypatch):
    monkeypatch.setattr("buurtdraad.fund.views.register.ON_A_PAGE", 1)
    known()
    known(costs=("100",))
    first, second = (client.get("/fonds/register/", {"page": number}).content.decode() for number in (1, 2))
    assert first.count("<tr") == second.count("<tr") == 2  # the head and one plan
    assert first != second
    assert "5.100" in first
    assert "page=2" in first
    assert client.get("/fonds/register/", {"page": "x"}).status_code == 200
