"""What holds for any two texts, and what words become."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.agendas.similar import vocabulary as table
from buurtdraad.agendas.similar.rules import SIMILAR, key, likeness, most_like, rarity_of, shortlist_stems
from buurtdraad.agendas.similar.tests.measure import pairs
from buurtdraad.agendas.similar.words import MOST_STEMS, stem_of, words_of

WISHES = sorted({text for a, b, _ in pairs("held_out") for text in (a, b)})
wishes = st.one_of(st.sampled_from(WISHES), st.text(), st.lists(st.sampled_from(WISHES), max_size=4).map(" ".join))
rarities = st.none() | st.dictionaries(st.sampled_from([stem for text in WISHES for stem in key(text)]), st.floats(0, 1))


@given(wishes, wishes, rarities)
def test_likeness_is_the_same_both_ways_and_from_0_to_1(a, b, rarity):
    found = likeness(key(a), key(b), rarity)
    assert found == likeness(key(b), key(a), rarity)
    assert 0 <= found <= 1


@given(wishes, rarities)
def test_a_wish_is_wholly_like_itself_unless_it_says_nothing(text, rarity):
    assert likeness(key(text), key(text), rarity) == (1 if key(text) else 0)
    assert likeness(key(text), list(key(text)), rarity) == (1 if key(text) else 0)


@given(wishes)
def test_nothing_is_like_a_wish_that_says_nothing(text):
    assert likeness(key(text), ()) == 0
    assert most_like((), [(1, key(text))]) == []


@given(wishes)
def test_a_key_can_be_stored(text):
    stems = key(text)
    assert list(stems) == sorted(set(stems))
    assert len(stems) <= MOST_STEMS
    assert all(0 < len(stem) < 60 and "\0" not in stem for stem in (*stems, *shortlist_stems(stems)))
    "".join(stems).encode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "👵🪑" * 500,
        "a" * 100_000,
        "bank " * 20_000,
        "ﷺ" * 100_000,
        "أريد مقعدا في الساحة",
        "\u202eknab neE",
        "\ud800 bank \0",
        "<script>alert('bank')</script>",
        "'''' ''s 's",
        "@ = - @= =@ --",
    ],
)
def test_any_text_has_a_key(text):
    stems = key(text)
    assert likeness(stems, key("Een bank op de Wilgenhof")) <= 1
    assert most_like(stems, [(1, stems)]) in ([], [(1, 1.0)])


@given(st.sampled_from(WISHES), st.randoms())
def test_the_order_of_the_sentences_does_not_matter(text, chance):
    sentences = [*text.split("."), "Er is geen bank op de Wilgenhof", "Hier wordt te hard gereden"]
    moved = chance.sample(sentences, len(sentences))
    assert likeness(key(".".join(sentences)), key(".".join(moved))) == 1


def test_the_order_of_the_words_does_not_matter_much():
    chance = random.Random(1)
    alike = [likeness(key(text.lower()), key(" ".join(chance.sample(words := text.lower().split(), len(words))))) for text in WISHES]
    assert sum(found >= SIMILAR for found in alike) / len(alike) > 0.9


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("bank bankje bankjes banken zitbank zitplek parkbankjes", "=zitten"),
        ("zwerfafval troep rommel vuilnis vuil", "=afval"),
        ("hondenpoep hondendrollen poep", "=hondenpoep"),
        ("speeltuin speeltuintjes speeltoestel speelplek schommels", "=spelen"),
        ("lantaarnpaal lantaarnpalen verlichting verlichtign lampen donker", "=licht"),
        ("fietspad fietspaden fietspadje", "=fietsen"),
        ("bomen boompje groen plantsoenen", "=groen"),
        ("zebrapad oversteken oversteekplaatsen", "=oversteken"),
        ("rattenoverlast ratten", "=ratten"),
        ("liften lift", "=lift"),
        ("dakgoot dakgoten", "dakgoot"),
    ],
)
def test_words_for_one_thing_have_one_stem(words, stem):
    assert {stem_of(word) for word in words.split()} == {stem}


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Ik wil graag een bankje op de Wilgenhof", {"=zitten", "@wilgenhof"}),
        ("Graag schaduw bij de school", {"=schaduw", "@=school"}),
        ("In de buurt van Ondiep mist een café", {"buurt", "@ondiep", "=horeca"}),
        ("Haal de bank weg", {"-zitten", "weg"}),
        ("Minder bomen in de Plutostraat", {"-groen", "@plutostraat"}),
        ("De bomen moeten niet weg", {"=groen", "weg"}),
        ("Het afval bij de bank moet weg", {"=afval", "=zitten", "weg"}),
        ("Kan er a.u.b. iets komen?", set()),
        ("lamp kapot bilderdijkstr.", {"=licht", "kapot", "@bilderdijkstraat"}),
    ],
)
def test_a_wish_says_what_and_where_and_whether_it_should_go(text, stems):
    assert set(words_of(text)) == stems


def test_common_stems_tell_little_and_rare_ones_everything():
    found = rarity_of({"=groen": 90, "=zitten": 20, "@wilgenhof": 1}, 100)
    assert 0 < found["=groen"] < found["=zitten"] < found["@wilgenhof"] == 1


def test_the_shortlist_leaves_out_what_tells_little():
    assert "straat" not in shortlist_stems(key("Een lift in onze straat"))
    assert "straat" in shortlist_stems(key("onze straat"))


def test_the_best_come_first_and_no_more_than_asked():
    wanted = key("Een bank op de Wilgenhof")
    candidates = [(name, key(name)) for name in ("Een bank", "Een bank op de Wilgenhof", "Bankjes Wilgenhof en schaduw", "Ratten")]
    found = most_like(wanted, candidates, 2)
    assert [name for name, _ in found] == ["Een bank op de Wilgenhof", "Bankjes Wilgenhof en schaduw"]


# --- the vocabulary ------------------------------------------------------------------------------


def test_no_word_stands_in_two_lists():
    listed = [word for words in table.THEMES.values() for word in words.split()] + [*table.STOP, *table.FAINT, *table.GONE]
    assert sorted(listed) == sorted(set(listed))


def test_every_theme_that_is_named_is_there():
    named = {*table.WANTED, *table.COMPLAINTS, *table.LIGHTER, *(theme for pair in table.RELATED for theme in pair)}
    assert named <= set(table.THEMES)
    assert not table.WANTED & table.COMPLAINTS
