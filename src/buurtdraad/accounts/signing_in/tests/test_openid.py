"""Signing in at an OpenID Connect provider, proved by a fake one on loopback."""

import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.test import Client

from buurtdraad.accounts.models import Identity, Person, SignIn
from buurtdraad.accounts.signing_in.providers import BadProvider, parse
from buurtdraad.accounts.signing_in.tests.fake_provider import FakeProvider

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    server = FakeProvider()
    yield server
    server.close()


@pytest.fixture
def provider(server, settings):
    server.claims, server.userinfo, server.mood = {}, {}, ""
    row = {"id": "gemeente", "name": "Medewerkers", "issuer": server.issuer, "client_id": "buurtdraad", "secret": "geheim"}
    row |= {"second_factor": {"amr": ["mfa"], "acr": ["urn:strong"]}, "trust_email": True, "ask": {"acr_values": "urn:strong"}}
    settings.OIDC_PROVIDERS = parse(json.dumps([row]))
    return server


def change(settings, **facts):
    settings.OIDC_PROVIDERS = (replace(settings.OIDC_PROVIDERS[0], **facts),)


def sign_in(client, provider, **more):
    """Press the button, say yes at the provider, and come back."""
    asked = client.post("/inloggen/bij/gemeente/", more)
    back = urlsplit(provider.visit(asked.url))
    return client.get(f"{back.path}?{back.query}")


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_new_person_signs_in_and_nothing_but_subject_name_and_level_is_kept(client, provider, settings):
    provider.claims = {"name": "Tom van Dijk", "acr": "urn:low", "phone_number": "0612345678", "address": "Dorpsstraat 1"}
    change(settings, trust_email=False)
    assert sign_in(client, provider, next="/buurten/").url == "/buurten/"
    person = Person.objects.get()
    assert (person.name, person.email) == ("Tom van Dijk", None)
    assert [(one.provider, one.subject) for one in Identity.objects.all()] == [("gemeente", "s-1")]
    assert [(one.method, one.provider, one.assurance, one.strong) for one in SignIn.objects.all()] == [
        ("openid", "gemeente", "urn:low", False)
    ]


def test_the_question_carries_pkce_nonce_and_state_and_what_the_setting_asks(client, provider):
    sign_in(client, provider)
    assert provider.asked["code_challenge_method"] == "S256"
    assert len(provider.asked["nonce"]) >= 20
    assert provider.asked["acr_values"] == "urn:strong"
    assert provider.asked["redirect_uri"] == "http://testserver/inloggen/bij/gemeente/antwoord/"
    assert set(provider.asked["scope"].split()) == {"openid", "profile", "email"}


def test_the_same_person_comes_back(client, provider):
    sign_in(client, provider)
    sign_in(Client(), provider)
    assert Person.objects.count() == Identity.objects.count() == 1
    assert SignIn.objects.count() == 2


def test_who_has_another_address_here_by_now_comes_back_with_that(client, provider):
    """The address of the provider counts at the first time: what somebody changed here stays."""
    provider.claims = {"email": "joris@example.org"}
    sign_in(client, provider)
    Person.objects.update(email="joris@nieuw.example")
    sign_in(Client(), provider)
    assert [person.email for person in Person.objects.all()] == ["joris@nieuw.example"]


def test_a_trusted_provider_finds_a_person_by_address(client, provider, joris):
    provider.claims = {"email": "Joris@example.org", "email_verified": True}
    sign_in(client, provider)
    assert client.session["_auth_user_id"] == str(joris.pk)


@pytest.mark.parametrize("doubt", ["not verified", "not trusted"])
def test_an_address_in_doubt_takes_over_nobody(client, provider, settings, joris, doubt):
    provider.claims = {"email": joris.email, "email_verified": doubt != "not verified"}
    if doubt == "not trusted":
        change(settings, trust_email=False)
    sign_in(client, provider)
    assert signed_in(client)
    assert client.session["_auth_user_id"] != str(joris.pk)


@pytest.mark.parametrize("says", [{"amr": ["pwd", "mfa"]}, {"amr": "mfa"}, {"acr": "urn:strong"}])
def test_a_second_factor_at_the_provider_counts_for_staff(client, provider, joris, says):
    provider.claims = {"email": joris.email} | says
    sign_in(client, provider)
    assert client.session["second_factor"]
    assert client.get("/open-data/").status_code == 200
    assert SignIn.objects.get().strong


@pytest.mark.parametrize("says", [{}, {"amr": ["pwd"]}, {"acr": "urn:weak"}, {"amr": None}, {"amr": {"mfa": 1}, "acr": ["urn:strong"]}])
def test_without_it_staff_still_have_to_do_the_second_step(client, provider, settings, joris, says):
    if says.get("amr") == {"mfa": 1}:
        change(settings, strong_amr=frozenset())
    provider.claims = {"email": joris.email} | says
    sign_in(client, provider)
    assert client.get("/open-data/").url == "/mijn/tweede-stap/"


# --- answers that prove nothing ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mood", ["unsigned", "symmetric", "foreign key", "broken signature", "no key named", "no token", "refuses", "nonsense"]
)
def test_an_answer_that_proves_nothing_signs_nobody_in(client, provider, mood):
    provider.mood = mood
    refused(client, sign_in(client, provider))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"exp": 1_700_000_000},  # of 2023
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"exp": None},
        {"sub": ""},
        {"sub": "x" * 256},
    ],
    ids=str,
)
def test_a_token_for_another_or_of_another_time_signs_nobody_in(client, provider, claims):
    provider.claims = claims
    refused(client, sign_in(client, provider))


