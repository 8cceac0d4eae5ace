"""Listening and writing down: only for the area, once, and the sound is gone after it."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.actions.contacts import HearBack
from buurtdraad.agendas.ways_in.actions.speaking import WrittenDown
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.states import NoteStage
from buurtdraad.agendas.ways_in.tests.conftest import kept, sound_file
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Channel, Kind, Showing, Theme
from buurtdraad.audit.models import LOOKED, Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.lib.tests import sounding
from buurtdraad.messages.models import Message

QUEUE = "/werk/luisteren/"
HEARD = {"text": "Een bank bij het plein", "kind": "wish", "theme": "green", "read_back": "yes"}


def page(note, what=""):
    return f"{QUEUE}{note.uuid}/{what}"


def test_a_note_becomes_a_wish_in_the_words_of_who_spoke(signed_in, joris, note, home, django_capture_on_commit_callbacks):
    client = signed_in(joris)
    assert "06" in client.get(page(note)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page(note), HEARD, follow=True)
    wish = Wish.objects.get()
    assert wish.reference in answer.content.decode()
    assert (wish.text, wish.theme, wish.channel, wish.showing) == (HEARD["text"], Theme.GREEN, Channel.SPOKEN, Showing.WAITING)
    giver = wish.givers.get()
    assert (giver.contact, giver.channel, giver.written_by) == (note.contact, Channel.SPOKEN, joris.uuid)
    note.refresh_from_db()
    assert (note.stage, note.key, note.wish, note.read_back) == (NoteStage.WRITTEN, "", wish, "yes")
    assert not kept(home)
    assert client.get(page(note, "geluid/")).status_code == 404


def test_the_promise_of_an_answer_runs_from_when_it_was_spoken(joris, make_note):
    spoken = timezone.now() - datetime.timedelta(days=5)
    wish = actions.write_down(make_note(at=spoken), WrittenDown("Bank", Kind.WISH, Theme.GREEN), by=joris, duty="", at=timezone.now())
    wish.refresh_from_db()
    assert wish.given_at == spoken
    assert wish.answer_by == timezone.localdate(spoken) + datetime.timedelta(days=21)


@pytest.mark.parametrize("what", ["", "geluid/"])
def test_only_who_works_in_the_area_hears_it(client, signed_in, kees, samira, hamid, note, what):  # noqa: PLR0917 (everybody who may not)
    assert client.get(page(note, what)).status_code == 302
    for person, code in ((kees, 403), (hamid, 403), (samira, 404)):
        assert signed_in(person).get(page(note, what)).status_code == code
    assert signed_in(samira).post(page(note), HEARD).status_code in {404, 405}
    assert "Geuzenwijk" not in signed_in(samira).get(QUEUE).content.decode()


def test_the_sound_is_kept_by_no_cache_and_that_somebody_heard_it_is_written_down(signed_in, joris, note):
    answer = signed_in(joris).get(page(note, "geluid/"))
    assert answer.getvalue() == sounding.wav()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"] == "audio/wav"
    assert Event.objects.filter(thing=f"note:{note.uuid}", actor=joris.uuid, verb=LOOKED).count() == 1


def test_who_is_not_called_is_not_read_back(signed_in, joris, make_note):
    note = make_note(hears=HearBack())
    client = signed_in(joris)
    assert "read_back" not in client.get(page(note)).context["form"].fields
    assert client.post(page(note), {**HEARD, "read_back": ""}).status_code == 302


@pytest.mark.parametrize("changed", [{"text": ""}, {"text": "x" * 2001}, {"theme": "x"}, {"read_back": ""}, {"kind": ""}])
def test_a_form_that_is_not_right_keeps_the_sound(signed_in, joris, note, home, changed):
    assert signed_in(joris).post(page(note), {**HEARD, **changed}).status_code == 422
    assert kept(home)
    assert not Wish.objects.exists()


def test_nothing_understood_destroys_the_sound_and_asks_who_spoke(signed_in, joris, note, home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(joris).post(page(note), {"nothing": "1"})
    note.refresh_from_db()
    assert (note.stage, note.key) == (NoteStage.UNHEARD, "")
    assert not kept(home)
    assert Message.objects.get(contact=note.contact).area == note.area
    assert not Wish.objects.exists()


def test_who_comes_second_reads_that_it_is_done(signed_in, joris, note):
    client = signed_in(joris)
    client.post(page(note), HEARD)
    for data in (HEARD, {"nothing": "1"}):
        assert client.post(page(note), data).url == QUEUE
    assert Wish.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_wish(joris, note):
    def write(text):
        try:
            return actions.write_down(
                SpokenNote.objects.get(pk=note.pk), WrittenDown(text, Kind.WISH, Theme.GREEN), by=joris, duty="", at=timezone.now()
            )
        except WrongStage:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(write, ["Een", "Twee"]))
    assert sum(one is not None for one in made) == Wish.objects.count() == 1


def test_a_sound_that_no_note_names_is_swept_away_after_an_hour(note, home):
    stray = home / "uploads" / "ab" / ("ab" + "0" * 30)
    stray.mkdir(parents=True)
    (stray / "sound.wav").write_bytes(sounding.wav())
    assert actions.sweep(at=timezone.now()) == 0
    assert actions.sweep(at=timezone.now() + datetime.timedelta(hours=2)) == 1
    assert [path.parent.name for path in kept(home)] == [note.key]


def test_staff_brings_a_recording_along_for_their_own_area_only(signed_in, joris, areas):
    client = signed_in(joris)
    facts = {"area": "BU03440241", "way": "board", "name": "Kees", "phone": ""}
    answer = client.post(f"{QUEUE}nieuw/", facts | {"sound": sound_file()})
    note = SpokenNote.objects.get()
    assert answer.url == page(note)
    assert note.by == joris.uuid
    assert client.post(f"{QUEUE}nieuw/", facts | {"area": "BU03440321", "sound": sound_file()}).status_code == 422


def test_the_queue_asks_as_much_for_three_notes_as_for_one(signed_in, joris, make_note):
    client = signed_in(joris)
    numbers = []
    for more in (1, 2):
        for _each in range(more):
            make_note()
        with CaptureQueriesContext(connection) as asked:
            client.get(QUEUE)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_names_with_markup_are_shown_as_text(signed_in, joris, make_note):
    note = make_note(hears=HearBack("call", "<script>alert(1)</script>", "0612345678"))
    found = signed_in(joris).get(page(note)).content.decode()
    assert "<script>alert(1)" not in found
    assert "&lt;script&gt;alert(1)" in found


def test_what_waits_stands_on_the_work_page(signed_in, joris, samira, note):
    assert page(note) in signed_in(joris).get("/werk/").content.decode()
    assert page(note) not in signed_in(samira).get("/werk/").content.decode()
