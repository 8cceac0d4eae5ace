"""The Dutch of this room: complete, and as plain as promised."""

import datetime
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.formats import date_format

LOCALES = Path(__file__).parents[1] / "locale"
NOT_OURS = ("Kruimelpad", "steun", "terugkoppeling", "draagvlak", "zienswijze", "middels", "conform", "derhalve", "teneinde")


def entries(locale):
    with (LOCALES / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def texts(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def sentences(text):
    return [s for s in re.split(r"(?<=[.?!:])\s+", re.sub(r"<[^>]+>", "", text)) if s]


@pytest.mark.parametrize("locale", ["nl", "nl_X-simpel"])
def test_every_text_is_translated_and_none_is_doubtful(locale):
    assert [message.id for message in entries(locale) if message.fuzzy or not all(texts(message))] == []


@pytest.mark.parametrize(("locale", "most"), [("nl", 20), ("nl_X-simpel", 15)])
def test_no_sentence_is_long(locale, most):
    long = [s for message in entries(locale) for text in texts(message) for s in sentences(text) if len(s.split()) > most]
    assert long == []


def test_no_word_of_the_town_hall_is_used():
    used = [word for message in entries("nl") for text in texts(message) for word in NOT_OURS if re.search(rf"\b{word}\b", text, re.I)]
    assert used == []


@pytest.mark.parametrize("locale", ["nl", "nl_X-simpel"])
def test_every_blank_of_a_text_is_in_its_translation(locale):
    for message in entries(locale):
        source = message.id if isinstance(message.id, str) else message.id[0]
        for text in texts(message):
            assert sorted(re.findall(r"%\(?\w+\)?[sd]?", source)) == sorted(re.findall(r"%\(?\w+\)?[sd]?", text))


def test_a_day_in_english_is_written_as_elsewhere_in_europe():
    with translation.override("en"):
        assert date_format(datetime.datetime(2026, 11, 20, 13, 55, tzinfo=datetime.UTC), "DATETIME_FORMAT") == "20 November 2026, 13:55"
