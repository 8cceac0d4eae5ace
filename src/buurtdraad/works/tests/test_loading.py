"""Taking a file of works in: what each row does, what changes the year after, and who may."""

import csv
import datetime
import io

import pytest
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.lib.tables.reports import Outcome
from buurtdraad.places.models import Area, AreaChange, AreaYear, Kind
from buurtdraad.works.access import reach_of
from buurtdraad.works.actions import registers
from buurtdraad.works.models import RegisterLoad, Work, WorkAnswers
from buurtdraad.works.sources.columns import mapping_of
from buurtdraad.works.sources.rows import opened, pasted, rows_of
from buurtdraad.works.states import Stage, WorkKind

pytestmark = pytest.mark.django_db
HEAD = ["nummer", "wat", "waar", "afdeling", "trekker", "vanaf", "tot wanneer", "status", "waarom"]
LAST_YEAR = timezone.now() - datetime.timedelta(days=300)


def a_file(*rows, head=HEAD):
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([head, *rows])
    return written.getvalue().encode()


def row(number="P-1", title="Riool vernieuwen", where="Geuzenwijk", *, until="31-12-2027", status="", why="", owner="tom@utrecht.example"):
    return [number, title, where, "", owner, "", until, status, why]


@pytest.fixture
def register(noor):
    return registers.make_register(name="Projectenlijst", department="Stadsbedrijven", by=noor, at=LAST_YEAR)


@pytest.fixture
def take(register, noor):
    def taken(*rows, dry_run=False, by=noor, at=None, head=HEAD):
        file = opened(a_file(*rows, head=head))
        read = rows_of(file, mapping_of(file.headings, register.mapping))
        reach = reach_of(by)
        return registers.load(register, read.rows, dry_run=dry_run, by=by, at=at or timezone.now(), reach=reach, ignored=read.ignored)

    return taken


def why(report):
    return [one.why for one in report.of(Outcome.REFUSED)]


def test_a_row_becomes_a_work_of_the_register(take, register):
    report = take(row(status="in uitvoering"))
    work = Work.objects.get()
    assert (work.title, work.department, work.owner_email) == ("Riool vernieuwen", "Stadsbedrijven", "tom@utrecht.example")
    assert (work.until_on, work.stage, work.external, work.register) == (datetime.date(2027, 12, 31), Stage.BUSY, "P-1", register)
    assert [one.area.code for one in work.work_areas.all()] == ["BU03440241"]
    assert (report.load.added, report.load.wrong) == (1, 0)
    event = Event.objects.get(verb="works.loaded")
    assert {"BU03440241", "WK034402", "GM0344"} <= set(event.touches)


def test_a_dry_run_keeps_nothing(take):
    assert take(row(), dry_run=True).counts[Outcome.ADDED] == 1
    assert not Work.objects.exists()
    assert not RegisterLoad.objects.exists()


def test_all_that_is_wrong_with_a_row_is_told_at_once(take):
    (said,) = why(take(row(where="Nergensbuurt, Elders", until="ooit", status="misschien")))
    for part in ("de buurt Nergensbuurt niet", "de buurt Elders niet", "ooit is geen datum", "de stap misschien niet"):
        assert part in said
    assert "tot wanneer" not in said
    assert not Work.objects.exists()


def test_of_a_thousand_rows_every_tenth_wrong_the_others_load_and_each_wrong_one_is_named(take):
    rows = [row(f"P-{n}", f"Straat {n}", "Nergensbuurt" if n % 10 == 0 else "Geuzenwijk") for n in range(1, 1001)]
    report = take(*rows)
    assert Work.objects.count() == 900
    refused = report.of(Outcome.REFUSED)
    assert [one.number for one in refused] == [n + 1 for n in range(10, 1001, 10)]
    assert refused[0].name == "Straat 10"
    assert refused[0].why == "Wij kennen de buurt Nergensbuurt niet."
    assert len(report.load.report) == 1000


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"title": ""}, "In deze rij staat niet wat er gebeurt."),
        ({"where": ""}, "In deze rij staat niet in welke buurt het is."),
        ({"until": ""}, "In deze rij staat niet tot wanneer."),
        ({"until": "31-02-2027"}, "31-02-2027 is geen datum. Schrijf die als 31-12-2026."),
        ({"owner": "Tom"}, "Tom is geen e-mailadres."),
        ({"status": "bijna"}, "Wij kennen de stap bijna niet."),
        ({"status": "staat stil"}, "In deze rij staat niet waarom het stilstaat of niet doorgaat."),
    ],
)
def test_a_row_that_is_wrong_says_why(take, said, says):
    [told] = why(take(row(**said)))
    assert told.startswith(says)


