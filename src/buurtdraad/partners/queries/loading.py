"""What a file changes in partners, in words: shown before it is taken in."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.utils.formats import date_format

from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.tables.reports import Difference, RowReport
from buurtdraad.partners.models import Kind
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


class Change(NamedTuple):
    """One thing that a row changes: its column, and the values; of areas and challenges their ids."""

    name: str
    old: object
    new: object


def with_changes(rows: Iterable[RowReport], changes: Mapping[int, list[Change]], labels: Mapping[str, str]) -> list[RowReport]:
    """The rows, each with what it changes (by its number) in words; `labels` names the columns.

    Three queries, and none where no area or challenge changes.
    """
    names = names_for([change for found in changes.values() for change in found])

    def told(change: Change) -> Difference:
        name, old, new = change
        return Difference(labels[name], in_words(name, old, names), in_words(name, new, names))

    return [replace(row, changes=tuple(told(change) for change in changes.get(row.number, []))) for row in rows]


def names_for(changes: Iterable[Change]) -> dict[str, dict[int, str]]:
    """The names of all areas and of all challenges in these, by column and id."""
    ids: dict[str, set[int]] = {"areas": set(), "challenges": set()}
    for name, *values in changes:
        for value in values:
            if isinstance(value, set):
                ids[name] |= value
    codes = dict(Area.objects.filter(pk__in=ids["areas"]).values_list("pk", "code")) if ids["areas"] else {}
    known = places.names_of(codes.values()) if codes else {}
    challenges = Challenge.objects.filter(pk__in=ids["challenges"]).values_list("pk", "name") if ids["challenges"] else ()
    return {"areas": {pk: known.get(code, code) for pk, code in codes.items()}, "challenges": dict(challenges)}


def in_words(name: str, value: object, names: dict[str, dict[int, str]]) -> str:
    """A value as people read it; empty when there is none."""
    if isinstance(value, set):
        return ", ".join(sorted(names[name][pk] for pk in value))
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return str(Kind(str(value)).label) if name == "kind" else str(value or "")
