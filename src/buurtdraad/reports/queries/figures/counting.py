"""Counting figures over one period: each list is fetched once, however many numbers are made from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.text import slugify

from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaChange
from buurtdraad.reports.queries.figures.definitions import DEFINITIONS, Definition
from buurtdraad.reports.queries.figures.lists import LISTS
from buurtdraad.reports.queries.figures.rows import Period, Row, from_kept

# By what a number can be narrowed: an area, an ambition, or a group of its list (a source, a department, a measure).
NARROWED_BY = ("area", "ambition", "group")
ONE = Decimal("0.0001")


@dataclass(frozen=True)
class Counted:
    """A number, and the places in its list of the rows behind it. None: not known."""

    value: Decimal | None
    places: list[int]


@dataclass
class Counting:
    """Numbers of one period. With `kept` (as a report keeps its lists) it counts those, else what is true now."""

    period: Period
    kept: Mapping[str, Sequence[dict]] | None = None
    fetched: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, name: str) -> list[Row]:
        """All rows of a list, of the whole city."""
        if name not in self.fetched:
            self.fetched[name] = LISTS[name].rows(self.period) if self.kept is None else [from_kept(row) for row in self.kept.get(name, ())]
        return self.fetched[name]

    def count(self, name: str, **parameters: str) -> Counted:
        """The number with this name, narrowed by `area`, `ambition` or `group`. Raises `KeyError` for what is not defined."""
        definition: Definition = DEFINITIONS[name]
        rows = self.rows(definition.of)
        taken = [place for place, row in enumerate(rows) if definition.takes(row) and self.lies_in(row, parameters)]
        value = definition.value([rows[place] for place in taken])
        return Counted(None if value is None else value.quantize(ONE), taken)

    def behind(self, name: str, **parameters: str) -> list[Row]:
        """The list behind a number."""
        rows = self.rows(DEFINITIONS[name].of)
        return [rows[place] for place in self.count(name, **parameters).places]

    def lies_in(self, row: Row, parameters: Mapping[str, str]) -> bool:
        area, ambition, group = (parameters.get(name) for name in NARROWED_BY)
        if area and not self.reach(area).intersection(row.codes):
            return False
        return (not ambition or row.ambition == ambition) and (not group or row.group == group)

    def reach(self, code: str) -> frozenset[str]:
        """The codes that count for an area: itself, what lies in it now, and what went up in those."""
        if code not in self._reached:
            inside = {code, *places.inside([code])[code]}
            self._reached[code] = frozenset(inside | self.gone_into(inside))
        return self._reached[code]

    def reaches(self, codes: Sequence[str]) -> None:
        """Ask for many areas at once, so that each then costs no query."""
        for code, inside in places.inside(codes).items():
            whole = {code, *inside}
            self._reached[code] = frozenset(whole | self.gone_into(whole))

    def gone_into(self, codes: set[str]) -> set[str]:
        """Areas that were joined, split or renamed into one of these, for most of their land."""
        found: set[str] = set()
        added = codes
        while added:
            added = {old for old, new in self.changes if new in added} - found - codes
            found |= added
        return found

    @cached_property
    def changes(self) -> list[tuple[str, str]]:
        """Which area became which, where most of its land went."""
        most = AreaChange.objects.filter(share__gte=Decimal("0.5"))
        return list(most.values_list("from_area__code", "to_area__code"))

    @cached_property
    def _reached(self) -> dict[str, frozenset[str]]:
        return {}


def mark_of(name: str, **parameters: str) -> str:
    """How a sentence names a number: `wensen-op-tijd-zuilen-oost`."""
    return "-".join([name, *(slugify(parameters[key]).replace("_", "-") for key in NARROWED_BY if parameters.get(key))])
