"""From what somebody types to stems: Dutch, with spelling mistakes, in neighbourhood words. No Django, no clock, no database.

A stem is one of four, told apart by its first character:

- `=zitten`  a theme of the vocabulary; `-zitten` when the writer wants it gone;
- `@wilgenhof`  where: the name of a place, or a landmark such as `@=school`;
- `lift`  any other word, stemmed.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from buurtdraad.agendas.similar import vocabulary as table

LONGEST = 2000
"""Characters that are read; a wish says what it is about before these are full."""
MOST_STEMS = 20
"""Of a longer text themes and places are kept before other words."""
LONGEST_WORD = 40
"""Letters; what is longer is no word, and is cut."""
SHORTEST_HEAD = 4
"""Letters of a word that may be found in a longer one."""
SHORTEST_TO_MEND = 7
"""Letters of a word in which one wrong letter is forgiven."""

SENTENCE = re.compile(r"[.!?;:,\n\r]+|\b(?:maar|en geen)\b")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?\d*")
PHRASES = [(re.compile(rf"\b(?:{phrase})(?!\w)", re.IGNORECASE), word) for phrase, word in table.SAID_OTHERWISE.items()]
NAME_END = re.compile(rf"(\w{{3,}}?)(?:{'|'.join(sorted(table.NAMES_END, key=len, reverse=True))})")
NOT_WANTED = re.compile(r"\b(?:graag|wil|willen|wens|wensen|liever|hoef|hoeft|hoeven|absoluut)(?: \w+)? geen\b|\bgeen \w+ meer\b")
ASKING = table.words("moet moeten mag mogen kan kunnen haal halen graag")
A_ROAD_AFTER = table.words("de een deze onze ver")
"""After these, "weg" is a road, or far away."""
MARKS = "=-@"


def words_of(text: str) -> list[str]:
    """The stems of a text, each once: themes and places, then other words. Any text will do; what says nothing gives nothing."""
    found: dict[str, None] = {}
    for sentence in SENTENCE.split(plain(text)):
        found.update(dict.fromkeys(stems_of(sentence)))
    stems = [stem for stem in found if "@" + stem not in found]
    return sorted(stems, key=lambda stem: stem[0] not in MARKS)[:MOST_STEMS]


def plain(text: str) -> str:
    """Without accents, with the phrases of the vocabulary as words."""
    text = unicodedata.normalize("NFKD", text[:LONGEST])
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).replace("’", "'")
    for phrase, word in PHRASES:
        text = phrase.sub(word, text)
    return text


def stems_of(sentence: str) -> list[str]:
    """The stems of one sentence."""
    written = [word[:LONGEST_WORD] for word in WORD.findall(sentence)]
    words = [word.casefold() for word in written]
    names = named(written)
    stems = []
    for index, word in enumerate(words):
        landmark = LANDMARK_OF.get(word) if is_beside(words, index) else None
        if landmark:
            stems.append("@=" + landmark)
        elif index in names or is_name(word):
            stems.append("@" + word)
        elif word not in table.STOP and word not in table.GONE and len(word) > 1:
            stems.append(stem_of(word))
    stems = [meant(stem, stems) for stem in stems]
    return turned(stems) if wants_gone(words, stems) else stems


def named(written: list[str]) -> set[int]:
    """Which words are names by their capital: not the first, no word of the vocabulary, and not where everything has one."""
    capitals = {
        index for index, word in enumerate(written) if index and word[0].isupper() and not (word.isupper() and len(word) < SHORTEST_HEAD)
    }
    if len(capitals) * 2 > len(written) and len(written) > 3:
        return set()
    return {index for index in capitals if (word := written[index].casefold()) not in table.STOP and stem_of(word)[0] not in MARKS}


def is_name(word: str) -> bool:
    """Whether a word is the name of a place by how it ends."""
    return word not in table.NO_NAMES and word not in THEME_OF and NAME_END.fullmatch(word) is not None


def is_beside(words: list[str], index: int) -> bool:
    """Whether "bij", "in de" or the like stands right before a word."""
    before = index - 1
    while before > 0 and words[before] in table.ARTICLES:
        before -= 1
    return before >= 0 and words[before] in table.BESIDE


def wants_gone(words: list[str], stems: list[str]) -> bool:
    """Whether a sentence asks for less of what others ask for: "haal weg", "kap", "liever geen"; not "kap niet"."""
    if any(stem[1:] in table.COMPLAINTS for stem in stems if stem[0] == "="):
        return False
    if NOT_WANTED.search(" ".join(words)):
        return True
    return "niet" not in words and (not table.GONE.isdisjoint(words) or asks_away(words))


def asks_away(words: list[str]) -> bool:
    """Whether "weg" follows on "moet", "haal" or the like, and is no road."""
    asked = next((index for index, word in enumerate(words) if word in ASKING), len(words))
    return any(word == "weg" and before not in A_ROAD_AFTER for before, word in zip(words[asked:], words[asked + 1 :], strict=False))


def turned(stems: list[str]) -> list[str]:
    """The same, with what one may want marked as not wanted."""
    return ["-" + stem.removeprefix("=") if may_be_wanted(stem) else stem for stem in stems]


def may_be_wanted(stem: str) -> bool:
    return stem[1:] in table.WANTED if stem[0] in MARKS else stem not in faint_stems()


def meant(stem: str, stems: list[str]) -> str:
    """A stem as it is meant beside the others of its sentence."""
    others, theme = table.BESIDE_OTHERS.get(stem.removeprefix("="), (frozenset(), ""))
    return "=" + theme if any(other.removeprefix("=") in others for other in stems) else stem


@lru_cache(maxsize=8192)
def stem_of(word: str) -> str:
    """The theme of a word in lower case, or else its stem."""
    stem = stemmed(word)
    theme = THEME_OF.get(word) or THEME_OF.get(stem) or theme_of_part(word) or theme_of_part(stem) or theme_of_mended(word)
    return "=" + theme if theme else stem


def theme_of_part(word: str) -> str | None:
    """Of a compound the theme of its head, which in Dutch comes last, or else of what comes first; of "rattenoverlast" the rats."""
    if word in table.FAINT:
        return None
    ends = range(1, len(word) - SHORTEST_HEAD + 1)
    heads = [THEME_OF.get(word[start:]) for start in ends]
    fronts = [THEME_OF.get(word[:-cut]) for cut in ends if len(word) - cut > SHORTEST_HEAD]
    found = [theme for theme in (*heads, *fronts) if theme]
    return next((theme for theme in found if theme not in table.LIGHTER), found[0] if found else None)


def theme_of_mended(word: str) -> str | None:
    """The theme of a word of the vocabulary that differs in one letter: missing, doubled, wrong, or two that changed place."""
    if len(word) < SHORTEST_TO_MEND or word in table.FAINT:
        return None
    return next((theme for form in (word, *one_letter_less(word)) if (theme := misspelled().get((word[0], form)))), None)


def one_letter_less(word: str) -> list[str]:
    return [word[:index] + word[index + 1 :] for index in range(len(word))]


@cache
def misspelled() -> dict[tuple[str, str], str]:
    """By first letter and form, the themes of the words of the vocabulary that may miss one of their letters."""
    return {
        (word[0], form): theme
        for word, theme in THEME_OF.items()
        if len(word) >= SHORTEST_TO_MEND
        for form in (word, *one_letter_less(word))
    }


@cache
def faint_stems() -> frozenset[str]:
    """The stems of the words that tell little."""
    return frozenset(stem_of(word) for word in table.FAINT)


@cache
def stemmer() -> Any:
    """The Dutch stemmer of Snowball, read when the first wish is typed: with its languages it takes some 17 MB."""
    from snowballstemmer import stemmer as by_language  # noqa: PLC0415

    return by_language("dutch")


@lru_cache(maxsize=8192)
def stemmed(word: str) -> str:
    """The stem of a Dutch word in lower case: bankje, bankjes and banken give bank."""
    return stemmer().stemWord(word) or word


THEME_OF = {word: theme for theme, words in table.THEMES.items() for word in words.split()}
LANDMARK_OF = {word: landmark for landmark, words in table.LANDMARKS.items() for word in words.split()}
