"""What a row says of a work, checked, with the areas of today. Nothing is written here."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from buurtdraad.challenges.models import Challenge
from buurtdraad.lib.tables.faults import Faults
from buurtdraad.lib.tables.reading import Line, RowRefused, folded
from buurtdraad.places.queries import areas_under
from buurtdraad.works.models import Register, Work
from buurtdraad.works.queries.whereabouts import Whereabouts
from buurtdraad.works.sources.days import written_day
from buurtdraad.works.sources.rows import Row
from buurtdraad.works.states import NEEDS_REASON, Stage

TEXTS = ("title", "where", "department", "owner_name", "why", "problem", "goal", "target_group", "residents_part")
# Beside our own words, what lists of departments say.
STAGES = {
    Stage.PLANNED: ("gepland", "planned", "voorbereiding", "nieuw", "te doen", "nog niet begonnen"),
    Stage.BUSY: ("bezig", "under way", "busy", "loopt", "uitvoering", "in uitvoering", "gestart"),
    Stage.PAUSED: ("staat stil", "stands still", "paused", "on hold", "gepauzeerd", "uitgesteld"),
    Stage.DONE: ("klaar", "done", "gereed", "afgerond", "uitgevoerd", "opgeleverd"),
    Stage.STOPPED: ("gaat niet door", "will not happen", "stopped", "gestopt", "vervallen", "geannuleerd"),
}
BY_WORD = {folded(word): stage for stage, words in STAGES.items() for word in words}


@dataclass(frozen=True)
class Facts:
    """What a row says: `values` by field of `Work`, and the codes of its areas. An empty cell says nothing."""

    values: dict[str, Any]
    codes: frozenset[str]
    external: str
    note: str = ""


@dataclass
class Reader:
    """Reads the rows of one file; asks areas and challenges once."""

    register: Register | None
    rows: list[Row]
    where: Whereabouts = field(default_factory=Whereabouts)

    def __post_init__(self) -> None:
        with_shape = [row for row in self.rows if row.shape]
        found = areas_under([row.shape for row in with_shape], self.where.city) if with_shape else []
        self.under = {row.line.number: codes for row, codes in zip(with_shape, found, strict=True)}
        self.challenges: dict[str, Challenge] = {}
        for one in Challenge.objects.all():
            self.challenges |= {folded(one.name): one, folded(one.code): one}

    def facts_of(self, row: Row) -> Facts:
        """Raises `RowRefused` with all that is wrong."""
        line, faults = row.line, Faults(row.line)
        if row.problem:
            faults.say("shape", row.problem)
        values: dict[str, Any] = {key: line.text(key) for key in TEXTS if line.text(key)}
        values |= faults.of("owner_email", self.owner, line, values) or {}
        if not values.get("department") and self.register:
            values["department"] = self.register.department
        values |= days_of(faults)
        values |= self.rest(faults)
        if row.shape:
            values["shape"] = row.shape
        codes, note = faults.of("areas", self.areas, row) or (frozenset(), "")
        check(faults, values, codes)
        faults.tell()
        return Facts(values, codes, line.text("external") or without_number(line, row.shape), note)

    def owner(self, line: Line, values: dict[str, Any]) -> dict[str, str]:
        """The address of the owner; some lists write it under "who"."""
        email = line.text("owner_email")
        if not email and "@" in values.get("department", ""):
            email = values.pop("department")
        if not email:
            return {}
        try:
            validate_email(email)
        except ValidationError:
            raise RowRefused(_("%(text)s is no e-mail address.") % {"text": email[:80]}) from None
        return {"owner_email": email.lower()}

    def rest(self, faults: Faults) -> dict[str, Any]:
        looks: dict[str, Callable[[str], Any]] = {"stage": stage_of, "challenge": self.challenge_of}
        said = {key: faults.line.text(key) for key in looks}
        return {key: faults.of(key, looks[key], text) for key, text in said.items() if text}

    def challenge_of(self, text: str) -> Challenge:
        if folded(text) not in self.challenges:
            raise RowRefused(_("We do not know the challenge %(name)s.") % {"name": text[:80]})
        return self.challenges[folded(text)]

    def areas(self, row: Row) -> tuple[frozenset[str], str]:
        """Where it is: as written, else where its shape lies."""
        if text := row.line.text("areas"):
            meant = self.where.of(text)
            if meant.problem:
                raise RowRefused(meant.problem)
            return meant.codes, meant.note
        if row.shape and not self.under[row.line.number]:
            raise RowRefused(_("The line or area on the map lies outside the city."))
        return frozenset(self.under.get(row.line.number, ())), ""


def days_of(faults: Faults) -> dict[str, Any]:
    found = {key: faults.of(key, written_day, faults.line.text(key), last=key == "until_on") for key in ("from_on", "until_on")}
    return {key: day for key, day in found.items() if day}


def stage_of(text: str) -> Stage:
    own = {folded(str(stage.label)): stage for stage in Stage} | {folded(stage.value): stage for stage in Stage}
    stage = own.get(folded(text)) or BY_WORD.get(folded(text))
    if stage is None:
        facts = {"text": text[:40], "steps": ", ".join(str(one.label) for one in Stage)}
        raise RowRefused(_("We do not know the step %(text)s. Choose from: %(steps)s.") % facts)
    return Stage(stage)


def check(faults: Faults, values: dict[str, Any], codes: frozenset[str]) -> None:
    """The four fields, and days in their order."""
    if not values.get("title"):
        faults.say("title", _("This row does not say what is done."))
    if not codes and faults.is_right("areas", "shape"):
        faults.say("areas", _("This row does not say in which neighbourhood it is."))
    if not values.get("department"):
        faults.say("department", _("This row does not say which department does it."))
    if not values.get("until_on") and faults.is_right("until_on"):
        faults.say("until_on", _("This row does not say until when."))
    if values.get("from_on") and values.get("until_on") and values["from_on"] > values["until_on"]:
        faults.say("until_on", _("The last day lies before the first day."))


def needs_reason(work: Work, values: dict[str, Any]) -> bool:
    """Whether a work would stand still or stop without a word of why."""
    return values.get("stage", work.stage) in NEEDS_REASON and not values.get("why", work.why)


def without_number(line: Line, shape: bytes) -> str:
    """By what a row without a number is known again: what, where exactly, and its shape."""
    said = "\0".join([folded(line.text("title")), folded(line.text("where")), folded(line.text("areas")), shape.hex()])
    return "~" + hashlib.sha256(said.encode()).hexdigest()[:24]
