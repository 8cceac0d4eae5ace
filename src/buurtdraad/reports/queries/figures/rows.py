"""What a number counts: rows with a reference and words, and where each can be looked at. No personal data, for they are frozen."""

import datetime
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.ui.navigation import address, in_language

DUTCH = "nl"


@dataclass(frozen=True)
class Period:
    """From the first day up to and with the last. `day` is the day on which is counted: the last one, or today while it goes on."""

    from_on: datetime.date
    until_on: datetime.date
    day: datetime.date

    @classmethod
    def of(cls, from_on: datetime.date, until_on: datetime.date, today: datetime.date) -> "Period":
        return cls(from_on, until_on, min(until_on, today))

    def holds(self, moment: datetime.datetime | datetime.date | None) -> bool:
        """Whether something happened in the period, as far as it has gone."""
        day = day_of(moment)
        return day is not None and self.from_on <= day <= self.day

    def over(self, moment: datetime.datetime | datetime.date | None) -> bool:
        """Whether something had happened by the end of the day of counting."""
        day = day_of(moment)
        return day is not None and day <= self.day


def day_of(moment: datetime.datetime | datetime.date | None) -> datetime.date | None:
    return timezone.localdate(moment) if isinstance(moment, datetime.datetime) else moment


@dataclass(frozen=True)
class Row:
    """One thing in a list.

    `codes` are the areas in which it lies, `group` a source, stage or department, `tags` say for which numbers it counts, `note` why it
    stands so, `amount` people or euros. `title` are words of residents: shown as they are today, and never frozen.
    """

    reference: str
    words: str
    path: str = ""
    codes: tuple[str, ...] = ()
    ambition: str = ""
    group: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    on: datetime.date | None = None
    amount: Decimal | None = None
    title: str = ""

    def as_kept(self) -> dict[str, Any]:
        """As JSON holds it: without words of residents."""
        kept = asdict(self) | {"on": self.on.isoformat() if self.on else "", "amount": None if self.amount is None else f"{self.amount:f}"}
        kept.pop("title")
        return kept | {"codes": list(self.codes), "tags": list(self.tags)}


def from_kept(kept: dict[str, Any]) -> Row:
    """The row again."""
    on = datetime.date.fromisoformat(kept["on"]) if kept["on"] else None
    amount = None if kept["amount"] is None else Decimal(kept["amount"])
    return Row(**kept | {"on": on, "amount": amount, "codes": tuple(kept["codes"]), "tags": tuple(kept["tags"])})


def path_to(name: str, *args: object) -> str:
    """The address of a page in Dutch, without language in front."""
    found = address(name, *args)
    return in_language(found, DUTCH) if found else ""


def tags(**said: bool) -> tuple[str, ...]:
    """The names of what holds, with hyphens: `tags(op_tijd=True)` is `("op-tijd",)`."""
    return tuple(name.replace("_", "-") for name, holds in said.items() if holds)


def having(*names: str) -> Callable[[Row], bool]:
    """Rows that have one of these tags."""
    return lambda row: any(name in row.tags for name in names)
