"""Is it there already? Wishes that are alike, while typing and between the two screens."""

import pytest
from django.utils import timezone

from buurtdraad.agendas.conftest import BENCH
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.alike import alike
from buurtdraad.agendas.wishes.states import Showing, Theme
from buurtdraad.agendas.wishes.tests.filling_in import NEW, TOLD, first, hidden
from buurtdraad.messages.actions import contact_for

pytestmark = pytest.mark.usefixtures("typed_slowly")


def test_a_wish_that_is_alike_is_shown_before_asking_how_somebody_hears(client, areas, make_wish):
    make_wish("Er mist een bankje op het Molenplein")
    page = first(client).text
    assert page.index("Er mist een bankje") < page.index('name="way"')
    assert 'value="ZO-1"' in page


def test_yes_i_mean_this_keeps_the_own_words_with_that_wish(client, areas, make_wish):
    make_wish("Er mist een bankje op het Molenplein")
    same = client.post(NEW, hidden(first(client)) | {"same": "ZO-1", "step": ""})
    assert same.status_code == 200
    answer = client.post(NEW, hidden(same) | {"way": "call", "phone": "0612345678", "step": "send"})
    client.post(NEW, hidden(same) | {"way": "call", "phone": "0612345678", "step": "send"})
    assert "ZO-1" in client.get(answer.url).text
    wish = Wish.objects.get()
    assert [giver.words for giver in wish.givers.all()] == ["Er mist een bankje op het Molenplein", TOLD]
    assert wish.text == "Er mist een bankje op het Molenplein"


def test_with_an_e_mail_address_it_counts_after_the_button_with_the_own_words(client, areas, make_wish, mailed):
    wish = make_wish("Er mist een bankje op het Molenplein")
    same = client.post(NEW, hidden(first(client)) | {"same": "ZO-1"})
    client.post(NEW, hidden(same) | {"way": "email", "email": "nieuw@example.nl", "step": "send"})
    assert wish.givers.count() == 1
    client.post(f"/wensen/bevestigen/{mailed()[-1]}/")
    assert wish.givers.last().words == TOLD
    assert wish.givers.last().contact.person.email == "nieuw@example.nl"


def test_while_typing_only_wishes_on_the_site_of_the_area_are_shown(client, areas, make_wish):
    make_wish("Er mist een bankje op het Molenplein", showing=Showing.WAITING)
    make_wish("Bank op het Molenplein gevraagd", showing=Showing.PRIVATE)
    make_wish("Een bank op het Molenplein!", area="BU03440321")
    facts = {"text": TOLD, "area": "BU03440241"}
    assert client.post(f"{NEW}lijkt-op/", facts).text.strip() == ""
    make_wish("<script>alert(1)</script> bankje op het Molenplein", area="BU03440242")
    page = client.post(f"{NEW}lijkt-op/", facts)
    assert "&lt;script&gt;" in page.text
    assert "no-store" in page["Cache-Control"]
    assert client.get(f"{NEW}lijkt-op/", facts).status_code == 405
    for bad in ({}, {"text": "x" * 100_000, "area": "BU03440241"}, {"text": "a\0b", "area": "\0"}):
        assert client.post(f"{NEW}lijkt-op/", bad).status_code == 200


def test_before_the_neighbourhood_is_chosen_only_a_text_that_names_a_place_finds_something(client, areas, make_wish):
    make_wish("Er mist een bankje op het Molenplein")
    assert "Er mist een bankje" in client.post(f"{NEW}lijkt-op/", {"text": TOLD, "area": ""}).text
    assert client.post(f"{NEW}lijkt-op/", {"text": "Er mist een bankje", "area": ""}).text.strip() == ""
    assert client.post(f"{NEW}lijkt-op/", {"text": TOLD, "area": "BU99999999"}).text.strip() == ""


def test_of_answers_that_are_as_good_the_one_that_most_people_want_comes_first(areas, make_wish, kees, django_assert_max_num_queries):
    other = make_wish("Op de Wilgenhof staat nergens een bank, mijn moeder kan er niet uitrusten.")
    many, asked = make_wish(BENCH), "Ik wil graag een bank op de Wilgenhof"
    assert alike(asked, areas["BU03440241"]) == [other, many]
    actions.support(many, contact=contact_for(kees, at=timezone.now()), at=timezone.now())
    with django_assert_max_num_queries(4):
        assert alike(asked, areas["BU03440241"]) == [many, other]


def test_a_wish_that_waits_cannot_be_meant(client, areas, make_wish):
    make_wish("Geheim bankje", showing=Showing.WAITING)
    page = client.post(NEW, hidden(first(client)) | {"same": "ZO-1"})
    assert "Geheim" not in page.text
    client.post(NEW, hidden(page) | {"same": "ZO-1", "way": "none", "step": "send"})
    assert Wish.objects.count() == 2


def test_the_words_of_a_changed_wish_are_those_by_which_it_is_found(client, areas, make_wish, joris):
    wish = make_wish(BENCH)
    facts = {"kind": wish.kind, "theme": wish.theme, "area": wish.area, "by": joris, "duty": "area_adviser", "at": timezone.now()}
    actions.reword(wish, text="Er mist een bankje op het Molenplein", **facts)
    assert "Er mist een bankje" in first(client).text
    made = actions.split(
        wish, text="Te weinig licht", part_text="Bankje op het Molenplein", part_theme=Theme.GREEN, by=joris, at=timezone.now()
    )
    found = first(client).text
    assert "Te weinig licht" not in found
    assert "Bankje op het Molenplein" in found
    actions.unsplit(made, by=joris, at=timezone.now())
    assert Wish.objects.get(pk=wish.pk).stems != []
