"""Signing in by the link or the code in a mail."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.models import Link, Person, Session, SignIn
from buurtdraad.accounts.signing_in.actions.links import make_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.accounts.signing_in.tests.conftest import sign_in_by_mail
from buurtdraad.audit.models import Event

pytestmark = pytest.mark.django_db


def signed_in(client):
    return "_auth_user_id" in client.session


def everything():
    """What a link could change, as far as it tells."""
    return [list(model.objects.order_by("pk").values_list()) for model in (Person, Link, SignIn, Event)]


def test_the_button_on_the_page_of_the_link_signs_in(client, post, emine):
    client.post("/inloggen/", {"email": "Emine@Example.org"})
    page = client.get(post.link)
    assert "Ja, log mij in" in page.content.decode()
    assert not signed_in(client)
    assert client.post(post.link).status_code == 302
    assert client.session["_auth_user_id"] == str(emine.pk)
    assert [(one.person, one.method, one.strong) for one in SignIn.objects.all()] == [(emine, "link", False)]
    assert Event.objects.filter(verb="person.signed_in", actor=emine.uuid).count() == 1


def test_a_mail_filter_that_opens_every_link_uses_up_nothing(client, post, emine):
    client.post("/inloggen/", {"email": emine.email})
    before = everything()
    for _ in range(5):
        assert Client().get(post.link).status_code == 200
        assert Client().head(post.link).status_code == 200
    assert everything() == before
    assert client.post(post.link).status_code == 302


def test_the_code_in_the_mail_signs_in_where_it_was_asked_for(client, post, emine):
    client.post("/inloggen/", {"email": emine.email})
    assert client.post("/inloggen/verstuurd/", {"code": f" {post.code[:3]} {post.code[3:]}"}).status_code == 302
    assert signed_in(client)


def test_the_code_does_nothing_in_another_browser(client, post, emine):
    client.post("/inloggen/", {"email": emine.email})
    other = Client()
    assert other.post("/inloggen/verstuurd/", {"code": post.code}).url == "/inloggen/"
    assert not signed_in(other)


def test_after_five_wrong_codes_the_right_one_is_too_late(client, post, emine):
    client.post("/inloggen/", {"email": emine.email})
    wrong = f"{(int(post.code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert client.post("/inloggen/verstuurd/", {"code": wrong}).status_code == 422
    assert client.post("/inloggen/verstuurd/", {"code": post.code}).status_code == 400
    assert not signed_in(client)
    assert client.post(post.link).status_code == 302, "the link itself still works"


def test_code_and_link_are_used_up_together(client, post, emine):
    client.post("/inloggen/", {"email": emine.email})
    client.post("/inloggen/verstuurd/", {"code": post.code})
    assert Client().post(post.link).status_code == 400


def test_an_unknown_address_becomes_a_person_when_the_link_is_used(client, post):
    client.post("/inloggen/", {"email": "kees@example.org"})
    assert not Person.objects.exists()
    client.post(post.link)
    person = Person.objects.get()
    assert (person.email, person.confirmed_at is not None, person.has_usable_password()) == ("kees@example.org", True, False)


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(post, emine):
    pages = []
    for email in (emine.email, "nobody@example.org"):
        client = Client()
        asked = client.post("/inloggen/", {"email": email})
        sent = client.get(asked.url)
        pages.append((asked.status_code, asked.url, sent.content.decode().split('name="csrfmiddlewaretoken"')[0]))
    assert pages[0] == pages[1]
    assert [mail.to for mail in post.deliver()] == [[emine.email], ["nobody@example.org"]]
    assert post.deliver()[0].subject == post.deliver()[1].subject


# --- links that do nothing ----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["expired", "used", "mangled", "cut", "for something else", "nonsense"])
def test_a_bad_link_gets_one_clear_page_and_changes_nothing(client, post, emine, way):
    client.post("/inloggen/", {"email": emine.email})
    path = post.link
    now = timezone.now()
    if way == "expired":
        Link.objects.update(made_at=now - datetime.timedelta(hours=1), valid_until=now - datetime.timedelta(seconds=1))
    elif way == "used":
        Client().post(path)
    elif way == "mangled":
        path = path[:-3] + ("AA/" if path[-3:] != "AA/" else "BB/")
    elif way == "cut":
        path = path[:-10] + "/"
    elif way == "for something else":
        path = f"/inloggen/link/{make_link(Purpose.GO_ON, emine.email, valid_for=datetime.timedelta(hours=1), at=now).token}/"
    else:
        path = "/inloggen/link/%00%F0%9F%8D%80'--/"
    before = everything()
    for ask in (client.get, client.post):
        answer = ask(path)
        assert answer.status_code == 400
        assert "Er is niets veranderd." in answer.content.decode()
    assert everything() == before
    assert not signed_in(client)


def test_a_link_to_sign_in_confirms_no_address(client, post, emine):
    client.post("/inloggen/", {"email": emine.email})
    token = post.link.split("/")[-2]
    sign_in_by_mail(client, post, emine.email)
    assert client.post(f"/mijn/e-mailadres/{token}/").status_code == 400
    assert Person.objects.get().email == emine.email


def test_a_closed_account_cannot_sign_in_and_is_not_told_by_the_first_page(client, post, emine):
    Person.objects.update(is_active=False)
    assert client.post("/inloggen/", {"email": emine.email}).status_code == 302
    assert client.post(post.link).status_code == 403
    assert not signed_in(client)
    assert not SignIn.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_at_once_exactly_one_signs_in(post, emine):
    Client().post("/inloggen/", {"email": emine.email})
    path = post.link

    def use(_):
        try:
            return Client().post(path).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(use, range(8)))
    assert answers == [302] + [400] * 7
    assert SignIn.objects.count() == 1


# --- the session ----------------------------------------------------------------------------------


def test_the_session_gets_another_key_and_keeps_nothing_of_before(client, post, emine):
    client.get("/inloggen/")
    session = client.session
    session["second_factor"], session["planted"] = "2026-01-01T00:00:00", "by another"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in_by_mail(client, post, emine.email)
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()
    assert "second_factor" not in client.session
    assert "planted" not in client.session


def test_a_session_key_of_ones_own_invention_is_not_taken_over(client, post, emine):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in_by_mail(client, post, emine.email)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32


def test_signing_out_asks_first_and_ends_the_session(client, post, emine):
    sign_in_by_mail(client, post, emine.email)
    assert client.get("/uitloggen/").status_code == 200
    assert signed_in(client)
    assert client.post("/uitloggen/").status_code == 302
    assert not signed_in(client)
    assert not Session.objects.filter(person=emine).exists()


# --- where one goes afterwards --------------------------------------------------------------------


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "evil",
        "/a\r\nX: 1",
    ],
)
def test_next_leads_to_no_other_website(client, post, emine, elsewhere):
    answer = sign_in_by_mail(client, post, emine.email, next=elsewhere)
    assert answer.status_code == 302
    assert answer.url in {"/", "/mijn/"}


def test_next_leads_to_the_page_that_was_wanted(client, post, emine):
    assert sign_in_by_mail(client, post, emine.email, next="/buurten/?q=a b").url == "/buurten/?q=a%20b"


def test_who_is_signed_in_goes_on_at_once(client, post, emine):
    sign_in_by_mail(client, post, emine.email)
    assert client.get("/inloggen/?next=/buurten/").url == "/buurten/"


# --- bad input and many requests --------------------------------------------------------------------


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "a@example.org\r\nBcc: all@example.org",
        "a@example.org,b@example.org",
        "x" * 300 + "@example.org",
        "a\x00@example.org",
    ],
)
def test_what_is_no_address_gets_an_error_and_no_mail(client, post, email):
    answer = client.post("/inloggen/", {"email": email})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert post.waiting() == 0


def test_a_host_of_ones_own_invention_makes_no_link_in_a_mail(client, post, emine):
    assert client.post("/inloggen/", {"email": emine.email}, headers={"host": "evil.example"}).status_code == 400
    assert post.waiting() == 0


@pytest.mark.slow
def test_two_hundred_requests_stop_mails_and_lock_nobody_out(client, post, emine):
    client.post("/inloggen/", {"email": emine.email})
    link = post.link
    answers = [Client(REMOTE_ADDR="10.9.9.9").post("/inloggen/", {"email": emine.email}) for _ in range(200)]
    assert {answer.status_code for answer in answers} == {302, 429}
    assert all(answer["Retry-After"] for answer in answers if answer.status_code == 429)
    assert post.waiting() <= 6
    assert client.post(link).status_code == 302


def test_thirty_people_behind_one_address_all_get_in(post):
    for number in range(30):
        client = Client(REMOTE_ADDR="10.0.0.1")
        assert client.post("/inloggen/", {"email": f"neighbour{number}@example.org"}).status_code == 302
        client.post("/inloggen/verstuurd/", {"code": "1"})
        assert client.post(post.link).status_code == 302


def test_a_mail_is_readable_as_text_and_as_html_and_in_the_language_of_the_page(client, post, emine):
    client.post("/en/inloggen/", {"email": emine.email})
    html = post.last.alternatives[0].content
    assert post.link.startswith("/en/inloggen/link/")
    assert post.code in html
    assert post.link in html
