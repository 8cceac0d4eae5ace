"""`/melden/` and `/werk/meldingen/`: what can be reported, once, without an account; and who decides on it, where."""

import pytest
from django.core import signing
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.accounts.moderation import actions, queries
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.moderation.states import Reason, Stage
from buurtdraad.accounts.tests.city import CITY, INSIDE, WORKING_AREA, holds, make_city, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.lib import spam
from buurtdraad.pages.reporting import things
from buurtdraad.pages.reporting.things import Named, ReportedKind
from buurtdraad.places.models import Area

pytestmark = pytest.mark.django_db
DISTRICT, NEIGHBOURHOOD, ELSEWHERE = "WK034401", INSIDE["WK034401"][0], INSIDE["WK034402"][0]
ADDRESS = f"/melden/?wat=area:{NEIGHBOURHOOD}"
NAME = f"Naam {NEIGHBOURHOOD}"


@pytest.fixture(autouse=True)
def areas(settings):
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", CITY, "14 030"
    return make_city()


@pytest.fixture
def wishes(monkeypatch):
    """A kind of thing that can be hidden, as later rooms have."""
    kind = ReportedKind("wish", lambda ids: {one: Named(f"Wens {one}", f"/wensen/{one}/", NEIGHBOURHOOD) for one in ids}, can_hide=True)
    monkeypatch.setitem(things.BY_KIND, "wish", kind)


def opened(words="one", seconds_ago=60):
    signer = signing.TimestampSigner(salt=spam.SALT)
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - seconds_ago)
    return signer.sign(words)


def given(**changes):
    return {"reason": "rude", "text": "Hier staat iets lelijks over mijn buurvrouw.", "opened": opened()} | changes


def made(thing=f"area:{NEIGHBOURHOOD}", reason=Reason.RUDE, area=NEIGHBOURHOOD, text="Lelijk"):
    area = Area.objects.filter(code=area).first()
    return actions.report(thing=thing, area=area, reason=reason, text=text, doubts=(), by=None, at=timezone.now())


def moderator(area=None, duty=Duty.MODERATOR):
    person = someone("Mo")
    holds(person, duty, area)
    return person


def signed_in(person, *, strongly=True):
    return sign_in(Client(), person, strongly=strongly)


# --- reporting -------------------------------------------------------------------------------


def test_anybody_can_report_without_an_account(client):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert f'href="/buurten/{NEIGHBOURHOOD}/">{NAME}</a>' in page.text
    answer = client.post(ADDRESS, given())
    assert (answer.status_code, answer["Location"]) == (302, "/melden/bedankt/")
    report = Report.objects.get()
    assert (report.thing, report.area.code) == (f"area:{NEIGHBOURHOOD}", NEIGHBOURHOOD)
    assert (report.reason, report.by, report.doubts) == ("rude", None, [])
    event = Event.objects.get()
    assert (event.actor, event.channel, event.payload) == (None, "web", {"about": f"area:{NEIGHBOURHOOD}", "reason": "rude"})


def test_the_words_of_a_report_do_not_stand_in_the_record(client):
    client.post(ADDRESS, given())
    assert "buurvrouw" not in str(Event.objects.get().payload)


@pytest.mark.parametrize(
    "what",
    [
        "", "wish", "wish:", "wish:<b>", "wish:1\n2", "../etc:1", "x" * 90 + ":1", "wish:1 OR 1=1", "Wish:1", "wish:12",
        "area:", "area:BU99999999", "area:bu03440101", "page:", "page:cijfers", "page:/nergens/", "page:/werk/", "page:/cijfers/inwoners/",
        "page:/buurten/BU99999999/", "page://example.org/", "report:1",
    ],
)  # fmt: skip
def test_what_is_not_there_cannot_be_reported(client, what):
    assert client.get("/melden/", {"wat": what}).status_code == 404
    assert client.post("/melden/", given(), query_params={"wat": what}).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "what", [f"area:{DISTRICT}", f"area:{WORKING_AREA}", f"area:{CITY}", "page:/", "page:/cijfers/", "page:/open-data/"]
)
@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_what_is_there_can_be_reported_in_each_language(client, what, prefix):
    url = prefix + things.named(what).url
    page = client.get(f"{prefix}/melden/", {"wat": what})
    assert page.status_code == 200
    assert f'<a class="utrecht-link utrecht-link--html-a" href="{url}">' in page.text
    assert client.get(f"{prefix}/melden/bedankt/").status_code == 200


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


