"""The second step: staff reach nothing before it, and nobody gets round it."""

import datetime
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.models import DutyHeld, SignIn
from buurtdraad.accounts.signing_in.middleware import BEFORE
from buurtdraad.accounts.signing_in.tests.conftest import sign_in_by_mail
from buurtdraad.audit.models import Event

pytestmark = pytest.mark.django_db
PAGE, APP = "/mijn/tweede-stap/", "/mijn/tweede-stap/app/"


def code_of(secret, *, periods=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def set_up(client):
    """Set up an app; returns its secret and the recovery codes that were shown."""
    client.get(APP)
    secret = client.session["mfa.totp.secret"]
    page = client.post(APP, {"code": code_of(secret)})
    assert page.status_code == 200
    return secret, page.context["codes"]


def used_up(person):
    """Let the app's code of this half minute count as unused again, as a person would wait for the next."""
    authenticator = Authenticator.objects.get(user=person, type="totp")
    authenticator.data["counter"] -= 1
    authenticator.save()


@pytest.fixture
def joris_with_app(client, post, joris):
    """Joris set up an app at another time; his secret and codes."""
    other = Client()
    sign_in_by_mail(other, post, joris.email)
    secret, codes = set_up(other)
    used_up(joris)
    return secret, codes


def test_staff_without_second_step_reach_only_the_page_for_it(client, post, joris):
    sign_in_by_mail(client, post, joris.email)
    for path in ("/", "/buurten/", "/mijn/apparaten/", "/open-data/", "/en/"):
        assert client.get(path).url.endswith(PAGE), path
    assert client.post("/mijn/apparaten/alle-andere/uit/").url == PAGE
    assert client.get("/privacy/").status_code == 200
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "in vertrouwen" in page.content.decode()


def named(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


def test_every_page_that_staff_reach_before_it_exists():
    assert set(named(get_resolver().url_patterns)) >= BEFORE


def test_a_resident_needs_no_second_step(client, post, emine):
    sign_in_by_mail(client, post, emine.email)
    assert client.get("/mijn/apparaten/").status_code == 200


def test_who_has_a_second_step_needs_it_also_without_a_duty(client, post, emine):
    other = Client()
    sign_in_by_mail(other, post, emine.email)
    set_up(other)
    sign_in_by_mail(client, post, emine.email)
    assert client.get("/mijn/apparaten/").url == PAGE


def test_a_duty_that_begins_while_somebody_is_signed_in_asks_for_it_at_once(client, post, emine, joris):
    sign_in_by_mail(client, post, emine.email)
    DutyHeld.objects.filter(person=joris).update(person=emine)
    assert client.get("/mijn/apparaten/").url == PAGE


def test_setting_up_an_app_shows_recovery_codes_once_and_lets_in(client, post, joris):
    sign_in_by_mail(client, post, joris.email, next="/buurten/")
    key = client.session.session_key
    client.get("/open-data/")
    secret, codes = set_up(client)
    assert len(codes) == len(set(codes)) == 10
    assert client.session.session_key != key
    assert client.session["second_factor"]
    assert client.get("/open-data/").status_code == 200
    assert codes[0] not in client.get(PAGE).content.decode()
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))
    assert decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret
    assert Event.objects.filter(verb="app.set_up", actor=joris.uuid).count() == 1


@pytest.mark.parametrize("periods", [-2, -1, 1, 2])
def test_a_code_is_good_one_period_earlier_or_later(client, post, joris, monkeypatch, periods):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    sign_in_by_mail(client, post, joris.email)
    client.get(APP)
    client.post(APP, {"code": code_of(client.session["mfa.totp.secret"], periods=periods)})
    assert Authenticator.objects.filter(user=joris, type="totp").exists() is (abs(periods) == 1)


def test_a_wrong_code_sets_up_nothing(client, post, joris):
    sign_in_by_mail(client, post, joris.email)
    client.get(APP)
    assert client.post(APP, {"code": "12345"}).status_code == 422
    assert client.post(APP, {"code": "ⅫⅫⅫ"}).status_code == 422
    assert not Authenticator.objects.exists()
    assert "second_factor" not in client.session


def test_the_code_of_the_app_passes_it_and_leads_to_the_wanted_page(client, post, joris, joris_with_app):
    sign_in_by_mail(client, post, joris.email)
    assert client.get("/open-data/").url == PAGE
    assert client.post(PAGE, {"code": code_of(joris_with_app[0])}).url == "/open-data/"
    assert client.get("/open-data/").status_code == 200


def test_a_code_of_the_app_works_once(client, post, joris, joris_with_app):
    code = code_of(joris_with_app[0])
    for status in (302, 422):
        client = Client()
        sign_in_by_mail(client, post, joris.email)
        assert client.post(PAGE, {"code": code}).status_code == status


def test_a_recovery_code_works_once(client, post, joris, joris_with_app):
    for status in (302, 422):
        client = Client()
        sign_in_by_mail(client, post, joris.email)
        assert client.post(PAGE, {"code": joris_with_app[1][3]}).status_code == status


