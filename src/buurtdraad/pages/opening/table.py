"""What a dataset is: its columns with their meaning, its public rows, and its place on the map. All that we publish follows from it."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Choices, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from buurtdraad.pages.opening.counting import Kind, counted

type Text = str | Promise
type Plain = str | int | float | bool | list[str] | None

AT_ONCE = 2_000  # rows read at a time
SHAPES_AT_ONCE = 100  # of rows with a boundary, which may be large


# --- from the database to a file ----------------------------------------------------------------


def plain(value: Any) -> Plain:
    """A value as files have it: moments in Amsterdam, days and ids as text, decimals as numbers, 5020 and not 5020.000."""
    match value:
        case datetime.datetime():
            return timezone.localtime(value).isoformat(timespec="seconds")
        case datetime.date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case UUID():
            return str(value)
        case list() | tuple():
            return [str(one) for one in value]
    return value


def day(value: datetime.datetime | None) -> Plain:
    """The day of a moment, in Amsterdam: to the minute would say more of somebody than is needed."""
    return timezone.localdate(value).isoformat() if value else None


def page(name: str) -> Callable[[Any], Plain]:
    """Its page on this site, as a whole address; always the Dutch one, which is the same in every file."""

    def address(value: Any) -> Plain:
        if value is None:
            return None
        with override(settings.LANGUAGE_CODE):
            return settings.SITE_URL + reverse(name, args=value if isinstance(value, list) else [value])

    return address


# --- what is published ------------------------------------------------------------------------------


class Licence(NamedTuple):
    """Under which terms: its name, its address, and whom to name."""

    name: str
    url: str
    credit: str = ""


CC0 = Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
CC_BY = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "CBS")


@dataclass(frozen=True)
class Column:
    """One column. `of` is where its value stands in the row (empty: under its own name), `shown` makes it ready for a file.

    `empty` says what it means when there is none; `values` are the fixed words that can stand in it.
    """

    name: str
    means: Text
    of: Any = ""
    unit: Text = ""
    values: type[Choices] | None = None
    empty: Text = ""
    shown: Callable[[Any], Plain] = plain

    @property
    def words(self) -> list[tuple[str, Text]]:
        """The fixed words that can stand in it, each with what it means."""
        return [(value, label) for value, label in self.values.choices if value] if self.values else []


class Facts(NamedTuple):
    """How many rows a dataset has, and the last day on which one of them changed."""

    rows: int
    changed_on: datetime.date | None


@dataclass(frozen=True)
class Dataset:
    """One dataset: `found` gives its public rows; `lines` the same as objects, where a query cannot say it all.

    `changed` names the moments or days of a row of which the last is its last change. `point`: it has columns
    `longitude` and `latitude`; `shape` names the column of the database with a boundary or line.
    """

    key: str
    title: Text
    says: Text
    theme: str
    columns: tuple[Column, ...]
    found: Callable[[], QuerySet]
    changed: tuple[str, ...] = ()
    lines: Callable[[], Iterable[Any]] | None = None
    point: bool = False
    shape: str = ""
    licence: Licence = CC0

    @property
    def has_place(self) -> bool:
        return self.point or bool(self.shape)

    @property
    def forms(self) -> tuple[str, ...]:
        """In which forms it can be fetched."""
        return ("csv", "json", "geojson") if self.has_place else ("csv", "json")

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def rows(self) -> Iterator[list[Plain]]:
        """Its rows, in the order of the columns: read in chunks, one query (of `lines`: as many as those take)."""
        for row in self.read([column.of or column.name for column in self.columns], AT_ONCE):
            yield [column.shown(value) for column, value in zip(self.columns, row, strict=True)]

    def rows_with_shapes(self) -> Iterator[tuple[list[Plain], bytes | None]]:
        """The same, each with its shape as WKB."""
        for *row, shape in self.read([*(column.of or column.name for column in self.columns), self.shape], SHAPES_AT_ONCE):
            yield [column.shown(value) for column, value in zip(self.columns, row, strict=True)], shape

    def read(self, asked: list[Any], chunk: int) -> Iterator[tuple]:
        if self.lines:
            return (tuple(attrgetter(name)(line) for name in asked) for line in self.lines())
        return self.found().values_list(*asked).iterator(chunk_size=chunk)

    @property
    def kind(self) -> Kind:
        """What is counted of it."""
        changed = Greatest(*self.changed) if len(self.changed) > 1 else next(iter(self.changed), None)
        return Kind(self.found(), changed=changed)


def facts_of(datasets: Iterable[Dataset]) -> list[tuple[Dataset, Facts]]:
    """Every dataset with its number of rows and its last change, counted in the data itself. One query."""
    datasets = list(datasets)
    rows = counted({dataset.key: dataset.kind for dataset in datasets})
    return [
        (dataset, Facts(number, timezone.localdate(last) if last else None))
        for dataset, (number, last) in zip(datasets, rows.values(), strict=True)
    ]
