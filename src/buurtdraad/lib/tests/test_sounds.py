"""Sounds: known by their content, no longer than five minutes, and given back so that nothing runs."""

import io

import pytest
from django.http import Http404
from django.test import RequestFactory

from buurtdraad.lib.tests import sounding
from buurtdraad.lib.uploads import keeping, serving, sounds
from buurtdraad.lib.uploads.refusals import Empty, FileRefused, NoSound, TooLarge, TooLong

# Closing an answer ends a request, and with it Django looks after its connections.
pytestmark = pytest.mark.django_db

MB = 1_000_000


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.BUURTDRAAD_HOME = tmp_path
    return tmp_path


def checked(content):
    return sounds.check(io.BytesIO(content), most_bytes=10 * MB)


@pytest.mark.parametrize(("kind", "seconds"), [("wav", 1), ("mp3", 1), ("ogg", 2), ("webm", 3), ("m4a", 4)])
def test_a_sound_is_known_by_its_content_and_says_how_long_it_lasts(kind, seconds):
    found = checked(sounding.EACH[kind])
    assert (found.kind, found.seconds) == (kind, seconds)
    assert found.content == sounding.EACH[kind]


def test_what_a_browser_records_in_pieces_says_how_long_it_lasts_too():
    assert checked(sounding.m4a(7, fragments=True)).seconds == 7


def test_an_mp3_may_have_a_description_in_front():
    assert checked(sounding.mp3(tag=b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10)).kind == "mp3"


@pytest.mark.parametrize(
    "content",
    [
        sounding.HTML,
        b"ID3\x04\x00\x00\x00\x00\x00\x00" + sounding.HTML,
        b"RIFF\x00\x00\x00\x00WAVE" + sounding.HTML,
        b"RIFF",
        b"OggS" + sounding.HTML,
        b"\x1a\x45\xdf\xa3" + sounding.HTML,
        b"\x00\x00\x00\x18ftypisom" + sounding.HTML,
        b"\xff\xfb\x10\x00" + sounding.HTML,
        b"%PDF-1.7",
        b"\x00",
        sounding.webm(codec=b"A_OPUS V_VP8"),
        sounding.m4a(film=True),
    ],
)
def test_what_is_no_sound_or_also_a_film_is_refused(content):
    with pytest.raises(NoSound):
        checked(content)


def test_an_empty_file_and_one_that_is_too_large_are_refused():
    with pytest.raises(Empty):
        checked(b"")
    with pytest.raises(TooLarge):
        sounds.check(io.BytesIO(sounding.wav(2)), most_bytes=10_000)


@pytest.mark.parametrize("content", [sounding.wav(320, 100), sounding.ogg(320), sounding.webm(320), sounding.m4a(320)])
def test_longer_than_five_minutes_is_refused(content):
    with pytest.raises(TooLong):
        checked(content)


@pytest.mark.parametrize("kind", sounding.EACH)
def test_a_file_that_breaks_off_anywhere_is_refused_or_kept_and_never_an_error(kind):
    whole = sounding.EACH[kind]
    for end in range(1, min(len(whole), 400)):
        try:
            checked(whole[:end])
        except FileRefused:
            continue


def test_a_sound_is_given_back_so_that_nothing_runs_and_nobody_keeps_it():
    with keeping.kept_sound(checked(sounding.wav())) as key:
        answer = serving.sound(RequestFactory().get("/"), key, "wav")
    assert answer["Content-Type"] == "audio/wav"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer) == sounding.wav()
    answer.close()


@pytest.mark.parametrize(
    ("asked", "status", "piece"),
    [("bytes=0-3", 206, b"RIFF"), ("bytes=4-", 206, sounding.wav()[4:]), ("bytes=9999999-", 416, b""), ("bytes=5-2", 416, b"")],
)
def test_a_player_gets_the_piece_that_it_asks_for(asked, status, piece):
    with keeping.kept_sound(checked(sounding.wav())) as key:
        answer = serving.sound(RequestFactory().get("/", headers={"Range": asked}), key, "wav")
    assert (answer.status_code, answer.content) == (status, piece)
    assert "no-store" in answer["Cache-Control"]


def test_a_sound_that_was_destroyed_is_not_found(home):
    with keeping.kept_sound(checked(sounding.wav())) as key:
        keeping.forget(key)
    with pytest.raises(Http404):
        serving.sound(RequestFactory().get("/"), key, "wav")
    assert not list(home.rglob("sound.*"))
