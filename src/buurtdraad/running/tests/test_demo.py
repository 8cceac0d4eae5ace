"""The demo city: what it loads, "Kijk als...", and that it exists nowhere but on one's own machine."""

import subprocess
import sys
from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.models import DutyHeld, Person, Report, Session
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries.room import sticker_result
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.queries.promise import promise_of
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.audit.models import Event
from buurtdraad.figures.models import Measurement
from buurtdraad.messages.models import Contact
from buurtdraad.method.models import MethodStep, MethodVersion
from buurtdraad.method.queries.runs import run_in, state_of
from buurtdraad.pages.work import waiting_for
from buurtdraad.places.actions import load
from buurtdraad.places.models import Area, AreaYear, Kind, Membership
from buurtdraad.places.sources import geojson
from buurtdraad.places.tests.shared import PLACES, at, needs_shared
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.models import Report as CouncilReport
from buurtdraad.reports.models import Standing
from buurtdraad.reports.queries.drafts import values_in
from buurtdraad.reports.queries.standing import count_standing
from buurtdraad.running.demo.actions import AnotherCity, begin_again, load_city, load_demo, make_cast
from buurtdraad.running.demo.cast import CAST
from buurtdraad.running.demo.city import WORKING_AREAS
from buurtdraad.running.demo.story import STORY
from buurtdraad.running.demo.waiting import CALLS
from buurtdraad.running.tests.serving import environment

pytestmark = pytest.mark.django_db
POSTS = ["/demo/kijk-als/joris/", "/demo/stop/", "/demo/opnieuw/"]


@pytest.fixture
def demo(settings, client):
    """A visitor of the demo on one's own machine, in a city that is still empty but for its cast."""
    settings.DEMO = True
    make_cast()
    return client


@pytest.fixture
def utrecht(demo):
    """The same visitor, in the city with its places and people."""
    load_city(timezone.now())
    return demo


@pytest.fixture
def first_day(demo):
    """The same visitor, in the whole demo, as it is on the first day."""
    load_demo()
    return demo


def rows_of(*models):
    return [sorted(map(str, model.objects.values_list())) for model in models]


def test_who_looks_as_linda_finds_what_she_confirms_on_her_page(first_day):
    first_day.post("/demo/kijk-als/linda/")
    page = first_day.get("/mijn/").text
    assert "Klopt dit nog? De Vechtoever" in page
    address = page.split('href="/mijn/klopt-het/')[1].split('"')[0]
    assert "Twaalf bomen" in first_day.get(f"/mijn/klopt-het/{address}").text


# --- what is loaded ------------------------------------------------------------------------------


def test_utrecht_stands_there_in_both_years(utrecht):
    for year in (2020, 2025):
        kinds = AreaYear.objects.filter(year=year).values_list("area__kind", flat=True)
        assert {kind: list(kinds).count(kind) for kind in set(kinds)} == {
            Kind.MUNICIPALITY: 1,
            Kind.DISTRICT: 10,
            Kind.NEIGHBOURHOOD: 111,
            Kind.WORKING_AREA: 6,
        }
    assert set(AreaYear.objects.values_list("schematic", flat=True)) == {True}
    assert not AreaYear.objects.filter(outline="").exists()


def test_six_working_areas_hold_real_neighbourhoods(utrecht):
    names = AreaYear.objects.filter(area__kind=Kind.WORKING_AREA).values_list("area__code", "name").distinct()
    assert dict(names) == {slug: name for slug, (name, _) in WORKING_AREAS.items()}
    members = Membership.objects.filter(working_area__code="zuilen-oost").values_list("neighbourhood__code", flat=True)
    assert {AreaYear.objects.get(area__code=code, year=2025).name for code in members} == {
        "Geuzenwijk",
        "Schaakbuurt en omgeving",
        "Queeckhovenplein en omgeving",
    }


def test_the_figures_are_those_of_cbs(utrecht):
    for code, indicator, year, value in (
        ("BU03440112", "inwoners", 2020, 4345),
        ("BU03440112", "inwoners", 2025, 4105),
        ("BU03440112", "woz", 2025, 740_000),
        ("BU03440111", "huurwoningen", 2025, 55),
        ("BU03440111", "leeftijd-65-plus", 2020, 345),
    ):
        assert Measurement.objects.get(area__code=code, indicator__code=indicator, year=year).value == value


