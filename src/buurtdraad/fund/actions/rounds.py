"""A round, step by step: announced, open (from then its criteria stay), closed by day, in order, decided.

How the money is divided is known before (Awb 4:26). Only who was complete on the closing day is in it.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.fund import access
from buurtdraad.fund.actions import clock
from buurtdraad.fund.models import Application, Criterion, Round, RoundEntry, SchemeRules
from buurtdraad.fund.queries import rounds as queries
from buurtdraad.fund.states import IN_HAND, ROUND_MOVES, RankedBy, RoundStage, Stage
from buurtdraad.lib.by_the_clock import each
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage
from buurtdraad.money.models import Pot
from buurtdraad.places import queries as places


class NotNow(Refused):
    """It is not the time for this step, or something is missing for it."""


class Frozen(Refused):
    """The round is open: its dates and criteria stay as they are."""


class NotImpartial(Refused):
    """Who has an interest in one of the plans does not make the order (Awb 2:4)."""


class WrongOrder(Refused):
    """The order does not hold exactly the plans of the round."""


@dataclass(frozen=True)
class RoundFacts:
    """What is announced. `least_points`: below it a plan gets nothing."""

    name: str
    opens_on: datetime.date
    closes_on: datetime.date
    decide_by: datetime.date
    ranked_by: str = RankedBy.SCORES
    least_points: int | None = None


@dataclass(frozen=True)
class Ranked:
    """A plan in the order of a round, with its points or votes and why."""

    application: Application
    points: Decimal | None = None
    why: str = ""


# --- announcing ----------------------------------------------------------------------------------------


@transaction.atomic
def announce(facts: RoundFacts, *, rules: SchemeRules, pot: Pot, by: Person, at: datetime.datetime) -> Round:
    """Say before how the money of a pot is divided. Raises `NotNow` for days in the wrong order or a name that is there already."""
    must_be_days(facts)
    if Round.objects.filter(rules=rules, name=facts.name).exists():
        raise NotNow(_("There is a round with this name already."))
    made = Round.objects.create(rules=rules, pot=pot, **vars(facts))
    note("round.announced", made, by=by, at=at)
    return made


@transaction.atomic
def change(round_: Round, facts: RoundFacts, *, pot: Pot, by: Person, at: datetime.datetime) -> None:
    """Another name, other days or another way, while it is not open. Raises `Frozen` and `NotNow`."""
    held = hold(round_)
    must_be_announced(held)
    must_be_days(facts)
    if Round.objects.filter(rules=held.rules, name=facts.name).exclude(pk=held.pk).exists():
        raise NotNow(_("There is a round with this name already."))
    Round.objects.filter(pk=held.pk).update(pot=pot, **vars(facts))
    round_.refresh_from_db()
    note("round.changed", round_, by=by, at=at)


@transaction.atomic
def drop(round_: Round, *, by: Person, at: datetime.datetime) -> None:
    """Take the announcement back, while it is not open. Raises `Frozen`."""
    held = hold(round_)
    must_be_announced(held)
    note("round.dropped", held, by=by, at=at)
    held.delete()


@transaction.atomic
def add_criterion(
    round_: Round, *, name: str, about: str = "", weight: int = 1, most: int = 5, by: Person, at: datetime.datetime
) -> Criterion:
    """What counts. Raises `Frozen` once it is open, and `NotNow` for a name that is there already."""
    held = hold(round_)
    must_be_announced(held)
    if held.criteria.filter(name=name).exists():
        raise NotNow(_("This stands there already."))
    made = held.criteria.create(name=name, about=about, weight=weight, most=most)
    note("round.criterion_added", held, by=by, at=at)
    return made


@transaction.atomic
def drop_criterion(criterion: Criterion, *, by: Person, at: datetime.datetime) -> None:
    """It does not count after all. Raises `Frozen` once the round is open."""
    held = hold(criterion.round)
    must_be_announced(held)
    criterion.delete()
    note("round.criterion_dropped", held, by=by, at=at)


# --- opening and closing -------------------------------------------------------------------------------


@transaction.atomic
def open_round(round_: Round, *, by: Person | None, at: datetime.datetime) -> None:
    """From now on people can ask, and the criteria stay. Raises `NotNow` before its day and without criteria, and `WrongStage`."""
    held = hold(round_)
    if timezone.localdate(at) < held.opens_on:
        raise NotNow(_("The round does not open before its first day."))
    if held.ranked_by == RankedBy.SCORES and not held.criteria.exists():
        raise NotNow(_("First write what counts. Once the round is open that cannot change."))
    move(held, RoundStage.OPEN, moves=ROUND_MOVES)
    round_.refresh_from_db()
    note("round.opened", held, by=by, at=at)


@transaction.atomic
def close(round_: Round, *, by: Person | None, at: datetime.datetime) -> int:
    """After the closing day: take in all who were complete; how many. Raises `NotNow` until that day is over, and `WrongStage`."""
    held = hold(round_)
    if timezone.localdate(at) <= held.closes_on:
        raise NotNow(_("The round closes when its last day is over."))
    move(held, RoundStage.CLOSED, moves=ROUND_MOVES)
    taken = enter(held)
    round_.refresh_from_db()
    note("round.closed", held, by=by, at=at, payload={"plans": taken})
    return taken


@transaction.atomic
def take_in(round_: Round, *, by: Person, at: datetime.datetime) -> int:
    """Take in those of whom we saw only now that they were complete on the closing day; how many. Raises `WrongStage`."""
    held = hold(round_)
    if held.stage != RoundStage.CLOSED:
        raise wrong_stage(f"{held} is {held.stage}")
    taken = enter(held)
    note("round.taken_in", held, by=by, at=at, payload={"plans": taken})
    return taken


def enter(held: Round) -> int:
    """All that are complete in time and not in it. Their term may run from the closing day."""
    found = list(queries.complete_in_time(held).select_for_update(of=("self",)))
    for application in found:
        RoundEntry.objects.create(round=held, application=application)
        application.round_on, application.pot = held.closes_on, held.pot
        Application.objects.filter(pk=application.pk).update(round_on=held.closes_on, pot=held.pot)
        clock.wind(application)
    return len(found)


# --- the order -----------------------------------------------------------------------------------------


@transaction.atomic
def record_ranking(
    round_: Round, ranking: Sequence[Ranked], *, how: str, seed: str = "", by: Person, at: datetime.datetime
) -> list[RoundEntry]:
    """Write down the order, the first first: of points, a jury or a vote. `how` says how it came about, for everybody to read.

    Raises `WrongStage` (not closed, or ranked already), `NotNow` while somebody complete is not in it, `WrongOrder` and `NotImpartial`.
    """
    held = hold(round_)
    if held.stage != RoundStage.CLOSED:
        raise wrong_stage(f"{held} is {held.stage}")
    must_be_all(held, ranking)
    if not how.strip():
        raise NotNow(_("Write how this order came about."))
    if any(access.has_interest(by, one.application) for one in ranking):
        raise NotImpartial(_("You have something to do with one of these plans. Somebody else must do this."))
    for place, one in enumerate(ranking, start=1):
        held.entries.filter(application=one.application).update(place=place, points=one.points, why=one.why)
    Round.objects.filter(pk=held.pk).update(how=how, seed=seed, ranked_at=at)
    move(held, RoundStage.RANKED, moves=ROUND_MOVES)
    round_.refresh_from_db()
    order = [str(one.application.uuid) for one in ranking]
    note("round.ranked", held, by=by, at=at, payload={"order": order} | ({"seed": seed} if seed else {}))
    return list(held.entries.order_by("place"))


@transaction.atomic
def take_back_ranking(round_: Round, *, why: str, by: Person, at: datetime.datetime) -> None:
    """The order was wrong: the round is closed again, its points stay, and everybody reads why. Not once a plan has a proposal.

    Raises `WrongStage`, `NotNow` and `NotImpartial`.
    """
    held = hold(round_)
    if held.stage != RoundStage.RANKED:
        raise wrong_stage(f"{held} is {held.stage}")
    entries = held.entries.select_related("application")
    if entries.exclude(application__stage__in=sorted(IN_HAND - {Stage.PROPOSED})).exists():
        raise NotNow(_("There are proposals or decisions already. First give the proposals back."))
    if not why.strip():
        raise NotNow(_("Write why the order was wrong."))
    if any(access.has_interest(by, one.application) for one in entries):
        raise NotImpartial(_("You have something to do with one of these plans. Somebody else must do this."))
    held.entries.update(place=None, points=None, why="")
    with override("nl"):
        how = _("The order of %(day)s was taken back: %(why)s") % {
            "day": date_format(timezone.localdate(held.ranked_at), "j F Y"),
            "why": why,
        }
    Round.objects.filter(pk=held.pk).update(how=how, seed="", ranked_at=None)
    move(held, RoundStage.CLOSED, moves=ROUND_MOVES)
    round_.refresh_from_db()
    note("round.ranking_taken_back", held, by=by, at=at, payload={"why": why} | ({"seed": held.seed} if held.seed else {}))


def must_be_all(held: Round, ranking: Sequence[Ranked]) -> None:
    if queries.complete_in_time(held).exists():
        raise NotNow(_("Some were complete in time and are not in the round yet. First take them in."))
    in_it = set(held.entries.values_list("application", flat=True))
    named = [one.application.pk for one in ranking]
    if not named:
        raise WrongOrder(_("There is no plan in this round."))
    if len(set(named)) != len(named) or set(named) != in_it:
        raise WrongOrder(_("Every plan of the round must stand in the order once, and no other."))


# --- by the clock --------------------------------------------------------------------------------------


def see_to_days(*, at: datetime.datetime) -> int:
    """Open, close and round off what the day asks for; how many."""
    return each(asked_for(at))


def asked_for(at: datetime.datetime) -> Iterator[Callable[[], object]]:
    """The deeds of this day, each kind looked up when its turn comes."""
    today = timezone.localdate(at)
    for one in staged(RoundStage.ANNOUNCED).filter(opens_on__lte=today):
        yield partial(open_round, one, by=None, at=at)
    for one in staged(RoundStage.OPEN).filter(closes_on__lt=today):
        yield partial(close, one, by=None, at=at)
    for one in staged(RoundStage.RANKED):
        yield partial(finish, one, at=at)


@transaction.atomic
def finish(round_: Round, *, at: datetime.datetime) -> None:
    """Decided, once there is a decision for every plan in it. Raises `NotNow` before."""
    held = hold(round_)
    if held.entries.filter(application__stage__in=sorted(IN_HAND)).exists():
        raise NotNow(_("Not every plan of the round has a decision yet."))
    move(held, RoundStage.DECIDED, moves=ROUND_MOVES)
    note("round.decided", held, by=None, at=at)


def staged(stage: RoundStage):
    return Round.objects.filter(stage=stage)


# --- shared --------------------------------------------------------------------------------------------


def hold(round_: Round) -> Round:
    """The row as it is now, held until the end of the transaction."""
    return Round.objects.select_for_update(of=("self",)).select_related("rules", "pot__area").get(pk=round_.pk)


def must_be_announced(held: Round) -> None:
    if held.stage != RoundStage.ANNOUNCED:
        raise Frozen(_("The round is open. What was announced stays as it is."))


def must_be_days(facts: RoundFacts) -> None:
    if not facts.opens_on <= facts.closes_on < facts.decide_by:
        raise NotNow(_("First a round opens, then it closes, and then we decide. Look at the days."))


def note(verb: str, round_: Round, *, by: Person | None, at: datetime.datetime, payload: dict | None = None) -> None:
    """One line in the record; the page of rounds changes with it."""
    touches = places.touched_by([round_.pot.area.code]) if round_.pot else ()
    record(
        verb, room="fund", thing=round_.thing, by=by.uuid if by else None, duty=access.duty_of(by) if by else "", at=at,
        channel="" if by else "web", touches=touches, payload=payload,
    )  # fmt: skip
