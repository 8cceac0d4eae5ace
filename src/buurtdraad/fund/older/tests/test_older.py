"""Requests from an older system: history, what still runs, what is refused, and the same file twice."""

import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.audit.actions import record
from buurtdraad.audit.models import Event
from buurtdraad.fund.access import is_history, may_see_to, may_settle
from buurtdraad.fund.actions.deciding import decide, propose
from buurtdraad.fund.models import Application, CaseMessage, Decision, OlderDecision
from buurtdraad.fund.older.actions import take_in, undo
from buurtdraad.fund.queries.applications import history_of
from buurtdraad.fund.queries.counting import groups_of
from buurtdraad.fund.queries.history import years_granted
from buurtdraad.fund.queries.register import register
from buurtdraad.fund.states import Channel, Stage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.tables.reports import Outcome
from buurtdraad.lib.tables.workbook import as_xlsx
from buurtdraad.messages.models import Message
from buurtdraad.money.models import Commitment

pytestmark = pytest.mark.django_db
HEAD = "nummer;plan;gebied;gevraagd;ontvangen;stand;toegekend bedrag;besloten op;vastgesteld;compleet op;dagen stil;aanvrager;adres"
GRANTED = "2021-7;Zomerfeest;BU03440241;1.200,00;01-03-2021;toegekend;1.200,00;01-04-2021;1.100,00;;;;"
REFUSED = "2020-3;Zomerfeest;BU03440241;900;01-03-2020;afgewezen;;01-04-2020;;;;;"
PAGE = "/werk/fonds/inlezen/"


def table(*rows):
    return "\n".join([HEAD, *rows]).encode()


def running(days_ago, *, complete=None, still="", number="2026-9"):
    today = timezone.localdate()
    day = today - datetime.timedelta(days=days_ago)
    complete_on = f"{today - datetime.timedelta(days=complete):%d-%m-%Y}" if complete is not None else ""
    return f"{number};Geveltuinen;BU03440241;800;{day:%d-%m-%Y};loopt;;;;{complete_on};{still};Kees Vermeer;Wilgenhof 12, Utrecht"


@pytest.fixture
def take(rules, bas):
    return lambda *rows, dry_run=False: take_in(table(*rows), dry_run=dry_run, by=bas, at=timezone.now())


def test_what_was_decided_there_is_history_without_money_letters_or_mail(take, rules, settings):
    settings.ZGW_URL = "https://openzaak.example.nl/"
    assert take(GRANTED).counts == {Outcome.ADDED: 1}
    made = Application.objects.get()
    assert (made.number, made.stage, made.channel, made.contact) == ("O-2021-7", Stage.CLOSED, Channel.OLDER, None)
    told = OlderDecision.objects.get()
    assert (told.amount, told.final, told.decided_on) == (Decimal(1200), Decimal(1100), datetime.date(2021, 4, 1))
    assert timezone.localdate(made.ended_at) == told.decided_on
    for nothing in (Commitment, Decision, Message, CaseMessage):
        assert not nothing.objects.exists()
    assert not mail.outbox
    assert not list(register())
    assert not groups_of(rules.scheme, [2021])
    assert Initiative.objects.get().stage == PlanStage.DONE


def test_years_in_a_row_count_what_an_older_system_paid(take, make_application):
    take(GRANTED, REFUSED)
    plan = Initiative.objects.get()
    assert years_granted(history_of(plan, but=make_application(initiative=plan))) == {2021}


def test_what_still_runs_goes_on_with_the_days_that_went_by(take, rules):
    take(running(20, complete=10))
    made = Application.objects.get()
    assert (made.stage, made.complete_on) == (Stage.ASSESSING, timezone.localdate() - datetime.timedelta(days=10))
    assert 18 <= (made.decide_by - timezone.localdate()).days <= 28
    assert [line.amount for line in made.costs.all()] == [Decimal(800)]
    assert made.initiative.stage == PlanStage.DECISION
    assert not Message.objects.exists()


def test_days_that_the_time_stood_still_there_make_the_term_longer(take):
    take(running(60, complete=40), running(60, complete=40, still="20", number="2026-10"))
    assert [one.number for one in Application.objects.all()] == ["O-2026-10"]


def test_numbers_that_differ_by_a_sign_are_two(take):
    assert take(GRANTED, GRANTED.replace("2021-7", "202-17")).counts == {Outcome.ADDED: 2}


def test_what_still_runs_is_decided_here_like_any_other(take, declared, make_pot, priya, bas):
    take(running(20, complete=10))
    application, pot = Application.objects.get(), make_pot("60000", year=timezone.localdate().year)
    declared(application, priya, bas)
    propose(application, outcome="granted", amount=Decimal(800), words="Een mooi plan.", pot=pot, by=priya, at=timezone.now())
    decision = decide(application, by=bas, at=timezone.now())
    assert (decision.amount, decision.commitment.amount) == (Decimal(800), Decimal(800))
    application.refresh_from_db()
    assert application.stage == Stage.GRANTED
    assert not is_history(application)


