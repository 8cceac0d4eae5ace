"""Files for a calendar, in the shape that Outlook, Google and Apple expect."""

import datetime
import re

import pytest
from django.utils import timezone
from icalendar import Calendar

from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.messages.calendars import AMSTERDAM

SUMMER, WINTER = (datetime.datetime(2027, month, 8, 19, 30, tzinfo=AMSTERDAM) for month in (7, 1))
TWO_HOURS = datetime.timedelta(hours=2)


def read(client, path):
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content, Calendar.from_ical(answer.content)


def event_of(client, meeting):
    return read(client, f"/bijeenkomsten/{meeting.pk}/kalender.ics")[1].walk("VEVENT")[0]


def test_outlook_gets_what_it_refuses_to_do_without(client, meeting):
    """CRLF, lines of at most 75 bytes, PRODID, VERSION, METHOD, and in each event UID, DTSTAMP (UTC), DTSTART and DTEND."""
    content, calendar = read(client, f"/bijeenkomsten/{meeting.pk}/kalender.ics")
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n", content)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert calendar["prodid"]
    event = calendar.walk("VEVENT")[0]
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS"} <= set(event)
    assert re.search(rb"\r\nDTSTAMP:\d{8}T\d{6}Z\r\n", content)


@pytest.mark.parametrize(("starts_at", "offset"), [(SUMMER, 2), (WINTER, 1)])
def test_times_stand_in_amsterdam_with_a_timezone_that_every_program_can_read(client, make_meeting, starts_at, offset):
    meeting = make_meeting(starts_at=starts_at, ends_at=starts_at + TWO_HOURS)
    content, calendar = read(client, f"/bijeenkomsten/{meeting.pk}/kalender.ics")
    assert f"DTSTART;TZID=Europe/Amsterdam:{starts_at:%Y%m%dT%H%M%S}\r\n".encode() in content
    zones = calendar.walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Amsterdam"]
    assert {part.name for part in zones[0].subcomponents} == {"STANDARD", "DAYLIGHT"}
    start = calendar.walk("VEVENT")[0].decoded("dtstart")
    assert start == starts_at
    assert start.utcoffset() == datetime.timedelta(hours=offset)


def test_google_gets_the_name_and_the_zone_of_a_feed_and_sees_a_cancelled_meeting_in_the_title(client, meeting, joris):
    """Google shows no STATUS: the title has to say it."""
    actions.cancel(meeting, why="De zaal is dicht.", by=joris, at=timezone.now())
    _content, calendar = read(client, "/buurten/BU03440241/bijeenkomsten.ics")
    assert calendar["x-wr-timezone"] == "Europe/Amsterdam"
    assert "Geuzenwijk" in calendar["x-wr-calname"]
    event = calendar.walk("VEVENT")[0]
    assert str(event["summary"]).startswith("Gaat niet door: ")


def test_apple_gets_how_often_to_look_again_and_an_address_on_the_site(client, make_meeting):
    make_meeting(latitude=52.1, longitude=5.08)
    content, calendar = read(client, "/buurten/BU03440241/bijeenkomsten.ics")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in content
    assert b"X-PUBLISHED-TTL" in content
    event = calendar.walk("VEVENT")[0]
    assert str(event["url"]).startswith("https://buurt.example.nl/bijeenkomsten/")
    assert event["geo"].to_ical() == "52.1;5.08"


def test_a_moved_meeting_keeps_its_uid_and_counts_up(client, meeting, plan, joris):
    before = event_of(client, meeting)
    later = meeting.starts_at + datetime.timedelta(days=1)
    actions.change(meeting, plan(starts_at=later, ends_at=later + TWO_HOURS), by=joris, at=timezone.now())
    after = event_of(client, meeting)
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") == later
    assert after.decoded("dtstamp") >= before.decoded("dtstamp")


def test_a_cancelled_meeting_stays_in_the_feed_as_cancelled(client, meeting, joris):
    actions.cancel(meeting, why="De zaal is dicht.", by=joris, at=timezone.now())
    event = event_of(client, meeting)
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert "De zaal is dicht." in event["description"]


def test_what_people_type_cannot_add_a_line_of_its_own(client, make_meeting):
    meeting = make_meeting(
        title="Avond\r\nATTACH:https://evil.example", text="Regel 1\nEND:VEVENT\n" + "lang " * 200, place="Zaal; A, B\\C", address="1\r\n2"
    )
    content, calendar = read(client, f"/bijeenkomsten/{meeting.pk}/kalender.ics")
    assert b"\r\nATTACH" not in content
    assert content.count(b"\r\nEND:VEVENT") == 1
    assert calendar.walk("VEVENT")[0]["location"] == "Zaal; A, B\\C, 1 2"


def test_the_feed_of_an_area_leaves_out_drafts_and_what_was_long_ago(client, make_meeting, areas):
    make_meeting(announced=False)
    old = timezone.now() - datetime.timedelta(days=400)
    make_meeting(starts_at=old, ends_at=old + TWO_HOURS, at=old - datetime.timedelta(days=9))
    make_meeting(area=areas["BU03440321"])
    assert not read(client, "/buurten/BU03440241/bijeenkomsten.ics")[1].walk("VEVENT")
    assert len(read(client, "/buurten/GM0344/bijeenkomsten.ics")[1].walk("VEVENT")) == 1
    assert Meeting.objects.count() == 3
    assert client.get("/buurten/nergens/bijeenkomsten.ics").status_code == 404
