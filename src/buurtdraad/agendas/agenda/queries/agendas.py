"""Agendas as a page shows them: a version with its topics and agreements, what differs from the one before, and the older ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Topic, TopicFollows
from buurtdraad.agendas.agenda.queries.thread import agreements_under
from buurtdraad.agendas.agenda.rules import LEAST_ANSWERS, Differences, differences
from buurtdraad.agendas.agenda.states import OPEN, Noticed, Stage, VersionStage
from buurtdraad.places import queries as places


@dataclass(frozen=True)
class Shelf:
    """One agenda in the list of all: its area, and how many agreements are done of how many."""

    version: AgendaVersion
    name: str
    topics: list[str]
    agreements: int
    done: int


def all_agendas() -> list[Shelf]:
    """Every agenda that counts now, by the name of its area. Three queries."""
    under = Q(topics__agreements__isnull=False)
    found = list(
        AgendaVersion.objects.adopted()
        .select_related("area")
        .prefetch_related("topics")
        .annotate(
            agreements=Count("topics__agreements", filter=under, distinct=True),
            done=Count("topics__agreements", filter=Q(topics__agreements__stage=Stage.DONE), distinct=True),
        )
    )
    names = places.names_of(version.area.code for version in found)
    return sorted((shelf_of(version, names) for version in found), key=lambda shelf: shelf.name)


def shelf_of(version: AgendaVersion, names: dict[str, str]) -> Shelf:
    code, topics = version.area.code, [topic.title for topic in version.topics.all()]
    return Shelf(version, names.get(code, code), topics, version.agreements, version.done)  # type: ignore[attr-defined]


def version_of(code: str, number: int | None = None) -> AgendaVersion | None:
    """The version of an area that counts now, or another one by its number; a draft is none."""
    public = AgendaVersion.objects.public().select_related("area").filter(area__code=code)
    return public.filter(number=number).first() if number else public.adopted().first()


@dataclass
class TopicPart:
    """A topic with its agreements."""

    topic: Topic
    agreements: list[Agreement]

    @property
    def done(self) -> int:
        return sum(agreement.stage == Stage.DONE for agreement in self.agreements)


@dataclass
class AgendaPage:
    """One version as its page shows it. `left` are agreements of before that are not finished and have no topic here."""

    version: AgendaVersion
    name: str
    parts: list[TopicPart]
    left: list[Agreement]
    changed: "Changed | None"
    others: list[AgendaVersion]

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def agreements(self) -> list[Agreement]:
        return [agreement for part in self.parts for agreement in part.agreements]


@dataclass(frozen=True)
class Changed:
    """What differs from the version before, as topics."""

    before: AgendaVersion
    new: list[Topic]
    continued: list[Topic]
    merged: list[Topic]
    replaced: list[Topic]
    gone: list[Topic]

    @property
    def anything(self) -> bool:
        return bool(self.new or self.merged or self.replaced or self.gone)


def agenda_page(version: AgendaVersion) -> AgendaPage:
    """All of the page of one version. The same number of queries, however many topics and agreements."""
    topics = list(version.topics.all())
    under: dict[int, list[Agreement]] = {topic.pk: [] for topic in topics}
    for agreement in agreements_under(topics).prefetch_related("carried"):
        here = {agreement.topic_id, *(one.topic_id for one in agreement.carried.all())} & under.keys()
        for pk in here:
            under[pk].append(agreement)
    parts = [TopicPart(topic, under[topic.pk]) for topic in topics]
    name = places.names_of([version.area.code]).get(version.area.code, version.area.code)
    others = list(AgendaVersion.objects.public().filter(area=version.area_id).exclude(pk=version.pk).order_by("-number"))
    return AgendaPage(
        version=version,
        name=name,
        parts=parts,
        left=left_over(version) if version.stage == VersionStage.ADOPTED else [],
        changed=changed_since(version, topics, others),
        others=others,
    )


def left_over(version: AgendaVersion) -> list[Agreement]:
    """What is not finished of older versions, and whose topic does not go on."""
    before = Q(topic__version__number__lt=version.number, area=version.area_id, stage__in=sorted(OPEN))
    return list(Agreement.objects.public().filter(before).select_related("area", "topic__version").prefetch_related("owners"))


def changed_since(version: AgendaVersion, topics: list[Topic], others: list[AgendaVersion]) -> Changed | None:
    """What differs from the version before this one; None for the first."""
    before = next((other for other in others if other.number < version.number), None)
    if before is None:
        return None
    old = list(before.topics.all())
    follows: dict[int, list[tuple[int, str]]] = {}
    for row in TopicFollows.objects.filter(topic__in=[topic.pk for topic in topics]):
        follows.setdefault(row.topic_id, []).append((row.before_id, row.how))
    found: Differences = differences([topic.pk for topic in old], [topic.pk for topic in topics], follows)
    known = {topic.pk: topic for topic in (*topics, *old)}
    groups = {name: [known[pk] for pk in getattr(found, name)] for name in ("new", "continued", "merged", "replaced", "gone")}
    return Changed(before, **groups)


# --- looking back ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Polled:
    """What residents noticed: for each question how many said yes, a little and no. `enough` from ten answers on."""

    number: int
    better: tuple[int, int, int]
    kept: tuple[int, int, int]
    could_join: tuple[int, int, int]

    @property
    def enough(self) -> bool:
        return self.number >= LEAST_ANSWERS


def polled(version: AgendaVersion) -> Polled:
    """The answers that count, in one query."""
    questions = ("better", "kept", "could_join")
    wanted = {f"{question}_{answer.value}": Count("pk", filter=Q(**{question: answer})) for question in questions for answer in Noticed}
    found = version.answers.filter(counts=True).aggregate(number=Count("pk"), **wanted)
    in_order = (Noticed.YES, Noticed.A_LITTLE, Noticed.NO)
    per_question = {question: tuple(found[f"{question}_{answer.value}"] for answer in in_order) for question in questions}
    return Polled(found["number"], **per_question)


# --- one topic, one agreement ------------------------------------------------------------------------


def before_and_after(topic: Topic) -> tuple[list[TopicFollows], list[TopicFollows]]:
    """What a topic follows, and what follows it in an agenda that was adopted."""
    before = list(topic.follows.select_related("before__version"))
    after = list(topic.followed_by.exclude(topic__version__stage=VersionStage.DRAFT).select_related("topic__version"))
    return before, after


def drafts_and_adopted(codes: Iterable[str] | None) -> list[AgendaVersion]:
    """The draft and the version that counts now of each of these areas (None: of all), for who makes them."""
    found = AgendaVersion.objects.exclude(stage=VersionStage.FOLLOWED).select_related("area")
    found = found if codes is None else found.filter(area__code__in=set(codes))
    return list(found.prefetch_related(Prefetch("topics", Topic.objects.order_by("number"))).order_by("area__code", "-number"))
