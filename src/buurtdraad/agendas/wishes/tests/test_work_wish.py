"""The page of one wish for who works with it: all that is known, joining and parting, and what an area chooses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import AreaChoices, Merging, Wish
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.states import Channel, Showing, Stage, Theme
from buurtdraad.messages.actions import contact_for

JOIN = "/werk/wensen/samen/"


def page_of(wish):
    return f"/werk/wensen/{wish.reference}/"


def test_the_page_says_who_gave_it_in_which_words_and_how_they_hear(wish, kees, signed_in, joris):
    now = timezone.now()
    actions.add_giver(wish, contact=contact_for(kees, at=now), words="Een bankje graag!", channel=Channel.WEB, by=kees, at=now)
    page = signed_in(joris).get(page_of(wish)).text
    for words in (
        "Mevrouw Aydin",
        "Bel mij",
        "Kees Vermeer",
        "Een bankje graag!",
        "2 mensen willen dit.",
        "We schrijven op dat u deze namen zag.",
    ):
        assert words in page
    assert "06 12345678" not in page


def test_what_happened_stands_in_plain_words(wish, make_wish, signed_in, joris):
    now = timezone.now()
    actions.move_to(wish, Stage.SEEN, why="Wij gaan kijken", by=joris, at=now)
    actions.answer([wish], text="Er komt een bank.", stage=Stage.CHOSEN, by=joris, at=now)
    actions.keep_private(wish, was=Showing.SHOWN, why="Te veel namen", by=joris, duty="area_adviser", at=now)
    page = signed_in(joris).get(page_of(wish)).text
    happened = page.split("Wat er gebeurde")[1].split("</ol>")[0]
    for words in (
        "Joris Bakker",
        "een bewoner",
        "Wij gaan kijken",
        "Er komt een bank.",
        "Te veel namen",
        "1 persoon kreeg bericht",
        "Gekozen",
    ):
        assert words in happened
    for code in ("wish.", "area_adviser", "not_done", "payload", str(joris.uuid)):
        assert code not in happened


def test_a_wish_is_joined_from_the_list_of_like_ones_and_parted_again(wish, make_wish, kees, signed_in, joris):
    other = make_wish("Een bankje op de Wilgenhof, er is geen schaduw", contact=contact_for(kees, at=timezone.now()))
    client = signed_in(joris)
    assert other.reference in client.get(page_of(wish)).text.split("Wensen die hierop lijken")[1]
    said = client.post(JOIN, {"wens": other.reference, "into": wish.reference.lower(), "why": "Hetzelfde"}, follow=True).text
    assert f"Samengevoegd met {wish.reference}." in said
    assert people_of([wish]) == {wish.pk: 2}
    assert "Kees Vermeer" in client.get(page_of(wish)).text
    assert wish.reference in client.get(page_of(other)).text
    made = Merging.objects.get()
    said = client.post(page_of(wish), {"deed": "unmerge", "which": str(made.uuid)}, follow=True).text
    assert f"{other.reference} staat weer alleen." in said
    assert Wish.objects.heads().count() == 2
    again = client.post(page_of(wish), {"deed": "unmerge", "which": str(made.uuid)})
    assert again.status_code == 422
    assert "al ongedaan" in again.text


def test_many_are_joined_to_one_of_them(make_wish, signed_in, joris):
    wishes = [make_wish(f"Een bank {n}") for n in range(3)]
    client = signed_in(joris)
    assert "Voeg bij ZO-2" in client.post(JOIN, {"wens": [wish.reference for wish in wishes]}).text
    client.post(JOIN, {"wens": [wish.reference for wish in wishes], "into": "ZO-2"})
    assert Wish.objects.heads().get().reference == "ZO-2"


def test_a_wish_is_not_joined_to_itself_nor_to_what_lives_in_it(make_wish, signed_in, joris):
    first, second = make_wish("Een"), make_wish("Twee")
    client = signed_in(joris)
    assert client.post(JOIN, {"wens": first.reference, "into": first.reference}).status_code == 422
    actions.merge(second, first, why="", by=joris, at=timezone.now())
    said = client.post(JOIN, {"wens": first.reference, "into": second.reference})
    assert said.status_code == 422
    assert client.post(JOIN, {"wens": first.reference, "into": "ZO-99"}).status_code == 422


def test_a_number_may_be_typed_as_people_write_it(make_wish, signed_in, joris):
    first, second = make_wish("Een"), make_wish("Twee")
    assert signed_in(joris).post(JOIN, {"wens": first.reference, "into": "zo 2"}).url == page_of(second)


def test_a_wish_that_says_two_things_is_parted_and_put_back(wish, signed_in, joris):
    client = signed_in(joris)
    said = {"deed": "split", "split-text": "Geen bank.", "split-part_text": "Geen schaduw.", "split-part_theme": "green"}
    assert "De nieuwe wens is ZO-2" in client.post(page_of(wish), said, follow=True).text
    assert "was een deel van" in client.get("/werk/wensen/ZO-2/").text
    made = wish.splits.get()
    client.post(page_of(wish), {"deed": "unsplit", "which": str(made.uuid)})
    wish.refresh_from_db()
    assert "geen schaduw en geen bank" in wish.text
    assert Wish.objects.heads().get() == wish
    assert len(client.get(page_of(wish)).context["givers"]) == 1


def test_words_theme_and_place_are_changed_and_the_own_words_stay(wish, signed_in, joris):
    words = {"words-text": "Een bank.", "words-kind": "problem", "words-theme": "nuisance", "words-area": "BU03440242"}
    signed_in(joris).post(page_of(wish), {"deed": "reword", **words})
    wish.refresh_from_db()
    assert (wish.text, wish.theme, wish.area.code) == ("Een bank.", Theme.NUISANCE, "BU03440242")
    assert "geen schaduw" in wish.givers.get().words


def test_a_note_is_put_on_the_site_and_taken_off(make_wish, signed_in, joris):
    wish = make_wish(showing=Showing.PRIVATE)
    client = signed_in(joris)
    assert "Zet op de site" in client.get(page_of(wish)).text
    client.post(page_of(wish), {"deed": "show", "was": "private"})
    assert Wish.objects.on_site().exists()
    assert client.post(page_of(wish), {"deed": "keep", "was": "shown", "keep-why": ""}).status_code == 422
    client.post(page_of(wish), {"deed": "keep", "was": "shown", "keep-why": "Toch niet"})
    assert not Wish.objects.on_site().exists()
    assert client.post(page_of(wish), {"deed": "show", "was": "shown"}).status_code == 422


@pytest.mark.parametrize(
    "said", [{}, {"deed": "x"}, {"deed": "split"}, {"deed": "reword"}, {"deed": "unmerge", "which": "x"}, {"deed": "unsplit"}]
)
def test_half_a_form_is_answered_with_a_question(said, wish, signed_in, joris):
    assert signed_in(joris).post(page_of(wish), said).status_code == 422


def test_the_page_takes_as_many_queries_with_one_as_with_many(wish, make_wish, signed_in, joris):
    counts = []
    for number in (1, 5):
        for _ in range(number):
            make_wish()
            joined = make_wish("Een bankje")
            actions.merge(joined, wish, why="", by=joris, at=timezone.now())
            actions.add_giver(wish, contact=None, words="Ja", channel=Channel.WEB, by=None, at=timezone.now())
            actions.answer([wish], text="Ja", stage=None, by=joris, at=timezone.now())
        client = signed_in(joris)
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(wish))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 26


def test_what_an_area_chooses_holds_for_new_wishes(areas, make_wish, signed_in, joris):
    old = make_wish()
    path = "/werk/afspraken-met-de-buurt/BU03440241/"
    client = signed_in(joris)
    assert 'value="21"' in client.get(path).text
    assert "Bewaard" in client.post(path, {"answer_within": "7", "read_first": "no", "comments": "yes"}, follow=True).text
    chosen = AreaChoices.objects.get()
    assert (chosen.answer_within, chosen.read_first, chosen.comments) == (7, False, True)
    assert (make_wish().answer_by - old.answer_by).days == -14
    assert "Wat u nu ziet" not in client.get(path).text


def test_what_is_chosen_further_up_is_said(areas, signed_in, joris):
    actions.choose(areas["WK034402"], answer_within=5, read_first=True, comments=False, by=joris, duty="area_adviser", at=timezone.now())
    page = signed_in(joris).get("/werk/afspraken-met-de-buurt/BU03440241/").text
    assert "gekozen voor Noordwest" in page
    assert 'value="5"' in page


@pytest.mark.parametrize("wrong", [{}, {"answer_within": "0"}, {"answer_within": "366"}, {"answer_within": "x"}, {"read_first": "x"}])
def test_a_choice_that_cannot_be_is_asked_again(wrong, areas, signed_in, joris):
    said = {"answer_within": "7", "read_first": "no", "comments": "yes"} | wrong if wrong else {}
    assert signed_in(joris).post("/werk/afspraken-met-de-buurt/WK034402/", said).status_code == 422
    assert not AreaChoices.objects.exists()
