"""The life of a report: read by another, approved, frozen, published, corrected; and nothing can change it then."""

import datetime
import hashlib
import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.own.actions import erase
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Supporter, Wish
from buurtdraad.audit.models import Event
from buurtdraad.challenges.models import Aim, Ambition, Pledge
from buurtdraad.initiatives.models import Initiative
from buurtdraad.lib.stages import WrongStage
from buurtdraad.places.models import Area, AreaChange, AreaYear
from buurtdraad.reports import access
from buurtdraad.reports.actions import drafting, reviewing, sentences
from buurtdraad.reports.models import Erratum, Figure, FrozenRow, FrozenText, Mention, Remark, Report, Section, Sentence
from buurtdraad.reports.queries import content as contents
from buurtdraad.reports.queries.drafts import values_in
from buurtdraad.reports.queries.figures import DEFINITIONS, Definition, Period
from buurtdraad.reports.queries.sentences import in_words
from buurtdraad.reports.states import REPORT_MOVES, ReportStage
from buurtdraad.reports.tests.report_city import FROM, TODAY, UNTIL, ZO
from buurtdraad.works.models import Work

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + datetime.timedelta(hours=1)


def said(report):
    values = values_in(report)
    return [in_words(one.text, values) for one in Sentence.objects.filter(section__report=report)]


def line(report, key, kind="summary"):
    return Sentence.objects.get(section__report=report, section__kind=kind, key=key)


def about(report, key, subject="zuilen-oost"):
    return Sentence.objects.get(section__report=report, section__subject=subject, key=key)


# --- read, approved, published ------------------------------------------------------------------------


def test_who_made_it_neither_reads_nor_approves_it(report, noor, joris, anouk):
    reviewing.send_to_read(report, by=noor, at=NOW)
    with pytest.raises(reviewing.SamePerson):
        reviewing.say_read(report, by=noor, at=NOW)
    with pytest.raises(reviewing.NotReadYet):
        reviewing.approve(report, by=anouk, at=NOW)
    reviewing.say_read(report, by=joris, at=NOW)
    with pytest.raises(reviewing.SamePerson):
        reviewing.approve(report, by=noor, at=NOW)
    reviewing.approve(report, by=anouk, at=NOW)
    assert report.stage == ReportStage.APPROVED


def test_what_changes_after_somebody_read_it_has_to_be_read_again(report, noor, joris, anouk):
    reviewing.send_to_read(report, by=noor, at=NOW)
    for change in (
        lambda: sentences.rewrite(about(report, "answers"), "Anders.", by=noor, at=NOW),
        lambda: drafting.draft_again(Report.objects.get(pk=report.pk), by=noor, at=NOW),
    ):
        reviewing.say_read(Report.objects.get(pk=report.pk), by=joris, at=NOW)
        change()
        with pytest.raises(reviewing.NotReadYet):
            reviewing.approve(Report.objects.get(pk=report.pk), by=anouk, at=NOW)


def test_what_is_approved_is_not_written_or_drafted_any_more(approved, noor):
    with pytest.raises(drafting.Fixed):
        sentences.rewrite(about(approved, "answers"), "Anders.", by=noor, at=NOW)
    with pytest.raises(drafting.Fixed):
        drafting.draft(from_on=FROM, until_on=UNTIL, by=noor, at=NOW)
    reviewing.take_back(approved, by=noor, at=NOW)
    approved.refresh_from_db()
    assert (approved.frozen, approved.digest, approved.reviewed_by) == ("", "", None)
    sentences.rewrite(about(approved, "answers"), "Anders.", by=noor, at=NOW)


def test_the_table_of_moves_is_complete_and_the_steps_keep_to_it(report, noor):
    assert set(REPORT_MOVES) == set(ReportStage)
    with pytest.raises(WrongStage):
        reviewing.publish(report, by=noor, at=NOW)
    with pytest.raises(reviewing.NotReadYet):
        reviewing.correct(report, "Fout", by=noor, at=NOW)


def test_what_is_published_is_what_was_approved(approved, noor):
    frozen = approved.frozen
    drafted = Report.objects.get(pk=approved.pk)
    reviewing.publish(drafted, by=noor, at=LATER)
    after = Report.objects.get(pk=approved.pk)
    assert after.frozen == frozen
    assert after.digest == hashlib.sha256(frozen.encode()).hexdigest()
    assert contents.canonical(json.loads(frozen)) == frozen