def test_each_opened_form_has_a_mark_of_its_own_and_sent_twice_is_one_report(client):
    pages = [client.get(ADDRESS).text for _ in range(2)]
    assert len({page.partition('name="opened" value="')[2].partition('"')[0] for page in pages}) == 2
    sent = given()
    for _ in range(3):
        assert client.post(ADDRESS, sent).status_code == 302
    assert Report.objects.get().times == 1
    client.post(ADDRESS, given(opened=opened("two")))
    client.post(ADDRESS, given(opened="mangled"))
    assert Report.objects.get().times == 3


def test_a_machine_gets_429_and_is_told_when_to_come_back(client):
    for number in range(21):
        text = f"Lelijke tekst met nummer {number}, die niemand wil lezen in de wijk."
        answer = client.post(ADDRESS, given(text=text, opened=opened(str(number))))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "minu" in answer.content.decode()
    assert Report.objects.count() == 20


def test_the_link_needs_no_cookie_and_takes_the_thing_along():
    html = Template('{% load reporting %}{% report_link "wish:12" %}').render(Context())
    assert 'href="/melden/?wat=wish%3A12"' in html


# --- deciding --------------------------------------------------------------------------------


def test_a_moderator_decides_with_a_reason_that_the_record_keeps(wishes):
    report, person = made("wish:12"), moderator()
    client = signed_in(person)
    queue = client.get("/werk/meldingen/").text
    assert "Lelijk" in queue
    assert 'href="/wensen/12/">Wens 12</a>' in queue
    address = f"/werk/meldingen/{report.uuid}/"
    assert 'href="/wensen/12/">Wens 12</a>' in client.get(address).text
    assert client.post(address, {"decision": "hidden", "why": "Scheldwoorden", "seen": "open"}).status_code == 302
    report.refresh_from_db()
    assert (report.stage, report.why, report.decided_by) == (Stage.HIDDEN, "Scheldwoorden", person)
    event = Event.objects.latest("id")
    assert (event.verb, event.actor, event.duty) == ("report.hidden", person.uuid, "moderator")
    assert queries.is_hidden("wish:12")


def test_a_decision_is_turned_round_on_the_same_page(wishes):
    report, client = made("wish:12"), signed_in(moderator())
    address = f"/werk/meldingen/{report.uuid}/"
    client.post(address, {"decision": "hidden", "why": "Scheldwoorden", "seen": "open"})
    assert f'href="{address}"' in client.get("/werk/meldingen/").text
    page = client.get(address).text
    assert 'value="left"' in page
    assert 'value="hidden"' not in page.partition('name="decision"')[2]
    assert client.post(address, {"decision": "left", "why": "Toch een mening", "seen": "hidden"}).status_code == 302
    assert not queries.is_hidden("wish:12")
    page = client.get(address).text
    assert "Scheldwoorden" in page
    assert "Toch een mening" in page
    assert "door Mo" in page


def test_only_what_does_something_can_be_chosen():
    report, client = made(), signed_in(moderator())
    address = f"/werk/meldingen/{report.uuid}/"
    page = client.get(address).text
    assert ('value="left"' in page, 'value="referred"' in page, 'value="hidden"' in page) == (True, True, False)
    assert f'href="/buurten/{NEIGHBOURHOOD}/">{NAME}</a>' in page
    assert client.post(address, {"decision": "hidden", "why": "Weg ermee", "seen": "open"}).status_code == 422
    assert client.post(address, {"decision": "left", "why": "Klopt", "seen": "open"}).status_code == 302
    assert 'name="decision"' not in client.get(address).text
    assert client.post(address, {"decision": "hidden", "why": "Toch", "seen": "left"}).status_code == 422
    report.refresh_from_db()
    assert report.stage == Stage.LEFT


