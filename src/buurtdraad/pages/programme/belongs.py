"""What belongs to a challenge, as everybody sees it: wishes, agreements, works, and plans of residents."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Challenge
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.pages.thread_links import together
from buurtdraad.places import queries as places
from buurtdraad.ui.navigation import address
from buurtdraad.works.models import Work, WorkAnswers, WorkArea
from buurtdraad.works.states import Stage

# So many of a kind stand on the page; the table for downloading has them all.
MOST = 12


def works_of(challenge: Challenge) -> QuerySet[Work]:
    """Municipal works for it that everybody may see, the first to end first."""
    return Work.objects.public().filter(challenge=challenge).defer("shape")


def agreements_of(challenge: Challenge) -> QuerySet[Agreement]:
    """Agreements under a topic for it."""
    return Agreement.objects.public().filter(topic__challenge=challenge)


def topics_of(challenge: Challenge) -> QuerySet[Topic]:
    """Topics of agendas for it; no drafts."""
    return Topic.objects.filter(challenge=challenge).exclude(version__stage=VersionStage.DRAFT)


def plans_of(challenge: Challenge) -> QuerySet[Initiative]:
    """Plans of residents on the site that belong to a topic for it, to an agreement under one, or to a wish of one."""
    topics, agreements, wishes = (
        found.order_by().values("pk") for found in (topics_of(challenge), agreements_of(challenge), wishes_of(challenge))
    )
    each = ({"in_topics__topic__in": topics}, {"does_agreements__agreement__in": agreements}, {"answers_wishes__wish__in": wishes})
    return Initiative.objects.on_site().filter(pk__in=together(Initiative.objects.filter(**one) for one in each))


def wishes_of(challenge: Challenge) -> QuerySet[Wish]:
    """Wishes chosen in a topic for it, and wishes that a work for it answers; also those that not everybody may see, to count."""
    chosen = Wish.objects.filter(chosen_in__topic__in=topics_of(challenge).order_by().values("pk"))
    answered = Wish.objects.filter(
        pk__in=WorkAnswers.objects.filter(work__challenge=challenge, wish__isnull=False).order_by().values("wish")
    )
    return Wish.objects.heads().filter(pk__in=together((chosen, answered)))


@dataclass(frozen=True)
class Parts:
    """What belongs to a challenge and everybody may see. The plans by their ids: how they belong to it goes over many tables."""

    works: QuerySet[Work]
    agreements: QuerySet[Agreement]
    plans: QuerySet[Initiative]


def parts_of(challenge: Challenge) -> Parts:
    """One query, for the plans."""
    plans = list(plans_of(challenge).order_by().values_list("pk", flat=True))
    return Parts(works_of(challenge), agreements_of(challenge), Initiative.objects.filter(pk__in=plans))


# --- how far ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HowFar:
    """Of one kind: its name is that of the page; how many there are at each step and in each area, and those of the page."""

    kind: str
    number: int
    by_stage: list[tuple[str, int]]
    by_area: dict[str, int]
    rows: list[Any]

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


def how_far(found: QuerySet, stages: Any, kind: str, *, order: Iterable[str]) -> HowFar:
    """How many stand at each step in each area, and the first of them. Two queries."""
    counted = found.order_by().values_list("stage", "area__code").annotate(Count("pk"))
    at, here = Counter[str](), Counter[str]()
    for stage, code, number in counted:
        at[stage] += number
        here[code] += number
    return HowFar(kind, at.total(), named(at, stages), here, list(found.order_by(*order)[:MOST]))


def how_far_works(works: QuerySet[Work]) -> HowFar:
    """The same of works, which lie in more areas than one. Three queries."""
    at = Counter(dict(works.order_by().values_list("stage").annotate(Count("pk"))))
    in_areas = WorkArea.objects.filter(work__in=works.order_by().values("pk")).order_by()
    here = dict(in_areas.values_list("area__code").annotate(Count("pk")))
    rows = works.only("uuid", "title", "stage").order_by("until_on", "pk")[:MOST]
    return HowFar("works", at.total(), named(at, Stage), here, list(rows))


def named(at: Counter[str], stages: Any) -> list[tuple[str, int]]:
    """The steps in their order, in words, with how many stand there."""
    return [(str(stage.label), at[stage]) for stage in stages if at[stage]]


def all_of(parts: Parts) -> list[HowFar]:
    """Works, agreements and plans. Seven queries."""
    return [
        how_far_works(parts.works),
        how_far(parts.agreements, AgreementStage, "agreements", order=("-made_at", "-pk")),
        how_far(parts.plans, PlanStage, "plans", order=("-made_at", "-pk")),
    ]


# --- where ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Where:
    """An area, and how much of each kind lies in it."""

    code: str
    name: str
    numbers: list[int]


def where_of(kinds: Iterable[HowFar]) -> list[Where]:
    """Each area in which something of these kinds lies, by name: nobody is ranked. One query."""
    kinds = list(kinds)
    codes = set().union(*(one.by_area for one in kinds))
    names = places.names_of(codes)
    found = [Where(code, names.get(code, code), [one.by_area.get(code, 0) for one in kinds]) for code in codes]
    return sorted(found, key=lambda one: (one.name, one.code))


# --- what goes well, and what asks for attention -------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One line: what, where it leads, and why it stands so."""

    what: str
    url: str = ""
    why: str = ""