def test_every_step_stands_in_the_record(published, noor, anouk):
    verbs = list(Event.objects.filter(thing=published.thing).order_by("id").values_list("verb", flat=True))
    assert verbs == ["report.drafted", "report.sent_to_read", "report.read", "report.approved", "report.published"]
    assert Event.objects.get(thing=published.thing, verb="report.approved").actor == anouk.uuid
    assert "GM0344" in Event.objects.get(thing=published.thing, verb="report.published").touches


# --- it stays -----------------------------------------------------------------------------------------


def rename(areas, people):
    AreaYear.objects.update(name="Andersbuurt")
    Ambition.objects.update(name="Anders")
    Agreement.objects.update(what="Anders")
    Topic.objects.update(title="Anders")
    Work.objects.update(title="Anders", department="Anders")


def remove(areas, people):
    Supporter.objects.all().delete()
    Aim.objects.all().delete()
    Pledge.objects.all().delete()
    Work.objects.filter(title="Maaien").delete()


def anonymise(areas, people):
    Wish.objects.update(text="-", showing="private")
    Initiative.objects.update(title="-", showing="removed")


def join_areas(areas, people):
    AreaChange.objects.create(from_area=areas[ZO], to_area=areas["BU03440242"], year=TODAY.year + 1, kind="joined", share=1)
    AreaYear.objects.create(
        area=areas["BU03440242"], year=TODAY.year + 1, name="Samen", parent=areas["WK034402"], municipality=areas["GM0344"], loaded_at=NOW
    )


def erase_people(areas, people):
    DutyHeld.objects.all().delete()
    for person in people:
        erase(person, at=LATER)


def define_otherwise(areas, people):
    DEFINITIONS["wensen"] = Definition("Iets anders", "werken", "Telt iets anders.")


@pytest.fixture
def people(noor, joris, anouk):
    return [noor, joris, anouk]


@pytest.mark.parametrize("change", [rename, remove, anonymise, join_areas, erase_people, define_otherwise])
def test_a_published_report_stays_byte_for_byte(published, areas, people, client, change):
    before = Report.objects.get(pk=published.pk)
    data = client.get(f"/voortgang/{published.slug}/rapport.json").content
    page = client.get(f"/voortgang/{published.slug}/").content
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(DEFINITIONS, "wensen", DEFINITIONS["wensen"])
        change(areas, people)
        unchanged(published, before, data, page, client)


def unchanged(published, before, data, page, client):
    after = Report.objects.get(pk=published.pk)
    assert (after.frozen, after.digest) == (before.frozen, before.digest)
    assert client.get(f"/voortgang/{published.slug}/rapport.json").content == data
    assert hashlib.sha256(data).hexdigest() == after.digest
    again = client.get(f"/voortgang/{published.slug}/").content
    assert main_of(again) == main_of(page)


