"""Promises for a page, a list of what waits, or a file."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import CharField, F, Prefetch, QuerySet, Value

from buurtdraad.challenges.models import Aim, Ambition, Challenge, Pledge
from buurtdraad.challenges.states import TONES, Standing, standing

type Promise = Aim | Pledge


@dataclass(frozen=True)
class Promised:
    """A promise and how it stands on a day."""

    promise: Promise
    standing: Standing

    @property
    def is_pledge(self) -> bool:
        return isinstance(self.promise, Pledge)

    @property
    def tone(self) -> str:
        """How a badge says it, beside the word (`ui` badge)."""
        return TONES[self.standing]


@dataclass
class AmbitionPromises:
    """An ambition with what was promised under it: in the programme (`aims`), and to the council (`pledges`)."""

    ambition: Ambition
    aims: list[Promised] = field(default_factory=list)
    pledges: list[Promised] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(one.standing == Standing.DONE for one in self.aims)


def promised(promises: Iterable[Promise], *, on: datetime.date) -> list[Promised]:
    """Each with how it stands on a day."""
    return [Promised(one, standing(one.due_on, one.done_on, on)) for one in promises]


def by_ambition(*, on: datetime.date) -> tuple[list[AmbitionPromises], list[Promised]]:
    """Every ambition with its challenges and promises, and the pledges that belong to none. Five queries, however much there is."""
    challenges = Prefetch("challenges", Challenge.objects.order_by("name", "code"))
    aims, pledges = (Prefetch(name, of().select_related("challenge")) for name, of in (("aims", Aim.objects.all), ("pledges", all_pledges)))
    found = [
        AmbitionPromises(ambition, promised(ambition.aims.all(), on=on), promised(ambition.pledges.all(), on=on))
        for ambition in Ambition.objects.prefetch_related(challenges, aims, pledges)
    ]
    return found, promised(all_pledges().filter(ambition=None), on=on)


def all_pledges() -> QuerySet[Pledge]:
    """Those for a day first, then by number."""
    return Pledge.objects.order_by(F("due_on").asc(nulls_last=True), "number")


def found(*, on: datetime.date, text: str = "", ambition: str = "", stands: str = "") -> list[Promised]:
    """Aims, pledges and motions that hold these words, are of this ambition (code) and stand so, the first day first. Two queries."""
    chosen = {name: value for name, value in (("what__icontains", text), ("ambition__code", ambition)) if value}
    every: list[Promise] = [*Aim.objects.filter(**chosen).select_related("ambition", "challenge")]
    every += Pledge.objects.filter(**chosen).select_related("ambition", "challenge")
    rows = [one for one in promised(every, on=on) if not stands or one.standing == stands]
    return sorted(rows, key=lambda one: (one.standing == Standing.DONE, one.promise.due_on or datetime.date.max, one.promise.what))


def due(*, until: datetime.date) -> list[tuple[str, int, str, datetime.date]]:
    """What is not done and was promised for this day or before: kind (aim or pledge), id, what, and for when. One query."""

    def rows(model: type[Promise], kind: str) -> QuerySet:
        still = model._default_manager.filter(done_on=None, due_on__lte=until).order_by()
        return still.annotate(of=Value(kind, CharField())).values_list("of", "pk", "what", "due_on")

    return list(rows(Aim, "aim").union(rows(Pledge, "pledge"), all=True).order_by("due_on", "what"))


def rows_of_promises() -> Iterable[tuple[str, ...]]:
    """Every promise as the rows of a file that `actions.load_promises` reads."""
    for aim in Aim.objects.select_related("ambition", "challenge").order_by("ambition__number", "due_on", "pk"):
        yield ("belofte", "", *codes(aim), aim.what, "", "", *days(aim), aim.told, aim.source)
    for one in Pledge.objects.select_related("ambition", "challenge").order_by("number"):
        kind = "motie" if one.kind == "motion" else "toezegging"
        yield (kind, one.number, *codes(one), one.what, one.owner, one.made_on.isoformat(), *days(one), one.told, "")


def codes(promise: Promise) -> tuple[str, str]:
    return promise.ambition.code if promise.ambition else "", promise.challenge.code if promise.challenge else ""


def days(promise: Promise) -> tuple[str, str]:
    return tuple(day.isoformat() if day else "" for day in (promise.due_on, promise.done_on))  # type: ignore[return-value]