def test_the_wishes_of_zuilen_oost_are_those_of_the_story(first_day):
    wishes = Wish.objects.filter(reference__startswith="ZO-")
    channels = Counter(wishes.values_list("channel", flat=True))
    assert (channels["paper"], channels["web"], channels["phone"] + channels["door"], channels["spoken"]) == (25, 19, 14, 6)
    promise = promise_of(codes_of("zuilen-oost"), timezone.localdate())
    assert (promise.in_time, promise.due, promise.open) == (58, 62, 2)
    assert Wish.objects.get(reference="ZO-42").stage == Stage.DONE
    topics = Topic.objects.filter(version__area__code="zuilen-oost")
    assert (topics.count(), topics[0].votes, topics[0].votes_total, topics[0].people) == (3, 31, 141, 47)
    agreements = Counter(Agreement.objects.filter(area__code="zuilen-oost").values_list("stage", flat=True))
    assert agreements == {"done": 3, "running": 4, "later": 1, "todo": 1}
    evening = Meeting.objects.get(title="Buurtavond: wat kiezen we samen?")
    result = sticker_result(evening)
    assert (result.stickers, result.people, result.lines[0].wish.reference, result.lines[0].stickers) == (141, 47, "ZO-42", 31)


def test_the_report_of_the_half_year_says_that_58_of_the_62_were_answered_in_time(first_day):
    first_day.post("/demo/kijk-als/noor/")
    offered = first_day.get("/werk/rapport/").context["form"].initial
    answer = first_day.post("/werk/rapport/", offered, follow=True)
    report = answer.context["report"]
    values = values_in(report)
    assert (values["wensen-op-tijd-zuilen-oost"].words, values["wensen-aan-de-beurt-zuilen-oost"].words) == ("58", "62")
    # It can be published, and "Begin opnieuw" begins again without it; outside the demo it stays (reports/tests/test_report_life.py).
    people = {person.demo_role: person for person in Person.objects.exclude(demo_role=None)}
    at = timezone.now()
    reviewing.send_to_read(report, by=people["noor"], at=at)
    reviewing.say_read(report, by=people["joris"], at=at)
    reviewing.approve(report, by=people["anouk"], at=at)
    reviewing.publish(report, by=people["noor"], at=at)
    reviewing.correct(report, "Op pagina 2 staat een fout.", by=people["noor"], at=at)
    begin_again()
    assert not CouncilReport.objects.exists()


def test_every_wish_that_is_due_has_an_answer_somewhere(first_day):
    """Whoever gave a wish finds out what became of it."""
    late = Wish.objects.filter(answered_at=None, answer_by__lt=timezone.localdate())
    assert not late.exists()
    assert not Wish.objects.filter(answers=None, answered_at__isnull=False, head=None).exists()


def test_loading_twice_changes_nothing(first_day, settings):
    models = (Area, AreaYear, Membership, Measurement, Person, Wish, Meeting, Agreement)
    before, events = rows_of(*models), Event.objects.count()
    settings.DEMO = True
    call_command("load_demo")
    assert rows_of(*models) == before
    assert Event.objects.count() == events


@needs_shared
def test_real_boundaries_that_were_loaded_stay(settings):
    settings.DEMO = True
    for name in ("gemeente", "wijken", "buurten"):
        load(geojson.read(PLACES / f"{name}.geojson"), year=2025, by=None, at=at())
    load_city(at())
    official = AreaYear.objects.filter(year=2025, area__kind__in=[Kind.NEIGHBOURHOOD, Kind.DISTRICT, Kind.MUNICIPALITY])
    assert set(official.values_list("schematic", flat=True)) == {False}
    assert set(AreaYear.objects.filter(year=2020).values_list("schematic", flat=True)) == {True}


# --- the story and the cast ----------------------------------------------------------------------


def test_every_step_of_the_story_leads_to_a_page(first_day):
    page = first_day.get("/demo/")
    for step in STORY:
        assert str(step.title) in page.text
    addresses = [part.partition('"')[0] for part in page.text.partition("<ol")[2].partition("</ol>")[0].split('href="')[1:]]
    assert len(addresses) == len([step for step in STORY if not step.role])
    for address in addresses:
        assert first_day.get(address).status_code == 200
    for number, step in enumerate(STORY):
        if step.role:
            there = first_day.post(f"/demo/kijk-als/{step.role}/", {"step": number}, follow=True)
            assert (there.status_code, there.resolver_match.view_name) == (200, step.url_name)


