import threading

import pytest
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.moderation import actions, queries
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import MOVES, Reason, Stage
from buurtdraad.audit.models import Event
from buurtdraad.lib import spam
from buurtdraad.lib.stages import WrongStage

pytestmark = pytest.mark.django_db
ADDRESS = "/melden/?wat=wish:12"


@pytest.fixture(autouse=True)
def city_with_a_name(settings):
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"


def opened(seconds_ago=60):
    signer = signing.TimestampSigner(salt=spam.SALT)
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - seconds_ago)
    return signer.sign("open")


def given(**changes):
    return {"reason": "rude", "text": "Hier staat iets lelijks over mijn buurvrouw.", "opened": opened()} | changes


def made(thing="wish:12", reason=Reason.RUDE):
    return actions.report(thing=thing, area=None, reason=reason, text="Lelijk", doubts=(), by=None, at=timezone.now())


def moderator(name="Mo", duty=Duty.MODERATOR):
    person = Person.objects.create(name=name)
    now = timezone.now()
    DutyHeld.objects.create(person=person, duty=duty, from_on=now.date(), given_at=now)
    return person


def signed_in(person, *, strongly=True):
    client = Client()
    client.force_login(person)
    if strongly:
        session = client.session
        session["second_factor"] = timezone.now().isoformat()
        session.save()
    return client


# --- reporting -------------------------------------------------------------------------------


def test_anybody_can_report_without_an_account(client):
    assert client.get(ADDRESS).status_code == 200
    answer = client.post(ADDRESS, given())
    assert (answer.status_code, answer["Location"]) == (302, "/melden/bedankt/")
    report = Report.objects.get()
    assert (report.thing, report.reason, report.by, report.doubts) == ("wish:12", "rude", None, [])
    event = Event.objects.get()
    assert (event.actor, event.channel, event.payload) == (None, "web", {"about": "wish:12", "reason": "rude"})


def test_the_words_of_a_report_do_not_stand_in_the_record(client):
    client.post(ADDRESS, given())
    assert "buurvrouw" not in str(Event.objects.get().payload)


@pytest.mark.parametrize("what", ["", "wish", "wish:", "wish:<b>", "wish:1\n2", "../etc:1", "x" * 90 + ":1", "wish:1 OR 1=1", "Wish:1"])
def test_what_names_no_thing_is_not_found(client, what):
    assert client.get("/melden/", {"wat": what}).status_code == 404
    assert client.post(f"/melden/?{'' if not what else 'wat=x'}", given()).status_code == 404


def test_without_a_reason_the_form_says_so_and_nothing_is_kept(client):
    answer = client.post(ADDRESS, given(reason=""))
    assert answer.status_code == 422
    assert "Hier staat iets lelijks" in answer.content.decode()
    assert not Report.objects.exists()


def test_who_fills_in_what_nobody_sees_is_refused(client):
    assert client.post(ADDRESS, given(homepage="https://example.org")).status_code == 422
    assert not Report.objects.exists()


def test_what_looks_like_a_program_waits_with_the_doubt_beside_it(client):
    client.post(ADDRESS, given(opened="", text="https://a.example https://b.example"))
    assert Report.objects.get().doubts == ["unsigned", "links"]


def test_a_machine_gets_429_and_is_told_when_to_come_back(client):
    for number in range(21):
        answer = client.post(ADDRESS, given(text=f"Lelijke tekst met nummer {number}, die niemand wil lezen in de wijk."))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "minu" in answer.content.decode()
    assert Report.objects.count() == 20


def test_the_link_needs_no_cookie_and_takes_the_thing_along():
    html = Template('{% load reporting %}{% report_link "wish:12" "BU03440111" %}').render(Context())
    assert 'href="/melden/?wat=wish%3A12&amp;waar=BU03440111"' in html


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_the_page_is_there_in_each_language(client, prefix):
    assert client.get(prefix + ADDRESS).status_code == 200
    assert client.get(f"{prefix}/melden/bedankt/").status_code == 200


