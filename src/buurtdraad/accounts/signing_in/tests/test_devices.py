"""Where somebody is signed in, and passwords where the city wants them."""

import pytest
from django.test import Client

from buurtdraad.accounts.models import Person, Session
from buurtdraad.accounts.signing_in.rules import device_words, looks_like_bsn
from buurtdraad.accounts.signing_in.tests.conftest import sign_in_by_mail

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_person_sees_and_ends_the_sessions_of_their_own(client, post, emine, joris):
    phone = Client(headers={"user-agent": PHONE})
    sign_in_by_mail(phone, post, emine.email)
    sign_in_by_mail(client, post, emine.email)
    page = client.get("/mijn/apparaten/")
    assert [(device.words, device.current) for device in page.context["devices"]] == [("", True), ("Chrome, Android", False)]
    keys = [session.session_key for session in Session.objects.all()]
    assert not [key for key in keys if key in page.content.decode()]
    client.post(f"/mijn/apparaten/{page.context['devices'][1].mark}/uit/")
    assert not signed_in(phone)
    assert signed_in(client)


def test_a_session_of_somebody_else_does_not_exist(client, post, emine, joris):
    other = Client()
    sign_in_by_mail(other, post, joris.email)
    sign_in_by_mail(client, post, emine.email)
    for session in Session.objects.filter(person=joris):
        from buurtdraad.accounts.signing_in.queries import mark_of

        assert client.post(f"/mijn/apparaten/{mark_of(session.session_key)}/uit/").status_code == 404
    assert signed_in(other)


def test_all_others_end_at_once_and_this_one_stays(client, post, emine, joris):
    others = [Client() for _ in range(3)]
    for other in others[:2]:
        sign_in_by_mail(other, post, emine.email)
    sign_in_by_mail(others[2], post, joris.email)
    sign_in_by_mail(client, post, emine.email)
    client.post("/mijn/apparaten/alle-andere/uit/")
    assert [signed_in(one) for one in (*others, client)] == [False, False, True, True]


def test_a_person_who_is_removed_is_signed_out_everywhere(client, post, emine):
    sign_in_by_mail(client, post, emine.email)
    emine.delete()
    assert not Session.objects.exists()


def test_the_list_takes_as_many_queries_with_one_as_with_many(client, post, emine, django_assert_num_queries):
    sign_in_by_mail(client, post, emine.email)
    with django_assert_num_queries(5):  # session, person, second step, duties, sessions
        client.get("/mijn/apparaten/")
    for _ in range(3):
        sign_in_by_mail(Client(), post, emine.email)
    with django_assert_num_queries(5):
        client.get("/mijn/apparaten/")


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/mijn/apparaten/").url == "/inloggen/?next=/mijn/apparaten/"


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "' OR 1=1 --", "\N{RIGHT-TO-LEFT OVERRIDE}naam", "😀" * 70])
def test_a_hostile_name_and_device_are_only_text(client, post, emine, hostile):
    Person.objects.update(name=hostile)
    client = Client(headers={"user-agent": f"Firefox {hostile}"})
    sign_in_by_mail(client, post, emine.email)
    page = client.get("/mijn/apparaten/").content.decode()
    assert "<script>alert" not in page
    assert Session.objects.get(person=emine).device == "Firefox"


# --- passwords --------------------------------------------------------------------------------------


def test_without_the_setting_there_are_no_passwords(client, post, emine):
    assert client.get("/inloggen/wachtwoord/").status_code == 404
    sign_in_by_mail(client, post, emine.email)
    assert client.get("/mijn/wachtwoord/").status_code == 404


def test_with_the_setting_a_password_is_chosen_and_signs_in(client, post, emine, settings):
    settings.PASSWORDS = True
    other = Client()
    sign_in_by_mail(other, post, emine.email)
    sign_in_by_mail(client, post, emine.email)
    assert client.post("/mijn/wachtwoord/", {"password": "kort"}).status_code == 422
    assert client.post("/mijn/wachtwoord/", {"password": "vier hele lange woorden"}).status_code == 302
    assert signed_in(client)
    assert not signed_in(other)
    assert other.post("/inloggen/wachtwoord/", {"email": emine.email, "password": "verkeerd geraden"}).status_code == 422
    assert other.post("/inloggen/wachtwoord/", {"email": "EMINE@example.org", "password": "vier hele lange woorden"}).status_code == 302
    assert signed_in(other)


def test_guessing_passwords_is_stopped_and_the_mail_still_works(client, post, emine, settings):
    settings.PASSWORDS = True
    answers = [client.post("/inloggen/wachtwoord/", {"email": emine.email, "password": str(n)}).status_code for n in range(12)]
    assert answers[-1] == 429
    sign_in_by_mail(client, post, emine.email)
    assert signed_in(client)


def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(client, emine, settings):
    settings.PASSWORDS = True
    answers = [
        client.post("/inloggen/wachtwoord/", {"email": email, "password": "verkeerd"}).context["form"].errors
        for email in (emine.email, "nobody@example.org")
    ]
    assert answers[0] == answers[1]


# --- rules ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_rough_words(agent, words):
    assert device_words(agent) == words


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("111222333", True),
        ("123456782", True),
        ("123456789", False),
        ("000000000", False),
        ("a1b2", False),
        ("1234567", False),
        ("", False),
    ],
)
def test_a_citizen_service_number_is_recognised(text, is_one):
    assert looks_like_bsn(text) == is_one