def test_one_number_twice_in_a_file_is_refused_the_second_time(take):
    report = take(row(), row(title="Nog een"))
    assert [one.number for one in report.of(Outcome.REFUSED)] == [3]
    assert Work.objects.count() == 1


def test_the_year_after_the_file_shows_what_is_new_changed_and_gone(take):
    take(row(), row("P-2", "Bomen"), row("P-3", "Speelplek"), at=LAST_YEAR)
    again = [row(until="30-06-2028", status="bezig"), row("P-2", "Bomen"), row("P-4", "Fietspad")]
    seen = take(*again, dry_run=True)
    assert [(one.number, one.outcome) for one in seen.rows] == [(2, Outcome.CHANGED), (3, Outcome.SAME), (4, Outcome.ADDED)]
    assert {tuple(one) for one in seen.rows[0].changes} == {("Tot wanneer?", "31-12-2027", "30-06-2028"), ("Stap", "Gepland", "Bezig")}
    assert [work.title for work in seen.gone] == ["Speelplek"]
    assert Work.objects.get(external="P-1").until_on == datetime.date(2027, 12, 31)
    report = take(*again)
    changed = Work.objects.get(external="P-1")
    assert (changed.until_on, changed.stage) == (datetime.date(2028, 6, 30), Stage.BUSY)
    assert Work.objects.filter(external="P-3", stage=Stage.PLANNED).exists(), "what is gone from the file stays"
    assert (report.load.changed, report.load.added, report.load.same, report.load.gone) == (1, 1, 1, 1)


def test_the_same_file_again_changes_nothing(take):
    take(row(), row("", "Zonder nummer"))
    report = take(row(), row("", "Zonder nummer"))
    assert report.changes == 0
    assert report.load is None


def test_an_empty_cell_takes_nothing_away(take):
    take(row(status="staat stil", why="De kabels"))
    take(row(until="01-03-2028"))
    assert Work.objects.get().why == "De kabels"


def test_a_step_that_cannot_follow_is_refused(take):
    take(row(status="klaar"))
    assert why(take(row(status="gepland"))) == ["Een werk kan niet van “Klaar” naar “Gepland”."]


def test_other_headings_are_kept_as_a_mapping(take, register, noor):
    said = {"title": "Omschrijving werk", "areas": "Buurtcode", "until_on": "Gereed eind", "external": ""}
    registers.keep_mapping(register, said, by=noor, at=timezone.now())
    report = take(["Kade", "BU03440242", "Q2 2027", "x"], head=["Omschrijving werk", "Buurtcode", "Gereed eind", "Kleur"])
    work = Work.objects.get()
    assert (work.title, work.until_on) == ("Kade", datetime.date(2027, 6, 30))
    assert report.ignored == ("Kleur",)


def test_an_area_of_another_year_becomes_that_of_today_with_a_note(take, areas):
    old = Area.objects.create(code="BU03440299", kind=Kind.NEIGHBOURHOOD)
    AreaYear.objects.create(area=old, year=2024, name="Oud-Zuilen", municipality=areas["GM0344"], loaded_at=timezone.now())
    for code, share in (("BU03440241", "0.6"), ("BU03440242", "0.38"), ("BU03440321", "0.02")):
        AreaChange.objects.create(from_area=old, to_area=areas[code], year=2025, kind="split", share=share)
    report = take(row(where="Oud-Zuilen"), row("P-2", where="BU03440299"))
    assert {one.area.code for one in Work.objects.get(external="P-1").work_areas.all()} == {"BU03440241", "BU03440242"}
    assert {one.why for one in report.rows} == {"Oud-Zuilen is een gebied van een ander jaar. Nu is het: Geuzenwijk, Schaakbuurt."}