@pytest.mark.parametrize("step", ["0", "99", "x", "https://example.org/"])
def test_another_step_than_one_of_the_role_leads_back(demo, step):
    assert demo.post("/demo/kijk-als/joris/", {"step": step}).url == "/demo/"


def test_overvecht_is_at_step_six_and_zuilen_oost_began_like_it(demo):
    version = MethodVersion.objects.create(
        number=1, stage="in_use", name="Werkwijze", in_use_on=timezone.localdate(), made_at=timezone.now()
    )
    for number in range(1, 8):
        MethodStep.objects.create(version=version, number=number, key=f"stap-{number}", name=f"Stap {number}", purpose="Waarom")
    load_demo()
    overvecht, zuilen = run_in("WK034403"), run_in("zuilen-oost")
    assert [(state_of(one).number, len(one.steps.all())) for one in (overvecht, zuilen)] == [(6, 7), (3, 7)]
    assert (zuilen.like, zuilen.deviations.count(), bool(zuilen.differently and zuilen.because)) == (overvecht, 1, True)
    assert overvecht.decisions.count() == 3
    assert {one.takes_part for one in zuilen.partners.all()} == {True}


# --- what waits on the first day -----------------------------------------------------------------------


def test_on_the_first_day_something_waits_for_each_of_them_and_again_after_begin_again(first_day):
    def waiting():
        people = Person.objects.filter(demo_role__in=expected)
        lines = {person.demo_role: waiting_for(person, on=timezone.localdate()).lines for person in people}
        return {slug: dict(Counter(kind.name for kind, _item in found)) for slug, found in lines.items()}

    expected = {
        "joris": {"calls": 2, "to_answer": 5, "evenings": 1, "joiners": 1, "findings": 9},
        "samira": {"calls": 1, "to_answer": 4, "to_read": 1, "evenings": 1, "findings": 4, "budget_rounds": 1},
        "hamid": {"reports": 3, "to_read": 1},
        "ria": {"reports": 3, "destruction": 1, "mails": 1, "payments": 1},
        "noor": {"promises": 1, "lessons": 1, "placement_lessons": 1, "findings": 5, "budget_rounds": 1},
    }
    assert waiting() == expected
    Contact.objects.all().delete()
    Report.objects.all().delete()
    first_day.post("/demo/opnieuw/")
    assert waiting() == expected


def test_the_slip_of_emine_shows_how_her_wish_stands(first_day):
    assert "Uw wens over een bank en schaduw is klaar" in first_day.post("/nakijken/", {"number": "wens-" + CALLS[0].slip[4:]}).text


@pytest.mark.parametrize("slug", [role.slug for role in CAST])
def test_one_click_looks_as_each_of_the_cast(demo, slug):
    role = next(role for role in CAST if role.slug == slug)
    page = demo.post(f"/demo/kijk-als/{slug}/", follow=True)
    assert page.redirect_chain == [("/demo/", 302)]
    assert f"U kijkt nu als {role.name}." in page.text
    assert page.wsgi_request.user.demo_role == slug
    assert page.text.count('action="/demo/stop/"') == 1


def test_somebody_who_is_not_in_the_cast_is_not_there(demo):
    for slug in ("niemand", "x" * 300, "JORIS"):
        assert demo.post(f"/demo/kijk-als/{slug}/").status_code == 404


def test_after_stop_one_is_a_visitor_again(demo):
    demo.post("/demo/kijk-als/joris/")
    page = demo.post("/demo/stop/", follow=True)
    assert not page.wsgi_request.user.is_authenticated
    assert 'action="/demo/stop/"' not in page.text


def test_looking_as_the_next_person_leaves_nothing_of_the_last(demo):
    demo.post("/demo/kijk-als/joris/")
    first = demo.cookies["sessionid"].value
    demo.post("/demo/kijk-als/kees/")
    assert demo.cookies["sessionid"].value != first
    assert not Session.objects.filter(session_key=first).exists()


