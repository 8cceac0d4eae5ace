"""Lessons and rules as pages show them: for everybody what is shared, for who organises what waits."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.models import Topic, Wish
from buurtdraad.agendas.personal import pieces
from buurtdraad.method.models import MethodStep
from buurtdraad.method.states import VersionStage as MethodStage
from buurtdraad.placements.models import HostFeedback, Lesson, SimplerRule, Thanks
from buurtdraad.placements.states import RULE_STAYS, LessonStage, RuleStage
from buurtdraad.places.queries import last_name

# An id with so many digits is none.
LONGEST_ID = 19


def with_place(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    """With the area, its name (`place`) and the rule: for a list, without a question per row."""
    return lessons.select_related("area", "rule").annotate(place=last_name("area"))


def shared(*, theme: str = "", area: str = "", topic: Topic | None = None) -> QuerySet[Lesson]:
    """What everybody reads, the last shared first; of one theme, learned in one area, or that belongs to one topic."""
    found = Lesson.objects.filter(stage=LessonStage.SHARED)
    if theme:
        found = found.filter(theme=theme)
    if area:
        found = found.filter(area__code=area)
    if topic:
        found = found.filter(became_topics__topic=topic)
    return with_place(found).order_by("-shared_at", "-id")


def topic_of(number: str) -> Topic | None:
    """The topic with this id, as it stands in an address; none for a draft, or for what is no id."""
    if not (number.isascii() and number.isdecimal() and len(number) < LONGEST_ID):
        return None
    return Topic.objects.filter(pk=int(number)).exclude(version__stage=VersionStage.DRAFT).select_related("version__area").first()


def areas_of_lessons() -> list[tuple[str, str]]:
    """Code and name of the areas in which a shared lesson was learned, by name. One query."""
    found = Lesson.objects.filter(stage=LessonStage.SHARED, area__isnull=False).annotate(place=last_name("area"))
    return sorted(set(found.order_by().values_list("area__code", "place")), key=lambda pair: pair[1] or pair[0])


# Rules that everybody may see: of a shared lesson, or under way or done while the lesson was taken back.
SEEN = Q(lesson__stage=LessonStage.SHARED) | Q(lesson__stage=LessonStage.WITHDRAWN, stage__in=RULE_STAYS)


def simpler_rules() -> tuple[list[SimplerRule], list[SimplerRule]]:
    """The rules that became simpler, the last one first, and those that somebody sees to, the first date first. One query.

    Each with the lesson that it came from.
    """
    seen = list(
        SimplerRule.objects.filter(SEEN, stage__in=(RuleStage.DONE, RuleStage.BUSY)).select_related("lesson").order_by("due_on", "id")
    )
    done = [rule for rule in seen if rule.stage == RuleStage.DONE]
    done.sort(key=lambda rule: (rule.done_on or datetime.date.min, rule.pk), reverse=True)
    return done, [rule for rule in seen if rule.stage == RuleStage.BUSY]


@dataclass(frozen=True)
class Thread:
    """What a lesson led to; of a wish only what everybody may see."""

    wish: Wish | None
    topics: list[Topic]
    step: str
    next_time: str


def thread_of(lesson: Lesson) -> Thread:
    """What a lesson led to, in four queries at most."""
    became = getattr(lesson, "became_wish", None)
    wish = Wish.objects.on_site().filter(pk=became.wish_id).first() if became else None
    topics = list(Topic.objects.filter(pk__in=lesson.became_topics.values("topic")).exclude(version__stage=VersionStage.DRAFT))
    proposal = getattr(lesson, "became_proposal", None)
    step = step_title(proposal.proposal.step_key) if proposal else ""
    return Thread(wish, topics, step, proposal.proposal.next_time if proposal else "")


def step_title(key: str) -> str:
    """How the step with this key is called in the newest version; without a key it is about the whole."""
    step = MethodStep.objects.filter(key=key).order_by("-version__number").first() if key else None
    return step.name if step else _("the whole method")


def steps_to_change() -> list[MethodStep]:
    """The steps of the method in use, in their order."""
    return list(MethodStep.objects.filter(version__stage=MethodStage.IN_USE).order_by("number"))


def topics_near(lesson: Lesson) -> QuerySet[Topic]:
    """The topics of the agendas that count now, those of its own area first, without those that it belongs to."""
    counts = Topic.objects.filter(version__stage=VersionStage.ADOPTED).exclude(pk__in=lesson.became_topics.values("topic"))
    return counts.annotate(
        place=last_name("version__area"), elsewhere=Case(When(version__area=lesson.area_id, then=0), default=1)
    ).order_by("elsewhere", "place", "number")


def marked(texts: Iterable[str]) -> list[list[tuple[str, str]]]:
    """Texts in pieces, each piece with why it may be about a person; empty texts are left out."""
    return [pieces(text) for text in texts if text]


# --- for who organises ------------------------------------------------------------------------------


def to_read() -> QuerySet[Lesson]:
    """Lessons that wait until somebody reads them, the first one first."""
    return with_place(Lesson.objects.filter(stage=LessonStage.TO_READ)).order_by("made_at", "id")


def read_before() -> QuerySet[Lesson]:
    """Lessons that were shared or came back, the last one first."""
    return with_place(Lesson.objects.filter(stage__in=[LessonStage.SHARED, LessonStage.BACK])).order_by("-made_at", "-id")


def rules_to_see_to() -> QuerySet[SimplerRule]:
    """Rules of shared lessons for which somebody is still to be found, then those under way by their date."""
    found = SimplerRule.objects.filter(SEEN, stage__in=[RuleStage.OPEN, RuleStage.BUSY])
    return found.select_related("lesson", "owner").order_by("-stage", "due_on", "id")


def rules_ended() -> QuerySet[SimplerRule]:
    """Rules that became simpler, and those that will not."""
    return SimplerRule.objects.filter(stage__in=[RuleStage.DONE, RuleStage.NOT_DONE]).select_related("lesson").order_by("-done_on", "-id")


def rules_asking(on: datetime.date) -> Q:
    """Which rules ask for who organises: nobody sees to them, or their date passed."""
    return SEEN & (Q(stage=RuleStage.OPEN) | Q(stage=RuleStage.BUSY, due_on__lt=on))


def late(rule: SimplerRule, on: datetime.date) -> bool:
    """Whether its date passed while it is under way."""
    return rule.stage == RuleStage.BUSY and rule.due_on is not None and rule.due_on < on


def feedback() -> QuerySet[HostFeedback]:
    """What hosts told, the last one first."""
    return HostFeedback.objects.select_related("shift__host").order_by("-at", "-id")


def thanks_to(host_id: int) -> QuerySet[Thanks]:
    """Words of thanks to a host, the last one first; who wrote them is not asked."""
    return Thanks.objects.filter(placement__shift__host=host_id).order_by("-at", "-id")