def main_of(page):
    """What a page says, without the frame in which the city is named."""
    return page.decode().split("<main")[1].split("</main")[0]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_report SET title = 'anders'",
        "UPDATE reports_report SET stage = 'draft'",
        "UPDATE reports_report SET frozen = 'anders'",
        "DELETE FROM reports_report",
        "UPDATE reports_sentence SET text = 'anders'",
        "DELETE FROM reports_sentence",
        "UPDATE reports_figure SET value = 0",
        "DELETE FROM reports_figure",
        "UPDATE reports_section SET title = 'anders'",
        "INSERT INTO reports_section (report_id, number, kind, subject, title) SELECT id, 99, 'area', 'x', 'x' FROM reports_report",
        "UPDATE reports_frozentext SET content = '{}'",
        "DELETE FROM reports_frozentext",
        "UPDATE reports_frozenrow SET place = place + 1000",
        "DELETE FROM reports_frozenrow",
        "INSERT INTO reports_frozenrow (report_id, name, place, row) SELECT id, 'wensen', 999, '{}' FROM reports_report",
        "UPDATE reports_mention SET page = '/wensen/ZO-9/'",
        "INSERT INTO reports_mention (report_id, page, chapter, title, said) SELECT id, '/anders/', 1, '', '[]' FROM reports_report",
        "UPDATE reports_erratum SET text = 'anders'",
        "DELETE FROM reports_erratum",
    ],
)
def test_the_database_refuses_every_change_of_a_published_report(published, noor, sql):
    reviewing.correct(published, "Het waren 59 wensen.", by=noor, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_only_a_demo_that_begins_again_takes_a_published_report_away(published, noor):
    def take_away():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL buurtdraad.retention = 'on'")
            for model in (Mention, FrozenRow, FrozenText, Remark, Sentence, Figure, Section, Erratum, Report):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")

    reviewing.correct(published, "Op pagina 2 staat een fout.", by=noor, at=LATER)
    with pytest.raises(DatabaseError, match="stays as it is"):
        take_away()
    Person.objects.filter(pk=noor.pk).update(demo_role="noor")
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Section.objects.all().delete()
    take_away()
    assert not Report.objects.exists()


def test_a_draft_beside_a_published_report_can_change(published, noor):
    other = drafting.draft(from_on=FROM - datetime.timedelta(days=60), until_on=FROM, by=noor, at=NOW)
    sentences.rewrite(Sentence.objects.filter(section__report=other).first(), "Anders.", by=noor, at=NOW)
    reviewing.remove(other, by=noor, at=NOW)
    assert Report.objects.count() == 1


def test_the_next_report_says_what_differs_with_this_one(published, noor, areas):
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    following = drafting.draft(from_on=FROM, until_on=TODAY + datetime.timedelta(days=1), by=noor, at=LATER)
    assert following.before == published
    content = contents.content_of(following)
    assert content["before"]["slug"] == published.slug
    assert content["before"]["values"]["wensen-op-tijd"] != content["figures"]["wensen-op-tijd"]["value"]


def test_a_report_without_a_hash_or_read_by_its_maker_is_not_stored(report, noor):
    for facts in ({"stage": "published"}, {"reviewed_by": noor.uuid}, {"until_on": FROM}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(report=report, number=1, kind="summary", title="Nog een")


def test_a_journalist_can_count_the_report_again_from_its_file_alone(published):
    content = json.loads(published.frozen)
    for mark, figure in content["figures"].items():
        rows = [content["lists"][content["definitions"][figure["counts"]]["list"]]["rows"][place] for place in figure["rows"]]
        value = None if figure["value"] is None else float(figure["value"])
        name = figure["counts"]
        if name == "afdelingen-met-check":
            assert value == len({row["group"] for row in rows}), mark
        elif DEFINITIONS[name].value.__name__ == "how_many":
            assert value == len(rows), mark
        elif rows or value is not None:
            assert value == sum(float(row["amount"]) for row in rows), mark


# --- who may ------------------------------------------------------------------------------------------


def test_who_may_do_what_in_which_stage(report, noor, joris, anouk, emine):
    asked = ("may_write", "may_remark", "may_say_read", "may_approve", "may_take_back", "may_publish", "may_correct", "may_remove")
    report.reviewed_by = joris.uuid
    expected = {
        ("noor", "draft"): {"may_write", "may_remark", "may_remove"},
        ("noor", "review"): {"may_write", "may_remark"},
        ("noor", "approved"): {"may_take_back", "may_publish"},
        ("noor", "published"): {"may_correct"},
        ("anouk", "draft"): {"may_remark"},
        ("anouk", "review"): {"may_remark", "may_say_read", "may_approve"},
        ("anouk", "approved"): {"may_take_back"},
        ("anouk", "published"): set(),
        ("joris", "draft"): {"may_remark"},
        ("joris", "review"): {"may_remark", "may_say_read"},
        ("joris", "approved"): set(),
        ("joris", "published"): set(),
        ("nobody", "draft"): set(),
        ("nobody", "review"): set(),
        ("nobody", "approved"): set(),
        ("nobody", "published"): set(),
    }
    people = {"noor": noor, "anouk": anouk, "joris": joris, "nobody": Person.objects.create(name="Emine", password="!")}
    for (name, stage), may in expected.items():
        report.stage = stage
        found = {rule for rule in asked if getattr(access, rule)(Person.objects.get(pk=people[name].pk), report)}
        assert found == may, (name, stage)


def test_a_period_that_goes_on_is_counted_up_to_today():
    assert Period.of(FROM, TODAY + datetime.timedelta(days=90), TODAY).day == TODAY
    assert Period.of(FROM, UNTIL, TODAY + datetime.timedelta(days=9)).day == UNTIL
    assert Area.objects.count() == 0
