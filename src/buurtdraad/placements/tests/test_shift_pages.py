"""Colleagues choose a shift and follow their own; the manager's one click; and who sees none of it."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from buurtdraad import placements
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.pages.destruction.kinds import BY_KIND
from buurtdraad.pages.work_near import shifts as items
from buurtdraad.placements.actions import hosts, shifts
from buurtdraad.placements.models import Placement, Shift
from buurtdraad.placements.own.queries.shifts import personal_data
from buurtdraad.placements.states import ShiftStage, Stage
from buurtdraad.placements.tests.conftest import DAY, HOUR, MANAGER, NOW, STARTS, TODAY

# A format of a day in which no year comes after the month.
MONTH_ALONE = re.compile(r"""["'](?:l )?j F(?! Y)[^"']*["']""")
ASKED = {"department": "Verkeer", "manager_email": MANAGER, "motivation": "Ik wil leren."}


@pytest.fixture
def colleague_in(signed_in, tom):
    """Tom's browser: he needs no second factor."""
    return signed_in(tom, second_factor=False)


def test_tom_finds_his_way_from_his_own_page_and_staff_and_residents_do_too_or_not(colleague_in, kees, signed_in, joris):
    to_both = ['href="/stages/kiezen/"', 'href="/opleiding/"']
    for page in (colleague_in.get("/mijn/").text, signed_in(joris).get("/mijn/").text):
        assert [link for link in to_both if link in page] == to_both
    page = signed_in(kees).get("/mijn/").text
    assert [link for link in to_both if link in page] == []
    assert signed_in(kees).get("/stages/kiezen/").status_code == 403


def test_without_shifts_the_list_says_so_and_a_shift_that_is_over_is_not_on_it(colleague_in, offer):
    assert "Er is nu geen dienst" in colleague_in.get("/stages/kiezen/").text
    shift = offer()
    assert "Soep uitdelen" in colleague_in.get("/stages/kiezen/").text
    Shift.objects.update(starts_at=NOW - 2 * HOUR, ends_at=NOW - HOUR)
    assert "Soep uitdelen" not in colleague_in.get("/stages/kiezen/").text
    assert colleague_in.get(f"/stages/kiezen/{shift.uuid}/").status_code == 200
    assert colleague_in.post(f"/stages/kiezen/{shift.uuid}/aanmelden/", ASKED).status_code == 422


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"gebied": "WK034403"}, True), ({"gebied": "BU03440321"}, True), ({"gebied": ""}, True),
        ({"dag": STARTS.date()}, True), ({"dag": STARTS.date() + DAY}, False),
        ({"werk": "standing"}, True), ({"werk": "lifting"}, False), ({"taal": "turks"}, True), ({"taal": "Pools"}, False),
    ],
)  # fmt: skip
def test_shifts_are_found_by_area_day_work_and_language(colleague_in, shift, query, found):
    page = colleague_in.get("/stages/kiezen/", query)
    assert page.status_code == 200
    assert ("Soep uitdelen" in page.text) is found
    assert found or "Wij vonden geen dienst" in page.text


@pytest.mark.parametrize("query", [{"gebied": "BU999"}, {"dag": "gisteren"}, {"werk": "<script>"}, {"taal": "x" * 99}])
def test_nonsense_to_search_with_is_asked_again(colleague_in, shift, query):
    assert colleague_in.get("/stages/kiezen/", query).status_code == 422


def test_tom_asks_in_one_form_and_sees_how_it_stands_until_he_was_there(colleague_in, shift):
    page = colleague_in.post(f"/stages/kiezen/{shift.uuid}/aanmelden/", ASKED, follow=True)
    assert "Wij vroegen het uw leidinggevende" in page.text
    placement = Placement.objects.get()
    own = f"/stages/mijn/{placement.uuid}/"
    shifts.agree(placement, by=None, at=NOW)
    shifts.confirm(placement, by=None, at=NOW)
    page = colleague_in.get(own).text
    for words in ("U wordt verwacht", "Dreefplein 1", "Schone handen.", "Ans, 0612345678", "Een schort"):
        assert words in page
    Shift.objects.update(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR)
    placement.refresh_from_db()
    shifts.attended(placement, came=True, by=None, at=NOW)
    assert "U was er" in colleague_in.get(own).text
    assert "De Dreef" in colleague_in.get("/stages/mijn/").text
    assert "De Dreef" in colleague_in.get("/mijn/alles/stages/").text


