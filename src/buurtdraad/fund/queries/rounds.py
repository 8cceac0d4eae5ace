"""Rounds: which applications go by one, who is in it, how far the points are, and whether it is somebody's turn."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access, tally
from buurtdraad.fund.models import Application, InterestDeclaration, Round, RoundEntry, Score
from buurtdraad.fund.states import IN_HAND, Interest, RoundStage, Stage
from buurtdraad.initiatives.models import Member
from buurtdraad.places import queries as places

# Somebody still works on it, and nothing was proposed.
CAN_ENTER = sorted(IN_HAND - {Stage.PROPOSED})

# --- which applications go by a round ------------------------------------------------------------------


def by_rules() -> Q:
    """What the rules put in rounds: everything, or what is asked above an amount. A small plan never."""
    return Q(small=False) & (Q(rules__all_in_rounds=True) | Q(rules__rounds_above__isnull=False, rules__rounds_above__lt=F("asked")))


def by_round() -> Q:
    """What does not go by the order of arrival: it is in a round, its rules say so, or its pot is divided in a round."""
    running = Round.objects.filter(pot=OuterRef("pot")).exclude(stage=RoundStage.DECIDED)
    return Q(round_on__isnull=False) | by_rules() | Q(Exists(running), small=False)


def goes_by_round(application: Application) -> bool:
    """Whether it waits for the order of a round."""
    return Application.objects.filter(by_round(), pk=application.pk).exists()


def turn_in_round(application: Application, amount: Decimal, *, free: Decimal) -> tally.Turn:
    """Whether so much can be granted without taking it from a plan that came higher. Not before the order is known."""
    mine = RoundEntry.objects.filter(application=application, place__isnull=False).select_related("round").first()
    if mine is None or mine.place is None:
        return tally.Turn.ROUND_FIRST
    higher = mine.round.entries.filter(place__lt=mine.place, application__stage__in=sorted(IN_HAND))
    sooner = sum((claimed(entry.application) for entry in higher.select_related("application__proposal")), Decimal(0))
    return tally.Turn.OTHERS_FIRST if sooner and free - sooner < amount else tally.Turn.YES


def claimed(application: Application) -> Decimal:
    """Euros that wait for this plan: what is proposed, or else what was asked."""
    return application.proposal.amount if application.stage == Stage.PROPOSED else application.asked


# --- who is in it --------------------------------------------------------------------------------------


def could_enter(round_: Round) -> QuerySet[Application]:
    """Sent requests of its scheme, place and theme that are in no round yet and are meant for one; complete or not."""
    pot = round_.pot
    assert pot is not None, "a round divides a pot"
    code = pot.area.code
    inside = {code} | places.inside([code]).get(code, set())
    found = Application.objects.filter(
        by_rules() | Q(pot=pot), Q(pot=pot) | Q(pot=None), rules__scheme=round_.rules.scheme_id, stage__in=CAN_ENTER, small=False,
        round_entry=None, received_on__lte=round_.closes_on,
    )  # fmt: skip
    if code != places.city_code():
        found = found.filter(initiative__area__code__in=inside)
    if pot.theme:
        found = found.filter(initiative__theme=pot.theme)
    return found.select_related("initiative__area", "rules").order_by("received_on", "pk")


def complete_in_time(round_: Round) -> QuerySet[Application]:
    """Those that can still be taken in: everything was there on the closing day, whenever somebody saw that."""
    return could_enter(round_).filter(complete_on__lte=round_.closes_on)


def not_complete(round_: Round) -> QuerySet[Application]:
    """Those that came in time and were not complete on the closing day: they are not in it."""
    return could_enter(round_).filter(Q(complete_on=None) | Q(complete_on__gt=round_.closes_on))


def entries_of(round_: Round) -> QuerySet[RoundEntry]:
    """Who is in it, by place, before that by number."""
    related = ("application__initiative__area", "application__rules__scheme", "application__contact__person")
    return round_.entries.select_related(*related).order_by("place", "application__number")


def rounds_for_staff() -> QuerySet[Round]:
    """All rounds, the newest first, with the number of those in it."""
    return Round.objects.select_related("rules__scheme", "pot__area").annotate(plans=Count("entries"))


# --- points --------------------------------------------------------------------------------------------


@dataclass
class Standing:
    """One plan on the page of a round, for one person: its points so far, and whether this person gives points."""

    entry: RoundEntry
    points: Decimal | None
    assessors: int
    mine: bool
    interest: bool
    declared: bool
    assesses: bool  # it lies in their areas
    place: int | None = None


def standings(round_: Round, person: Person) -> list[Standing]:
    """Who is in it with the points so far; before the order is known by points, equal points on one place. Seven queries."""
    entries = list(entries_of(round_))
    keys = [entry.application_id for entry in entries]
    scores = scores_of(round_)
    said = dict(InterestDeclaration.objects.filter(application__in=keys, person=person.uuid).values_list("application", "says"))
    own, reach = own_among(keys, person), access.where_to_see(person)
    weights = dict(round_.criteria.values_list("pk", "weight"))
    found = []
    for entry in entries:
        key = entry.application_id
        given = scores.get(key, {})
        who = {score.given_by for each in given.values() for score in each}
        found.append(
            Standing(
                entry, entry.points if entry.place else points_of(weights, given), len(who), person.uuid in who,
                interest=said.get(key) == Interest.YES or key in own, declared=said.get(key) == Interest.NONE,
                assesses=entry.application.initiative.area.code in reach, place=entry.place,
            )
        )  # fmt: skip
    return placed(found)


def placed(found: list[Standing]) -> list[Standing]:
    """In order of the points so far, where the order is not known yet; who has no points yet comes last."""
    so_far = {str(one.entry.pk): one.points for one in found if one.points is not None and one.place is None}
    places_now = {each.name: each.place for each in tally.ranked(so_far)}
    for one in found:
        one.place = one.place or places_now.get(str(one.entry.pk))
    return sorted(found, key=lambda one: (one.place is None, one.place or 0, one.entry.pk))


def own_among(keys: Iterable[int], person: Person) -> set[int]:
    """Which of these somebody asked for themselves, alone or with others."""
    theirs = Member.objects.filter(initiative=OuterRef("initiative"), contact__person=person)
    return set(Application.objects.filter(Q(Exists(theirs)) | Q(contact__person=person), pk__in=list(keys)).values_list("pk", flat=True))


def scores_of(round_: Round) -> dict[int, dict[int, list[Score]]]:
    """The points by application and criterion."""
    found: dict[int, dict[int, list[Score]]] = defaultdict(lambda: defaultdict(list))
    for score in Score.objects.filter(criterion__round=round_):
        found[score.application_id][score.criterion_id].append(score)
    return found


def points_of(weights: dict[int, int], given: dict[int, list[Score]]) -> Decimal | None:
    """The points of one plan; None while a criterion has none."""
    return tally.weighted_mean((weight, [score.points for score in given.get(key, [])]) for key, weight in weights.items())


# --- for everybody -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PublicRound:
    """A round as everybody sees it: how the money is divided stands there before (Awb 4:26), the order when it is known."""

    round: Round
    criteria: list
    entries: list[RoundEntry] = field(default_factory=list)


def public_rounds() -> list[PublicRound]:
    """All rounds, the newest first. Four queries."""
    found = Round.objects.select_related("rules__scheme", "pot").prefetch_related("criteria")
    known = RoundEntry.objects.filter(place__isnull=False).select_related("application__initiative").order_by("place")
    by_round_: dict[int, list[RoundEntry]] = defaultdict(list)
    for entry in known:
        by_round_[entry.round_id].append(entry)
    return [PublicRound(one, list(one.criteria.all()), by_round_[one.pk]) for one in found]


def to_see_to(today: datetime.date) -> QuerySet[Round]:
    """Rounds for which somebody has to do something now: give points and make the order, make the proposals, or write criteria."""
    stuck = Q(stage=RoundStage.ANNOUNCED, opens_on__lte=today)
    found = Round.objects.filter(stuck | Q(stage__in=(RoundStage.CLOSED, RoundStage.RANKED)))
    return found.select_related("pot__area").order_by("decide_by", "pk")