def test_of_history_nothing_can_be_decided_or_taken_back(take, declared, bas, priya):
    take(GRANTED)
    application = Application.objects.get()
    declared(application, bas, priya)
    assert is_history(application)
    assert not may_settle(bas, application)
    assert not may_see_to(priya, application)


def test_a_term_that_has_passed_is_not_started(take):
    with override("en"):
        report = take(running(60, complete=50))
    assert "went by" in report.rows[0].why
    assert not Application.objects.exists()
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1;Feest;Nergens;100;01-03-2021;afgewezen;;01-04-2021", "We do not know the area"),
        ('1"2;Feest;BU03440241;100;01-03-2021;afgewezen;;01-04-2021', "letters and digits"),
        ("1;Feest;BU03440241;veel;01-03-2021;afgewezen;;01-04-2021", "amount in euros"),
        ("1;Feest;BU03440241;100;01-03-2021;misschien", "We do not know the state"),
        ("1;Feest;BU03440241;100;01-03-2021;toegekend;100", "on which day was decided"),
        ("1;Feest;BU03440241;100;01-03-2021;toegekend;150;01-04-2021", "not more than was asked"),
        ("1;Feest;BU03440241;100;01-03-2021;toegekend;50;01-04-2021", "does not fit"),
        ("1;Feest;BU03440241;100;01-03-2021;afgewezen;50;01-04-2021", "zero"),
        ("1;Feest;BU03440241;100;01-03-2021;afgewezen;;01-02-2021", "not in order"),
        ("1;Feest;BU03440241;100;01-03-2021;toegekend;100;01-04-2021;200", "more than was granted"),
        ("1;Feest;BU03440241;100;01-03-2099;ingetrokken", "yet to come"),
        ("1;Feest;BU03440241;100;01-11-2026;loopt", "Write who asked"),
        ("1;Feest;BU03440241;100;01-03-2021;ingetrokken;;01-04-2021", "Nothing was decided here"),
        ("1;Feest;BU03440241;100;01-03-2019;loopt;;;;;;Kees;Straat 1", "no rules"),
    ],
)
def test_a_row_that_is_not_right_says_why(take, row, why):
    with override("en"):
        report = take(row, GRANTED)
    assert why in report.rows[0].why
    assert report.counts == {Outcome.REFUSED: 1, Outcome.ADDED: 1}


def test_all_that_is_wrong_with_a_row_is_told_at_once(take):
    cells = ("1;Feest;Nergens;veel;31-31-2021;misschien;weinig;01-04-2021", '1"2;;BU03440241;100;01-03-2021;loopt;;;;;lang')
    fits_not = "3;Feest;BU03440241;100;01-03-2021;toegekend;150;01-02-2021;200"
    with override("en"):
        first, second, third = (row.why for row in take(*cells, fits_not).rows)
    for said in ("area Nergens", "veel is no amount", "31-31-2021 is no date", "state misschien", "weinig is no amount"):
        assert said in first
    # What hangs on the state is not told, as nobody knows it.
    assert "decided" not in first
    for said in ("plan is empty", "letters and digits", "Write who asked", "lang is no number of days"):
        assert said in second
    for said in ("not in order", "not more than was asked"):
        assert said in third
    assert not Application.objects.exists()


def test_a_row_that_is_here_already_needs_no_area_that_we_know(take):
    take(GRANTED)
    assert take(GRANTED.replace("BU03440241", "BU09990001")).counts == {Outcome.SAME: 1}


def test_a_dry_run_changes_nothing(take):
    before = Event.objects.count()
    assert take(GRANTED, dry_run=True).counts == {Outcome.ADDED: 1}
    assert not Application.objects.exists()
    assert not Initiative.objects.exists()
    assert Event.objects.count() == before


@pytest.mark.slow
def test_of_a_thousand_rows_with_every_tenth_wrong_the_others_load_and_a_second_time_changes_nothing(take):
    rows = [
        f"{number};Plan {number % 50};BU03440241;{'veel' if number % 10 == 0 else 100};01-03-2021;toegekend;100;01-04-2021"
        for number in range(1, 1001)
    ]
    report = take(*rows)
    assert report.counts == {Outcome.ADDED: 900, Outcome.REFUSED: 100}
    assert [row.number for row in report.of(Outcome.REFUSED)] == list(range(11, 1002, 10))
    assert all(row.why for row in report.of(Outcome.REFUSED))
    assert Application.objects.count() == OlderDecision.objects.count() == 900
    events = Event.objects.count()
    assert take(*rows).counts == {Outcome.SAME: 900, Outcome.REFUSED: 100}
    assert (Application.objects.count(), Event.objects.count()) == (900, events)