def test_begin_again_gives_the_first_day_and_nobody_is_signed_in(demo):
    Person.objects.filter(demo_role="joris").update(name="Iemand anders", is_active=False)
    other = Client()
    other.post("/demo/kijk-als/kees/")
    demo.post("/demo/kijk-als/noor/")
    page = demo.post("/demo/opnieuw/", follow=True)
    assert "Alles is weer zoals op de eerste dag" in page.text
    joris = Person.objects.get(demo_role="joris")
    assert (joris.name, joris.is_active) == ("Joris Bakker", True)
    assert not other.get("/demo/").wsgi_request.user.is_authenticated
    assert not page.wsgi_request.user.is_authenticated


def test_how_it_stands_is_counted_on_the_first_day_and_again_after_begin_again(first_day):
    counted = count_standing(timezone.localdate())
    assert Standing.objects.get().numbers == counted
    assert counted["wensen-op-tijd"] not in {None, "0"}
    Standing.objects.update(numbers={})
    begin_again()
    assert Standing.objects.get().numbers == counted


# --- and nowhere else ----------------------------------------------------------------------------


def test_the_demo_says_on_every_page_that_it_is_made_up(utrecht):
    for address in ("/", "/buurten/", "/en/cijfers/inwoners/", "/demo/"):
        assert 'class="buurt-demo"' in utrecht.get(address).text


@pytest.mark.parametrize("address", POSTS)
def test_a_link_changes_nothing(demo, address):
    assert demo.get(address).status_code == 405
    assert demo.post("/demo/").status_code == 405


@pytest.mark.parametrize("address", POSTS)
def test_a_form_of_another_site_is_refused(demo, address):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address).status_code == 403
    assert "sessionid" not in strict.cookies


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_where_there_is_no_demo_there_is_nothing(settings, client, prefix):
    assert settings.DEMO is False
    make_cast()
    assert client.get(f"{prefix}/demo/").status_code == 404
    for address in POSTS:
        assert client.post(prefix + address).status_code == 404
    assert "sessionid" not in client.cookies
    assert 'class="buurt-demo"' not in client.get("/").text


@pytest.mark.parametrize(
    ("settings_given", "demo"),
    [
        ({"BUURTDRAAD_EMBEDDED": 1}, "True"),
        ({"BUURTDRAAD_EMBEDDED": 1, "HOST": "::1"}, "True"),
        ({"BUURTDRAAD_EMBEDDED": 1, "DEMO": 0}, "False"),
        ({"BUURTDRAAD_EMBEDDED": 1, "HOST": "0.0.0.0"}, "False"),
        ({"BUURTDRAAD_EMBEDDED": 1, "HOST": "::"}, "False"),
        ({"BUURTDRAAD_EMBEDDED": 1, "HOST": "buurt.example.nl"}, "False"),
        ({"DATABASE_URL": "postgresql://city@db.example.nl/city", "SECRET_KEY": "k" * 50}, "False"),
        ({}, "False"),
    ],
)
def test_the_demo_is_impossible_on_a_city_s_database_or_a_public_address(settings_given, demo):
    read = [sys.executable, "-P", "-c", "from buurtdraad import settings; print(settings.DEMO)"]
    ended = subprocess.run(read, env=environment(**{"DEMO": 1} | settings_given), capture_output=True, text=True, timeout=60)
    assert (ended.stdout.strip(), ended.stderr) == (demo, "")


@pytest.mark.django_db
def test_the_example_never_goes_into_another_city():
    from buurtdraad.pages.tests.small_city import load_places

    load_places()
    Area.objects.filter(code="GM0344").update(code="GM0999")
    with pytest.raises(AnotherCity):
        load_demo()
    assert not Person.objects.filter(demo_role__isnull=False).exists()


# --- duties of the cast ---------------------------------------------------------------------------


def test_the_cast_has_its_duties_once_and_again_after_begin_again(utrecht):
    def held():
        rows = DutyHeld.objects.values_list("person__demo_role", "duty", "area__code")
        return sorted((slug, duty, code or "") for slug, duty, code in rows)

    expected = sorted((role.slug, duty.value, code) for role in CAST for duty, code in role.duties)
    assert held() == expected
    given = set(DutyHeld.objects.values_list("pk", flat=True))
    load_demo()
    assert set(DutyHeld.objects.values_list("pk", flat=True)) == given
    joris = DutyHeld.objects.filter(person__demo_role="joris").first()
    DutyHeld.objects.filter(pk=joris.pk).update(until_on=joris.from_on)
    utrecht.post("/demo/opnieuw/")
    assert held() == expected
    assert not DutyHeld.objects.exclude(until_on=None).exists()
