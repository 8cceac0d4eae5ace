"""Reading the record: the timeline of a thing, looks, search, export, and what retention drops."""

import datetime
import json
import stat
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.audit.actions import forget, record, record_look, seal
from buurtdraad.audit.models import Event, Revision, Seal
from buurtdraad.audit.queries import Wanted, events, newest_about, page_of, timeline, verify
from buurtdraad.audit.rules import as_line, chained
from buurtdraad.audit.words import in_words
from buurtdraad.running.cluster import APP

pytestmark = pytest.mark.django_db
RIA = "11111111-1111-4111-8111-111111111111"


def moment(year, month=1, day=1, hour=12):
    return datetime.datetime(year, month, day, hour, tzinfo=datetime.UTC)


def tell(verb="wish.given", thing="wish:1", at=None, by=None, **facts):
    return record(verb, room=facts.pop("room", "agendas"), thing=thing, by=by, at=at or timezone.now(), **facts)


def test_a_timeline_tells_the_deeds_of_one_thing_the_last_first():
    tell("wish.given")
    tell("wish.given", thing="wish:11")
    record_look(room="agendas", thing="wish:1", by=RIA, at=timezone.now())
    tell("wish.joined")
    assert [event.verb for event in timeline("wish:1")] == ["wish.joined", "wish.given"]


def test_a_look_touches_nothing_and_says_why():
    record_look(room="accounts", thing="person:1", by=RIA, at=timezone.now(), duty="moderator", why="Melding 12")
    look = Event.objects.get()
    assert (look.verb, look.duty, look.touches, look.payload) == ("looked", "moderator", [], {"why": "Melding 12"})
    assert not Revision.objects.exists()


def shown(happened, names):
    return Template("{% load audit %}{% timeline events names show_thing=True %}").render(Context({"events": happened, "names": names}))


def test_a_timeline_names_people_and_forgets_who_was_erased():
    event = tell(by=RIA, payload={"why": "Omdat", "area": "BU1"})
    event.refresh_from_db()
    page = shown([event], {event.actor: "Ria Postma"})
    assert "Ria Postma" in page
    assert "Omdat" in page
    assert "verwijderd" in shown([event], {})
    assert "onbekend" in shown([tell(channel="phone")], {})


def test_hostile_words_in_the_record_are_text_on_the_page():
    evil = "<script>alert(1)</script>"
    event = tell(evil[:60], thing=evil, by=RIA, channel="<b>", payload={"why": evil, evil: evil, "deep": {evil: [evil]}})
    event.refresh_from_db()
    assert "<script" not in shown([event], {event.actor: evil})
    assert "<b>" not in shown([event], {})


def test_a_verb_that_no_room_translates_can_still_be_read():
    assert in_words("sheet.sent_back") == "sheet sent back"
    assert in_words("") == ""


# --- searching --------------------------------------------------------------------------------------


def test_events_are_found_by_thing_person_room_and_day():
    first = tell(at=moment(2026, 3, 1), by=RIA)
    second = tell(thing=f"person:{RIA}", room="accounts", at=moment(2026, 3, 2))
    third = tell(at=datetime.datetime(2026, 3, 2, 23, 30, tzinfo=datetime.UTC))  # half past midnight in the city

    def found(**wanted):
        return [event.id for event in events(Wanted(**wanted))]

    assert found(thing="wish:1") == [first.id, third.id]
    assert found(actor=RIA) == [first.id, second.id]
    assert found(room="accounts") == [second.id]
    assert found(from_on=datetime.date(2026, 3, 2), until_on=datetime.date(2026, 3, 2)) == [second.id]
    assert found(from_on=datetime.date(2026, 3, 3)) == [third.id]


def test_pages_follow_each_other_without_a_gap_and_cost_one_query_each():
    ids = [tell().id for _ in range(7)]
    seen, before = [], None
    while True:
        with CaptureQueriesContext(connection) as captured:
            page, further = page_of(Wanted(), before=before, number=3)
        assert len(captured) == 1
        seen += [event.id for event in page]
        if further is None:
            break
        before = further
    assert seen == ids[::-1]


# --- taking it along --------------------------------------------------------------------------------


def test_the_export_holds_the_lines_that_were_sealed(tmp_path):
    for number in range(5):
        tell(payload={"why": f"reden {number} é\n"})
    seal(at=timezone.now())
    file = tmp_path / "audit.jsonl"
    call_command("export_audit", str(file), stdout=StringIO())
    lines = file.read_text().splitlines(keepends=True)
    assert lines == [as_line(event) for event in Event.objects.all()]
    assert [json.loads(line)["payload"]["why"] for line in lines] == [f"reden {n} é\n" for n in range(5)]
    assert chained("", Event.objects.all()) == Seal.objects.get().hash
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["audit.jsonl"]


