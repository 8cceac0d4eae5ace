import datetime
import re

import pytest
from django import forms
from django.core import signing
from django.utils import timezone

from buurtdraad.lib import spam

pytestmark = pytest.mark.django_db


class Letter(spam.AnonymousForm):
    text = forms.CharField()


def opened(seconds_ago=60):
    signer = signing.TimestampSigner(salt=spam.SALT)
    signer.timestamp = lambda: signing.b62_encode(int((timezone.now() - datetime.timedelta(seconds=seconds_ago)).timestamp()))
    return signer.sign("open")


def doubts(text="Het licht in de tunnel is al drie weken stuk, het is er donker.", **given):
    form = Letter({"text": text, "opened": opened()} | given)
    assert form.is_valid()
    return form.doubts


def test_a_letter_of_a_person_raises_no_doubt():
    assert doubts() == ()


def test_a_form_that_is_sent_at_once_waits():
    assert doubts(opened=opened(1)) == ("quick",)


@pytest.mark.parametrize("mark", ["", "open", "open:abc:def", "x" * 5000, "of another salt"])
def test_a_form_that_we_did_not_give_waits(mark):
    if mark == "of another salt":
        mark = signing.TimestampSigner(salt="other").sign("open")
    assert doubts(opened=mark) == ("unsigned",)


def test_a_form_that_stood_open_for_a_day_waits():
    assert doubts(opened=opened(90_000)) == ("unsigned",)


def test_one_link_is_ordinary_and_two_wait():
    assert doubts("Zie https://example.org voor de tekening van de speeltuin in de wijk") == ()
    assert doubts("Koop nu https://example.org en www.example.net en nog meer van alles") == ("links",)


def test_the_third_time_of_a_long_text_waits_whoever_sends_it():
    assert doubts() == ()
    assert doubts("HET LICHT in de tunnel is al drie weken stuk. Het is er donker!") == ()
    assert doubts() == ("repeated",)


def test_a_short_word_of_thanks_may_be_said_by_many():
    assert [doubts("Dank u wel!") for _ in range(5)] == [()] * 5


def test_asking_twice_for_the_doubts_is_no_repetition():
    form = Letter({"text": "Het licht in de tunnel is al drie weken stuk, het is er donker.", "opened": opened()})
    assert form.is_valid()
    assert [form.doubts for _ in range(4)] == [()] * 4


def test_who_fills_in_what_nobody_sees_is_refused():
    form = Letter({"text": "Hallo", "opened": opened(), "homepage": "https://example.org"})
    assert not form.is_valid()
    assert "homepage" in form.errors


def test_the_unseen_field_is_hidden_from_everybody_and_the_time_is_signed():
    page = str(Letter())
    assert "<div hidden>" in page
    assert 'name="homepage"' in page
    marks = {re.search(r'name="opened" value="([\w:-]+)"', str(Letter()))[1] for _ in range(2)}
    assert len(marks) == 2
    assert all(spam.open_time(mark) == "quick" for mark in marks)


def test_after_a_mistake_the_time_stays_that_of_the_first_page():
    mark = opened(50)
    form = Letter({"text": "", "opened": mark})
    assert not form.is_valid()
    assert mark in str(form)
