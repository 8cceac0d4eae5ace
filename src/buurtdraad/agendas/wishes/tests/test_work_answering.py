"""Answering one or many wishes, another step, and the list to choose them from."""

import datetime
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.signing_in.actions.links import make_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.blocks import BLOCKS
from buurtdraad.agendas.wishes.models import Answer, Step, Wish
from buurtdraad.agendas.wishes.states import Channel, Showing, Stage, Theme
from buurtdraad.messages.actions import add_contact, contact_for
from buurtdraad.messages.models import Message
from buurtdraad.messages.states import Way

PATH, STEP, LIST = "/werk/wensen/antwoord/", "/werk/wensen/stap/", "/werk/wensen/"


def answer(*wishes, **changed):
    said = {"wens": [wish.reference for wish in wishes], "text": "Er komt een bank.", "stage": "chosen", "mark": str(uuid.uuid4())}
    return said | changed


def told():
    """Whom messages are for, without the board."""
    return Message.objects.filter(contact__isnull=False)


def test_an_answer_is_seen_first_and_then_sent(wish, kees, signed_in, joris):
    now = timezone.now()
    actions.add_giver(wish, contact=contact_for(kees, at=now), words="Graag!", channel=Channel.WEB, by=kees, at=now)
    board = add_contact(name="Ria", way=Way.BOARD, by=None, at=now, channel="door")
    actions.add_giver(wish, contact=board, words="Een bank", channel=Channel.DOOR, by=joris, at=now)
    unsure = actions.add_giver(wish, contact=None, words="Ja", channel=Channel.WEB, by=None, at=now)
    make_link(Purpose.CONFIRM_WISH, f"giver:{unsure.pk}", valid_for=datetime.timedelta(days=7), at=now)
    actions.add_giver(wish, contact=None, words="Ja", channel=Channel.PAPER, by=None, at=now)
    client, said = signed_in(joris), answer(wish)
    seen = client.post(PATH, said | {"deed": "preview"}).text
    assert "3 mensen horen dit: 1 per e-mail, 1 wordt gebeld, 1 op het bord." in seen
    assert "1 e-mailadres is nog niet bevestigd" in seen
    assert "1 persoon liet geen adres achter" in seen
    assert "Er komt een bank." in seen
    assert not Answer.objects.exists()
    sent = client.post(PATH, said | {"deed": "send"}, follow=True).text
    assert "Verstuurd. 3 mensen horen het." in sent
    wish.refresh_from_db()
    assert (wish.stage, wish.why) == (Stage.CHOSEN, "Er komt een bank.")
    assert told().count() == 3


def test_a_second_press_on_the_button_sends_nothing(wish, signed_in, joris):
    client, said = signed_in(joris), answer(wish, deed="send")
    for _ in range(2):
        assert client.post(PATH, said).status_code == 302
    assert Answer.objects.count() == told().count() == 1


@pytest.mark.django_db(transaction=True)
def test_five_presses_at_once_are_one_answer(wish, joris):
    mark = str(uuid.uuid4())

    def press(_n):
        try:
            return actions.answer([wish], text="Ja", stage=Stage.CHOSEN, by=joris, at=timezone.now(), mark=mark).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(press, range(5)))) == 1
    assert told().count() == 1


def test_why_an_answer_came_late_is_asked_once_and_only_colleagues_read_it(make_wish, signed_in, joris):
    late, fresh = make_wish("Een bank", at=timezone.now() - datetime.timedelta(days=60)), make_wish("Een boom")
    staff, why = signed_in(joris), "Niemand nam het over."
    assert 'name="why_late"' not in staff.get(f"{PATH}?wens={fresh.reference}").text
    assert 'name="why_late"' in staff.get(f"{PATH}?wens={late.reference}").text
    seen = staff.post(PATH, answer(late, why_late=why, deed="preview")).text
    assert f'name="why_late" value="{why}"' in seen
    assert staff.post(PATH, answer(late, why_late="Bel 06 12345678", deed="send")).status_code == 422
    assert staff.post(PATH, answer(late, why_late=why, deed="send")).status_code == 302
    assert Answer.objects.get().why_late == why
    assert why in staff.get(f"/werk/wensen/{late.reference}/").text
    assert why not in Client().get(f"/wensen/{late.reference}/").text
    # It is there once: the first answer was the late one. And nobody is made to say why.
    assert 'name="why_late"' not in staff.get(f"{PATH}?wens={late.reference}").text
    assert staff.post(PATH, answer(fresh, why_late=why, deed="send")).status_code == 302
    assert Answer.objects.first().why_late == ""


def test_many_wishes_get_one_answer_and_each_giver_hears_it_once(make_wish, emine, kees, signed_in, joris):
    contact = contact_for(kees, at=timezone.now())
    wishes = [make_wish("Een bank", contact=emine), make_wish("Een boom", contact=contact), make_wish("Schaduw")]
    joined = make_wish("Een bank graag", contact=contact)
    actions.merge(joined, wishes[0], why="", by=joris, at=timezone.now())
    signed_in(joris).post(PATH, answer(*wishes, joined, deed="send"))
    assert Answer.objects.get().wishes.count() == 3
    assert not Wish.objects.unanswered().exists()
    assert told().filter(contact=emine).count() == 1
    assert {message.thing for message in told().filter(contact=contact)} == {f"wish:{wish.reference}" for wish in wishes[:2]}


