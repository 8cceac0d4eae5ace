"""`/werk/`: what waits for whom, how urgent, where and with what; and the Monday mail about it."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.destruction.actions import propose
from buurtdraad.accounts.duties import AT_WORK, STAFF, Duty
from buurtdraad.accounts.models import Report
from buurtdraad.accounts.tests.city import INSIDE, WORKING_AREA, administrator, holds, make_city, sign_in, someone
from buurtdraad.agendas.wishes.actions import Given, give
from buurtdraad.agendas.wishes.states import Showing, Theme
from buurtdraad.lib.access import rule_of
from buurtdraad.messages import actions
from buurtdraad.messages.models import Mail
from buurtdraad.messages.states import Kind, Stage, Way
from buurtdraad.pages import tasks, work
from buurtdraad.pages.work_tools import TOOL_GROUPS

pytestmark = pytest.mark.django_db
DISTRICT, NEIGHBOURHOOD = "WK034401", INSIDE["WK034401"][0]
# Four for who it is and where, one for the names of their areas, and the kinds of work: most take one, some two, what partners say three.
MOST_QUERIES = 45
MONDAY = datetime.datetime(2026, 11, 23, 6, 30, tzinfo=datetime.UTC)
SUNDAY = MONDAY - datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def areas(settings):
    settings.CITY_NAME, settings.CITY_PHONE, settings.SITE_URL = "Utrecht", "14 030", "https://buurt.example.nl"
    return make_city()


@pytest.fixture
def joris(areas):
    person = someone("Joris Bakker", email="joris@example.nl", confirmed_at=timezone.now())
    holds(person, Duty.AREA_ADVISER, areas[DISTRICT])
    return person


def wants_a_call(name="Mevrouw Aydin", area=None, days_ago=0, subject="Uw wens over een bank is klaar"):
    at = timezone.now() - datetime.timedelta(days=days_ago)
    contact = actions.add_contact(name=name, way=Way.CALL, phone="06 12345678", by=None, at=at, channel="phone")
    actions.tell(
        contact, kind=Kind.WISH, subject=subject, body="De bank staat er.", link="/wensen/", thing="wish:1", area=area, by=None, at=at
    )
    return contact


def report(reason="rude", days_ago=0, area=None, thing="page:/"):
    made_at = timezone.now() - datetime.timedelta(days=days_ago)
    return Report.objects.create(thing=thing, reason=reason, area=area, made_at=made_at)


def failed_mail():
    at = timezone.now()
    return Mail.objects.create(
        to="emine@example.nl", kind=Kind.WISH, subject="Uw wens", stage=Stage.FAILED, problem="550 no such user", made_at=at, ended_at=at
    )


def list_of_what_is_past():
    at = timezone.now()
    return propose({("report", "report decided"): [1]}, on=at.date(), by=system_person("propose_destruction"), at=at)


def titles(person):
    return [item.title for item in work.waiting_for(person, on=timezone.localdate()).items]


# --- what waits for whom --------------------------------------------------------------------------------


def test_an_adviser_is_asked_to_call_in_the_own_area_and_nothing_else(areas, joris):
    contact = wants_a_call(area=areas[NEIGHBOURHOOD], days_ago=3)
    wants_a_call(area=areas["WK034402"], subject="Elders")
    wants_a_call(area=areas[WORKING_AREA], subject="In het werkgebied")
    report(), failed_mail(), list_of_what_is_past()
    assert titles(joris) == ["Bel over: Uw wens over een bank is klaar", "Bel over: In het werkgebied"]
    item = work.waiting_for(joris, on=timezone.localdate()).items[0]
    assert item.link == f"/werk/bellen/{contact.uuid}/"
    assert (item.area, item.days_left) == (f"Naam {NEIGHBOURHOOD}", None)
    assert item.since == timezone.localdate() - datetime.timedelta(days=3)


def test_a_moderator_gets_the_reports_danger_first_and_late(areas):
    hamid = someone("Hamid Bouzian")
    holds(hamid, Duty.MODERATOR)
    wants_a_call()
    report(days_ago=9, area=areas[NEIGHBOURHOOD])
    report("danger", days_ago=2)
    report("danger")
    items = work.waiting_for(hamid, on=timezone.localdate()).items
    assert [item.days_left for item in items] == [-2, 0, None]
    assert items[2].title == "Melding: Het is grof of kwetst mensen"
    assert items[2].area == f"Naam {NEIGHBOURHOOD}"


def test_a_moderator_of_one_place_gets_the_reports_of_that_place(areas):
    hamid = someone("Hamid Bouzian")
    holds(hamid, Duty.MODERATOR, areas[DISTRICT])
    report(area=areas[NEIGHBOURHOOD]), report(area=areas["WK034402"]), report()
    assert [item.area for item in work.waiting_for(hamid, on=timezone.localdate()).items] == [f"Naam {NEIGHBOURHOOD}"]


def test_danger_about_what_is_gone_has_no_haste():
    hamid = someone("Hamid Bouzian")
    holds(hamid, Duty.MODERATOR)
    report("danger", thing="wish:1")
    assert [item.days_left for item in work.waiting_for(hamid, on=timezone.localdate()).items] == [None]


def test_an_administrator_decides_on_lists_duties_and_mails(areas):
    ria = administrator()
    noor = someone("Noor de Graaf")
    holds(noor, Duty.PROGRAMME_MANAGER, days=(-10, 12))
    holds(ria, Duty.PROGRAMME_MANAGER, days=(-10, 5))
    holds(someone("Kees Vermeer"), Duty.RESIDENT, days=(-10, 5))
    holds(someone("Samira"), Duty.AREA_ADVISER, areas[DISTRICT], days=(-10, 31))
    wants_a_call()
    failed_mail(), failed_mail(), list_of_what_is_past()
    found = work.waiting_for(ria, on=timezone.localdate()).items
    assert [item.title for item in found] == [
        "Noor de Graaf: programmamanager stopt",
        "Beslis wat we vernietigen",
        "Mails die niet aankwamen: 2",
    ]
    assert (found[0].days_left, found[0].area, found[0].link) == (12, "De hele stad", f"/werk/taken/{noor.uuid}/")


def wish_for(area, text="Een bank op de Wilgenhof", days_ago=0, showing=Showing.SHOWN):
    given = Given(text, area, theme=Theme.GREEN)
    return give(given, contact=None, by=None, at=timezone.now() - datetime.timedelta(days=days_ago), showing=showing)


def test_an_adviser_answers_wishes_and_reads_those_that_wait(areas, joris):
    late = wish_for(areas[NEIGHBOURHOOD], days_ago=25)
    hidden = wish_for(areas[NEIGHBOURHOOD], "Bel mevrouw Aydin", showing=Showing.WAITING)
    wish_for(areas["WK034402"])
    items = work.waiting_for(joris, on=timezone.localdate()).items
    assert [(item.title, item.days_left, item.link) for item in items] == [
        (f"Geef antwoord: {late.reference} (Een bank op de Wilgenhof)", -4, f"/werk/wensen/{late.reference}/"),
        (f"Geef antwoord: {hidden.reference} (Groen en spelen)", 21, f"/werk/wensen/{hidden.reference}/"),
        ("Wensen om te lezen: 1", None, "/werk/lezen/"),
    ]


def test_a_moderator_reads_wishes_and_answers_none(areas):
    hamid = someone("Hamid Bouzian")
    holds(hamid, Duty.MODERATOR)
    wish_for(areas[NEIGHBOURHOOD]), wish_for(areas[NEIGHBOURHOOD], showing=Showing.WAITING)
    assert titles(hamid) == ["Wensen om te lezen: 1"]


@pytest.mark.parametrize("area", [None, DISTRICT])
def test_a_duty_that_goes_on_asks_nothing(areas, area):
    ria, samira = administrator(), someone("Samira El Idrissi")
    held = holds(samira, Duty.AREA_ADVISER, areas.get(area), days=(-10, 5))
    assert len(titles(ria)) == 1
    holds(samira, Duty.AREA_ADVISER, areas.get(area), days=(6, None))
    assert titles(ria) == []
    held.delete()
    assert titles(ria) == []


def test_a_stand_in_ends_by_itself(areas, joris):
    ria = administrator()
    own = joris.duties.get()
    holds(someone("Samira"), Duty.AREA_ADVISER, areas[DISTRICT], days=(-1, 5), stand_in_for=own)
    assert titles(ria) == []


def test_who_proposed_a_list_is_not_asked_to_decide_on_it():
    ria = administrator()
    at = timezone.now()
    propose({("report", "report decided"): [1]}, on=at.date(), by=ria, at=at)
    assert titles(ria) == []


def test_without_a_second_factor_nothing_waits(joris):
    wants_a_call()
    joris.without_second_factor = True
    assert titles(joris) == []


def test_what_is_finished_is_gone(joris):
    contact = wants_a_call()
    assert len(titles(joris)) == 1
    actions.called(contact, by=joris.uuid, at=timezone.now())
    assert titles(joris) == []


# --- the page ---------------------------------------------------------------------------------------------


def test_the_page_says_what_waits_where_and_with_what(client, areas, joris):
    wants_a_call(area=areas[NEIGHBOURHOOD])
    page = sign_in(client, joris).get("/werk/").text
    assert "Bel over: Uw wens over een bank is klaar" in page
    assert f'href="/buurten/{DISTRICT}/"' in page
    assert f'href="/werk/poster/{DISTRICT}/"' in page
    for allowed in ("/werk/bellen/", "/mijn/taken/"):
        assert f'href="{allowed}"' in page
    for forbidden in ("/werk/logboek/", "/werk/meldingen/", "/werk/vernietigen/", "/werk/taken/", "/werk/post/"):
        assert f'href="{forbidden}"' not in page
    assert "Aydin" not in page


def test_days_are_said_in_words(client):
    hamid = someone("Hamid Bouzian")
    holds(hamid, Duty.MODERATOR)
    report("danger", days_ago=2)
    assert "2 dagen te laat" in sign_in(client, hamid).get("/werk/").text


def test_an_empty_page_is_friendly(client, joris):
    page = sign_in(client, joris).get("/werk/").text
    assert "Er wacht niets op u" in page


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_links_stay_in_the_language_of_the_page(client, joris, prefix):
    contact = wants_a_call()
    assert f'href="{prefix}/werk/bellen/{contact.uuid}/"' in sign_in(client, joris).get(prefix + "/werk/").text


def test_every_tool_keeps_the_rule_of_its_page():
    for tool in (tool for group in TOOL_GROUPS for tool in group.tools):
        assert rule_of(resolve(reverse(tool.page)).func) is tool.rule


def test_of_many_things_some_stand_here_and_the_rest_one_click_away(client, joris):
    for number in range(work.MOST + 1):
        wants_a_call(f"Buur {number}", days_ago=number)
    page = sign_in(client, joris).get("/werk/").text
    assert page.count("Bel over:") == work.MOST
    assert "Er is meer. Bekijk alles: Bellen" in page


def test_the_page_takes_few_queries_however_much_there_is(client, areas, settings):
    everything = someone("Iedereen tegelijk")
    holds(everything, Duty.AREA_ADVISER, areas[DISTRICT])
    holds(everything, Duty.MODERATOR)
    holds(everything, Duty.ADMINISTRATOR)
    counts = []
    for number in (1, 25):
        for place in range(number):
            wants_a_call(f"Buur {place}", area=areas[NEIGHBOURHOOD])
            report(area=areas[NEIGHBOURHOOD])
            failed_mail()
            holds(someone(f"Collega {number} {place}"), Duty.FINANCE, areas[NEIGHBOURHOOD], days=(-3, 3))
        list_of_what_is_past()
        sign_in(client, everything)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/werk/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_staff_find_it_in_the_header_and_others_do_not(client, areas, joris):
    assert 'href="/werk/"' in sign_in(client, joris).get("/").text
    kees = someone("Kees Vermeer")
    holds(kees, Duty.RESIDENT)
    assert 'href="/werk/"' not in sign_in(client, kees).get("/").text
    client.logout()
    assert 'href="/werk/"' not in client.get("/").text


@pytest.mark.parametrize("duty", Duty)
def test_only_staff_come_here(client, duty):
    person = someone()
    holds(person, duty)
    assert sign_in(client, person).get("/werk/").status_code == (200 if duty in AT_WORK else 403)
    weak = sign_in(Client(), person, strongly=False).get("/werk/")
    assert weak.status_code == (302 if duty in STAFF else 200 if duty == Duty.EMPLOYEE else 403)


def test_an_employee_without_another_duty_finds_project_sheets_and_the_buurtcheck(client, areas):
    tom = someone("Tom van Dijk")
    holds(tom, Duty.EMPLOYEE)
    assert 'href="/werk/"' in sign_in(client, tom, strongly=False).get("/").text
    page = client.get("/werk/").text
    for there in ("/werk/projecten/", "/werk/buurtcheck/", "/werk/projecten/plakken/", "/werk/projecten/bevestigen/"):
        assert f'href="{there}"' in page
    for not_there in ("/samenhang/", "/werk/rapport/", "/werk/partners/"):
        assert f'href="{not_there}"' not in page
    assert "Uw gebieden" not in page


# --- the Monday mail ------------------------------------------------------------------------------------


def test_on_monday_morning_staff_get_what_waits(joris, areas):
    contact = wants_a_call(area=areas[NEIGHBOURHOOD])
    tasks.send_week(timestamp=int(MONDAY.timestamp()))
    tasks.send_week(timestamp=int(MONDAY.timestamp()))
    mail = Mail.objects.get(kind=Kind.WORK)
    assert (mail.to, mail.subject) == ("joris@example.nl", f"Uw week in Naam {DISTRICT}")
    assert f"https://buurt.example.nl/werk/bellen/{contact.uuid}/" in mail.text
    assert f"Naam {NEIGHBOURHOOD}" in mail.text
    assert "Aydin" not in mail.text + mail.html


def test_the_mail_speaks_the_language_of_its_reader(joris):
    wants_a_call()
    contact = actions.contact_for(joris, at=timezone.now())
    actions.choose(contact, way=Way.EMAIL, language="en", by=joris.uuid, at=timezone.now())
    tasks.send_week(timestamp=int(MONDAY.timestamp()))
    mail = Mail.objects.get(kind=Kind.WORK)
    assert "Call about: " in mail.text
    assert "https://buurt.example.nl/en/werk/bellen/" in mail.text


@pytest.mark.parametrize("moment", [SUNDAY, MONDAY - datetime.timedelta(hours=1), MONDAY + datetime.timedelta(hours=1)])
def test_at_other_hours_nothing_is_mailed(joris, moment):
    wants_a_call()
    tasks.send_week(timestamp=int(moment.timestamp()))
    assert not Mail.objects.filter(kind=Kind.WORK).exists()


def test_nothing_to_tell_is_no_mail(joris):
    tasks.send_week(timestamp=int(MONDAY.timestamp()))
    assert not Mail.objects.exists()