def test_a_userinfo_about_somebody_else_signs_nobody_in(client, provider):
    provider.userinfo = {"sub": "s-2"}
    refused(client, sign_in(client, provider))


def refused(client, answer):
    assert answer.status_code in {400, 403}
    assert "Er is niets veranderd." in answer.content.decode()
    assert not signed_in(client)
    assert not Person.objects.exists()
    assert not SignIn.objects.exists()


def test_an_answer_in_another_browser_or_a_second_time_is_refused(client, provider):
    asked = client.post("/inloggen/bij/gemeente/")
    back = urlsplit(provider.visit(asked.url))
    refused(Client(), Client().get(f"{back.path}?{back.query}"))
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    assert Client().get(f"{back.path}?{back.query}").status_code == 400
    assert SignIn.objects.count() == 1


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=server_error", "?state[]=1", "?state=%00&code=%00", "?code=a"])
def test_an_answer_that_nobody_asked_for_is_refused(client, provider, query):
    refused(client, client.get(f"/inloggen/bij/gemeente/antwoord/{query}"))


def test_who_stops_at_the_provider_gets_a_clear_page(client, provider):
    asked = client.post("/inloggen/bij/gemeente/")
    provider.visit(asked.url)
    answer = client.get(f"/inloggen/bij/gemeente/antwoord/?state={provider.asked['state']}&error=access_denied")
    assert "U bent gestopt met inloggen" in answer.content.decode()


def test_next_leads_to_no_other_website(client, provider):
    assert sign_in(client, provider, next="https://evil.example/").url in {"/", "/mijn/"}


def test_a_visitor_cannot_steer_what_is_asked(client, provider):
    client.post("/inloggen/bij/gemeente/?scope=admin&auth_params=prompt%3Dnone&process=connect", {"scope": "admin"})
    asked = client.post("/inloggen/bij/gemeente/?scope=admin&auth_params=acr_values%3Dlow&process=connect")
    assert "admin" not in asked.url
    assert "acr_values=low" not in asked.url


def test_a_provider_that_is_away_gives_a_clear_page(client, provider, settings):
    change(settings, issuer="http://127.0.0.1:9")
    answer = client.post("/inloggen/bij/gemeente/")
    assert answer.status_code == 502
    assert "Medewerkers" in answer.content.decode()


def test_an_unknown_provider_does_not_exist(client, provider):
    assert client.post("/inloggen/bij/google/").status_code == 404
    assert client.get("/inloggen/bij/google/antwoord/").status_code == 404
    assert client.get("/inloggen/bij/gemeente/").status_code == 405


def test_only_the_sign_in_page_may_lead_to_the_provider(client, provider):
    policy = client.get("/inloggen/").headers["Content-Security-Policy"]
    assert f"form-action 'self' {provider.issuer}" in policy
    assert "form-action 'self';" in client.get("/privacy/").headers["Content-Security-Policy"] + ";"
    assert "Medewerkers" in client.get("/inloggen/").content.decode()


# --- never a citizen service number ----------------------------------------------------------------------


def test_a_subject_that_is_a_citizen_service_number_is_refused_and_not_kept(client, provider):
    provider.claims = {"sub": "123456782"}
    answer = sign_in(client, provider)
    refused(client, answer)
    assert not Identity.objects.exists()


def test_a_claim_with_such_a_number_is_left_where_it_is(client, provider):
    provider.claims = {"bsn": "123456782", "name": "Kees"}
    sign_in(client, provider)
    rows = [*Person.objects.values(), *Identity.objects.values(), *SignIn.objects.values(), dict(client.session)]
    assert "123456782" not in str(rows)


ROW = {"id": "a", "name": "A", "issuer": "https://a.example", "client_id": "c", "secret": "s"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"claims": {"bsn": "sub"}},
        {"claims": {"subject": "bsn"}},
        {"claims": {"subject": "urn:nl:bvn:bankid:1.0:consumer.BSN"}},
        {"claims": {"name": "burgerservicenummer"}},
        {"scope": ["openid", "bsn"]},
        {"assurance_claim": "bsn"},
    ],
    ids=str,
)
def test_a_setting_that_asks_for_such_a_number_stops_the_start(wrong):
    with pytest.raises(BadProvider, match=r"number 1 \(a\).*citizen service number"):
        parse(json.dumps([ROW | wrong]))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no JSON"),
        ("{}", "list of objects"),
        ("[1]", "list of objects"),
        (json.dumps([{**ROW, "issuer": "http://a.example"}]), "https://"),
        (json.dumps([{**ROW, "issuer": ""}]), "issuer is missing"),
        (json.dumps([{**ROW, "id": "A B"}]), "small letters"),
        (json.dumps([{**ROW, "colour": "red"}]), "unknown key colour"),
        (json.dumps([{**ROW, "secret": ""}]), "secret"),
        (json.dumps([{**ROW, "secret_file": "/nowhere/at/all"}]), "cannot be read"),
        (json.dumps([{**ROW, "claims": {"phone": "tel"}}]), "claims may map"),
        (json.dumps([{**ROW, "claims": []}]), "object of texts"),
        (json.dumps([{**ROW, "scope": "openid"}]), "list of texts"),
        (json.dumps([{**ROW, "second_factor": {"x": []}}]), "amr and acr"),
        (json.dumps([ROW, ROW]), "once"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_why(text, says):
    with pytest.raises(BadProvider, match=says):
        parse(text)


def test_without_the_setting_there_are_no_providers(client):
    assert parse("") == ()
    assert "Of log in met" not in client.get("/inloggen/").content.decode()
