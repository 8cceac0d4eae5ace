"""What is being done in the city and what people ask, in plain rows: from here the cells, findings and measures are made."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from buurtdraad.agendas.agenda.models import Agreement, TopicWish
from buurtdraad.agendas.agenda.states import OPEN as OPEN_AGREEMENTS
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.agendas.wishes.states import Stage as WishStage
from buurtdraad.challenges.models import Challenge
from buurtdraad.initiatives.models import Initiative, InitiativeAgreement, InitiativeTopic
from buurtdraad.initiatives.states import OPEN as OPEN_PLANS
from buurtdraad.money.models import Commitment
from buurtdraad.reports.queries.ground import Ground
from buurtdraad.reports.rules import THEMES
from buurtdraad.works.models import Work, WorkArea, WorkMoney
from buurtdraad.works.states import OPEN as OPEN_WORKS

NOTHING = Decimal(0)
OVER = (WishStage.DONE, WishStage.NOT_DONE)


@dataclass(frozen=True)
class Sheet:
    """An open work, as much of it as comparing needs. `areas` as its owner said them, `places` the neighbourhoods in those."""

    pk: int
    thing: str
    title: str
    where: str
    kind: str
    department: str
    has_owner: bool
    owner: str
    from_on: datetime.date | None
    until_on: datetime.date
    challenge: int | None
    goal: str
    target_group: str
    confirmed_at: datetime.datetime
    register: int | None
    areas: tuple[int, ...]
    places: tuple[int, ...]
    euros: Decimal

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        """Its first and last day; of one whose beginning is not known the last day alone."""
        return self.from_on or self.until_on, self.until_on


@dataclass(frozen=True)
class Going:
    """An agreement, a plan of residents or a wish that is not over: the challenges it is under, and where."""

    pk: int
    thing: str
    challenges: frozenset[int]
    places: tuple[int, ...]
    euros: Decimal = NOTHING


@dataclass(frozen=True)
class Doing:
    """All of it at one moment."""

    ground: Ground
    works: list[Sheet] = field(default_factory=list)
    agreements: list[Going] = field(default_factory=list)
    plans: list[Going] = field(default_factory=list)
    wishes: list[Going] = field(default_factory=list)


def doing(ground: Ground) -> Doing:
    """What is open now. A fixed number of queries."""
    challenges = dict(Challenge.objects.values_list("code", "pk"))
    promised = commitments()
    return Doing(
        ground, sheets(ground, promised), agreements(ground, promised), plans(ground, challenges, promised), wishes(ground, challenges)
    )


def commitments() -> dict[tuple[str, int], Decimal]:
    """Euros that pots promised now, by what they are for: ("work", pk), ("agreement", pk) or ("initiative", pk)."""
    rows = Commitment.objects.filter(amount__gt=0).values_list("work", "agreement", "initiative").annotate(euros=Sum("amount"))
    found: dict[tuple[str, int], Decimal] = {}
    for work, agreement, initiative, euros in rows:
        kind, pk = ("work", work) if work else ("agreement", agreement) if agreement else ("initiative", initiative)
        found[kind, pk] = euros
    return found


def sheets(ground: Ground, promised: dict[tuple[str, int], Decimal]) -> list[Sheet]:
    """Open works. Their euros are what their own sheet says is committed, or what pots promised when that is more."""
    found: Any = Work.objects.filter(stage__in=sorted(OPEN_WORKS))
    areas: dict[int, list[int]] = defaultdict(list)
    for work, area in WorkArea.objects.filter(work__in=found.values("pk")).order_by("area__kind", "area__code").values_list("work", "area"):
        areas[work].append(area)
    money: dict[int, Decimal] = dict(WorkMoney.objects.filter(work__in=found.values("pk")).values_list("work").annotate(Sum("committed")))
    names = (
        "pk", "uuid", "title", "where", "kind", "department", "owner_name", "owner_email", "from_on", "until_on", "challenge", "goal",
        "target_group", "confirmed_at", "made_at", "register",
    )  # fmt: skip
    return [
        Sheet(
            pk, f"work:{uuid}", title, where, kind, department, bool(name or email), email.casefold() or name.casefold(), from_on, until_on,
            challenge, goal, group, confirmed or made, register, tuple(areas[pk]), ground.of(areas[pk]),
            max(money.get(pk, NOTHING), promised.get(("work", pk), NOTHING)),
        )
        for pk, uuid, title, where, kind, department, name, email, from_on, until_on, challenge, goal, group, confirmed, made, register
        in found.order_by("pk").values_list(*names)
    ]  # fmt: skip


def agreements(ground: Ground, promised: dict[tuple[str, int], Decimal]) -> list[Going]:
    """Open agreements of agendas that were adopted."""
    found = Agreement.objects.public().filter(stage__in=sorted(OPEN_AGREEMENTS)).order_by("pk")
    return [
        Going(
            pk, f"agreement:{pk}", frozenset({challenge} if challenge else ()), ground.of([area]), promised.get(("agreement", pk), NOTHING)
        )
        for pk, challenge, area in found.values_list("pk", "topic__challenge", "area")
    ]


def plans(
    ground: Ground, challenges: dict[str, int], promised: dict[tuple[str, int], Decimal],
    during: tuple[datetime.date, datetime.date] | None = None,
) -> list[Going]:  # fmt: skip
    """Open plans of residents that stand on the site: under the challenge of their agreement or topic, else of their theme.

    `during`: those that have a day within these, or of which no days are known.
    """
    under: dict[int, set[int]] = defaultdict(set)
    for plan, challenge in (
        *InitiativeAgreement.objects.values_list("initiative", "agreement__topic__challenge"),
        *InitiativeTopic.objects.values_list("initiative", "topic__challenge"),
    ):
        if challenge:
            under[plan].add(challenge)
    found = Initiative.objects.on_site().filter(stage__in=sorted(OPEN_PLANS)).order_by("pk")
    if during:
        begins, ends = Q(from_on__isnull=True) | Q(from_on__lte=during[1]), Q(until_on__isnull=True) | Q(until_on__gte=during[0])
        found = found.filter(begins, ends)
    return [
        Going(
            pk, f"initiative:{uuid}", frozenset(under[pk] or by_theme(theme, challenges)), ground.of([area]),
            promised.get(("initiative", pk), NOTHING),
        )
        for pk, uuid, theme, area in found.values_list("pk", "uuid", "theme", "area")
    ]  # fmt: skip


def wishes(ground: Ground, challenges: dict[str, int]) -> list[Going]:
    """Wishes that are not over, each head once: under the challenge of their topic, else of their theme."""
    under: dict[int, set[int]] = defaultdict(set)
    chosen = TopicWish.objects.exclude(topic__version__stage=VersionStage.DRAFT).filter(topic__challenge__isnull=False)
    for wish, challenge in chosen.values_list("wish", "topic__challenge"):
        under[wish].add(challenge)
    found = Wish.objects.heads().filter(~Q(showing=Showing.PRIVATE), ~Q(stage__in=OVER)).order_by("pk")
    return [
        Going(pk, f"wish:{reference}", frozenset(under[pk] or by_theme(theme, challenges)), ground.of([area]))
        for pk, reference, theme, area in found.values_list("pk", "reference", "theme", "area")
    ]


def by_theme(theme: str, challenges: dict[str, int]) -> set[int]:
    code = THEMES.get(theme)
    return {challenges[code]} if code in challenges else set()
