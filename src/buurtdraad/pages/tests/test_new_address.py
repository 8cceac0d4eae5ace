"""Another e-mail address for one's account: asked for, and proved by its owner, who asked for it."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Identity, Link, Person
from buurtdraad.accounts.signing_in.actions.links import make_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.accounts.signing_in.providers import parse
from buurtdraad.accounts.signing_in.rules import LATELY, QUITE_LATELY
from buurtdraad.accounts.signing_in.tests.conftest import Post
from buurtdraad.audit.models import Event
from buurtdraad.pages.tests.new_address import DAY, NEW, OLD, PAGE, SENT, address_of, ask, change
from buurtdraad.pages.tests.one_person import signed_in

pytestmark = pytest.mark.django_db
BROKER = '[{"id": "digid", "name": "DigiD", "issuer": "https://a.example", "client_id": "c", "secret": "s"}]'


@pytest.fixture(autouse=True)
def city_with_a_name(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    settings.CITY_NAME, settings.CITY_CODE, settings.CITY_PHONE = "Utrecht", "GM0344", "14 030"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def post(db):
    return Post()


@pytest.fixture
def kees(db):
    return Person.objects.create(name="Kees Vermeer", email=OLD, confirmed_at=timezone.now(), password="!")


def letters_to(post, email):
    return [letter for letter in post.deliver() if letter.to == [email]]


# --- the whole way ---------------------------------------------------------------------------------


def test_from_ones_own_page_to_a_letter_at_the_old_address(kees, post):
    client = signed_in(kees)
    assert f'href="{PAGE}"' in client.get("/mijn/").text
    assert OLD in client.get(PAGE).text
    sent = client.post(PAGE, {"email": " Kees@Nieuw.Example "}, follow=True)
    assert sent.redirect_chain[-1][0] == SENT
    assert NEW in sent.text
    assert post.last.to == [NEW]
    link = post.link

    page = client.get(link).text
    assert NEW in page
    assert OLD in page
    assert address_of(kees) == OLD
    done = client.post(link, follow=True)
    assert f"Vanaf nu logt u in met {NEW}." in done.text
    assert address_of(kees) == NEW
    assert NEW in client.get("/mijn/gegevens/").text

    (letter,) = letters_to(post, OLD)
    assert letter.subject == "Uw e-mailadres is veranderd"
    assert "Bel ons dan meteen" in letter.body
    assert not [words for words in (NEW, kees.name, "http") if words in letter.body]


def test_the_record_tells_that_and_not_to_which_address(kees, post):
    change(signed_in(kees), post)
    events = Event.objects.filter(verb__startswith="address.").order_by("pk")
    assert [(one.verb, one.thing, one.actor, one.payload) for one in events] == [
        (verb, f"person:{kees.uuid}", kees.uuid, {}) for verb in ("address.asked", "address.changed")
    ]


def test_the_code_is_for_a_mail_that_is_read_elsewhere(kees, post):
    client = signed_in(kees)
    ask(client)
    wrong = f"{(int(post.code) + 1) % 1_000_000:06}"
    assert client.post(SENT, {"code": wrong}).status_code == 422
    assert address_of(kees) == OLD
    assert client.post(SENT, {"code": post.code}).url == "/mijn/"
    assert address_of(kees) == NEW
    assert client.get(SENT).url == PAGE


def test_after_five_wrong_codes_one_asks_again(kees, post):
    client = signed_in(kees)
    ask(client)
    wrong = f"{(int(post.code) + 1) % 1_000_000:06}"
    assert [client.post(SENT, {"code": wrong}).status_code for _ in range(5)] == [422] * 5
    assert client.post(SENT, {"code": post.code}).status_code == 400
    assert address_of(kees) == OLD


def test_the_code_of_an_account_does_nothing_in_another_session(kees, post):
    ask(signed_in(kees))
    assert signed_in(kees).post(SENT, {"code": post.code}).url == PAGE
    assert address_of(kees) == OLD


# --- links that do nothing -------------------------------------------------------------------------


def test_a_mail_filter_that_opens_the_link_changes_nothing(kees, post):
    client = signed_in(kees)
    ask(client)
    for _ in range(3):
        for answer in (Client().get(post.link), Client().head(post.link), client.head(post.link)):
            assert answer.status_code in {200, 403}
    assert address_of(kees) == OLD
    assert client.post(post.link).status_code == 302


def test_where_nobody_is_signed_in_the_link_leads_back_to_the_code_and_not_to_the_door(kees, post):
    ask(signed_in(kees))
    for answer in (Client().get(post.link), Client().post(post.link)):
        assert answer.status_code == 403
        assert "Typ daar de code uit de mail" in answer.text
    assert address_of(kees) == OLD


def test_the_owner_of_an_address_confirms_no_account_of_somebody_else(kees, post):
    """Else Kees would read along in an account that Emine takes for hers."""
    emine = Person.objects.create(name="Emine", email="emine@example.org")
    ask(signed_in(kees))
    other = signed_in(emine)
    assert other.get(post.link).status_code == other.post(post.link).status_code == 400
    assert (address_of(kees), address_of(emine)) == (OLD, "emine@example.org")
    assert signed_in(kees).post(post.link).status_code == 302, "it was not used up"


@pytest.mark.parametrize("way", ["used", "expired", "asked again", "for something else"])
def test_a_link_that_is_over_changes_nothing(kees, post, way):
    client = signed_in(kees)
    ask(client)
    link = post.link
    if way == "used":
        client.post(link)
        Person.objects.filter(pk=kees.pk).update(email=OLD)
    elif way == "expired":
        Link.objects.update(made_at=timezone.now() - 3 * DAY, valid_until=timezone.now() - DAY)
    elif way == "asked again":
        ask(client, "kees@derde.example")
    else:
        link = f"{PAGE}{make_link(Purpose.GO_ON, f'person:{kees.uuid}', valid_for=DAY, at=timezone.now()).token}/"
    assert client.get(link).status_code == client.post(link).status_code == 400
    assert address_of(kees) == OLD


def test_who_was_closed_or_erased_meanwhile_gets_no_address(kees, post):
    client = signed_in(kees)
    ask(client)
    Person.objects.update(is_active=False)
    assert client.post(post.link).status_code == 403
    assert address_of(kees) == OLD


# --- an address that one cannot have -----------------------------------------------------------------


def test_the_page_does_not_tell_that_an_address_has_an_account(kees, post):
    Person.objects.create(name="Emine", email="Emine@example.org")
    pages = []
    for email in ("emine@example.org", "niemand@example.org"):
        client = signed_in(kees)
        asked, page = ask(client, email), client.get(SENT)
        wrong = client.post(SENT, {"code": "1"})
        shape = [text.split("csrfmiddlewaretoken")[0].replace(email, "@") for text in (page.text, wrong.text)]
        pages.append((asked.status_code, asked.url, wrong.status_code, shape))
    assert pages[0] == pages[1]


def test_the_owner_of_a_taken_address_reads_what_can_be_done_and_gets_no_way_in(kees, post):
    Person.objects.create(name="Emine", email="emine@example.org")
    ask(signed_in(kees), "EMINE@example.org")
    (letter,) = letters_to(post, "emine@example.org")
    assert "u hebt al een account met dit adres" in letter.body
    assert post.link == "/inloggen/"
    assert not [words for words in (OLD, kees.name, "code") if words in letter.body]
    assert address_of(kees) == OLD


def test_an_address_that_was_taken_meanwhile_is_refused_and_the_link_is_not_used_up(kees, post):
    client = signed_in(kees)
    ask(client)
    Person.objects.create(email=NEW)
    answer = client.post(post.link)
    assert answer.status_code == 400
    assert "Dit adres hoort al bij een ander account." in answer.text
    assert f'href="{PAGE}"' in answer.text
    assert address_of(kees) == OLD
    assert Link.objects.get().used_at is None


@pytest.mark.parametrize("email", [OLD, f"  {OLD.upper()} ", "", "kees", "a@b", "a@example.org\r\nBcc: b@example.org", "a\0@example.org"])
def test_the_same_address_and_what_is_none_get_an_error_and_no_mail(kees, post, email):
    answer = ask(signed_in(kees), email)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert post.waiting() == 0


def test_who_works_here_keeps_an_address_of_the_work(kees, post):
    DutyHeld.objects.create(person=kees, duty=Duty.EMPLOYEE, from_on="2020-01-01", given_at=timezone.now())
    client = signed_in(kees)
    answer = ask(client)
    assert answer.status_code == 422
    assert "@oud.example" in answer.text
    assert post.waiting() == 0
    assert change(client, post, "kees.vermeer@oud.example").status_code == 302
    assert address_of(kees) == "kees.vermeer@oud.example"


def test_who_has_no_address_reads_that_there_is_nothing_to_change(settings, post):
    settings.OIDC_PROVIDERS = parse(BROKER)
    person = Person.objects.create(name="Fatma")
    Identity.objects.create(person=person, provider="digid", subject="s", made_at=timezone.now())
    client = signed_in(person)
    assert PAGE not in client.get("/mijn/").text
    page = client.get(PAGE)
    assert "Wij hebben geen e-mailadres van u" in page.text
    assert "U kunt ook inloggen met DigiD." in page.text
    assert 'name="email"' not in page.text
    assert ask(client).status_code == 422
    assert post.waiting() == 0


# --- how often, and how sure ---------------------------------------------------------------------------


def test_one_person_asks_for_five_addresses_an_hour(kees, post):
    client = signed_in(kees)
    answers = [ask(client, f"{number}@example.org") for number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert answers[-1]["Retry-After"]
    assert post.waiting() == 5


def test_one_address_gets_five_mails_an_hour(post):
    people = [Person.objects.create(email=f"{number}@example.org") for number in range(6)]
    assert [ask(signed_in(person)).status_code for person in people] == [302] * 5 + [429]
    assert post.waiting() == 5


def test_who_has_a_second_step_passes_it_first_unless_they_just_did(kees, post):
    Authenticator.objects.create(user=kees, type="totp", data={"secret": "geheim"})
    client = signed_in(kees)
    assert client.get(PAGE).status_code == 200
    session = client.session
    session["second_factor"] = (timezone.now() - QUITE_LATELY - datetime.timedelta(seconds=1)).isoformat()
    session.save()
    for answer in (client.get(PAGE), ask(client)):
        assert answer.url == "/mijn/tweede-stap/opnieuw/"
        assert client.session["wanted_page"] == PAGE
    assert post.waiting() == 0


@pytest.mark.parametrize("way", ["password", "provider"])
def test_who_can_sign_in_without_the_mailbox_does_so_first(kees, post, settings, way):
    settings.PASSWORDS, settings.OIDC_PROVIDERS = way == "password", parse(BROKER)
    if way == "password":
        kees.set_password("vier hele lange woorden")
        kees.save()
    else:
        Identity.objects.create(person=kees, provider="digid", subject="s", made_at=timezone.now())
    client = signed_in(kees, began=timezone.now() - LATELY - DAY, strong=False)
    assert 'name="email"' not in client.get(PAGE).text
    assert ask(client).status_code == 422
    assert post.waiting() == 0
    assert client.post(PAGE, {"again": "1"}).url == f"/inloggen/?next={PAGE}"
    assert ask(signed_in(kees, strong=False)).status_code == 302


def test_who_lost_the_only_mailbox_still_changes_it_where_they_are_signed_in(kees, post):
    client = signed_in(kees, began=timezone.now() - 30 * DAY, strong=False)
    assert change(client, post).status_code == 302
    assert address_of(kees) == NEW


def test_a_visitor_is_asked_to_sign_in(client):
    for address in (PAGE, SENT):
        assert client.get(address).url == f"/inloggen/?next={address}"


def test_the_pages_speak_every_language(kees, post):
    client = signed_in(kees)
    ask(client)
    for language in ("", "/nl-x-simpel", "/en"):
        for path in (PAGE, SENT, post.link):
            assert client.get(language + path).status_code == 200


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "\N{RIGHT-TO-LEFT OVERRIDE}naam", "😀" * 70])
def test_what_is_typed_is_only_text(kees, post, hostile):
    client = signed_in(kees)
    assert "<script>alert" not in ask(client, hostile).text
    ask(client)
    assert "<script>alert" not in client.post(SENT, {"code": hostile}).text
    assert client.get(f"{PAGE}{hostile.replace('/', '')}/").status_code == 400
