"""Many organisations from a file: each row is new, changed, so already, or refused with a reason; a second time changes nothing."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buurtdraad.accounts.forms.names import ADDRESS
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Line, RowRefused, Table, folded, read
from buurtdraad.lib.tables.reports import Outcome, Report, differences, fit_each
from buurtdraad.partners.access import duty_of
from buurtdraad.partners.actions.organisations import NotKept
from buurtdraad.partners.models import Kind, Organisation, WorksIn
from buurtdraad.partners.queries.loading import Change, with_changes
from buurtdraad.partners.queries.organisations import lowered
from buurtdraad.partners.sources import COLUMNS
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaYear

is_website = URLValidator(schemes=["http", "https"])


@transaction.atomic
def load_partners(content: bytes, *, by: Person, at: datetime.datetime, dry_run: bool = False) -> Report:
    """Take in the bytes of a CSV with the columns of `sources.COLUMNS`; an organisation is known by its name.

    A row that is refused does not stop the others. What is not in the file stays as it is, and so does what it has no column for;
    areas and challenges also where their cell is empty. Of each row that changes the report says what, from what into what.
    With `dry_run` nothing is written. Raises `lib.tables.reading.TableRefused` for a file that cannot be read, and `NotKept`
    when somebody else adds the same at the same moment.
    """
    table = read(content, COLUMNS)
    loading = Loading(table, today=timezone.localdate(at))
    report = fit_each(table, loading.fit, read=loading.read)
    report.rows = with_changes(report.rows, loading.changes, {column.key: column.headings[0] for column in COLUMNS})
    if report.changes and not dry_run:
        loading.write()
        counts = {outcome.value: number for outcome, number in report.counts.items()}
        codes = Area.objects.filter(pk__in=loading.touched).values_list("code", flat=True)
        facts = {"touches": places.touched_by(codes), "duty": duty_of(by), "payload": counts}
        record("partners.loaded", room="partners", thing="organisation:file", by=by.uuid, at=at, **facts)  # type: ignore[arg-type]
    return report


@dataclass(frozen=True)
class Read:
    """What a row says: the organisation that is there already, its facts, and the ids of its areas and challenges (None: not said)."""

    number: int
    known: Organisation | None
    facts: dict[str, Any]
    areas: set[int] | None
    challenges: set[int] | None


class Loading:
    """The organisations as they stand, and what a file makes of them."""

    def __init__(self, table: Table, *, today: datetime.date) -> None:
        self.today = today
        self.keys = lowered(line.text("name") for line in table.lines)
        there = Organisation.objects.annotate(key=Lower("name")).select_related("joined_to").prefetch_related("works_in", "challenges")
        self.known = {one.key: one for one in there}
        self.rows: dict[str, int] = {}
        self.kinds = kinds_by_name()
        self.areas = areas_by_name(table)
        self.challenges = by_name((one.code, one.name, one.pk) for one in Challenge.objects.all())
        self.added: list[Organisation] = []
        self.changed: list[Organisation] = []
        self.areas_of: list[tuple[Organisation, set[int]]] = []
        self.challenges_of: list[tuple[Organisation, set[int]]] = []
        self.touched: set[int] = set()
        self.changes: dict[int, list[Change]] = {}

    def read(self, faults: Faults) -> Read:
        """One row as an organisation, with all that is wrong in `faults`."""
        line = faults.line
        known = faults.of("name", self.known_as, line.text("name"))
        facts = self.facts_of(faults, known)
        areas = faults.of("areas", chosen, line, "areas", self.areas)
        challenges = faults.of("challenges", chosen, line, "challenges", self.challenges)
        return Read(line.number, known, facts, areas, challenges)

    def known_as(self, name: str) -> Organisation | None:
        """The organisation of this name, None for a new one. Raises `RowRefused` for a name that cannot be used."""
        key = self.keys[name]
        if ADDRESS.search(name):
            raise RowRefused(_("This is an address. Write a name."))
        if key in self.rows:
            raise RowRefused(_("This organisation is in row %(number)s already.") % {"number": self.rows[key]})
        known = self.known.get(key)
        if known and known.joined_to:
            raise RowRefused(_("This is the same as %(name)s. Write that name.") % {"name": known.joined_to})
        return known

    def facts_of(self, faults: Faults, known: Organisation | None) -> dict[str, Any]:
        line = faults.line
        facts: dict[str, Any] = {"name": line.text("name"), "kind": faults.of("kind", self.kind_of, line.text("kind"))}
        if "website" in line:
            facts["website"] = faults.of("website", website, line.text("website"))
        facts["from_on"] = faults.day("from_on") or (known.from_on if known else self.today)
        facts["until_on"] = faults.day("until_on") if "until_on" in line or known is None else known.until_on
        if facts["until_on"] and facts["until_on"] < facts["from_on"] and faults.is_right("from_on"):
            faults.say("until_on", _("The last day lies before the first day."))
        return facts

    def kind_of(self, text: str) -> str:
        if (kind := self.kinds.get(folded(text))) is None:
            raise RowRefused(_("%(kind)s is no kind that we know.") % {"kind": text})
        return kind

    def fit(self, row: Read) -> tuple[str, Outcome]:
        name = row.facts["name"]
        self.rows[self.keys[name]] = row.number
        if row.known is None:
            self.add(row.facts, row.areas, row.challenges)
            return name, Outcome.ADDED
        self.changes[row.number] = self.change(row.known, row.facts, row.areas, row.challenges)
        return name, Outcome.CHANGED if self.changes[row.number] else Outcome.SAME

    def add(self, facts: dict[str, Any], areas: set[int] | None, challenges: set[int] | None) -> None:
        made = Organisation(**facts)
        self.added.append(made)
        self.note(made, areas, challenges, set(), set())

    def change(self, known: Organisation, facts: dict[str, Any], areas: set[int] | None, challenges: set[int] | None) -> list[Change]:
        """Keep what a row changes in an organisation; each thing that it does."""
        had, did = {works.area_id for works in known.works_in.all()}, {one.pk for one in known.challenges.all()}
        wanted = {"areas": had if areas is None else areas, "challenges": did if challenges is None else challenges}
        found = [Change(name, getattr(known, name), value) for name, value in differences(known, facts).items()]
        for one in found:
            setattr(known, one.name, one.new)
        if found:
            self.changed.append(known)
        self.note(known, areas, challenges, had, did)
        return [*found, *(Change(name, old, wanted[name]) for name, old in (("areas", had), ("challenges", did)) if old != wanted[name])]

    def note(self, one: Organisation, areas: set[int] | None, challenges: set[int] | None, had: set[int], did: set[int]) -> None:
        """Keep what an organisation works in and on, where the file says so and it differs from before."""
        if areas is not None and areas != had:
            self.areas_of.append((one, areas))
            self.touched |= areas | had
        if challenges is not None and challenges != did:
            self.challenges_of.append((one, challenges))

    def write(self) -> None:
        try:
            with transaction.atomic():
                Organisation.objects.bulk_create(self.added, batch_size=500)
                Organisation.objects.bulk_update(self.changed, ["name", "kind", "website", "from_on", "until_on"], batch_size=500)
                replace(WorksIn, "area_id", self.areas_of)
                replace(Organisation.challenges.through, "challenge_id", self.challenges_of)
        except IntegrityError:
            raise NotKept(_("Somebody else changed this at the same moment. Do it once more.")) from None


def replace(model: Any, field: str, wanted: list[tuple[Organisation, set[int]]]) -> None:
    """Give each of these organisations these rows of a table between, instead of those that it had."""
    model.objects.filter(organisation__in=[one.pk for one, _pks in wanted]).delete()
    rows = [model(organisation_id=one.pk, **{field: pk}) for one, pks in wanted for pk in sorted(pks)]
    model.objects.bulk_create(rows, batch_size=1000)


# --- what a cell may say ----------------------------------------------------------------------------


def website(text: str) -> str:
    try:
        if text:
            is_website(text)
    except ValidationError:
        raise RowRefused(_("%(text)s is no address of a website. It has to begin with https://.") % {"text": text}) from None
    return text


def kinds_by_name() -> dict[str, str]:
    """Kinds by their names in every language of the product, folded."""
    found = {folded(kind.value): kind.value for kind in Kind}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {folded(str(kind.label)): kind.value for kind in Kind}
    return found


def by_name(things: Iterable[tuple[str, str, int]]) -> dict[str, set[int]]:
    """Ids by folded code and by folded name; of a code exactly one."""
    named: dict[str, set[int]] = defaultdict(set)
    coded = {}
    for code, name, pk in things:
        named[folded(name)].add(pk)
        coded[folded(code)] = {pk}
    return named | coded


def areas_by_name(table: Table) -> dict[str, set[int]]:
    """Areas of the city by code and by their name now; and those of before that the file names by their code."""
    city = places.city()
    if city is None:
        return {}
    now = AreaYear.objects.filter(municipality=city.area_id, year=city.year).values_list("area__code", "name", "area_id")
    codes = {code for line in table.lines for name in line.names("areas") for code in (name, name.upper())}
    before = Area.objects.filter(code__in=codes).values_list("code", "pk")
    return {folded(code): {pk} for code, pk in before} | by_name(now)


def chosen(line: Line, key: str, known: Mapping[str, set[int]]) -> set[int] | None:
    """The ids of what a cell names; None when it names nothing, or the file has no such column.

    Raises `RowRefused` with the names of none, or of several.
    """
    if not (names := line.names(key)):
        return None
    meant = {name: known.get(folded(name), set()) for name in names}
    several = [_("There is more than one %(name)s. Write its code.") % {"name": name} for name, ids in meant.items() if len(ids) > 1]
    none = [_("We do not know %(name)s.") % {"name": name} for name, ids in meant.items() if not ids]
    if several or none:
        raise RowRefused(*several, *none)
    return set().union(*meant.values())