# --- deciding --------------------------------------------------------------------------------


def test_a_moderator_decides_with_a_reason_that_the_record_keeps():
    report, person = made(), moderator()
    client = signed_in(person)
    assert "Lelijk" in client.get("/werk/meldingen/").content.decode()
    answer = client.post(f"/werk/meldingen/{report.uuid}/", {"decision": "hidden", "why": "Scheldwoorden"})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.stage, report.why, report.decided_by) == (Stage.HIDDEN, "Scheldwoorden", person)
    event = Event.objects.latest("id")
    assert (event.verb, event.actor, event.duty) == ("report.hidden", person.uuid, "moderator")
    assert queries.hidden_among(["wish:12", "wish:13"]) == {"wish:12"}
    assert queries.is_hidden("wish:12")


def test_without_a_reason_nothing_is_decided():
    report = made()
    answer = signed_in(moderator()).post(f"/werk/meldingen/{report.uuid}/", {"decision": "left", "why": " "})
    assert answer.status_code == 422
    report.refresh_from_db()
    assert report.stage == Stage.OPEN


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty not in (Duty.MODERATOR, Duty.ADMINISTRATOR)])
def test_other_duties_see_no_reports(duty):
    assert signed_in(moderator(duty=duty)).get("/werk/meldingen/").status_code == 403


def test_a_moderator_without_second_factor_and_a_visitor_see_none(client):
    report = made()
    for address in ("/werk/meldingen/", f"/werk/meldingen/{report.uuid}/"):
        assert signed_in(moderator(), strongly=False).get(address).url.startswith("/mijn/tweede-stap/")
        assert client.get(address).status_code == 302


def test_a_duty_that_has_ended_counts_no_more():
    person = moderator()
    DutyHeld.objects.filter(person=person).update(from_on="2020-01-01", until_on="2020-12-31")
    assert signed_in(person).get("/werk/meldingen/").status_code == 403


def test_danger_stands_first_and_then_the_oldest():
    first, second, danger = made("wish:1"), made("wish:2"), made("wish:3", Reason.DANGER)
    assert list(queries.waiting()) == [danger, first, second]


def test_a_second_decision_says_that_another_was_first():
    report, client = made(), signed_in(moderator())
    address = f"/werk/meldingen/{report.uuid}/"
    client.post(address, {"decision": "left", "why": "Gewoon een mening"})
    answer = client.post(address, {"decision": "hidden", "why": "Toch niet"})
    assert answer.status_code == 422
    report.refresh_from_db()
    assert (report.stage, report.why) == (Stage.LEFT, "Gewoon een mening")


def test_what_was_passed_on_can_still_be_decided():
    report, person = made(), moderator()
    for stage in (Stage.REFERRED, Stage.HIDDEN):
        actions.decide(report, stage, why="Naar de wijkagent", duty="moderator", by=person, at=timezone.now())
    assert queries.is_hidden("wish:12")


def test_the_table_of_moves_names_every_stage():
    assert set(MOVES) == set(Stage)


def test_the_database_refuses_a_decision_without_reason():
    report = made()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(stage=Stage.HIDDEN)


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_decides():
    report, people = made(), [moderator(f"Mo {n}") for n in range(6)]
    done, late = [], []

    def decide(person):
        try:
            mine = Report.objects.get(pk=report.pk)
            actions.decide(mine, Stage.HIDDEN, why=person.name, duty="moderator", by=person, at=timezone.now())
            done.append(person.name)
        except WrongStage:
            late.append(person.name)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(done), len(late)) == (1, 5)
    report.refresh_from_db()
    assert report.why == done[0]
    assert Event.objects.filter(verb="report.hidden").count() == 1


def test_the_list_asks_as_often_for_three_as_for_one(django_assert_max_num_queries):
    for number in range(3):
        made(f"wish:{number}")
    client = signed_in(moderator())
    client.get("/werk/meldingen/")
    with django_assert_max_num_queries(9):
        client.get("/werk/meldingen/")