def test_the_export_goes_to_standard_output_too():
    tell()
    out = StringIO()
    call_command("export_audit", "-", stdout=out)
    assert out.getvalue() == as_line(Event.objects.get())


@pytest.mark.parametrize("name", ["there.jsonl", "no/such/folder.jsonl"])
def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path, name):
    (tmp_path / "there.jsonl").write_text("old")
    with pytest.raises(CommandError, match=name):
        call_command("export_audit", str(tmp_path / name))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("there.jsonl", "old")]


# --- retention --------------------------------------------------------------------------------------


@pytest.fixture
def years():
    """Two events of each year, a seal a year, and one that is not sealed."""
    for year in (2017, 2018, 2019, 2020):
        tell(at=moment(year, 2))
        tell(at=moment(year, 11))
        seal(at=moment(year, 12))
    tell(at=moment(2021))


def left():
    return sorted(event.at.year for event in Event.objects.exclude(verb="audit.forgotten"))


def dropped(before):
    said = StringIO()
    call_command("forget_audit", "--before", before, "--yes", stdout=said)
    return said.getvalue()


def test_old_events_go_and_the_seals_still_hold(years):
    assert dropped("2019-01").startswith("4 events")
    assert left() == [2019, 2019, 2020, 2020, 2021]
    verdict = verify()
    assert (verdict.seals, verdict.dropped, verdict.altered) == (4, 2, [])
    event = Event.objects.get(verb="audit.forgotten")
    assert (event.payload["events"], event.channel) == (4, "command")


def test_only_whole_seals_go(years):
    dropped("2019-06")
    assert left() == [2019, 2019, 2020, 2020, 2021]
    assert verify().altered == []


def test_what_is_not_sealed_stays_however_old(years):
    dropped("2026-01")
    assert left() == [2021]
    assert verify().altered == []


def test_an_event_that_happened_later_keeps_all_behind_it():
    tell(at=moment(2017))
    seal(at=moment(2017))
    tell(at=moment(2023))
    tell(at=moment(2018))
    seal(at=moment(2023))
    tell(at=moment(2018))
    seal(at=moment(2023))
    dropped("2020-01")
    assert left() == [2018, 2018, 2023]


def test_dropping_twice_drops_nothing_more(years):
    dropped("2019-01")
    assert dropped("2019-01").startswith("0 events")
    assert Event.objects.filter(verb="audit.forgotten").count() == 1


def test_after_retention_an_event_can_again_not_be_removed(years):
    forget(before=moment(2019), at=timezone.now())
    with pytest.raises(ProgrammingError, match="audit only grows"), transaction.atomic():
        Event.objects.all().delete()


def test_the_web_role_cannot_drop_a_thing(years):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {APP}")
        forget(before=moment(2019), at=timezone.now())


@pytest.mark.parametrize("month", ["2019", "2019-13", "19-01", "2019-01-01", "0001-01", "morgen", "9999-01"])
def test_a_month_that_is_none_or_still_to_come_drops_nothing(years, month):
    with pytest.raises(CommandError):
        call_command("forget_audit", "--before", month, "--yes")
    assert len(left()) == 9


def test_nothing_is_dropped_without_a_yes(years, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: "")
    with pytest.raises(CommandError, match="Nothing was dropped"):
        call_command("forget_audit", "--before", "2019-01")
    assert len(left()) == 9


def test_the_last_of_what_somebody_did_and_of_what_was_done_to_them_each_event_once():
    own, other = f"person:{RIA}", "22222222-2222-4222-8222-222222222222"
    told = [
        tell("wish.given", by=RIA), tell("person.named", thing=own, by=RIA), tell("looked", thing=own, by=other),
        tell("person.erased", thing=own), tell("wish.given", by=other), tell("wish.joined", by=RIA),
    ]  # fmt: skip
    meant = [told[place].pk for place in (5, 3, 2, 1, 0)]
    assert [event.pk for event in newest_about(UUID(RIA), 10)] == meant
    assert [event.pk for event in newest_about(UUID(RIA), 3)] == meant[:3]
    assert newest_about(UUID(RIA), 10).count() == 5
    assert newest_about(UUID(RIA), 3).count() == 3


def test_what_names_a_thing_is_found_by_an_index():
    for number in range(300):
        tell(thing=f"wish:{number}", touches=[f"BU{number}"], payload={"about": f"topic:{number}"})
    meant = Event.objects.get(thing="wish:7")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_event")
        cursor.execute("SET LOCAL enable_seqscan = off")
    for thing in ("wish:7", "area:BU7", "topic:7"):
        found = events(Wanted(thing=thing))
        assert list(found) == [meant]
        assert "event_concerns" in found.order_by().explain()