def test_what_is_gone_says_so_and_can_be_closed():
    report, client = made("wish:12"), signed_in(moderator())
    address = f"/werk/meldingen/{report.uuid}/"
    assert "is er niet meer" in client.get(address).text
    assert client.post(address, {"decision": "left", "why": "Al weg", "seen": "open"}).status_code == 302


def test_a_moderator_of_one_neighbourhood_has_that_one(areas):
    mine, other, nowhere = made(), made(f"area:{ELSEWHERE}", area=ELSEWHERE, text="Elders"), made("page:/", area=None, text="Nergens")
    client = signed_in(moderator(areas[NEIGHBOURHOOD]))
    page = client.get("/werk/meldingen/").text
    assert "Lelijk" in page
    assert not {"Elders", "Nergens"} & set(page.split())
    for report, status in ((mine, 302), (other, 404), (nowhere, 404)):
        address = f"/werk/meldingen/{report.uuid}/"
        assert client.get(address).status_code == (404 if status == 404 else 200)
        assert client.post(address, {"decision": "left", "why": "Klopt", "seen": "open"}).status_code == status
    assert Report.objects.filter(stage=Stage.OPEN).count() == 2
    assert Event.objects.latest("id").duty == "moderator"
    admin = moderator(duty=Duty.ADMINISTRATOR)
    assert signed_in(admin).post(f"/werk/meldingen/{nowhere.uuid}/", {"decision": "left", "why": "x", "seen": "open"}).status_code == 302
    assert Event.objects.latest("id").duty == "administrator"


def test_what_was_decided_elsewhere_is_not_told_either(areas):
    other = made(f"area:{ELSEWHERE}", area=ELSEWHERE, text="Elders")
    actions.decide(other, Stage.LEFT, why="Klopt", duty="moderator", by=moderator(), at=timezone.now())
    assert str(other.uuid) not in signed_in(moderator(areas[NEIGHBOURHOOD])).get("/werk/meldingen/").text
    assert str(other.uuid) in signed_in(moderator(areas["WK034402"])).get("/werk/meldingen/").text


def test_who_reported_is_not_told():
    actions.report(thing="page:/", area=None, reason=Reason.WRONG, text="x", doubts=(), by=someone("Emine Aydin"), at=timezone.now())
    assert "Emine" not in signed_in(moderator()).get(f"/werk/meldingen/{Report.objects.get().uuid}/").text


def test_without_a_reason_nothing_is_decided():
    report = made()
    answer = signed_in(moderator()).post(f"/werk/meldingen/{report.uuid}/", {"decision": "left", "why": " ", "seen": "open"})
    assert answer.status_code == 422
    report.refresh_from_db()
    assert report.stage == Stage.OPEN


@pytest.mark.parametrize("seen", ["open", "", "nothing"])
def test_a_second_decision_says_that_another_was_first(wishes, seen):
    report, client = made("wish:12"), signed_in(moderator())
    address = f"/werk/meldingen/{report.uuid}/"
    client.post(address, {"decision": "left", "why": "Gewoon een mening", "seen": "open"})
    answer = client.post(address, {"decision": "hidden", "why": "Toch niet", "seen": seen})
    assert answer.status_code == 422
    assert "Er is nu niets veranderd" in answer.text
    assert "Toch niet" in answer.text
    report.refresh_from_db()
    assert (report.stage, report.why) == (Stage.LEFT, "Gewoon een mening")


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


def test_equal_reports_are_one_item_with_a_count():
    for _ in range(3):
        made()
    client = signed_in(moderator())
    assert "3 keer gestuurd" in client.get("/werk/meldingen/").text
    assert "Er wacht 1 melding." in client.get("/werk/meldingen/").text


def test_the_list_asks_as_often_for_three_as_for_one(django_assert_max_num_queries):
    for number in range(3):
        made(text=f"Lelijk {number}")
        actions.decide(made(text=f"Klaar {number}"), Stage.LEFT, why="x", duty="moderator", by=moderator(), at=timezone.now())
    client = signed_in(moderator())
    client.get("/werk/meldingen/")
    with django_assert_max_num_queries(11):
        client.get("/werk/meldingen/")