@pytest.mark.parametrize(
    "wrong", [{"department": ""}, {"manager_email": "petra"}, {"manager_email": "petra@elders.example"}, {"motivation": "x" * 301}]
)
def test_what_is_wrong_is_said_on_the_form(colleague_in, shift, wrong):
    page = colleague_in.post(f"/stages/kiezen/{shift.uuid}/aanmelden/", ASKED | wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not Placement.objects.exists()


def test_the_contact_of_the_host_is_shown_to_who_is_expected_only(colleague_in, shift, ask):
    placement = ask(shift)
    for path in (f"/stages/kiezen/{shift.uuid}/", f"/stages/mijn/{placement.uuid}/"):
        assert "0612345678" not in colleague_in.get(path).text


def test_nobody_sees_who_takes_part(shift, expected, colleague, signed_in, joris, noor):  # noqa: PLR0917
    placement = expected(shift)
    for person in (colleague(1), joris, noor):
        client = signed_in(person)
        for path in ("/stages/kiezen/", f"/stages/kiezen/{shift.uuid}/"):
            page = client.get(path)
            assert page.status_code == 200
            assert "Tom" not in page.text
        for path in ("", "afmelden/", "kalender.ics"):
            assert client.get(f"/stages/mijn/{placement.uuid}/{path}").status_code == 404


def test_taking_it_back_asks_first_and_then_does_it(colleague_in, shift, expected):
    placement = expected(shift)
    path = f"/stages/mijn/{placement.uuid}/afmelden/"
    assert colleague_in.get(path).status_code == 200
    placement.refresh_from_db()
    assert placement.stage == Stage.CONFIRMED
    for _twice in range(2):
        assert colleague_in.post(path, follow=True).status_code == 200
    placement.refresh_from_db()
    assert placement.stage == Stage.CANCELLED


def test_who_cannot_sign_up_hears_it_before_the_form_with_a_way_to_the_other_placement(colleague_in, offer, ask, host_facts, noor):
    other = ask(offer())
    assert colleague_in.get(f"/stages/kiezen/{other.shift.uuid}/aanmelden/").url == f"/stages/mijn/{other.uuid}/"
    food_bank = hosts.add_host(host_facts(name="Voedselbank"), by=noor, at=NOW)
    page = colleague_in.get(f"/stages/kiezen/{offer(of=food_bank).uuid}/aanmelden/").text
    assert "U hebt op die tijd een andere stage" in page
    assert f'href="/stages/mijn/{other.uuid}/"' in page
    assert 'name="department"' not in page


def test_another_manager_is_asked_as_long_as_nobody_answered(colleague_in, shift, ask, mails, client, token_of):  # noqa: PLR0917
    placement = ask(shift)
    first = token_of("/stages/akkoord/")
    path = f"/stages/mijn/{placement.uuid}/leidinggevende/"
    page = colleague_in.get(f"/stages/mijn/{placement.uuid}/").text
    assert (placement.manager_email in page, f'href="{path}"' in page) == (True, True)
    assert colleague_in.post(path, {"manager_email": "x@elders.example"}).status_code == 422
    colleague_in.post(path, {"manager_email": "Mona@utrecht.example"})
    to, text = mails()[-1]
    assert (to, "/stages/akkoord/" in text) == ("mona@utrecht.example", True)
    assert client.get(f"/stages/akkoord/{first}/").status_code == 404
    shifts.agree(placement, by=None, at=NOW)
    assert "al geantwoord" in colleague_in.post(path, {"manager_email": "piet@utrecht.example"}, follow=True).text


def test_who_was_asked_hears_that_somebody_does_not_come_and_the_page_says_who(colleague_in, shift, ask, tom, mails):
    placement = ask(shift)
    assert "De gastheer weet nog niet" in colleague_in.get(f"/stages/mijn/{placement.uuid}/afmelden/").text
    shifts.cancel(placement, by=tom, at=NOW)
    to, text = mails()[-1]
    assert (to, "afgemeld" in text) == (placement.manager_email, True)


def test_the_calendar_has_the_shift_with_address_and_house_rules_and_says_when_it_is_off(colleague_in, shift, expected, tom):
    placement = expected(shift)

    def event():
        answer = colleague_in.get(f"/stages/mijn/{placement.uuid}/kalender.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(answer.content).walk("VEVENT")[0]

    before = event()
    assert before.decoded("dtstart") == shift.starts_at
    assert before["status"] == "CONFIRMED"
    assert "Dreefplein 1" in before["location"]
    assert "Schone handen." in before["description"]
    shifts.cancel(placement, by=tom, at=NOW)
    after = event()
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert str(after["summary"]).startswith("Gaat niet door: ")


def test_the_list_takes_as_many_queries_for_one_shift_as_for_three(colleague_in, offer):
    counts = []
    for number in range(3):
        offer(days=number)
        with CaptureQueriesContext(connection) as queries:
            colleague_in.get("/stages/kiezen/")
        counts.append(len(queries))
    assert counts[0] == counts[2]


# --- the manager ------------------------------------------------------------------------------------


def test_the_manager_says_yes_in_one_click_without_an_account_and_once(client, shift, ask, token_of):
    placement = ask(shift)
    path = f"/stages/akkoord/{token_of('/stages/akkoord/')}/"
    for _twice in range(2):
        page = client.get(path)
        assert "Tom" in page.text
        assert "van Dijk" not in page.text
    placement.refresh_from_db()
    assert placement.stage == Stage.REQUESTED
    assert client.post(path, {"answer": "misschien"}).status_code == 422
    assert "U zei ja" in client.post(path, {"answer": "yes"}).text
    placement.refresh_from_db()
    assert placement.stage == Stage.AGREED
    assert client.post(path, {"answer": "no"}).status_code == 404
    placement.refresh_from_db()
    assert placement.stage == Stage.AGREED
    assert "_auth_user_id" not in client.session


def test_a_no_of_the_manager_is_told_with_the_reason(client, shift, ask, token_of, colleague_in):
    placement = ask(shift)
    path = f"/stages/akkoord/{token_of('/stages/akkoord/')}/"
    assert "U zei nee" in client.post(path, {"answer": "no", "why": "Het is te druk."}).text
    assert "Het is te druk." in colleague_in.get(f"/stages/mijn/{placement.uuid}/").text


def test_what_was_cancelled_is_not_asked_of_the_manager_any_more(client, shift, ask, token_of, tom):
    placement = ask(shift)
    path = f"/stages/akkoord/{token_of('/stages/akkoord/')}/"
    shifts.cancel(placement, by=tom, at=NOW)
    for answer in (client.get(path), client.post(path, {"answer": "yes"})):
        assert answer.status_code == 200
        assert "niets meer" in answer.text
    placement.refresh_from_db()
    assert placement.stage == Stage.CANCELLED
    assert client.get("/stages/akkoord/onzin/").status_code == 404


# --- what stays of a person -------------------------------------------------------------------------


def test_a_person_takes_along_what_they_asked(shift, ask, tom, kees):
    ask(shift)
    assert personal_data(tom)["stages"][0]["waarom u wilde komen"] == "Ik wil zien hoe het gaat."
    assert personal_data(kees) == {}


def test_erasing_gives_the_seat_to_the_next_and_leaves_a_number(offer, ask, tom, colleague):
    shift = offer(seats=1)
    mine, waits = ask(shift), ask(shift, colleague(1))
    shifts.erase(tom, at=NOW)
    mine.refresh_from_db(), waits.refresh_from_db()
    assert (mine.person, mine.motivation, mine.manager_email, mine.department, mine.stage) == (None, "", "", "Verkeer", Stage.CANCELLED)
    assert waits.stage == Stage.REQUESTED


def test_who_left_the_municipality_still_reads_their_own_and_chooses_nothing_more(colleague_in, shift, ask, tom):
    placement = ask(shift)
    DutyHeld.objects.filter(person=tom, duty=Duty.EMPLOYEE).update(from_on=TODAY - 9 * DAY, until_on=TODAY - DAY)
    assert colleague_in.get("/stages/kiezen/").status_code == 403
    assert colleague_in.get(f"/stages/mijn/{placement.uuid}/").status_code == 200


@pytest.mark.parametrize(("kind", "years", "number"), [("placement", 1, 1), ("placement number", 5, 0)])
def test_after_a_year_nobody_is_named_and_after_five_it_is_not_counted(shift, expected, kind, years, number):
    placement = expected(shift)
    Shift.objects.update(starts_at=NOW - 2 * HOUR, ends_at=NOW - HOUR, stage=ShiftStage.HELD)
    if kind == "placement number":
        Placement.objects.update(person=None)
    kept, last = BY_KIND[kind], TODAY.replace(year=TODAY.year + years, day=min(TODAY.day, 28))
    assert kept.destroy([placement.pk], on=last - 5 * DAY) == 0
    late = last + 10 * DAY
    assert (kept.destroy([placement.pk], on=late), kept.due(late).exists()) == (1, False)
    assert Placement.objects.filter(person=None).count() == number


def test_how_to_reach_a_host_that_stopped_is_forgotten_after_a_year(host, noor):
    hosts.end_host(host, last_day=TODAY, by=noor, at=NOW)
    kept = BY_KIND["host"]
    assert kept.destroy([host.pk], on=TODAY + 300 * DAY) == 0
    assert kept.destroy([host.pk], on=TODAY + 400 * DAY) == 1
    host.refresh_from_db()
    assert (host.contact_name, host.contact_email, host.contact_phone) == ("", "", "")


def test_the_organiser_is_asked_when_a_host_says_nothing(shift, ask, expected, colleague, noor, joris):  # noqa: PLR0917
    unsaid, unnoted = ask(shift, colleague(1)), expected(shift)
    shifts.agree(unsaid, by=None, at=NOW)
    assert items(noor, TODAY) == []
    Shift.objects.update(starts_at=NOW + DAY, ends_at=NOW + DAY + HOUR)
    (item,) = items(noor, TODAY)
    assert item.days_left == 1
    assert "Collega" not in item.title
    assert items(joris, TODAY) == []
    Shift.objects.update(starts_at=NOW - 8 * DAY, ends_at=NOW - 8 * DAY + HOUR, stage=ShiftStage.HELD)
    assert len(items(noor, TODAY)) == 1
    unnoted.refresh_from_db()
    shifts.attended(unnoted, came=False, by=noor, at=NOW)
    assert items(noor, TODAY) == []


def test_every_day_says_its_year():
    room = Path(placements.__file__).parent
    sources = [*room.glob("templates/**/*.html"), *room.glob("[a-z]*/*.py"), *room.glob("own/**/*.py")]
    found = {file.name: MONTH_ALONE.findall(file.read_text()) for file in sources if "tests" not in file.parts}
    assert len(found) > 60
    assert {name: formats for name, formats in found.items() if formats} == {}