def test_guessing_is_stopped_after_ten_tries(client, post, joris, joris_with_app):
    sign_in_by_mail(client, post, joris.email)
    answers = [client.post(PAGE, {"code": "000000"}) for _ in range(12)]
    assert [answer.status_code for answer in answers].count(422) <= 10
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"]
    assert client.post(PAGE, {"code": code_of(joris_with_app[0])}).status_code == 429


def test_nobody_gets_round_the_second_step_by_setting_up_another(client, post, joris, joris_with_app):
    sign_in_by_mail(client, post, joris.email)
    before = list(Authenticator.objects.order_by("pk").values_list("pk", "data"))
    assert client.get(APP).url == PAGE
    assert client.post(APP, {"code": "123456"}).url == PAGE
    assert client.post("/mijn/tweede-stap/passkey/", {"credential": "{}"}).status_code == 400
    assert client.post("/mijn/tweede-stap/herstelcodes/").url == PAGE
    assert client.post(f"/mijn/tweede-stap/weg/{before[0][0]}/").url == PAGE
    assert list(Authenticator.objects.order_by("pk").values_list("pk", "data")) == before
    assert "second_factor" not in client.session


def test_new_recovery_codes_replace_the_old_ones(client, post, joris, joris_with_app):
    secret, old = joris_with_app
    sign_in_by_mail(client, post, joris.email)
    client.post(PAGE, {"code": code_of(secret)})
    new = client.post("/mijn/tweede-stap/herstelcodes/").context["codes"]
    assert not set(new) & set(old)
    other = Client()
    sign_in_by_mail(other, post, joris.email)
    assert other.post(PAGE, {"code": old[0]}).status_code == 422
    assert other.post(PAGE, {"code": new[0]}).status_code == 302


def test_the_last_one_is_taken_away_after_a_question_and_the_codes_go_too(client, post, joris, joris_with_app):
    sign_in_by_mail(client, post, joris.email)
    client.post(PAGE, {"code": code_of(joris_with_app[0])})
    app = Authenticator.objects.get(type="totp")
    assert "Uw herstelcodes gaan ook weg." in client.get(f"/mijn/tweede-stap/weg/{app.pk}/").content.decode()
    assert Authenticator.objects.count() == 2
    client.post(f"/mijn/tweede-stap/weg/{app.pk}/")
    assert not Authenticator.objects.exists()


def test_a_screen_left_open_is_not_enough_to_change_the_step(client, post, joris, joris_with_app):
    sign_in_by_mail(client, post, joris.email)
    client.post(PAGE, {"code": code_of(joris_with_app[0])})
    session = client.session
    session[SECOND_FACTOR] = (timezone.now() - datetime.timedelta(minutes=11)).isoformat()
    session.save()
    app = Authenticator.objects.get(type="totp")
    away = f"/mijn/tweede-stap/weg/{app.pk}/"
    for answer in (client.get(away), client.post(away), client.post("/mijn/tweede-stap/herstelcodes/")):
        assert answer.url == "/mijn/tweede-stap/opnieuw/"
    assert Authenticator.objects.count() == 2
    client.get(away)
    used_up(joris)
    assert client.post("/mijn/tweede-stap/opnieuw/", {"code": joris_with_app[1][0]}).url == away
    client.post(away)
    assert not Authenticator.objects.exists()


def test_without_a_second_step_work_is_closed_again_and_the_owner_hears_of_it(client, post, joris, joris_with_app):
    sign_in_by_mail(client, post, joris.email)
    client.post(PAGE, {"code": code_of(joris_with_app[0])})
    client.post(f"/mijn/tweede-stap/weg/{Authenticator.objects.get(type='totp').pk}/")
    assert client.get("/mijn/apparaten/").url == PAGE
    assert post.last.subject == "Uw tweede stap is weggehaald"
    assert post.last.to == [joris.email]
    assert "Gemeente Utrecht" in post.last.body


def test_an_app_of_somebody_else_cannot_be_taken_away(client, post, emine, joris, joris_with_app):
    other = Client()
    sign_in_by_mail(other, post, emine.email)
    set_up(other)
    other.post(f"/mijn/tweede-stap/weg/{Authenticator.objects.get(user=joris, type='totp').pk}/")
    assert Authenticator.objects.filter(user=joris, type="totp").exists()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        "1",
        '{"id": "a"}',
        "[" * 5000,
        '{"response": {"userHandle": "AAAA"}}',
        '{"id":"\\u0000"}',
        "x" * 30_000,
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}',
    ],
)
def test_a_passkey_that_is_nonsense_signs_nobody_in(client, emine, credential):
    client.post("/inloggen/passkey/vraag/")
    assert client.post("/inloggen/passkey/", {"credential": credential}).status_code == 400
    assert "_auth_user_id" not in client.session
    assert not SignIn.objects.exists()


def test_a_passkey_that_is_nonsense_is_not_kept(client, post, emine):
    sign_in_by_mail(client, post, emine.email)
    client.post("/mijn/tweede-stap/passkey/vraag/")
    for credential in (
        "",
        "{}",
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","attestationObject":"AA"}}',
    ):
        assert client.post("/mijn/tweede-stap/passkey/", {"credential": credential}).status_code == 400
    assert not Authenticator.objects.exists()