def test_the_command_takes_excel_and_names_what_is_wrong(rules, tmp_path):
    file = tmp_path / "aanvragen.xlsx"
    wrong = REFUSED.replace("afgewezen", "misschien").split(";")
    right = [datetime.date(2021, 3, 1) if cell == "01-03-2021" else cell for cell in GRANTED.split(";")]
    file.write_bytes(as_xlsx("1", HEAD.split(";"), [right, wrong]))
    call = ("load_applications", str(file))
    with pytest.raises(CommandError, match="row 3"):
        call_command(*call, "--dry-run")
    assert not Application.objects.exists()
    with pytest.raises(CommandError, match="1 rows are not loaded"):
        call_command(*call)
    assert Application.objects.get().received_on == datetime.date(2021, 3, 1)


def test_before_there_are_any_the_example_has_two_rows_that_say_so_and_pass(rules, bas, signed_in):
    example = signed_in(bas).get(PAGE + "voorbeeld/").content
    report = take_in(example, dry_run=True, by=bas, at=timezone.now())
    assert [(row.outcome, row.why) for row in report.rows] == [(Outcome.ADDED, ""), (Outcome.ADDED, "")]
    assert all("Voorbeeld" in row.name for row in report.rows)
    assert report.ignored == ()
    assert example.decode().count("Haal deze regel weg.") == 2
    assert not Application.objects.exists()


def test_on_the_page_one_looks_first_and_then_takes_in(rules, bas, signed_in):
    client = signed_in(bas)
    page = client.post(PAGE, {"file": SimpleUploadedFile("a.csv", table(GRANTED), "text/csv")})
    assert page.status_code == 200
    assert not Application.objects.exists()
    assert client.post(PAGE, {"kept": page.context["kept"]}).status_code == 200
    made = Application.objects.get()
    example = client.get(PAGE + "voorbeeld/").content
    assert b"VOORBEELD" not in example
    assert take_in(example, dry_run=True, by=bas, at=timezone.now()).counts == {Outcome.SAME: 1}
    file = client.get(f"/werk/fonds/{made.uuid}/")
    assert file.status_code == 200
    assert "1 april 2021" in file.content.decode()


def test_who_handles_in_one_area_takes_in_nothing(rules, priya, signed_in):
    assert signed_in(priya).get(PAGE).status_code == 403


def test_a_table_is_undone_without_what_somebody_worked_with(take, bas, noor, signed_in, rules):
    take(GRANTED, REFUSED)
    later = timezone.now()
    take(running(20, complete=10), running(10, complete=5, number="2026-10"))
    worked = Application.objects.get(number="O-2026-10")
    record("application.assigned", room="fund", thing=worked.thing, by=bas.uuid, at=timezone.now())
    client = signed_in(noor)
    page = client.get(f"{PAGE}tabellen/").text
    assert page.count("2 aanvragen") == 2
    moment = Application.objects.filter(saved_at__gt=later).values_list("saved_at", flat=True)[0].isoformat()
    asked = client.post(f"{PAGE}tabellen/", {"table": moment})
    assert "Deze tabel ongedaan maken?" in asked.text
    assert Application.objects.count() == 4
    told = client.post(f"{PAGE}tabellen/", {"deed": moment}, follow=True).text
    assert "Weggehaald: 1. Dit blijft staan: 1." in told
    assert set(Application.objects.values_list("number", flat=True)) == {"O-2021-7", "O-2020-3", "O-2026-10"}
    # Both rows were of one plan: it is still needed.
    assert Initiative.objects.filter(title="Geveltuinen").exists()
    assert Event.objects.get(verb="applications.import_undone").payload == {"removed": 1, "stay": 1}


def test_a_plan_goes_with_the_last_of_its_requests(take, bas):
    take(GRANTED, REFUSED)
    assert undo(Application.objects.all()[0].saved_at, by=bas, at=timezone.now()) == (2, 0)
    assert not Initiative.objects.exists()
    assert take(GRANTED).counts == {Outcome.ADDED: 1}


@pytest.mark.parametrize("told", ["", "x", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00Z"])
def test_a_table_that_is_not_there_is_not_undone(noor, signed_in, rules, told):
    assert signed_in(noor).post(f"{PAGE}tabellen/", {"deed": told}).status_code == 404


def test_without_tables_the_page_says_so(noor, joris, signed_in, rules):
    assert "Nog niets." in signed_in(noor).get(f"{PAGE}tabellen/").text
    assert signed_in(joris).get(f"{PAGE}tabellen/").status_code == 403
