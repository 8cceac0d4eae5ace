"""Meetings from a table: drafts and what was, dry run, twice, what is refused, and undoing."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.meetings.actions import Plan, change
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish
from buurtdraad.agendas.meetings.states import Kind, Stage
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.audit.models import Event
from buurtdraad.lib.tables.reports import Outcome
from buurtdraad.lib.tables.workbook import as_xlsx
from buurtdraad.messages.models import Message

pytestmark = pytest.mark.django_db
PAGE = "/werk/bijeenkomsten/inlezen/"
NOW = timezone.now()
SOON = (timezone.localtime(NOW) + datetime.timedelta(days=30)).strftime("%d-%m-%Y")
HEAD = "titel;gebied;datum;begin;eind;plaats;soort;plaatsen"
COMES = f"Samen kiezen;Geuzenwijk;{SOON};19:30;21.30;De Uithoek;Inloop;40"
WAS = "Startavond;BU03440242;01-02-2024;19:30;21:30;De Uithoek;;"


@pytest.fixture
def take(areas, joris):
    def take_in(*rows, dry_run=False):
        content = "\n".join([HEAD, *rows]).encode()
        codes = frozenset({"WK034402", "BU03440241", "BU03440242"})
        return actions.import_meetings(content, name="lijst.csv", reach=Reach(codes=codes), by=joris, at=NOW, dry_run=dry_run)

    return take_in


def test_what_is_to_come_waits_and_what_was_stands_in_the_list_and_nobody_is_told(take):
    assert take(COMES, WAS).counts == {Outcome.ADDED: 2}
    was, comes = Meeting.objects.order_by("starts_at")
    assert (comes.stage, comes.kind, comes.capacity, comes.area.code) == (Stage.DRAFT, Kind.WALK_IN, 40, "BU03440241")
    assert timezone.localtime(comes.ends_at).strftime("%d-%m-%Y %H:%M") == f"{SOON} 21:30"
    assert (was.stage, was.kind) == (Stage.CLOSED, Kind.EVENING)
    assert not Message.objects.exists()


def test_the_page_of_a_meeting_that_was_can_be_read(take, client):
    take(WAS)
    meeting = Meeting.objects.get()
    assert "Startavond" in client.get(f"/bijeenkomsten/{meeting.pk}/").content.decode()


def test_a_dry_run_changes_nothing_and_twice_is_once(take):
    events = Event.objects.count()
    assert take(COMES, WAS, dry_run=True).counts == {Outcome.ADDED: 2}
    assert (Meeting.objects.count(), Batch.objects.count(), Event.objects.count()) == (0, 0, events)
    take(COMES, WAS)
    events = Event.objects.count()
    assert take(COMES, WAS).counts == {Outcome.SAME: 2}
    assert (Meeting.objects.count(), Batch.objects.count(), Event.objects.count()) == (2, 1, events)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (COMES.replace("Geuzenwijk", "Nergens"), "We do not know the area"),
        (COMES.replace("Geuzenwijk", "Taagdreef"), "not one of your areas"),
        (COMES.replace("21.30", "18.00"), "later than it begins"),
        (COMES.replace("19:30", "25:30"), "no time"),
        (COMES.replace(SOON, "31-02-2026"), "no date"),
        (COMES.replace("Inloop", "Kermis"), "no kind"),
        (COMES.replace(";40", ";veel"), "number of people"),
        (COMES.replace("Samen kiezen", ""), "empty"),
    ],
)
def test_a_row_that_is_not_right_says_why(take, row, why):
    with override("en"):
        report = take(row, WAS)
    assert why in report.rows[0].why
    assert report.counts == {Outcome.REFUSED: 1, Outcome.ADDED: 1}


def test_all_that_is_wrong_with_a_row_is_told_at_once(take, joris, signed_in):
    wrong = f";Nergens;31-02-2026;25:30;21.30;{'x' * 121};Kermis;veel"
    with override("en"):
        why = take(wrong, WAS).rows[0].why
    for said in (
        "titel is empty",
        "area Nergens",
        "31-02-2026 is no date",
        "25:30 is no time",
        "plaats is too long",
        "Kermis",
        "veel is no",
    ):
        assert said in why
    assert "later than it begins" not in why
    assert list(Meeting.objects.values_list("title", flat=True)) == ["Startavond"]
    shown = signed_in(joris).post(PAGE, {"file": SimpleUploadedFile("lijst.csv", f"{HEAD}\n{wrong}".encode())}).content.decode()
    for said in ("titel is leeg.", "Wij kennen de buurt Nergens niet.", "31-02-2026 is geen datum."):
        assert said in shown


@pytest.mark.slow
def test_of_a_thousand_rows_with_every_tenth_wrong_the_others_load(take):
    rows = [f"Avond {n};{'Nergens' if n % 10 == 0 else 'Geuzenwijk'};01-02-2024;19:30;21:30;De Uithoek;;" for n in range(1, 1001)]
    report = take(*rows)
    assert report.counts == {Outcome.ADDED: 900, Outcome.REFUSED: 100}
    assert [row.number for row in report.of(Outcome.REFUSED)] == list(range(11, 1002, 10))
    assert take(*rows).counts == {Outcome.SAME: 900, Outcome.REFUSED: 100}


def test_undoing_removes_what_nobody_worked_with(take, joris, signed_in, make_wish):
    take(COMES, WAS)
    kept = Meeting.objects.get(title="Startavond")
    MeetingWish.objects.create(meeting=kept, wish=make_wish("Een bank"))
    client = signed_in(joris)
    assert "2 bijeenkomsten" in client.get("/werk/bijeenkomsten/ingelezen/").content.decode()
    assert client.post("/werk/bijeenkomsten/ingelezen/", {"table": "x"}).status_code == 404
    batch = Batch.objects.get().pk
    asked = client.post("/werk/bijeenkomsten/ingelezen/", {"table": batch})
    assert "Deze tabel ongedaan maken?" in asked.content.decode()
    assert Meeting.objects.count() == 2
    client.post("/werk/bijeenkomsten/ingelezen/", {"deed": batch})
    assert list(Meeting.objects.values_list("title", flat=True)) == ["Startavond"]
    assert client.post("/werk/bijeenkomsten/ingelezen/", {"table": Batch.objects.get().pk}).status_code == 404


def test_a_draft_that_somebody_changed_stays_when_its_table_is_undone(take, joris):
    take(COMES, COMES.replace("Samen kiezen", "Samen eten"))
    worked_on = Meeting.objects.get(title="Samen eten")
    words = {name: getattr(worked_on, name) for name in ("area", "title", "starts_at", "ends_at", "place", "address", "kind")}
    change(worked_on, Plan(**words, text="Neem een gerecht mee."), by=joris, at=NOW + datetime.timedelta(hours=1))
    assert actions.undo_meetings(Batch.objects.get(), by=joris, duty="", at=NOW) == (1, 1)
    assert list(Meeting.objects.values_list("title", flat=True)) == ["Samen eten"]


def test_on_the_page_one_looks_first_and_the_table_of_what_is_there_adds_nothing(areas, joris, signed_in):
    client = signed_in(joris)
    content = "\n".join([HEAD, COMES]).encode()
    page = client.post(PAGE, {"file": SimpleUploadedFile("a.csv", content, "text/csv")})
    assert not Meeting.objects.exists()
    undo = 'href="/werk/bijeenkomsten/ingelezen/"'
    assert undo not in page.content.decode()
    assert undo in client.post(PAGE, {"kept": page.context["kept"]}).content.decode()
    assert Meeting.objects.count() == 1
    table = client.get(PAGE + "tabel/").getvalue()
    report = actions.import_meetings(table, name="x", reach=Reach(everywhere=True), by=joris, at=NOW, dry_run=True)
    assert report.counts == {Outcome.SAME: 1}


def test_the_command_takes_excel_with_its_own_days_and_times(areas, tmp_path):
    file = tmp_path / "lijst.xlsx"
    row = ["Startavond", "Geuzenwijk", datetime.date(2024, 2, 1), 0.8125, 0.895833333, "De Uithoek", "", ""]
    file.write_bytes(as_xlsx("1", HEAD.split(";"), [row, ["", *row[1:]]]))
    with pytest.raises(CommandError, match="row 3"):
        call_command("load_meetings", str(file))
    meeting = Meeting.objects.get()
    assert timezone.localtime(meeting.starts_at).strftime("%d-%m-%Y %H:%M") == "01-02-2024 19:30"
    assert timezone.localtime(meeting.ends_at).strftime("%H:%M") == "21:30"
