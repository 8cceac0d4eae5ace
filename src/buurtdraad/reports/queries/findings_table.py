"""Findings as rows of a file, with what they are about in words: plain rows, read while they are sent."""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.functions import TruncDate

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.rules import as_title
from buurtdraad.initiatives.models import Initiative
from buurtdraad.reports.models import Finding
from buurtdraad.reports.states import FindingKind, FindingStage
from buurtdraad.works.models import Work

# Rows of which the things are looked up together.
AT_ONCE = 1_000
COLUMNS = ("kind", "place", "challenge__name", "things", "stage", TruncDate("found_at"))
# Of each kind of thing: the column that the record names it by, and the one with its words.
WORDS: dict[str, tuple[type[Model], str, str]] = {
    "work": (Work, "uuid", "title"),
    "wish": (Wish, "reference", "text"),
    "topic": (Topic, "pk", "title"),
    "agreement": (Agreement, "pk", "what"),
    "initiative": (Initiative, "uuid", "title"),
}
SAID: dict[str, Callable[[Any, str], str]] = {"wish": lambda reference, text: f"{reference}: {as_title(text)}"}

type Row = tuple[str, str, str, str, str, str]


def rows_of(found: QuerySet[Finding]) -> Iterator[Row]:
    """A row for each of `wanted_findings`. In the language of now, also where the rows are read later.

    One query, and at most five for each thousand rows; no more than some thousand are in memory at a time.
    """
    kinds, stages = ({value: str(label) for value, label in kind.choices} for kind in (FindingKind, FindingStage))
    rows = found.select_related(None).values_list(*COLUMNS).iterator(chunk_size=AT_ONCE)
    return (row for some in batched(rows, AT_ONCE) for row in said(some, kinds, stages))


def said(rows: Iterable[tuple], kinds: dict[str, str], stages: dict[str, str]) -> Iterator[Row]:
    rows = list(rows)
    titles = titles_of({thing for row in rows for thing in row[3]})
    for kind, place, challenge, things, stage, found_on in rows:
        about = " / ".join(titles.get(thing, thing) for thing in things)
        yield kinds.get(kind, kind), place or "", challenge or "", about, stages.get(stage, stage), found_on.isoformat()


def titles_of(things: Iterable[str]) -> dict[str, str]:
    """What each is called, as `findings.things_of` calls it. One query a kind; what is gone is not in the answer."""
    keys: dict[str, set[str]] = {kind: set() for kind in WORDS}
    for thing in things:
        kind, _colon, key = thing.partition(":")
        keys.get(kind, set()).add(key)
    found: dict[str, str] = {}
    for kind, wanted in keys.items():
        if wanted:
            model, column, words = WORDS[kind]
            rows = model._default_manager.filter(**{f"{column}__in": wanted}).order_by().values_list(column, words)
            say = SAID.get(kind, lambda _key, title: title)
            found |= {f"{kind}:{key}": say(key, title) for key, title in rows}
    return found
