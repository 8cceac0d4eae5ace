"""What belongs to a challenge, as everybody sees it: wishes, agreements, works, and plans of residents."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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


# --- how far ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HowFar:
    """Of one kind: its name is that of the page; how many there are at each step, and those of the page."""

    kind: str
    number: int
    by_stage: list[tuple[str, int]]
    rows: list[Any]

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


def how_far(found: QuerySet, stages: Any, kind: str, *, order: Iterable[str]) -> HowFar:
    """How many stand at each step, and the first of them. Two queries."""
    counted = dict(found.order_by().values_list("stage").annotate(Count("pk")))
    by_stage = [(str(stage.label), counted[stage]) for stage in stages if counted.get(stage)]
    return HowFar(kind, sum(counted.values()), by_stage, list(found.order_by(*order)[:MOST]))


def all_of(challenge: Challenge) -> list[HowFar]:
    """Works, agreements and plans. Six queries."""
    return [
        how_far(works_of(challenge), Stage, "works", order=("until_on", "pk")),
        how_far(agreements_of(challenge).select_related("area"), AgreementStage, "agreements", order=("-made_at", "-pk")),
        how_far(plans_of(challenge), PlanStage, "plans", order=("-made_at", "-pk")),
    ]


# --- where ------------------------------------------------------------------------------------------


@dataclass
class Where:
    """An area, and how much of the challenge lies in it."""

    code: str
    name: str = ""
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def where_of(challenge: Challenge) -> list[Where]:
    """Each area in which something of the challenge lies, by name: nobody is ranked. Four queries."""
    areas: dict[str, Where] = {}
    in_works = WorkArea.objects.filter(work__in=works_of(challenge).values("pk")).order_by()
    for kind, found in (("works", in_works), ("agreements", agreements_of(challenge)), ("plans", plans_of(challenge))):
        for code, number in found.order_by().values_list("area__code").annotate(Count("pk")):
            areas.setdefault(code, Where(code)).counts[kind] = number
    names = places.names_of(areas)
    for code, one in areas.items():
        one.name = names.get(code, code)
    return sorted(areas.values(), key=lambda one: one.name)


# --- what goes well, and what asks for attention -------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One line: what, where it leads, and why it stands so."""

    what: str
    url: str = ""
    why: str = ""


def goes_well(challenge: Challenge, most: int = 5) -> list[Told]:
    """What was done last: agreements, works, plans. Three queries."""
    agreements = agreements_of(challenge).filter(stage=AgreementStage.DONE).order_by("-done_on")[:most]
    works = works_of(challenge).filter(stage=Stage.DONE).order_by("-done_on")[:most]
    plans = plans_of(challenge).filter(stage=PlanStage.DONE).order_by("-done_on")[:most]
    lines: list[tuple[Any, Told]] = [
        *((one.done_on, Told(one.what, reverse("agendas:agreement", args=[one.pk]), one.result)) for one in agreements),
        *((one.done_on, Told(one.title, work_url(one), one.result)) for one in works),
        *((one.done_on, Told(one.title, reverse("initiatives:initiative", args=[one.slug]))) for one in plans),
    ]
    return [told for _day, told in sorted(lines, key=lambda line: line[0], reverse=True)[:most]]


def asks_attention(challenge: Challenge, most: int = 5) -> list[Told]:
    """What will be later, with the reason that everybody may read, and works that stand still. Two queries."""
    later = agreements_of(challenge).filter(stage=AgreementStage.LATER).order_by("due_on")[:most]
    still = works_of(challenge).filter(stage=Stage.PAUSED).order_by("until_on")[:most]
    return [
        *(Told(one.what, reverse("agendas:agreement", args=[one.pk]), one.why) for one in later),
        *(Told(one.title, work_url(one), str(Stage.PAUSED.label)) for one in still),
    ][:most]


def work_url(work: Work) -> str:
    return address("works:public_work", work.uuid)