def test_several_areas_stand_in_one_cell(take):
    take(row(where="Geuzenwijk, Taagdreef"), row("P-2", where="zuilen-oost | WK034403"))
    assert {one.area.code for one in Work.objects.get(external="P-1").work_areas.all()} == {"BU03440241", "BU03440321"}
    assert {one.area.code for one in Work.objects.get(external="P-2").work_areas.all()} == {"zuilen-oost", "WK034403"}


def test_the_challenge_is_known_by_name_or_code(take):
    ambition = Ambition.objects.create(code="groen", number=1, name="Groen", from_on=datetime.date(2024, 1, 1))
    Challenge.objects.create(code="bomen", ambition=ambition, name="Meer bomen", from_on=datetime.date(2024, 1, 1))
    head = ["wat", "waar", "tot wanneer", "opgave"]
    report = take(*[[f"Werk {text}", "Geuzenwijk", "2027", text] for text in ("Meer bomen", "bomen", "Minder")], head=head)
    assert Work.objects.filter(challenge__code="bomen").count() == 2
    assert why(report) == ["Wij kennen de opgave Minder niet."]


def test_an_adviser_takes_in_works_of_the_own_areas_only(take, joris):
    report = take(row(), row("P-2", where="Taagdreef"), by=joris)
    assert [one.outcome for one in report.rows] == [Outcome.ADDED, Outcome.REFUSED]


def test_hostile_words_stay_words(take):
    take(row(title="<script>alert(1)</script>", where="Geuzenwijk"), row("=1+1", title="=cmd|' /C calc'!A0"))
    assert set(Work.objects.values_list("title", flat=True)) == {"<script>alert(1)</script>", "=cmd|' /C calc'!A0"}


# --- pasted, and undone ----------------------------------------------------------------------------------


def paste(text, by, dry_run=False):
    file = pasted(text.encode())
    read = rows_of(file, mapping_of(file.headings, {}))
    return registers.load(None, read.rows, dry_run=dry_run, by=by, at=timezone.now(), reach=reach_of(by))


def test_rows_without_headings_are_the_four_fields(noor):
    report = paste("Bankje terug\tGeuzenwijk\tRuimte\tmei 2027\nRommel\t\t\t\n", noor)
    work = Work.objects.get()
    assert (work.title, work.department, work.until_on, work.kind) == (
        "Bankje terug",
        "Ruimte",
        datetime.date(2027, 5, 31),
        WorkKind.PROJECT,
    )
    assert [(one.number, one.outcome) for one in report.rows] == [(1, Outcome.ADDED), (2, Outcome.REFUSED)]


def test_pasted_twice_is_there_once(noor):
    text = "wat\twaar\tafdeling\ttot wanneer\nBankje\tGeuzenwijk\tRuimte\t1 mei 2027\n"
    paste(text, noor)
    assert paste(text, noor).counts[Outcome.SAME] == 1
    assert Work.objects.count() == 1


def test_a_colleague_without_an_area_pastes_sheets_of_their_own(tom):
    head = "wat\twaar\tafdeling\ttot wanneer\ttrekker\n"
    report = paste(f"{head}Riool\tGeuzenwijk\tRuimte\t2027\t\nPark\tGeuzenwijk\tRuimte\t2027\tlinda@example.org\n", tom)
    assert [one.outcome for one in report.rows] == [Outcome.ADDED, Outcome.REFUSED]
    assert Work.objects.get().owner_email == "tom@utrecht.example"


def test_undoing_removes_what_nobody_built_on(noor, make_wish):
    head = "wat\twaar\tafdeling\ttot wanneer\n"
    report = paste(f"{head}Riool\tGeuzenwijk\tRuimte\t2027\nPark\tGeuzenwijk\tRuimte\t2027\n", noor)
    kept = Work.objects.get(title="Park")
    WorkAnswers.objects.create(work=kept, wish=make_wish(), since=timezone.now())
    assert registers.undo(report.load, by=noor, at=timezone.now()) == (1, 1)
    assert Work.objects.get() == kept
    with pytest.raises(registers.UndoneBefore):
        registers.undo(report.load, by=noor, at=timezone.now())
