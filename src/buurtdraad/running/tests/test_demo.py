"""The demo city: what it loads, "Kijk als...", and that it exists nowhere but on one's own machine."""

import subprocess
import sys

import pytest
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.models import Person, Session
from buurtdraad.figures.models import Measurement
from buurtdraad.places.actions import load
from buurtdraad.places.models import Area, AreaYear, Kind, Membership
from buurtdraad.places.sources import geojson
from buurtdraad.places.tests.shared import PLACES, at, needs_shared
from buurtdraad.running.demo.actions import AnotherCity, load_city, load_demo, make_cast
from buurtdraad.running.demo.cast import CAST
from buurtdraad.running.demo.city import WORKING_AREAS
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


@pytest.mark.parametrize("step", ["0", "99", "x", "https://example.org/"])
def test_another_step_than_one_of_the_role_leads_back(demo, step):
    assert demo.post("/demo/kijk-als/joris/", {"step": step}).url == "/demo/"


# --- what waits on the first day -----------------------------------------------------------------------


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
