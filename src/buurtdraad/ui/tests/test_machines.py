import datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.ui import built, theme
from buurtdraad.ui.checks import mounted_theme, security_contact
from buurtdraad.ui.views import expires_on

pytestmark = pytest.mark.urls("buurtdraad.ui.tests.site_urls")


@pytest.fixture(autouse=True)
def forget_the_mounted_theme():
    yield
    theme.mounted.cache_clear()


def fields(text):
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_security_txt_tells_where_to_report(client, settings):
    settings.SECURITY_CONTACT = "lek@gemeente.example"
    told = fields(client.get("/.well-known/security.txt").text)
    assert told["Contact"] == "mailto:lek@gemeente.example"
    assert told["Policy"] == "http://testserver/kwetsbaarheid-melden/"
    assert datetime.datetime.fromisoformat(told["Expires"]) > datetime.datetime.now(datetime.UTC)


def test_without_a_mail_address_the_page_is_the_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert fields(client.get("/.well-known/security.txt").text)["Contact"] == "http://testserver/kwetsbaarheid-melden/"


@given(st.dates(min_value=datetime.date(2026, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_the_date_of_security_txt_is_always_three_to_twelve_months_ahead(today):
    assert 90 <= (expires_on(today) - today).days < 365


def test_a_live_city_without_a_contact_is_warned(settings):
    settings.HTTPS, settings.SECURITY_CONTACT = True, ""
    assert [warning.id for warning in security_contact()] == ["ui.W001"]
    settings.SECURITY_CONTACT = "lek@gemeente.example"
    assert security_contact() == []


@pytest.mark.parametrize(("demo", "rule"), [(True, "Disallow: /"), (False, "Disallow:")])
def test_search_engines_stay_out_of_the_demo(client, settings, demo, rule):
    settings.DEMO = demo
    assert client.get("/robots.txt").text.splitlines()[1] == rule


def test_built_files_may_be_kept_for_ever_and_come_compressed(client):
    response = client.get(built.address("app.css"), headers={"Accept-Encoding": "br"})
    response.getvalue()
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Encoding"] == "br"
    assert response["Content-Type"].startswith("text/css")


def test_the_list_of_built_files_may_not_be_kept(client):
    response = client.get("/static/ui/built/manifest.json")
    response.getvalue()
    assert "immutable" not in response["Cache-Control"]


def test_a_city_without_a_look_of_its_own_serves_none(client):
    assert client.get("/huisstijl/thema.css").status_code == 404
    assert client.get("/huisstijl/logo").status_code == 404


def test_a_mounted_theme_and_logo_are_on_every_page(settings, tmp_path):
    settings.CITY_THEME_CSS, settings.CITY_LOGO = tmp_path / "thema.css", tmp_path / "logo.svg"
    settings.CITY_THEME_CSS.write_text(".stad-theme { --buurt-color-accent: #553a8b; }")
    settings.CITY_LOGO.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    text = Client().get("/").text
    address = text.partition('href="/huisstijl/thema.css')[2].partition('"')[0]
    assert 'class="utrecht-root buurt-theme stad-theme"' in text
    assert 'src="/huisstijl/logo"' in text
    styles = Client().get("/huisstijl/thema.css" + address)
    assert styles.getvalue() == settings.CITY_THEME_CSS.read_bytes()
    assert styles["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in styles["Cache-Control"]
    logo = Client().get("/huisstijl/logo")
    logo.getvalue()
    assert logo["Content-Type"] == "image/svg+xml"


def test_a_logo_that_is_no_picture_is_neither_served_nor_accepted(settings, tmp_path):
    settings.CITY_LOGO = tmp_path / "logo.html"
    settings.CITY_LOGO.write_text("<script>alert(1)</script>")
    assert Client().get("/huisstijl/logo").status_code == 404
    assert [problem.id for problem in mounted_theme()] == ["ui.E002"]


def test_a_mounted_theme_that_is_hard_to_read_warns(settings, tmp_path):
    settings.CITY_THEME_CSS = tmp_path / "thema.css"
    settings.CITY_THEME_CSS.write_text(":root { --buurt-color-muted: #aaaaaa }")
    assert {problem.id for problem in mounted_theme()} == {"ui.W002"}
