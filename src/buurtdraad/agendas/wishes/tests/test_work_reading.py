"""Hamid reads before a text stands on the site: why it waits, what he decides, and what never goes there."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.agendas.personal import pieces
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.audit.models import Event

PATH = "/werk/lezen/"


@pytest.fixture
def waiting(make_wish):
    """Makes a wish that waits for a moderator."""

    def make(text, reasons=(), **facts):
        wish = make_wish(text, showing=Showing.WAITING, **facts)
        Wish.objects.filter(pk=wish.pk).update(waits_for=list(reasons))
        return wish

    return make


def test_he_decides_one_after_the_other_the_oldest_first(waiting, signed_in, hamid):
    first, second = waiting("Een boom"), waiting("Een bank")
    client = signed_in(hamid)
    assert first.reference in client.get(PATH).text.split("Deze wachten ook")[0]
    said = client.post(PATH, {"wens": first.reference, "was": "waiting", "deed": "show"}, follow=True).text
    assert f"{first.reference} staat op de site." in said
    assert second.text in said
    client.post(PATH, {"wens": second.reference, "was": "waiting", "deed": "keep", "why": "Geen wens"})
    assert "Er is niets te lezen" in client.get(PATH).text
    assert Wish.objects.on_site().get() == first
    event = Event.objects.get(verb="wish.kept_private")
    assert (event.actor, event.duty, event.payload) == (hamid.uuid, "moderator", {"why": "Geen wens"})


def test_the_page_says_why_it_waits_and_marks_it_in_the_text(waiting, signed_in, hamid):
    waiting("De buurman op Wilgenlaan 12 maakt lawaai.", ["house", "person", "links"])
    page = signed_in(hamid).get(PATH).text
    assert "een huisnummer of postcode, iets over een persoon, veel links." in page
    assert "<mark" in page.split("buurman")[0]
    assert "0800 1205" in page


def test_what_never_goes_on_the_site_is_taken_out_first(waiting, signed_in, hamid):
    wish = waiting("Bel mij op 06 12345678 over de bank.", ["phone"])
    client = signed_in(hamid)
    said = client.post(PATH, {"wens": wish.reference, "was": "waiting", "deed": "show"})
    assert said.status_code == 422
    assert "Haal dat er eerst uit" in said.text
    words = {"words-text": "Over de bank.", "words-kind": "wish", "words-theme": "green", "words-area": "BU03440241"}
    said = client.post(PATH, {"wens": wish.reference, "deed": "reword", **words}, follow=True).text
    assert "De woorden zijn veranderd" in said
    client.post(PATH, {"wens": wish.reference, "was": "waiting", "deed": "show"})
    wish.refresh_from_db()
    assert (wish.showing, wish.text) == (Showing.SHOWN, "Over de bank.")
    assert wish.givers.get().words == "Bel mij op 06 12345678 over de bank."


def test_a_phone_number_does_not_come_on_the_site_by_new_words(waiting, wish, joris, signed_in):
    words = {"words-text": "Bel 06 12345678", "words-kind": "wish", "words-theme": "green", "words-area": "BU03440241"}
    said = signed_in(joris).post(f"/werk/wensen/{wish.reference}/", {"deed": "reword", **words})
    assert said.status_code == 422
    assert "Haal dat er eerst uit" in said.text
    assert "06 12345678" not in Wish.objects.get().text


def test_who_comes_second_reads_that_somebody_else_decided(waiting, signed_in, hamid, joris):
    wish = waiting("Een boom")
    actions.keep_private(wish, was=Showing.WAITING, why="Nee", by=joris, duty="area_adviser", at=wish.given_at)
    said = signed_in(hamid).post(PATH, {"wens": wish.reference, "was": "waiting", "deed": "show"})
    assert said.status_code == 422
    assert "Iemand anders" in said.text
    assert not Wish.objects.on_site().exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_counts(waiting, hamid, joris):
    wish = waiting("Een boom")

    def decide(shows):
        try:
            mine = Wish.objects.select_related("area").get(pk=wish.pk)
            facts = {"was": Showing.WAITING, "duty": "moderator", "at": wish.given_at}
            if shows:
                actions.show(mine, by=hamid, **facts)
            else:
                actions.keep_private(mine, why="Nee", by=joris, **facts)
        except actions.SeenMeanwhile:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(decide, [True, False] * 3)) == 1
    assert Event.objects.filter(verb__in=("wish.shown", "wish.kept_private")).count() == 1


def test_a_decision_can_be_turned_round(waiting, signed_in, hamid):
    wish = waiting("Een boom")
    client = signed_in(hamid)
    client.post(PATH, {"wens": wish.reference, "was": "waiting", "deed": "show"})
    assert "Zet niet op de site" in client.get(f"{PATH}?wens={wish.reference}").text
    client.post(PATH, {"wens": wish.reference, "was": "shown", "deed": "keep", "why": "Toch niet"})
    assert not Wish.objects.on_site().exists()


@pytest.mark.parametrize("said", [{}, {"deed": "keep"}, {"deed": "x"}, {"deed": "reword", "words-text": ""}])
def test_half_a_form_changes_nothing(said, waiting, signed_in, hamid):
    wish = waiting("Een boom")
    assert signed_in(hamid).post(PATH, {"wens": wish.reference, "was": "waiting", **said}).status_code == 422
    assert Wish.objects.get().showing == Showing.WAITING


def test_the_queue_takes_as_many_queries_with_one_as_with_many(waiting, signed_in, hamid):
    counts = []
    for number in (2, 30):
        for _ in range(number):
            waiting("Een boom op de Wilgenhof")
        client = signed_in(hamid)
        with CaptureQueriesContext(connection) as queries:
            client.get(PATH)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_pieces_of_a_text_are_the_text():
    text = "Groeten, Kees Vermeer, Wilgenlaan 12, 06 12345678. İ ß kenteken ab-12-cd"
    assert "".join(piece for piece, _why in pieces(text)) == text
    assert ("Groeten, Kees", "name") in pieces(text)
    assert pieces("Een bank") == [("Een bank", "")]
    assert pieces("") == []
