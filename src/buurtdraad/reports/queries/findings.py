"""Findings for their list and their page, with what they are about in words, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from buurtdraad.accounts import queries as accounts
from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import Initiative
from buurtdraad.places.queries import last_name
from buurtdraad.reports.models import Finding, FindingStep
from buurtdraad.reports.states import FindingKind, FindingStage
from buurtdraad.ui.navigation import address
from buurtdraad.works.models import Work

SIZE = 30


@dataclass(frozen=True)
class Thing:
    """What a finding is about: its name, and its page."""

    title: str
    url: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Wanted:
    """Which findings somebody wants to see. Without a stage: those that wait for somebody or that somebody sees to; of a meeting all."""

    kind: str = ""
    stage: str = ""
    area: str = ""
    challenge: str = ""
    meeting: int | None = None
    mine: UUID | None = None
    codes: frozenset[str] | None = None


@dataclass(frozen=True)
class Told:
    """A finding and the things that it is about."""

    finding: Finding
    things: list[Thing] = field(default_factory=list)


def wanted_findings(wanted: Wanted) -> QuerySet[Finding]:
    found = Finding.objects.select_related("area", "challenge").annotate(place=last_name("area"))
    if wanted.stage in FindingStage.values:
        found = found.filter(stage=wanted.stage)
    elif not wanted.meeting:
        found = found.filter(stage__in=("open", "taken_up"))
    if wanted.kind in FindingKind.values:
        found = found.filter(kind=wanted.kind)
    if wanted.codes is not None:
        found = found.filter(area__code__in=wanted.codes)
    if wanted.challenge:
        found = found.filter(challenge__code=wanted.challenge)
    if wanted.meeting:
        found = found.filter(meeting=wanted.meeting)
    if wanted.mine:
        found = found.filter(taken_by=wanted.mine)
    return found.order_by("-found_at", "-pk")


def page_of(found: QuerySet[Finding], number: int) -> tuple[Page, list[Told]]:
    """One page of a list, with what each is about."""
    page = Paginator(found, SIZE).get_page(number)
    findings = list(page.object_list)
    named = things_of(thing for one in findings for thing in one.things)
    return page, [Told(one, [named.get(thing, Thing(thing)) for thing in one.things]) for one in findings]


def told(finding: Finding) -> Told:
    named = things_of(finding.things)
    return Told(finding, [named.get(thing, Thing(thing)) for thing in finding.things])


def things_of(things: Iterable[str]) -> dict[str, Thing]:
    """What each is called and where it stands. One query a kind; what is gone keeps the name of the record."""
    ids: dict[str, set[str]] = {"work": set(), "wish": set(), "topic": set(), "agreement": set(), "initiative": set()}
    for thing in things:
        kind, _colon, key = thing.partition(":")
        ids.get(kind, set()).add(key)
    found: dict[str, Thing] = {}
    if ids["work"]:
        for work in Work.objects.filter(uuid__in=ids["work"]).only("uuid", "title", "department", "from_on", "until_on"):
            found[work.thing] = Thing(work.title, address("works:work", work.uuid), work.department)
    if ids["wish"]:
        for wish in Wish.objects.filter(reference__in=ids["wish"]).only("reference", "text"):
            found[f"wish:{wish.reference}"] = Thing(f"{wish.reference}: {wish.title}", address("pages:wish", wish.reference))
    if ids["topic"]:
        for topic in Topic.objects.filter(pk__in=ids["topic"]):
            found[topic.thing] = Thing(topic.title, reverse("agendas:topic", args=[topic.pk]))
    if ids["agreement"]:
        for agreement in Agreement.objects.filter(pk__in=ids["agreement"]):
            found[agreement.thing] = Thing(agreement.what, reverse("agendas:agreement", args=[agreement.pk]))
    if ids["initiative"]:
        for plan in Initiative.objects.filter(uuid__in=ids["initiative"]).only("uuid", "slug", "title"):
            found[plan.thing] = Thing(plan.title, address("initiatives:initiative", plan.slug))
    return found


def steps_of(finding: Finding) -> list[tuple[FindingStep, str]]:
    """All that was done with it, the oldest first, with who did it."""
    steps = list(finding.steps.all())
    names = accounts.names_of(step.by for step in steps)
    return [(step, names.get(step.by, "") if step.by else "") for step in steps]


def in_reach(reach: Reach) -> QuerySet[Finding]:
    """Open findings in these areas, and for who works everywhere also those without an area; what waits longest first."""
    found = Finding.objects.filter(stage=FindingStage.OPEN)
    found = found if reach.everywhere else found.filter(area__code__in=reach.codes)
    return found.annotate(place=last_name("area")).order_by("found_at", "pk")


@dataclass(frozen=True)
class Number:
    """How many of a kind were found, and what became of them."""

    kind: FindingKind
    found: int
    solved: int
    open: int


def numbers() -> list[Number]:
    """Of each kind, in their order, also those of which none was found. One query."""
    rows = Finding.objects.order_by().values("kind").annotate(
        found=Count("pk"), solved=Count("pk", filter=Q(stage=FindingStage.SOLVED)),
        open=Count("pk", filter=Q(stage__in=(FindingStage.OPEN, FindingStage.TAKEN_UP))),
    )  # fmt: skip
    by_kind = {row["kind"]: Number(FindingKind(row["kind"]), row["found"], row["solved"], row["open"]) for row in rows}
    return [by_kind.get(kind, Number(kind, 0, 0, 0)) for kind in FindingKind]