def how_it_goes(parts: Parts, most: int = 5) -> tuple[list[Told], list[Told]]:
    """What goes well: what was done last. And what asks for attention: what will be later, with the reason that everybody may read,
    and works that stand still. Three queries.
    """
    agreements = parts.agreements.values_list("pk", "what", "stage", "done_on", "due_on", "result", "why", named=True)
    done, later = both(agreements, (AgreementStage.DONE, "-done_on"), (AgreementStage.LATER, "due_on"), most)
    works = parts.works.values_list("pk", "uuid", "title", "stage", "done_on", "until_on", "result", named=True)
    works_done, still = both(works, (Stage.DONE, "-done_on"), (Stage.PAUSED, "until_on"), most)
    plans_done = parts.plans.filter(stage=PlanStage.DONE).only("slug", "title", "done_on").order_by("-done_on")[:most]
    lines: list[tuple[Any, Told]] = [
        *((one.done_on, Told(one.what, reverse("agendas:agreement", args=[one.pk]), one.result)) for one in done),
        *((one.done_on, Told(one.title, work_url(one), one.result)) for one in works_done),
        *((one.done_on, Told(one.title, reverse("initiatives:initiative", args=[one.slug]))) for one in plans_done),
    ]
    attention = [
        *(Told(one.what, reverse("agendas:agreement", args=[one.pk]), one.why) for one in later),
        *(Told(one.title, work_url(one), str(Stage.PAUSED.label)) for one in still),
    ]
    return [told for _day, told in sorted(lines, key=lambda line: line[0], reverse=True)[:most]], attention[:most]


def both(found: QuerySet, one: tuple[str, str], other: tuple[str, str], most: int) -> tuple[list[Any], list[Any]]:
    """The first rows at one step and at another, each in an order of its own. One query."""
    parts = [found.filter(stage=stage).order_by(order, "pk")[:most] for stage, order in (one, other)]
    rows = list(parts[0].union(parts[1], all=True).order_by())
    return tuple(in_order([row for row in rows if row.stage == stage], order) for stage, order in (one, other))  # type: ignore[return-value]


def in_order(rows: list[Any], order: str) -> list[Any]:
    return sorted(rows, key=lambda row: (getattr(row, order.removeprefix("-")), row.pk), reverse=order.startswith("-"))


def work_url(work: Any) -> str:
    return address("works:public_work", work.uuid)
