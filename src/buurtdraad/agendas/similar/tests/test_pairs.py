"""What people would call the same wish, and what not: on pairs that a Dutch reader judged."""

from collections import Counter

import pytest

from buurtdraad.agendas.similar.rules import SIMILAR, key, likeness, most_like, rarity_of, shortlist_stems
from buurtdraad.agendas.similar.tests.measure import PAIRS, judged, pairs, precision_and_recall

WILGENHOF = "Op de Wilgenhof is geen schaduw en geen bank. Ouderen kunnen er niet zitten."
AREA = (PAIRS / "area.txt").read_text(encoding="utf-8").splitlines()
KEYS = [(text, key(text)) for text in AREA]
OF_THE_AREA = rarity_of(Counter(stem for _, stems in KEYS for stem in stems), len(KEYS))


@pytest.mark.parametrize(
    ("half", "precision", "recall"),
    [("held_out", 0.90, 0.92), ("unseen", 0.83, 0.76), ("tuned_on", 0.87, 0.90)],
)
def test_most_pairs_are_judged_as_people_judge_them(half, precision, recall):
    found = precision_and_recall(judged(half))
    assert found[0] >= precision
    assert found[1] >= recall


def test_the_pairs_are_many_and_each_is_there_once():
    every = [frozenset((a, b)) for half in ("held_out", "unseen", "tuned_on") for a, b, _ in pairs(half)]
    assert len(every) == len(set(every)) >= 240
    same = sum(same for half in ("held_out", "unseen", "tuned_on") for *_, same in pairs(half))
    assert same >= 100
    assert len(every) - same >= 110


def test_what_is_alike_is_also_asked_of_the_database():
    """The shortlist costs at most one pair in fifty."""
    alike = [(key(a), key(b)) for half in ("held_out", "unseen", "tuned_on") for found, a, b, same in judged(half) if found >= SIMILAR]
    missed = [(a, b) for a, b in alike if set(shortlist_stems(a)).isdisjoint(b)]
    assert len(missed) * 50 <= len(alike)


@pytest.mark.parametrize("rarity", [None, OF_THE_AREA], ids=["nothing known of the area", "rarity of the area"])
@pytest.mark.parametrize(
    "text",
    [
        "Ik wil graag een bank op de Wilgenhof",
        "Graag een bankje met schaduw op de Wilgenhof",
        "geen schaduw en geen bank op het Wilgenhof",
        "Kan er een bankje op de Wilgenhof?",
        "Er is geen plek om te zitten op de Wilgenhof",
        "wilgenhof bankje",
        "GRAAG EEN BANK OP DE WILGENHOF",
        "bankje op de wilgehof",
        "Op de Wilgenhof is het te heet voor ouderen",
    ],
)
def test_of_a_whole_area_the_wish_about_the_same_square_and_subject_comes_first(text, rarity):
    found = most_like(key(text), KEYS, rarity=rarity)
    assert found[0][0] == WILGENHOF
    assert found[0][1] >= SIMILAR
    assert all("Wilgenhof" in other for other, _ in found)


@pytest.mark.parametrize("rarity", [None, OF_THE_AREA], ids=["nothing known of the area", "rarity of the area"])
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Bankje Queekhovenplein", "Graag een bank op het Queeckhovenplein"),
        ("De prullebak op de Wilgenhof is vol", "De prullenbak op de Wilgenhof zit altijd vol"),
        ("veel ratten in julianapark", "Ratten bij de vijver in het Julianapark"),
        ("Ik wil Nederlands leren", "Taalles voor vrouwen"),
        ("Geen plek voor je fiets bij de Rokade", "Fietsenrek bij de winkels op de Rokade"),
    ],
)
def test_other_wishes_of_the_area_are_found_as_well(text, first, rarity):
    assert most_like(key(text), KEYS, rarity=rarity)[0][0] == first


@pytest.mark.parametrize("text", ["", "ik wil graag", "De Wilgenhof", "Een kabelbaan naar de maan", "👵🪑", "12 34"])
def test_nothing_is_suggested_where_nothing_is_alike(text):
    assert most_like(key(text), KEYS) == []


def test_a_square_that_every_wish_names_tells_less_than_a_rare_one():
    wish, other = key("Een bank op de Wilgenhof"), key("Een prullenbak en een bank op de Wilgenhof")
    everywhere = rarity_of({"@wilgenhof": 100}, 100)
    assert likeness(wish, other, everywhere) < likeness(wish, other, rarity_of({"@wilgenhof": 1}, 100))
