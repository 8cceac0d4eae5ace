"""Which sentences of a report count a thing, or name it: read from what the report freezes.

It is the way on from a wish, as the list behind a number is the way back.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import override

from buurtdraad.reports.queries.content import values_of
from buurtdraad.reports.queries.drafted.pen import place_of, plain
from buurtdraad.reports.queries.figures.rows import DUTCH
from buurtdraad.reports.queries.frozen import Content
from buurtdraad.reports.queries.sentences import in_words, marks_in
from buurtdraad.reports.states import SectionKind

# How a sentence names a wish: `ZO-42`.
REFERENCE = re.compile(r"\b[A-Z]+-[0-9]+\b")
# Only wishes are named so: `A-27` in a sentence is a road, and in a list an agreement.
WISHES = frozenset({"wensen", "steun"})
# What is done is named by its words and its place: `Klaar: Twee bomen en een bank (Zuilen-Oost).`
DONE = "klaar"
PLACE = re.compile(r" \(([^()]*)\)")


class Said(NamedTuple):
    """A sentence of a report by its chapter and its place in that, both from one."""

    chapter: int
    place: int
    text: str


class Told(NamedTuple):
    """What a chapter says of the thing with this page: its sentences as a reader sees them, each with its place."""

    page: str
    chapter: int
    title: str
    said: list[tuple[int, str]]


def mentions_in(content: Content) -> Iterator[Told]:
    """What each chapter says of each thing that has a page.

    Of each list that a thing stands in one sentence: that says most about it. If none names it, that is one of a chapter about an area,
    and there the one with the smallest number of things. A wish is named by its number, and what is done by its words and place.
    """
    values = values_of(content)

    @cache  # one sentence counts thousands
    def words(text: str) -> str:
        with override(DUTCH):
            return in_words(text, values)

    found: dict[tuple[str, int], set[Said]] = defaultdict(set)
    with override(DUTCH):
        for page, line in telling(content):
            found[page, line.chapter].add(line)
    for (page, chapter), lines in found.items():
        yield Told(page, chapter, content["sections"][chapter - 1]["title"], [(line.place, words(line.text)) for line in sorted(lines)])


def telling(content: Content) -> Iterator[tuple[str, Said]]:
    """Each page of a thing that is counted, with a sentence that is told of it."""
    areas = {chapter for chapter, one in enumerate(content["sections"], start=1) if one["kind"] == SectionKind.AREA}
    naming = naming_in(content)
    for name, counted in counted_by_list(content).items():
        rows = content["lists"][name]["rows"]
        for place, lines in counted.items():
            row = rows[place]
            if row["path"]:
                yield from ((row["path"], line) for line in naming(name, row) or [min(lines, key=lambda line: line.chapter not in areas)])


def naming_in(content: Content) -> Callable[[str, Mapping[str, Any]], list[Said]]:
    """Which sentences name a row of a list."""
    by_number = sentences_by(REFERENCE.findall, content["sections"])
    by_words = sentences_by(words_in, content["sections"])
    names = {code: area["name"] for code, area in content["areas"].items()}

    def naming(name: str, row: Mapping[str, Any]) -> list[Said]:
        if name in WISHES:
            return by_number.get(row["reference"], [])
        if DONE in row["tags"]:
            return by_words.get((plain(row["words"]), place_of(row["codes"], names)), [])[:1]
        return []

    return naming


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """What can be the words of a thing with its place behind them: all that comes before a place, and that after each colon in it."""
    for found in PLACE.finditer(text):
        before = text[: found.start()]
        yield from ((before[start:], found[1]) for start in [0, *(colon.end() for colon in re.finditer(": ", before))])


def counted_by_list(content: Content) -> dict[str, dict[int, list[Said]]]:
    """Of each list and place in it the sentences that count that row, the one with the smallest number first."""
    stands = sentences_by(marks_in, content["sections"])
    found: dict[str, dict[int, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for mark, figure in sorted(content["figures"].items(), key=lambda one: len(one[1]["rows"])):
        if mark in stands:
            rows = found[content["definitions"][figure["counts"]]["list"]]
            for place in figure["rows"]:
                rows[place] += stands[mark]
    return found


def sentences_by[Key](keys_in: Callable[[str], Iterable[Key]], sections: Iterable[Mapping[str, Any]]) -> dict[Key, list[Said]]:
    """In which sentences each of these stands, in order."""
    found: dict[Key, list[Said]] = defaultdict(list)
    for chapter, section in enumerate(sections, start=1):
        for place, line in enumerate(section["sentences"], start=1):
            for key in keys_in(line["text"]):
                found[key].append(Said(chapter, place, line["text"]))
    return dict(found)
