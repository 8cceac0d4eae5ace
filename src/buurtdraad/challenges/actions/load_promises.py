"""Aims, pledges and motions from a file: each row is new, changed, so already, or refused with a reason; a second time changes nothing."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.challenges.actions.promises import Promise, misfit
from buurtdraad.challenges.actions.records import NotChanged, write_down_load
from buurtdraad.challenges.models import Aim, Ambition, Challenge, Pledge
from buurtdraad.challenges.sources import PROMISE_COLUMNS
from buurtdraad.challenges.states import PledgeKind
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Line, RowRefused, folded, read
from buurtdraad.lib.tables.reports import Outcome, Report, differences, fit_each

AIM = "aim"
KINDS = {
    "belofte": AIM, "aim": AIM, "promise": AIM,
    "toezegging": PledgeKind.PLEDGE, "pledge": PledgeKind.PLEDGE,
    "motie": PledgeKind.MOTION, "motion": PledgeKind.MOTION,
}  # fmt: skip
LONGEST_AIM = 300

# A line, by what its promise is known, that promise as it stands, and what the line says of it.
type Read = tuple[Line, object, Promise, dict[str, Any]]


@transaction.atomic
def load_promises(content: bytes, *, by: Person, at: datetime.datetime, dry_run: bool = False) -> Report:
    """Take in the bytes of a CSV with the columns of `sources.PROMISE_COLUMNS`. A row that is refused does not stop the others.

    A pledge or motion is known by its number, an aim by its ambition and words. What is not in the file stays as it is. With
    `dry_run` nothing is written. Raises `lib.tables.reading.TableRefused` for a file that cannot be read, and `NotChanged`
    when somebody else changes the same at the same moment.
    """
    table = read(content, PROMISE_COLUMNS)
    loading = Loading(localdate(at))
    report = fit_each(table, loading.fit, read=loading.read)
    if report.changes and not dry_run:
        loading.write()
        write_down_load("promises", report, by=by, at=at)
    return report


class Loading:
    """The promises as they stand, and what a file makes of them."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        self.ambitions = {one.code: one for one in Ambition.objects.all()}
        self.challenges = {one.code: one for one in Challenge.objects.select_related("ambition")}
        self.aims = {(one.ambition_id, one.what): one for one in Aim.objects.select_related("ambition", "challenge")}
        self.pledges = {one.number: one for one in Pledge.objects.select_related("ambition", "challenge")}
        self.seen: set[object] = set()
        self.touched: list[Promise] = []

    def read(self, faults: Faults) -> Read:
        """One row as an aim, a pledge or a motion, with all that is wrong in `faults`. Raises `RowRefused` for one of no kind."""
        kind, facts = faults.of("kind", kind_of, faults.line.text("kind")), self.facts(faults)
        if kind is None:
            faults.tell()
        assert kind, "what is wrong was told"
        key, promise, more = self.aim(faults, facts) if kind == AIM else self.pledge(faults, kind)
        return faults.line, key, promise, facts | more

    def fit(self, found: Read) -> tuple[str, Outcome]:
        line, key, promise, facts = found
        if key in self.seen:
            raise RowRefused(_("%(name)s is in this file twice.") % {"name": line.text("number") or line.text("what")})
        changed = facts if promise.pk is None else differences(promise, facts)
        before = {name: getattr(promise, name) for name in changed} if promise.pk else {}
        for name, value in changed.items():
            setattr(promise, name, value)
        if problem := misfit(promise):
            # What stands there stays as it was, for a later row of the same.
            for name, value in before.items():
                setattr(promise, name, value)
            raise RowRefused(problem)
        self.seen.add(key)
        self.touched += [promise] if changed else []
        outcome = Outcome.ADDED if promise.pk is None else Outcome.CHANGED if changed else Outcome.SAME
        return line.text("what")[:80], outcome

    def aim(self, faults: Faults, facts: dict[str, Any]) -> tuple[object, Promise, dict[str, Any]]:
        line, what = faults.line, faults.line.text("what")
        if facts["ambition"] is None and faults.is_right("ambition", "challenge"):
            faults.say("ambition", _("A promise of the programme needs an ambition."))
        if facts["due_on"] is None and faults.is_right("due_on"):
            faults.say("due_on", _("For which day was it promised?"))
        if len(what) > LONGEST_AIM and faults.is_right("what"):
            faults.say("what", _("%(name)s is too long: %(most)s characters at most.") % {"name": "wat", "most": LONGEST_AIM})
        key = (facts["ambition"].pk if facts["ambition"] else 0, what)
        return key, self.aims.get(key) or Aim(), {name: line.text(name) for name in ("source",) if name in line}

    def pledge(self, faults: Faults, kind: str) -> tuple[object, Promise, dict[str, Any]]:
        line, number = faults.line, faults.line.text("number")
        if not number:
            faults.say("number", _("A pledge or motion has a number."))
        promise = self.pledges.get(number) or Pledge(number=number)
        made_on = faults.day("made_on") or promise.made_on
        if made_on is None and faults.is_right("made_on"):
            faults.say("made_on", _("On which day was it made?"))
        return number, promise, {"kind": kind, "made_on": made_on} | {name: line.text(name) for name in ("owner",) if name in line}

    def facts(self, faults: Faults) -> dict[str, Any]:
        """What both kinds have."""
        line = faults.line
        challenge = faults.of("challenge", known, line, "challenge", self.challenges, _("There is no challenge %(code)s."))
        ambition = faults.of("ambition", known, line, "ambition", self.ambitions, _("There is no ambition %(code)s."))
        found: dict[str, Any] = {"what": line.text("what"), "challenge": challenge, "due_on": faults.day("due_on")}
        found["ambition"] = ambition or (challenge.ambition if challenge else None)
        if "done_on" in line:
            found["done_on"] = faults.day("done_on")
            if found["done_on"] and found["done_on"] > self.today:
                faults.say("done_on", _("What is still to come cannot be done already."))
        return found | ({"told": line.text("told")} if "told" in line else {})

    def write(self) -> None:
        try:
            with transaction.atomic():
                for promise in self.touched:
                    promise.save()
        except IntegrityError:
            raise NotChanged(_("Somebody else changed this at the same moment. Do it once more.")) from None


def kind_of(text: str) -> str:
    if (kind := KINDS.get(folded(text))) is None:
        raise RowRefused(_("%(kind)s is no kind. Write belofte, toezegging or motie.") % {"kind": text})
    return kind


def known(line: Line, column: str, things: dict[str, Any], none: str) -> Any:
    """The ambition or challenge that a cell names, None for an empty one. Raises `RowRefused` with `none`."""
    code = line.text(column)
    if code and code not in things:
        raise RowRefused(none % {"code": code})
    return things.get(code)
