"""Making, changing, moving, confirming and removing a sheet; its lines and money; what it answers."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.audit.models import Event, Revision
from buurtdraad.lib.stages import WrongStage
from buurtdraad.places.models import Area, AreaChange, AreaYear, Change
from buurtdraad.works.actions import answers, lines, money, sheets, steps
from buurtdraad.works.actions.records import NotKept
from buurtdraad.works.models import Work, WorkAnswers
from buurtdraad.works.queries.areas import ended, meant
from buurtdraad.works.rules import MoneyRow
from buurtdraad.works.states import Stage, Trend
from buurtdraad.works.tests.story import make_topic

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()
DAY = datetime.timedelta(days=1)
FOUR = {"title": "Riool", "department": "Stadsbedrijven", "until_on": TODAY + 100 * DAY, "owner_email": "Tom@Utrecht.example"}


@pytest.fixture
def sheet(areas, tom):
    return sheets.make(**FOUR, areas=[areas["BU03440241"]], by=tom, at=NOW)


def verbs():
    return list(Event.objects.filter(room="works").order_by("id").values_list("verb", flat=True))


# --- making and changing ----------------------------------------------------------------------------


def test_four_fields_make_a_sheet_and_one_event_that_touches_its_place(sheet, tom):
    assert (sheet.stage, sheet.owner_email, sheet.made_by) == (Stage.PLANNED, "tom@utrecht.example", tom.uuid)
    (event,) = Event.objects.filter(room="works")
    assert (event.verb, event.thing, event.actor) == ("work.made", f"work:{sheet.uuid}", tom.uuid)
    assert {"BU03440241", "WK034402", "GM0344", "zuilen-oost"} <= set(event.touches)
    assert "tom" not in str(event.payload)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": ""}, "Zeg wat het is"),
        ({"department": ""}, "afdeling"),
        ({"from_on": TODAY + 200 * DAY}, "voor de eerste dag"),
        ({"decision": "Wie betaalt?"}, "besluit"),
        ({"areas": []}, "Zeg waar het is"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nothing_is_kept(areas, tom, said, words):
    with pytest.raises(NotKept, match=words):
        sheets.make(**({**FOUR, "areas": [areas["BU03440241"]]} | said), by=tom, at=NOW)
    assert not Work.objects.exists()
    assert verbs() == []


def test_a_street_in_words_is_a_place_too(areas, tom):
    assert sheets.make(**FOUR, areas=[], where="Wilgenhof", by=tom, at=NOW).where == "Wilgenhof"


def test_a_change_is_recorded_by_field_and_what_is_so_already_is_not(sheet, tom, areas):
    assert sheets.change(sheet, goal="Droge kelders", until_on=sheet.until_on, by=tom, at=NOW) == ["goal"]
    assert sheets.change(sheet, goal="Droge kelders", areas=[areas["BU03440241"]], by=tom, at=NOW) == []
    assert sheets.change(sheet, areas=[areas["BU03440321"]], by=tom, at=NOW) == ["areas"]
    event = Event.objects.filter(verb="work.changed").last()
    assert {"WK034402", "WK034403"} <= set(event.touches)
    assert verbs() == ["work.made", "work.changed", "work.changed"]


def test_what_only_colleagues_see_touches_no_page(areas, tom):
    work = sheets.make(**FOUR, areas=[areas["BU03440241"]], public=False, by=tom, at=NOW)
    sheets.change(work, title="Anders", by=tom, at=NOW)
    steps.move_to(work, Stage.BUSY, by=tom, at=NOW)
    assert not Revision.objects.exists()


# --- areas of another year --------------------------------------------------------------------------


@pytest.fixture
def joined(areas):
    """BU03440239 was there until 2024, and its land went to Geuzenwijk and (by way of an area of one year) to Schaakbuurt."""
    old, between = (
        Area.objects.create(code="BU03440239", kind="neighbourhood"),
        Area.objects.create(code="BU03440238", kind="neighbourhood"),
    )
    for area, name, year in ((old, "Oud-Geuzen", 2023), (between, "Tussenbuurt", 2024)):
        AreaYear.objects.create(area=area, year=year, name=name, municipality=areas["GM0344"], loaded_at=NOW)
    for one, other, year in ((old, areas["BU03440241"], 2024), (old, between, 2024), (between, areas["BU03440242"], 2025)):
        AreaChange.objects.create(from_area=one, to_area=other, year=year, kind=Change.BORDER_MOVED, share=Decimal("0.5"))
    return old


def test_an_area_that_ended_is_refused_with_what_follows_it(joined, tom):
    (one,) = ended([joined])
    assert (one.since, one.now) == (2024, {"BU03440241": "Geuzenwijk", "BU03440242": "Schaakbuurt"})
    with pytest.raises(NotKept, match=r"Oud-Geuzen.*2024.*Geuzenwijk, Schaakbuurt"):
        sheets.make(**FOUR, areas=[joined], by=tom, at=NOW)


def test_a_sheet_keeps_the_area_that_it_had_when_that_ends(make_work, joined, tom, areas):
    work = make_work(codes=("BU03440239",))
    sheets.change(work, title="Riool en stoep", areas=[joined], by=tom, at=NOW)
    sheets.change(work, areas=[joined, areas["BU03440241"]], by=tom, at=NOW)
    assert work.work_areas.count() == 2


def test_an_area_of_today_has_not_ended(areas):
    assert ended(areas.values()) == []


@pytest.mark.parametrize(
    ("text", "codes", "where"),
    [
        ("Geuzenwijk, Wilgenhof", {"BU03440241"}, "Wilgenhof"),
        ("geuzenwijk en Schaakbuurt", {"BU03440241", "BU03440242"}, ""),
        ("Zuilen Oost", {"zuilen-oost"}, ""),
        ("BU03440321", {"BU03440321"}, ""),
        ("hele stad", {"GM0344"}, ""),
        ("Voor en achter de Wilgenhof", set(), "Voor en achter de Wilgenhof"),
        ("<script>alert(1)</script>", set(), "<script>alert(1)</script>"),
    ],
)
def test_areas_are_known_by_name_and_the_rest_is_a_place_in_words(areas, text, codes, where):
    found = meant(text)
    assert ({area.code for area in found.areas}, found.where) == (codes, where)


# --- steps ------------------------------------------------------------------------------------------


def test_a_work_goes_from_planned_to_done_and_says_since_when(sheet, tom):
    steps.move_to(sheet, Stage.BUSY, on=TODAY - 3 * DAY, by=tom, at=NOW)
    sheets.change(sheet, trend=Trend.AT_RISK, by=tom, at=NOW)
    steps.move_to(sheet, Stage.DONE, by=tom, at=NOW)
    assert (sheet.stage, sheet.started_on, sheet.done_on, sheet.trend) == (Stage.DONE, TODAY - 3 * DAY, TODAY, "")
    steps.move_to(sheet, Stage.BUSY, why="Er lekt nog iets.", by=tom, at=NOW)
    assert (sheet.done_on, sheet.started_on, sheet.why) == (None, TODAY - 3 * DAY, "Er lekt nog iets.")
    assert verbs().count("work.moved") == 3


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.STOPPED])
def test_what_stands_still_or_stops_says_why(sheet, tom, stage):
    with pytest.raises(NotKept, match="Zeg waarom"):
        steps.move_to(sheet, stage, by=tom, at=NOW)
    steps.move_to(sheet, stage, why="Geen geld.", by=tom, at=NOW)
    with pytest.raises(NotKept, match="Zeg waarom"):
        sheets.change(sheet, why="", by=tom, at=NOW)


@pytest.mark.parametrize(("on", "words"), [(TODAY + DAY, "geweest"), (TODAY - 9 * DAY, "begon")])
def test_a_day_that_cannot_be_is_refused(sheet, tom, on, words):
    steps.move_to(sheet, Stage.BUSY, on=TODAY - 3 * DAY, by=tom, at=NOW)
    with pytest.raises(NotKept, match=words):
        steps.move_to(sheet, Stage.DONE, on=on, by=tom, at=NOW)


def test_a_step_that_is_not_in_the_table_is_refused(sheet, tom):
    steps.move_to(sheet, Stage.DONE, by=tom, at=NOW)
    with pytest.raises(WrongStage):
        steps.move_to(sheet, Stage.PAUSED, why="Toch niet", by=tom, at=NOW)


def test_of_two_who_move_it_one_succeeds(sheet, tom, noor):
    other = Work.objects.get(pk=sheet.pk)
    steps.move_to(sheet, Stage.BUSY, by=tom, at=NOW)
    with pytest.raises(WrongStage):
        steps.move_to(other, Stage.STOPPED, why="Nee", by=noor, at=NOW)
    sheet.refresh_from_db()
    assert (sheet.stage, sheet.why) == (Stage.BUSY, "")


def test_confirming_says_who_and_when_and_changes_nothing_else(sheet, tom):
    steps.confirm(sheet, name="Tom van Dijk", by=None, at=NOW)
    assert (sheet.confirmed_at, sheet.confirmed_by, sheet.changed_at) == (NOW, "Tom van Dijk", NOW)
    event = Event.objects.get(verb="work.confirmed")
    assert (event.actor, event.touches, event.payload) == (None, [], {})


# --- removing ---------------------------------------------------------------------------------------


def test_a_sheet_made_by_mistake_goes_and_the_record_stays(sheet, tom, wish):
    answers.add(sheet, wish, by=tom, at=NOW)
    money.set_money(sheet, [MoneyRow("state", 2026, Decimal(5))], by=tom, at=NOW)
    sheets.remove(sheet, by=tom, at=NOW)
    assert not Work.objects.exists()
    assert verbs()[-1] == "work.removed"


def test_a_sheet_that_its_owner_confirmed_stays(sheet, tom):
    steps.confirm(sheet, name="Tom", by=tom, at=NOW)
    with pytest.raises(NotKept, match="blijft"):
        sheets.remove(sheet, by=tom, at=NOW)


# --- lines ------------------------------------------------------------------------------------------


def test_steps_that_wait_for_each_other_in_a_circle_are_refused(sheet, tom):
    facts = {"due_on": TODAY, "by": tom, "at": NOW}
    first = lines.keep_milestone(sheet, None, what="Kabels", **facts)
    second = lines.keep_milestone(sheet, None, what="Riool", after=first, **facts)
    third = lines.keep_milestone(sheet, None, what="Stoep", after=second, **facts)
    for after in (third, second, first):
        with pytest.raises(NotKept, match="in een kring"):
            lines.keep_milestone(sheet, first, what="Kabels", after=after, **facts)
    first.refresh_from_db()
    assert first.after is None
    lines.take_away(sheet, second, by=tom, at=NOW)
    third.refresh_from_db()
    assert third.after is None


def test_a_step_waits_only_for_a_step_of_its_own_work(sheet, make_work, tom):
    other = lines.keep_milestone(make_work(), None, what="Elders", due_on=TODAY, by=tom, at=NOW)
    with pytest.raises(NotKept, match="hetzelfde project"):
        lines.keep_milestone(sheet, None, what="Hier", due_on=TODAY, after=other, by=tom, at=NOW)


def test_a_partner_has_one_part_once(sheet, tom, partner):
    lines.keep_partner(sheet, None, organisation=partner, role="pays", by=tom, at=NOW)
    lines.keep_partner(sheet, None, organisation=partner, role="does", by=tom, at=NOW)
    with pytest.raises(NotKept, match="al"):
        lines.keep_partner(sheet, None, organisation=partner, role="pays", by=tom, at=NOW)


def test_something_is_counted_once(sheet, tom):
    facts = {"name": "Bomen", "counts": "output", "source": "", "baseline": "0", "target": "12", "now": "3"}
    line = lines.keep_indicator(sheet, None, **facts, by=tom, at=NOW)
    lines.keep_indicator(sheet, line, **(facts | {"now": "5"}), by=tom, at=NOW)
    with pytest.raises(NotKept, match="al"):
        lines.keep_indicator(sheet, None, **facts, by=tom, at=NOW)
    assert sheet.indicators.get().now == "5"


# --- money ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([MoneyRow("state", 2026, Decimal(-1))], "onder nul"),
        ([MoneyRow("state", 2026, Decimal(5), Decimal(3), Decimal(4))], "uitgegeven dan vastgelegd"),
        ([MoneyRow("state", 2026, Decimal(5)), MoneyRow("state", 2026, Decimal(6))], "twee keer"),
        ([MoneyRow("state", 1999, Decimal(5))], "deze eeuw"),
        ([MoneyRow("gemeente en rijk", 2026, Decimal(5))], "wie betaalt"),
    ],
)
def test_money_that_cannot_be_is_refused_and_what_was_there_stays(sheet, tom, rows, words):
    money.set_money(sheet, [MoneyRow("fund", 2026, Decimal(9))], by=tom, at=NOW)
    with pytest.raises(NotKept, match=words):
        money.set_money(sheet, rows, by=tom, at=NOW)
    assert sheet.money.get().planned == 9


def test_rows_of_money_replace_those_that_were_there(sheet, tom):
    rows = [MoneyRow("state", 2026, Decimal("10.50"), Decimal(5), Decimal(5)), MoneyRow("fund", 2027)]
    assert money.set_money(sheet, rows, by=tom, at=NOW)
    assert not money.set_money(sheet, rows, by=tom, at=NOW)
    assert [(row.source, row.year, row.planned) for row in sheet.money.all()] == [("state", 2026, Decimal("10.50"))]
    assert verbs().count("work.changed") == 1


# --- what it answers --------------------------------------------------------------------------------


def test_a_work_answers_a_thing_once_and_both_places_are_made_anew(sheet, tom, make_wish):
    wish = make_wish("Een bank", area="BU03440321")
    answers.add(sheet, wish, by=tom, at=NOW)
    answers.add(sheet, wish, by=tom, at=NOW)
    (event,) = Event.objects.filter(verb="work.answers")
    assert event.payload == {"thing": f"wish:{wish.reference}"}
    assert {"BU03440321", "BU03440241"} <= set(event.touches)
    answers.take_away(WorkAnswers.objects.get(), by=tom, at=NOW)
    assert not WorkAnswers.objects.exists()
    assert verbs()[-1] == "work.answers_not"


def test_a_topic_and_an_agreement_can_be_answered_and_a_draft_cannot(sheet, tom, areas):
    topic, agreement = make_topic(areas["zuilen-oost"])
    answers.add(sheet, topic, by=tom, at=NOW)
    answers.add(sheet, agreement, by=tom, at=NOW)
    assert sheet.answers.count() == 2
    draft, _agreement = make_topic(areas["WK034403"], stage=VersionStage.DRAFT)
    with pytest.raises(NotKept, match="concept"):
        answers.add(sheet, draft, by=tom, at=NOW)
