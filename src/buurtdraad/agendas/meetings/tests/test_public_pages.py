"""What everybody sees of meetings, and signing up in one screen."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.meetings.queries.seats import own_path, slip_of
from buurtdraad.agendas.meetings.states import Seat
from buurtdraad.agendas.meetings.tests.test_signing_up import mailed_token
from buurtdraad.messages.states import Way

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
SCRIPT = "<script>alert(1)</script>"


def test_the_list_shows_what_is_to_come_and_apart_what_was(client, make_meeting, joris):
    make_meeting(title="Praten bij de soep")
    make_meeting(title="Nog geheim", announced=False)
    past = timezone.now() - 40 * DAY
    make_meeting(title="Vorige keer", starts_at=past, ends_at=past + HOUR, at=past - 9 * DAY)
    page = client.get("/bijeenkomsten/").text
    assert "Praten bij de soep" in page
    assert "Vorige keer" not in page
    assert "Nog geheim" not in page
    page = client.get("/bijeenkomsten/?voorbij=1").text
    assert "Vorige keer" in page
    assert "Praten bij de soep" not in page


def test_a_neighbourhood_also_shows_the_meetings_of_its_working_area_and_district(client, make_meeting, areas):
    make_meeting(title="Van Zuilen-Oost", area=areas["zuilen-oost"])
    make_meeting(title="Van Noordwest", area=areas["WK034402"])
    make_meeting(title="Van de buren", area=areas["BU03440242"])
    make_meeting(title="Van Overvecht", area=areas["BU03440321"])
    page = client.get("/bijeenkomsten/?buurt=BU03440241").text
    assert ["Van Zuilen-Oost" in page, "Van Noordwest" in page, "Van de buren" in page, "Van Overvecht" in page] == [
        True,
        True,
        False,
        False,
    ]
    page = client.get("/bijeenkomsten/?buurt=WK034402").text
    assert ["Van Zuilen-Oost" in page, "Van de buren" in page, "Van Overvecht" in page] == [True, True, False]
    assert client.get("/bijeenkomsten/?buurt=nergens").status_code == 404
    assert client.get("/bijeenkomsten/?buurt=%00").status_code == 404


def test_the_list_asks_as_many_queries_for_one_meeting_as_for_three(client, make_meeting, areas):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_meeting()
        client.get("/bijeenkomsten/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/bijeenkomsten/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_what_is_to_come_stands_in_pages(client, signed_in, joris, make_meeting):
    for number in range(26):
        make_meeting(title=f"Soep nummer {number}")
    assert client.get("/bijeenkomsten/").text.count("Soep nummer") == 20
    assert client.get("/bijeenkomsten/?page=2").text.count("Soep nummer") == 6
    assert "buurt=BU03440241" in client.get("/bijeenkomsten/?buurt=BU03440241").text
    at_work = signed_in(joris)
    first = at_work.get("/werk/bijeenkomsten/").text
    assert first.count("Soep nummer") == 10
    assert 'href="?komend=1"' in first
    assert at_work.get("/werk/bijeenkomsten/?komend=1&page=2").text.count("Soep nummer") == 1


def test_a_page_of_a_meeting_shows_everything_and_escapes_it(client, make_meeting):
    meeting = make_meeting(
        title=f"Avond {SCRIPT}", text=SCRIPT, address=SCRIPT, place=SCRIPT, languages=SCRIPT, offers=["wheelchair", "food"], capacity=10
    )
    page = client.get(f"/bijeenkomsten/{meeting.pk}/").text
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert SCRIPT not in client.get("/bijeenkomsten/").text
    assert SCRIPT not in client.get(f"/bijeenkomsten/{meeting.pk}/aanmelden/").text


def test_a_draft_has_no_page_no_calendar_and_no_sign_up(client, make_meeting):
    meeting = make_meeting(announced=False)
    for path in ("", "aanmelden/", "kalender.ics"):
        assert client.get(f"/bijeenkomsten/{meeting.pk}/{path}").status_code == 404
    assert client.get("/bijeenkomsten/99999999999999999999999/").status_code == 404


def test_somebody_signs_up_with_only_a_name_and_finds_it_back_with_the_slip(client, meeting):
    answer = client.post(f"/bijeenkomsten/{meeting.pk}/aanmelden/", {"name": "Emine", "people": 2, "way": "none"})
    made = SignUp.objects.get()
    assert (made.name, made.people, made.stage) == ("Emine", 2, Seat.SIGNED)
    page = client.get(answer["Location"]).text
    slip = slip_of(made)
    assert f"{slip[:4]}-{slip[4:]}" in page
    by_slip = client.post("/bijeenkomsten/briefje/", {"number": slip.lower()})["Location"]
    # The address is signed with the moment: the same page, and not the same letters.
    assert by_slip.rpartition(":")[0].rpartition(":")[0] == answer["Location"].rpartition(":")[0].rpartition(":")[0]
    assert f"{slip[:4]}-{slip[4:]}" in client.get(by_slip).text
    assert client.post("/bijeenkomsten/briefje/", {"number": "ABCDEFGH"}).status_code == 422


def test_who_gives_an_e_mail_address_gets_a_mail_and_confirms_it(client, meeting, rf):
    client.post(f"/bijeenkomsten/{meeting.pk}/aanmelden/", {"name": "Noor", "people": 1, "way": "email", "email": "noor@example.nl"})
    made = SignUp.objects.get()
    token = mailed_token(rf, "noor@example.nl", made)
    assert client.get(f"/bijeenkomsten/bevestigen/{token}/").status_code == 200
    assert SignUp.objects.get().contact is None
    assert client.post(f"/bijeenkomsten/bevestigen/{token}/").status_code == 302
    assert SignUp.objects.get().contact.person.email == "noor@example.nl"
    assert client.get(f"/bijeenkomsten/bevestigen/{token}/").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "Emine", "people": 0, "way": "none"},
        {"name": "Emine", "people": 11, "way": "none"},
        {"name": "Emine", "people": 1, "way": "email"},
        {"name": "Emine", "people": 1, "way": "call", "phone": "12"},
        {"name": "E" * 61, "people": 1, "way": "none"},
        {"name": "Emine", "people": 1, "way": "none", "needs": "x" * 100_000},
        {"name": "Emine", "people": 1, "way": "none", "homepage": "spam"},
        {"name": "Em\x00ine", "people": 1, "way": "none"},
    ],
)
def test_a_form_that_is_not_right_signs_nobody_up(client, meeting, given):
    assert client.post(f"/bijeenkomsten/{meeting.pk}/aanmelden/", given).status_code == 422
    assert not SignUp.objects.exists()


def test_who_is_signed_in_is_asked_nothing_to_reach_them(client, meeting, kees):
    client.force_login(kees)
    page = client.get(f"/bijeenkomsten/{meeting.pk}/aanmelden/").text
    assert 'value="Kees"' in page
    assert 'name="way"' not in page
    client.post(f"/bijeenkomsten/{meeting.pk}/aanmelden/", {"name": "Kees", "people": 1})
    assert SignUp.objects.get().contact.person == kees


def test_a_full_meeting_says_the_place_on_the_waiting_list(client, make_meeting, come):
    meeting = make_meeting(capacity=1)
    come(meeting, "Noor"), come(meeting, "Ria")
    third = come(meeting, "Linda")
    assert "wachtlijst" in client.get(f"/bijeenkomsten/{meeting.pk}/").text
    assert "op plek 2" in client.get(own_path(third)).text


def test_ones_own_page_changes_signs_off_and_checks_in(client, going_on, come):
    made = come(going_on, "Emine", way=Way.NONE)
    path = own_path(made)
    assert client.post(path, {"deed": "change", "people": 3, "needs": SCRIPT}).status_code == 302
    assert SignUp.objects.get().people == 3
    assert SCRIPT not in client.get(path).text
    assert client.post(path, {"deed": "change", "people": 99}).status_code == 422
    assert client.post(path, {"deed": "here", "code": "ABCDEF"}).status_code == 422
    assert client.post(path, {"deed": "here", "code": going_on.code}).status_code == 302
    assert SignUp.objects.get().stage == Seat.CAME
    assert client.post(path, {"deed": "off"}).status_code == 302
    assert SignUp.objects.get().stage == Seat.CAME
    assert client.post(path, {"deed": "nonsense"}).status_code == 422
    other = come(going_on, "Noor", way=Way.NONE)
    client.post(own_path(other), {"deed": "off"})
    assert SignUp.objects.get(name="Noor").stage == Seat.CANCELLED


def test_a_link_that_is_not_ours_opens_nothing(client, meeting, come):
    path = own_path(come(meeting))
    assert client.get(path[:-3] + "xx/").status_code == 404
    assert client.get("/bijeenkomsten/aanmelding/abc:def/").status_code == 404


def test_a_cancelled_meeting_stays_on_its_page_with_the_reason(client, meeting, joris, come):
    made = come(meeting, way=Way.NONE)
    actions.cancel(meeting, why="De zaal is dicht.", by=joris, at=timezone.now())
    assert "De zaal is dicht." in client.get(f"/bijeenkomsten/{meeting.pk}/").text
    assert "De zaal is dicht." in client.get(own_path(made)).text
    assert client.post(f"/bijeenkomsten/{meeting.pk}/aanmelden/", {"name": "Noor", "people": 1, "way": "none"}).status_code == 422


def test_where_nobody_can_sign_up_any_more_the_page_says_so_without_a_form(client, make_meeting, joris):
    past, soon = timezone.now() - 40 * DAY, timezone.now() + 7 * DAY
    over = make_meeting(starts_at=past, ends_at=past + HOUR, at=past - 9 * DAY)
    shut = make_meeting(starts_at=soon, ends_at=soon + HOUR, sign_up_until=timezone.now() - HOUR)
    off = make_meeting()
    actions.cancel(off, why="De zaal is dicht.", by=joris, at=timezone.now())
    for meeting, words in (
        (over, "Deze bijeenkomst is voorbij."), (shut, "Opgeven kan niet meer."), (off, "De zaal is dicht."),
    ):  # fmt: skip
        page = client.get(f"/bijeenkomsten/{meeting.pk}/aanmelden/").text
        assert words in page
        assert 'name="people"' not in page
        assert 'href="/bijeenkomsten/"' in page


def test_pages_for_everybody_say_what_they_show(client, meeting):
    assert client.get("/bijeenkomsten/").shows_places == {"GM0344"} or client.get("/bijeenkomsten/").shows_places
    assert client.get(f"/bijeenkomsten/{meeting.pk}/").shows_places == {"BU03440241"}
    assert client.get(f"/bijeenkomsten/{meeting.pk}/kalender.ics").shows_places == {"BU03440241"}