def test_no_and_later_tell_the_reason(wish, signed_in, joris):
    signed_in(joris).post(PATH, answer(wish, text="Er ligt een leiding.", stage="not_done", deed="send"))
    wish.refresh_from_db()
    assert (wish.stage, wish.why) == (Stage.NOT_DONE, "Er ligt een leiding.")
    assert wish.told_at


def test_a_wish_that_cannot_go_there_is_named_and_nothing_is_sent(wish, make_wish, signed_in, joris):
    done = make_wish("Klaar")
    actions.move_to(done, Stage.DONE, why="Klaar", by=joris, at=timezone.now())
    said = signed_in(joris).post(PATH, answer(wish, done, deed="send"))
    assert said.status_code == 422
    assert f"Deze stap kan niet voor: {done.reference}." in said.text
    assert not told().exists()


@pytest.mark.parametrize("wrong", [{"text": ""}, {"text": "x" * 2001}, {"stage": "x"}, {"mark": "x"}])
def test_half_an_answer_is_not_sent(wrong, wish, signed_in, joris):
    assert signed_in(joris).post(PATH, answer(wish, deed="send", **wrong)).status_code == 422
    assert not Answer.objects.exists()


def test_without_a_wish_one_is_asked_to_choose(signed_in, joris, wish):
    for path in (PATH, STEP, "/werk/wensen/samen/"):
        assert "Kies ten minste één wens" in signed_in(joris).get(path, follow=True).text


@pytest.mark.parametrize("block", BLOCKS, ids=[block.key for block in BLOCKS])
def test_a_block_comes_before_what_was_typed(block, wish, signed_in, joris):
    page = signed_in(joris).post(PATH, {"wens": wish.reference, "text": "Groet, Joris", "stage": "later", "block": block.key})
    assert page.status_code == 200
    assert "Dank u voor uw wens." in page.text
    assert page.text.index("Dank u voor uw wens.") < page.text.index("Groet, Joris")
    assert '<option value="later" selected' in page.text


@pytest.mark.parametrize(
    ("back", "ours"), [("/werk/groepen/", True), ("//example.org/", False), ("https://example.org", False), ("x", False)]
)
def test_the_way_back_stays_in_the_product(back, ours, wish, signed_in, joris):
    said = signed_in(joris).post(PATH, answer(wish, deed="send", terug=back))
    assert said["Location"] == (back if ours else LIST)


def test_another_step_says_why_and_tells_nobody(wish, make_wish, signed_in, joris):
    other = make_wish("Een boom")
    client = signed_in(joris)
    client.post(STEP, {"wens": [wish.reference, other.reference], "stage": "seen", "why": "Wij gaan kijken"})
    assert {step.why for step in Step.objects.filter(stage=Stage.SEEN)} == {"Wij gaan kijken"}
    assert Wish.objects.filter(stage=Stage.SEEN).count() == 2
    assert not told().exists()
    for said in (
        {"stage": "later", "why": "x"},
        {"stage": "seen", "why": ""},
        {"stage": "told", "why": "x"},
        {"stage": "seen", "why": "06 12345678"},
    ):
        assert client.post(STEP, {"wens": wish.reference, **said}).status_code == 422


# --- the list -----------------------------------------------------------------------------------------


def test_the_list_has_what_was_promised_first_at_the_top_and_can_be_narrowed(make_wish, signed_in, joris):
    now = timezone.now()
    late = make_wish("Een bank", at=now - datetime.timedelta(days=30))
    fresh = make_wish("Een lantaarn bij het tunneltje", theme=Theme.SAFE, area="BU03440242", showing=Showing.PRIVATE)
    done = make_wish("Een boom", at=now - datetime.timedelta(days=40))
    actions.answer([done], text="Staat er", stage=Stage.DONE, by=joris, at=now)
    client = signed_in(joris)

    def found(query):
        page = client.get(LIST + query).text
        return [wish.reference for wish in (late, fresh, done) if f'value="{wish.reference}"' in page]

    assert found("") == [late.reference, fresh.reference]
    assert found("?stand=late") == [late.reference]
    assert found("?stand=private") == found("?thema=safe") == found("?gebied=BU03440242") == found("?q=lantaarns") == [fresh.reference]
    assert found("?stand=all") == [late.reference, fresh.reference, done.reference]
    assert found("?stand=all&stap=done") == found(f"?stand=all&q={done.reference.lower()}") == [done.reference]
    page = client.get(LIST).text
    assert page.index(f'value="{late.reference}"') < page.index(f'value="{fresh.reference}"')
    assert "te laat" in page


def test_the_list_says_how_many_got_their_answer_in_time(make_wish, signed_in, joris):
    now = timezone.now()
    client = signed_in(joris)
    make_wish("Een bank")
    assert "op tijd antwoord" not in client.get(LIST).text
    make_wish("Een boom", at=now - datetime.timedelta(days=30))
    actions.answer([make_wish("Schaduw")], text="Ja", stage=None, by=joris, at=now)
    make_wish("Elders", area="BU03440321", at=now - datetime.timedelta(days=30))
    assert "In uw gebied kregen 1 van 2 wensen op tijd antwoord: 50%." in client.get(LIST).text


def test_an_empty_list_is_friendly(signed_in, joris):
    assert "Hier staat geen wens" in signed_in(joris).get(LIST).text


@pytest.mark.parametrize("path", [LIST, PATH])
def test_the_pages_take_as_many_queries_with_one_as_with_many(path, make_wish, emine, signed_in, joris):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            make_wish(contact=emine)
        query = "".join(f"&wens={wish.reference}" for wish in Wish.objects.all())
        client = signed_in(joris)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{path}?{query}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16
