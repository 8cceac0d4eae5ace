"""How alike two wishes are. Plain Python: no Django, no clock, no database; the same wishes give the same number.

Two wishes are alike when they ask about the same (`what`) at the same place (`where`). Same subject elsewhere, or something
else at the same place, is another wish.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from math import log

from buurtdraad.agendas.similar import vocabulary as table
from buurtdraad.agendas.similar.words import MARKS, NAME_END, SHORTEST_HEAD, faint_stems, is_name, words_of

Key = Sequence[str]
"""What is stored of a wish to compare it: its stems, in order of the alphabet. Straight from the database will do."""
Rarity = Mapping[str, float]
"""How much a stem tells in an area, from 0 to 1; one that is not in it tells 1."""

SIMILAR = 0.5
"""From here on people would say that two wishes ask the same; chosen on `tests/pairs/tuned_on.csv`."""

CLOSE, PART = 0.6, 0.7
"""Words that share so much of their letters are one word with a spelling mistake, or one in the other (PART)."""
WORD, FAINT_WORD = 0.6, 0.2
"""What a word outside the vocabulary weighs, next to a theme."""
ELSEWHERE, MAYBE_ELSEWHERE, ANYWHERE = 0.3, 0.5, 0.8
"""What is left when both name another place; when a name stands against a landmark; when only one says where."""
MAIN = 1.0
"""What a theme weighs that says what is asked, not for whom."""
BOTH = 0.4
"""How much it counts that both say the same, next to one saying all that the other says."""
ALONE, EACH_ALONE, ONE_ALONE = 0.4, 0.65, 0.9
"""What is left when one complains of what the other does not name; when each has a main theme that the other lacks; when one has."""
NEAR = 0.5
"""Themes that are related so far are asked for together."""
SAME_PLACE = 0.2
"""What a shared name of a place adds, of what the subjects lack."""
COMMON = 0.05
"""A stem in this share of the wishes of an area tells everything yet; above it less and less."""
LEAST_RARITY = 0.2

RELATIVES = {
    "=" + theme: [("=" + other, how_far) for pair, how_far in table.RELATED.items() if theme in pair for other in pair - {theme}]
    for theme in table.THEMES
}


def key(text: str) -> Key:
    """The key of a text, to store and to compare; empty when the text says nothing."""
    return tuple(sorted(words_of(text)))


def rarity_of(counts: Mapping[str, int], total: int) -> Rarity:
    """How much each stem tells, from how many of `total` wishes have it: 1 for the rare, toward 0.2 for what all have."""
    rarest = log(1 / COMMON)
    return {stem: max(LEAST_RARITY, min(1.0, log((total + 1) / (count + 1)) / rarest)) for stem, count in counts.items()}


def likeness(a: Key, b: Key, rarity: Rarity | None = None) -> float:
    """From 0 (nothing in common) to 1 (the same stems); the same both ways. `rarity` is that of the area; without it no stem is rare."""
    if not a or not b:
        return 0.0
    if tuple(a) == tuple(b):
        return 1.0
    told = rarity or {}
    (places_a, subjects_a), (places_b, subjects_b) = parted(a), parted(b)
    what = share(subjects_a, subjects_b, told)
    shared = shared_places(places_a, places_b) | (places_a & set(subjects_b)) | (places_b & set(subjects_a))
    if shared:
        tells = max(told.get("@" + place, 1.0) for place in shared)
        return what + (1 - what) * SAME_PLACE * tells
    if places_a and places_b:
        return what * (ELSEWHERE if bool(names(places_a)) == bool(names(places_b)) else MAYBE_ELSEWHERE)
    tells = max((told.get("@" + place, 1.0) for place in places_a | places_b), default=0.0)
    return what * (1 - (1 - ANYWHERE) * tells)


def most_like[Id](wanted: Key, candidates: Iterable[tuple[Id, Key]], most: int = 3, rarity: Rarity | None = None) -> list[tuple[Id, float]]:
    """The candidates that are SIMILAR, most alike first, at most `most`; of equal ones the first given comes first.

    Candidates that `shortlist_stems` does not ask for are left out, here as in the database.
    """
    near = set(shortlist_stems(wanted))
    scored = ((candidate, likeness(wanted, stems, rarity)) for candidate, stems in candidates if not near.isdisjoint(stems))
    return nlargest(most, (pair for pair in scored if pair[1] >= SIMILAR), key=lambda pair: pair[1])


# --- what it is about ---------------------------------------------------------------------------


def parted(stems: Key) -> tuple[set[str], list[str]]:
    """The places of a key without their mark, and its subjects."""
    return {stem[1:] for stem in stems if stem[0] == "@"}, [stem for stem in stems if stem[0] != "@"]


def share(a: list[str], b: list[str], told: Rarity) -> float:
    """How far the subjects are the same: the middle of what they share of both, and of the one that says least."""
    weight_a, weight_b = (sum(weight(stem) * told.get(stem, 1.0) for stem in stems) for stems in (a, b))
    if not weight_a or not weight_b:
        return 0.0
    found_a, found_b = found(a, b, told), found(b, a, told)
    of_both = (found_a + found_b) / (weight_a + weight_b)
    of_least = max(found_a / max(weight_a, MAIN), found_b / max(weight_b, MAIN))
    return min(1.0, BOTH * of_both + (1 - BOTH) * of_least) * apart(a, b)


def apart(a: list[str], b: list[str]) -> float:
    """What is left when one complains of what the other does not name, or when each asks for something else besides."""
    others_a, others_b = asked_alone(a, b), asked_alone(b, a)
    if any(stem[1:] in table.COMPLAINTS for stem in others_a + others_b):
        return ALONE
    if others_a and others_b:
        return EACH_ALONE
    return ONE_ALONE if others_a or others_b else 1.0


def found(stems: list[str], among: list[str], told: Rarity) -> float:
    """The weight of the stems that are there among others, or something close to them."""
    return sum(weight(stem) * told.get(stem, 1.0) * nearest(stem, among) for stem in stems)


def nearest(stem: str, among: list[str]) -> float:
    """How far a stem is there among others: itself, else a related theme, or a word that is spelled alike."""
    if stem in among:
        return 1.0
    if stem[0] in MARKS:
        return max((how_far for theme, how_far in RELATIVES.get(stem, ()) if theme in among), default=0.0)
    return max((closeness(stem, other) for other in among if other[0] not in MARKS), default=0.0)


def asked_alone(a: list[str], b: list[str]) -> list[str]:
    """The main themes of a of which b says nothing."""
    return [stem for stem in a if stem[0] in MARKS and weight(stem) >= MAIN and not nearest(stem, b)]


@lru_cache(maxsize=8192)
def weight(stem: str) -> float:
    """What a stem weighs before anything is known of the area."""
    if stem[0] in "=-":
        return table.LIGHTER.get(stem[1:], 1.0)
    return FAINT_WORD if stem in faint_stems() else WORD


# --- where ---------------------------------------------------------------------------------------


def shared_places(a: set[str], b: set[str]) -> set[str]:
    """The places that both name, also when spelled in two ways. When both name a street, other names do not count."""
    streets_a, streets_b = streets(a), streets(b)
    if streets_a and streets_b:
        a, b = streets_a, streets_b
    return (a & b) | {place for here in a for there in b if same_place(here, there) for place in (here, there)}


def streets(places: set[str]) -> set[str]:
    """Those that end as names of streets, squares and parks do."""
    return {place for place in places if is_name(place)}


def names(places: set[str]) -> set[str]:
    """Those with a name of their own, so no landmarks."""
    return {place for place in places if place[0] != "="}


@lru_cache(maxsize=16384)
def same_place(a: str, b: str) -> bool:
    """Whether two names are one with a spelling mistake, or of one street and its square."""
    if "=" in {a[0], b[0]}:
        return a == b
    return closeness(without_end(a), without_end(b)) > 0


def without_end(name: str) -> str:
    """The name of a street without "straat" or the like, which all names share."""
    match = NAME_END.fullmatch(name)
    return match[1] if match else name


# --- letters --------------------------------------------------------------------------------------


def spelled_alike(a: str, b: str) -> float:
    """How many runs of three letters two words share (Dice); of a word inside a longer one at most PART."""
    runs_a, runs_b = runs(a), runs(b)
    shared = len(runs_a & runs_b)
    part = PART if min(len(a), len(b)) >= SHORTEST_HEAD and (a in b or b in a) else 0.0
    return max(part, 2 * shared / (len(runs_a) + len(runs_b)))


@lru_cache(maxsize=16384)
def closeness(a: str, b: str) -> float:
    """How far two words are one, from CLOSE up; below that chance has a part in it, so 0."""
    by_letters = spelled_alike(a, b)
    return by_letters if by_letters >= CLOSE else 0.0


@lru_cache(maxsize=4096)
def runs(word: str) -> frozenset[str]:
    """Each run of three letters of a word, its edges included."""
    edged = f"  {word} "
    return frozenset(edged[start : start + 3] for start in range(len(word) + 1))


# --- what to ask of the database -------------------------------------------------------------------


def shortlist_stems(wanted: Key) -> list[str]:
    """The stems of which a candidate must have at least one: those of the key, and what is close to them.

    Words that tell little are left out as long as there are others. Empty when nothing is worth asking.
    """
    telling = [stem for stem in wanted if weight(stem) > FAINT_WORD] or list(wanted)
    return sorted({near for stem in telling for near in (stem, *neighbours(stem))})


def neighbours(stem: str) -> list[str]:
    """What else a wish about the same may have: related themes, or the same word as a name or not."""
    if stem[0] in "=-":
        return [theme for theme, how_far in RELATIVES.get(stem, ()) if how_far >= NEAR]
    return [stem[1:] if stem[0] == "@" else "@" + stem]
