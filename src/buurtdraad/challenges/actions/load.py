"""A whole programme from a file: each row is new, changed, so already, or refused with a reason; a second time changes nothing."""

import datetime
import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.challenges.actions.records import NotChanged, write_down_load
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.challenges.sources import COLUMNS
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import RowRefused, read
from buurtdraad.lib.tables.reports import Outcome, Report, differences, fit_each

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@transaction.atomic
def load_programme(content: bytes, *, by: Person, at: datetime.datetime, dry_run: bool = False) -> Report:
    """Take in the bytes of a CSV with the columns of `sources.COLUMNS`. A row that is refused does not stop the others.

    What is not in the file stays as it is. With `dry_run` nothing is written. Raises `lib.tables.reading.TableRefused` for
    a file that cannot be read, and `NotChanged` when somebody else changes the same at the same moment.
    """
    table = read(content, COLUMNS)
    loading = Loading()
    # A challenge may stand above its ambition in the file.
    report = fit_each(table, loading.fit, read=loading.read, lines=sorted(table.lines, key=lambda line: bool(line.text("challenge"))))
    if report.changes and not dry_run:
        loading.write()
        write_down_load("programme", report, by=by, at=at)
    return report


class Loading:
    """The programme as it stands, and what a file makes of it."""

    def __init__(self) -> None:
        self.ambitions = {ambition.code: ambition for ambition in Ambition.objects.all()}
        self.challenges = {challenge.code: challenge for challenge in Challenge.objects.select_related("ambition")}
        self.numbers = {(ambition.from_on, ambition.number): ambition.code for ambition in self.ambitions.values()}
        self.seen: set[tuple[str, str]] = set()
        self.added: list[Ambition | Challenge] = []
        self.changed: list[Ambition | Challenge] = []

    def read(self, faults: Faults) -> tuple[Ambition | Challenge, dict[str, Any]]:
        """One row as an ambition or a challenge, and what it says of it, with all that is wrong in `faults`."""
        line = faults.line
        kind, code = ("challenge", line.text("challenge")) if line.text("challenge") else ("ambition", line.text("ambition"))
        faults.of(kind, self.check_code, kind, code)
        return self.challenge(faults, code) if kind == "challenge" else self.ambition(faults, code)

    def check_code(self, kind: str, code: str) -> None:
        if not CODE.fullmatch(code):
            raise RowRefused(_("%(code)s is no short name: use small letters, digits and hyphens.") % {"code": code})
        if (kind, code) in self.seen:
            raise RowRefused(_("%(name)s is in this file twice.") % {"name": code})

    def ambition(self, faults: Faults, code: str) -> tuple[Ambition, dict[str, Any]]:
        thing = self.ambitions.get(code) or Ambition(code=code)
        facts = facts_of(faults, thing, {"name": "name", "text": "text"})
        facts["number"] = faults.of("number", number_of, faults.line.text("number"))
        if self.numbers.get((facts["from_on"], facts["number"]), code) != code:
            faults.say("number", _("This programme has an ambition with this number already."))
        return thing, facts

    def challenge(self, faults: Faults, code: str) -> tuple[Challenge, dict[str, Any]]:
        thing = self.challenges.get(code) or Challenge(code=code)
        facts = facts_of(faults, thing, {"name": "name", "goal": "text", "owner": "owner"})
        facts["ambition"] = faults.of("ambition", self.ambition_of, faults.line.text("ambition"))
        return thing, facts

    def ambition_of(self, code: str) -> Ambition:
        if code not in self.ambitions:
            raise RowRefused(_("There is no ambition %(code)s.") % {"code": code})
        return self.ambitions[code]

    def fit(self, found: tuple[Ambition | Challenge, dict[str, Any]]) -> tuple[str, Outcome]:
        thing, facts = found
        if isinstance(thing, Ambition):
            self.numbers.pop((thing.from_on, thing.number), None)
            self.numbers[facts["from_on"], facts["number"]] = thing.code
            self.ambitions[thing.code] = thing
        self.seen.add(("ambition" if isinstance(thing, Ambition) else "challenge", thing.code))
        return facts["name"], self.given(thing, facts)

    def given(self, thing: Ambition | Challenge, facts: dict[str, Any]) -> Outcome:
        changed = facts if thing.pk is None else differences(thing, facts)
        for name, value in changed.items():
            setattr(thing, name, value)
        if thing.pk is None:
            self.added.append(thing)
            return Outcome.ADDED
        if changed:
            self.changed.append(thing)
        return Outcome.CHANGED if changed else Outcome.SAME

    def write(self) -> None:
        every = [*self.changed, *self.added]
        try:
            with transaction.atomic():
                for ambition in every:
                    if isinstance(ambition, Ambition):
                        ambition.save()
                fields = ["ambition", "name", "goal", "owner", "from_on", "until_on"]
                Challenge.objects.bulk_update([thing for thing in self.changed if isinstance(thing, Challenge)], fields, batch_size=500)
                Challenge.objects.bulk_create([thing for thing in self.added if isinstance(thing, Challenge)], batch_size=500)
        except IntegrityError:
            raise NotChanged(_("Somebody else changed this at the same moment. Do it once more.")) from None


def number_of(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise RowRefused(_("An ambition has a number from 1 to 99."))
    return int(text)


def facts_of(faults: Faults, thing: Ambition | Challenge, texts: dict[str, str]) -> dict[str, Any]:
    """What a row says of a thing: the texts for which the file has a column (attribute, key), and its days."""
    line = faults.line
    facts: dict[str, Any] = {name: line.text(key) for name, key in texts.items() if key in line}
    facts["from_on"] = faults.day("from_on")
    facts["until_on"] = faults.day("until_on") if "until_on" in line else thing.until_on
    if facts["from_on"] and facts["until_on"] and facts["until_on"] < facts["from_on"]:
        faults.say("until_on", _("The last day lies before the first day."))
    return facts
