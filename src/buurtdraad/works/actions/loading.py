"""What a file makes of the works that are there: row for row, before anything is written."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.lib.tables.reading import RowRefused, folded
from buurtdraad.lib.tables.reports import Difference, Outcome, Report, RowReport
from buurtdraad.places.models import Area
from buurtdraad.works.models import Register, RegisterLoad, Work, WorkArea
from buurtdraad.works.queries.registers import in_words
from buurtdraad.works.sources.columns import LABELS
from buurtdraad.works.sources.facts import Facts, Reader, needs_reason
from buurtdraad.works.sources.rows import Row
from buurtdraad.works.states import MOVES, Stage, WorkKind


@dataclass
class LoadReport(Report):
    """What became of each row; the works that the file no longer has; and the load that was kept (None for a dry run)."""

    gone: list[Work] = field(default_factory=list)
    load: RegisterLoad | None = None


@dataclass
class New:
    work: Work
    codes: frozenset[str]
    number: int


@dataclass
class Changed:
    work: Work
    values: dict[str, Any]
    codes: frozenset[str] | None
    number: int
    # As text, field by field: how it was and how it will be. For the report that is kept, and to undo it.
    was: dict[str, tuple[str, str]]


class Loading:
    """The works as they stand, and what a file makes of them."""

    def __init__(self, register: Register | None, rows: list[Row], *, reach: Reach, by: Person, at: datetime.datetime) -> None:
        self.register, self.rows, self.reach, self.at = register, rows, reach, at
        self.email = (by.email or "").lower()
        self.reader = Reader(register, rows)
        self.areas = {area.code: area for area in Area.objects.filter(code__in=self.reader.where.now)}
        self.known: dict[Any, Work] = {}
        self.seen: set[Any] = set()
        self.new: list[New] = []
        self.changed: list[Changed] = []
        prefetch = Prefetch("work_areas", WorkArea.objects.select_related("area"))
        for work in self.there().select_related("challenge").prefetch_related(prefetch):
            self.known[work.external if register else likeness(work.title, work.until_on, codes_of(work))] = work

    def there(self):
        """The works that these rows can be about: those of the register, else those with one of these titles."""
        if self.register:
            # One that a dry run thought of has none.
            return Work.objects.filter(register=self.register.pk) if self.register.pk else Work.objects.none()
        return Work.objects.filter(title__in={row.line.text("title") for row in self.rows})

    def report(self, ignored: tuple[str, ...]) -> LoadReport:
        rows = [self.fitted(row) for row in self.rows]
        # A row that is wrong is not gone.
        named = {row.line.text("external") for row in self.rows} | self.seen
        gone = [work for key, work in self.known.items() if work.is_open and key not in named] if self.register else []
        return LoadReport(rows, ignored, gone)

    def fitted(self, row: Row) -> RowReport:
        number = row.line.number
        try:
            facts = self.reader.facts_of(row)
            outcome, changes = self.fit(facts, number)
        except RowRefused as refusal:
            name = row.line.text("title") or next((cell for cell in row.line.cells.values() if cell), "")
            return RowReport(number, name[:80], Outcome.REFUSED, str(refusal))
        return RowReport(number, facts.values["title"], outcome, facts.note, changes)

    def fit(self, facts: Facts, number: int) -> tuple[Outcome, tuple[Difference, ...]]:
        values = facts.values
        key = facts.external if self.register else likeness(values["title"], values["until_on"], facts.codes)
        if key in self.seen:
            raise RowRefused(_("%(name)s is in this file twice.") % {"name": values["title"]})
        work = self.known.get(key)
        self.require(work, facts)
        if work is None:
            self.new.append(New(self.made(facts), facts.codes, number))
            self.seen.add(key)
            return Outcome.ADDED, ()
        self.seen.add(key)
        return (Outcome.SAME, ()) if self.register is None else self.compared(work, facts, number)

    def require(self, work: Work | None, facts: Facts) -> None:
        """Who may not change a work, brings no row of it: an owner their own, who keeps an area all in it."""
        owner = work.owner_email if work else facts.values.setdefault("owner_email", "" if self.keeps_any else self.email)
        mine = bool(self.email) and owner.lower() == self.email
        if not (mine or self.reach.everywhere or any(code in self.reach for code in (codes_of(work) if work else facts.codes))):
            raise RowRefused(_("You do not work in this area, and this is not yours."))

    @property
    def keeps_any(self) -> bool:
        return self.reach.everywhere or bool(self.reach.codes)

    def made(self, facts: Facts) -> Work:
        work = Work(register=self.register, external=facts.external if self.register else "", made_at=self.at, changed_at=self.at)
        work.kind = self.register.kind if self.register else WorkKind.PROJECT
        for name, value in facts.values.items():
            setattr(work, name, value)
        if needs_reason(work, {}):
            raise RowRefused(_("This row does not say why it stands still or does not happen."))
        if work.stage == Stage.DONE:
            work.done_on = self.done_on(work.until_on)
        return work

    def done_on(self, until_on: datetime.date) -> datetime.date:
        """A list knows no day on which it was done: the last day, if that is past."""
        return min(until_on, timezone.localdate(self.at))

    def compared(self, work: Work, facts: Facts, number: int) -> tuple[Outcome, tuple[Difference, ...]]:
        values = {name: value for name, value in facts.values.items() if not same(getattr(work, name), value)}
        codes = facts.codes if facts.codes != codes_of(work) else None
        if not values and codes is None:
            return Outcome.SAME, ()
        from_on = values.get("from_on", work.from_on)
        if from_on and from_on > values.get("until_on", work.until_on):
            raise RowRefused(_("The last day lies before the first day."))
        if "stage" in values and values["stage"] not in MOVES[work.stage]:
            steps = {"old": work.get_stage_display(), "new": values["stage"].label}
            raise RowRefused(_("A work cannot go from “%(old)s” to “%(new)s”.") % steps)
        if needs_reason(work, values):
            raise RowRefused(_("This row does not say why it stands still or does not happen."))
        was = {name: (raw(getattr(work, name)), raw(value)) for name, value in values.items()}
        if codes is not None:
            was["areas"] = (", ".join(sorted(codes_of(work))), ", ".join(sorted(codes)))
        self.changed.append(Changed(work, values, codes, number, was))
        return Outcome.CHANGED, tuple(self.difference(name, *texts) for name, texts in was.items())

    def difference(self, name: str, old: str, new: str) -> Difference:
        places = self.reader.where.shown
        return Difference(str(LABELS[name]), in_words(name, old, places), in_words(name, new, places))


def raw(value: Any) -> str:
    """A value as a text that can be read back."""
    if value is None:
        return ""
    if isinstance(value, bytes | memoryview):
        return "…" if value else ""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def same(old: Any, new: Any) -> bool:
    return bytes(old) == new if isinstance(old, memoryview) else old == new


def codes_of(work: Work) -> frozenset[str]:
    return frozenset(one.area.code for one in work.work_areas.all())


def likeness(title: str, until_on: datetime.date, codes: frozenset[str]) -> tuple[str, datetime.date, frozenset[str]]:
    """By what a pasted row is a sheet that is there already."""
    return folded(title), until_on, codes
