"""Wanting a wish too, following it, the button behind the mail, and whether an answer helped."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.models import Link
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import AreaChoices, Rating, Supporter
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.queries.ratings import rating_path
from buurtdraad.agendas.wishes.states import Helped, Showing, Stage
from buurtdraad.messages.actions import contact_for

NOW = timezone.now()
SUPPORT, FOLLOW = "/wensen/ZO-1/steun/", "/wensen/ZO-1/volgen/"


def confirm(token):
    return f"/wensen/bevestigen/{token}/"


# --- wanting and following ---------------------------------------------------------------------------


def test_who_is_signed_in_wants_it_by_one_button_and_takes_it_back_by_another(client, wish, kees):
    client.force_login(kees)
    assert "Dit wil ik ook" in client.get(SUPPORT).text
    for _twice in range(2):
        assert client.post(SUPPORT, {"do": "yes"}).url == SUPPORT
    assert "U wilt dit ook" in client.get(SUPPORT).text
    assert people_of([wish]) == {wish.pk: 2}
    client.post(SUPPORT, {"do": "back"})
    assert people_of([wish]) == {wish.pk: 1}
    client.post(FOLLOW, {"do": "yes"})
    assert "U volgt deze wens" in client.get(FOLLOW).text
    client.post(FOLLOW, {"do": "back"})
    assert not Supporter.objects.exists()


@pytest.mark.parametrize("email", [None, "noor@example.nl"])
def test_who_is_signed_in_needs_no_confirmed_address_and_gets_no_mail(client, wish, areas, email):
    noor = Person.objects.create(name="Noor", email=email, password="!")
    client.force_login(noor)
    assert 'name="email"' not in client.get(SUPPORT).text
    for _twice in range(2):
        assert client.post(SUPPORT, {"do": "yes"}).status_code == 302
    assert people_of([wish]) == {wish.pk: 2}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args->>'to' = %s", [email])
        assert cursor.fetchone() == (0,)
    AreaChoices.objects.create(area=areas["zuilen-oost"], comments=True)
    assert client.post("/wensen/ZO-1/reacties/", {"text": "Goed idee"}).status_code == 302


def test_who_told_it_reads_that_they_did(client, make_wish, kees):
    make_wish(contact=contact_for(kees, at=NOW), by=kees)
    client.force_login(kees)
    page = client.get(SUPPORT).text
    assert "U vertelde deze wens zelf" in page
    assert 'name="do"' not in page


def test_a_visitor_counts_once_and_after_the_button_in_the_mail(client, wish, mailed):
    for email in ("nieuw@example.nl", "NIEUW@example.nl"):
        answer = client.post(SUPPORT, {"email": email})
        assert answer.url == f"{SUPPORT}?gestuurd=1"
    assert people_of([wish]) == {wish.pk: 1}
    for token in mailed():
        assert client.post(confirm(token)).status_code == 200
    assert people_of([wish]) == {wish.pk: 2}


def test_an_answer_never_tells_whether_an_address_is_known(client, wish, kees):
    pages = []
    for email in (kees.email, "nieuw@example.nl"):
        client.post(SUPPORT, {"email": email})
        pages.append(client.get(f"{SUPPORT}?gestuurd=1").content)
    assert pages[0] == pages[1]


def test_following_is_not_said_to_count(client, wish):
    assert "Pas dan telt het mee" in client.get(f"{SUPPORT}?gestuurd=1").text
    page = client.get(f"{FOLLOW}?gestuurd=1").text
    assert "Pas dan volgt u deze wens" in page
    assert "telt" not in page.partition("gestuurd")[2]


def test_htmx_gets_the_form_alone(client, wish, kees):
    page = client.get(SUPPORT, headers={"HX-Request": "true"}).text
    assert "<html" not in page
    assert 'hx-target="#want"' in page
    client.force_login(kees)
    assert "U wilt dit ook" in client.post(SUPPORT, {"do": "yes"}, headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("email", ["", "geen adres", "a@b\r\nBcc: x@y.nl", "x" * 300 + "@example.nl"])
def test_what_is_no_address_is_asked_again(client, wish, email, mailed):
    assert client.post(SUPPORT, {"email": email}).status_code == 422
    assert mailed() == []


@pytest.mark.parametrize("showing", [Showing.WAITING, Showing.PRIVATE])
@pytest.mark.parametrize("path", ["steun", "volgen", "reacties"])
def test_what_is_not_on_the_site_is_not_there(client, make_wish, kees, joris, signed_in, showing, path):  # noqa: PLR0917
    make_wish("Geheim", showing=showing)
    for visitor in (client, signed_in(kees), signed_in(joris)):
        for answer in (visitor.get(f"/wensen/ZO-1/{path}/"), visitor.post(f"/wensen/ZO-1/{path}/", {"email": "a@example.nl"})):
            assert answer.status_code == 404
            assert "Geheim" not in answer.text
    assert not Supporter.objects.exists()


def test_a_joined_wish_is_wanted_as_the_one_in_which_it_lives_on(client, wish, make_wish, kees, joris):
    other = make_wish("Nog een bank")
    actions.merge(other, wish, why="", by=joris, at=NOW)
    client.force_login(kees)
    assert client.post("/wensen/ZO-2/steun/", {"do": "yes"}).url == SUPPORT
    assert Supporter.objects.get().wish == wish


def test_words_of_others_stay_text(client, make_wish):
    make_wish("<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(SUPPORT).text


@pytest.mark.django_db(transaction=True)
def test_twenty_buttons_at_once_are_one_supporter(wish, mailed):
    Client().post(SUPPORT, {"email": "nieuw@example.nl"})
    token = mailed()[0]

    def press(_n):
        try:
            return Client().post(confirm(token)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(pool.map(press, range(20)))
    assert answers == [200] + [404] * 19
    assert Supporter.objects.count() == 1


# --- the link in the mail ------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing(client, wish, mailed):
    client.post(SUPPORT, {"email": "nieuw@example.nl"})
    for _often in range(3):
        page = client.get(confirm(mailed()[0]))
        assert page.status_code == 200
    assert client.head(confirm(mailed()[0])).status_code == 200
    assert "nieuw@example.nl" in page.text
    assert not Person.objects.filter(email="nieuw@example.nl").exists()
    assert not Supporter.objects.exists()


def test_a_link_is_of_its_address_whoever_is_signed_in(client, wish, kees, mailed):
    client.post(SUPPORT, {"email": "nieuw@example.nl"})
    client.force_login(kees)
    client.post(confirm(mailed()[0]))
    assert Supporter.objects.get().contact.person.email == "nieuw@example.nl"


def test_a_link_that_was_used_is_old_or_unknown_says_so(client, wish, mailed):
    client.post(SUPPORT, {"email": "nieuw@example.nl"})
    client.post(SUPPORT, {"email": "ander@example.nl"})
    first, second = mailed()
    client.post(confirm(first))
    Link.objects.filter(facts__email="ander@example.nl").update(
        made_at=NOW - datetime.timedelta(9), valid_until=NOW - datetime.timedelta(1)
    )
    for token, said in ((first, "al gebruikt"), (second, "te oud"), ("onbekend", "kennen deze link niet")):
        for answer in (client.get(confirm(token)), client.post(confirm(token))):
            assert answer.status_code == 404
            assert said in answer.text
    assert Supporter.objects.count() == 1


def test_a_link_about_a_wish_that_waits_shows_no_word_of_it(client, make_wish, mailed, rf):
    wish = make_wish("Geheim", showing=Showing.WAITING)
    actions.mail_to_confirm(rf.get("/"), "nieuw@example.nl", about=wish.givers.get(), at=timezone.now())
    for answer in (client.get(confirm(mailed()[0])), client.post(confirm(mailed()[0]))):
        assert answer.status_code == 200
        assert "ZO-1" in answer.text
        assert "Geheim" not in answer.text


def test_one_address_is_not_mailed_on_and_on(client, wish):
    answers = [client.post(SUPPORT, {"email": "nieuw@example.nl"}).status_code for _n in range(12)]
    assert answers[:10] == [302] * 10
    assert answers[-1] == 429


# --- were you helped well? -------------------------------------------------------------------------------


@pytest.fixture
def rating(wish, emine, joris):
    made = actions.answer([wish], text="Er komen <b>twee</b> banken.", stage=Stage.CHOSEN, by=joris, at=NOW)
    return rating_path(made, emine, wish)


def test_three_faces_can_be_chosen_and_changed(client, rating):
    page = client.get(rating).text
    assert "Er komen &lt;b&gt;twee&lt;/b&gt; banken." in page
    assert page.count('type="radio"') == 3
    answer = client.post(rating, {"helped": "3", "words": "Fijn"})
    assert "Dank u" in client.get(answer.url).text
    client.post(rating, {"helped": "1", "words": ""})
    assert Rating.objects.get().helped == Helped.NO
    assert 'value="1"' in client.get(rating).text


@pytest.mark.parametrize("facts", [{}, {"helped": "9"}, {"helped": "x"}, {"helped": "3", "words": "x" * 501}])
def test_nonsense_is_asked_again(client, rating, facts):
    assert client.post(rating, facts).status_code == 422
    assert not Rating.objects.exists()


def test_a_link_that_we_did_not_make_rates_nothing(client, rating):
    for path in ("/wensen/geholpen/x/", rating[:-4] + "abc/"):
        answer = client.post(path, {"helped": "3"})
        assert answer.status_code == 404
        assert "kennen deze link niet" in answer.text
    assert not Rating.objects.exists()
