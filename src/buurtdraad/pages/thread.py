"""The thread: from a wish to what came of it, as one line that can be followed.

Each room adds its part at one place, `PARTS`; the order of the links comes from when they happened.
"""

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.queries.thread import agreements_under, topics_of
from buurtdraad.agendas.agenda.queries.words import how_chosen, when, who
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.agendas.wishes.models import Answered, Step, Wish
from buurtdraad.agendas.wishes.queries.shown import family_ids
from buurtdraad.agendas.wishes.states import Channel, Stage
from buurtdraad.pages.thread_budgets import budget_plans_of, voted
from buurtdraad.pages.thread_links import LATE, Link, Roots, Words, moment_of, together
from buurtdraad.pages.thread_plans import money_of, planned, plans_of, promised
from buurtdraad.pages.thread_reports import mentions_of, told_to_council
from buurtdraad.pages.thread_works import worked_on, works_of
from buurtdraad.placements.models import Lesson
from buurtdraad.placements.states import LessonStage
from buurtdraad.places.queries import last_name


def steps(wish: Wish) -> Iterable[Link]:
    """Its steps, each with the reason, and the answers that people got; an answer that moved it is one link with that step."""
    answered = {one.answer.at: one for one in Answered.objects.filter(wish=wish).select_related("answer")}
    for step in Step.objects.filter(wish=wish).order_by("at", "id"):
        answer = answered.pop(step.at, None)
        title = Stage(step.stage).label
        if step.stage == Stage.TOLD:
            yield Link(step.at, title, step.why, note=told_how(wish))
        else:
            yield Link(step.at, title, answer.answer.text if answer else step.why, note=told_to(answer) if answer else "")
    for answer in answered.values():
        yield Link(answer.answer.at, _("Answer"), answer.answer.text, note=told_to(answer))


def told_how(wish: Wish) -> str:
    """By which channel it came; all count alike."""
    return _("This wish came in %(channel)s.") % {"channel": Channel(wish.channel).label}


def told_to(answered: Answered) -> Words:
    """That people heard it; not how many, for one would be somebody."""
    return _("Everybody who gave or follows this wish got this answer.") if answered.told else ""


def meetings_of(roots: Roots) -> QuerySet[Meeting]:
    """The meetings at which it was given or talked about, or will be."""
    return Meeting.objects.on_site().exclude(stage=MeetingStage.CANCELLED).filter(wishes__wish__in=roots.wishes).distinct()


def talked(wish: Wish, meeting: Meeting) -> Iterable[Link]:
    """It was talked about there, or will be."""
    to_come = meeting.starts_at > timezone.now()
    yield Link(
        # Who gave it there told it first.
        max(meeting.starts_at, wish.given_at),
        _("We will talk about it at a meeting") if to_come else _("Talked about at a meeting"),
        meeting.title,
        url=reverse("agendas:meeting", args=[meeting.pk]),
        url_text=_("See the meeting") if to_come else _("See what the meeting brought"),
    )


def topics_and_agreements(topics: list[Topic], agreements: list[Agreement]) -> Iterable[Link]:
    """The topics that it became part of, what was agreed about them, and what came of that."""
    # A topic that goes on in the next agenda says there how it was chosen before.
    newest = {(topic.title, topic.chosen_on): topic for topic in reversed(topics)}
    for topic in newest.values():
        yield chosen(topic)
    for agreement in agreements:
        yield agreed(agreement)
        if agreement.stage == AgreementStage.DONE:
            yield done(agreement)


def chosen(topic: Topic) -> Link:
    """How it was chosen."""
    at = moment_of(topic.chosen_on, LATE) if topic.chosen_on else topic.version.adopted_at
    assert at, "an agenda that is no draft says when it was adopted"
    url = reverse("agendas:topic", args=[topic.pk])
    title = _("Chosen as a topic: %(title)s") % {"title": topic.title}
    return Link(at, title, " ".join(how_chosen(topic)), url=url, url_text=_("See the topic"))


def agreed(agreement: Agreement) -> Link:
    """Who does what, how it stands, and for when."""
    # "Done on 3 May" says it already.
    stage = "" if agreement.stage == AgreementStage.DONE else agreement.get_stage_display()
    known = (stage, when(agreement, timezone.localdate()))
    return Link(
        agreement.made_at,
        _("Agreement: %(what)s") % {"what": agreement.what},
        who(agreement) or _("We still look for somebody."),
        note=". ".join(words for words in known if words),
        url=reverse("agendas:agreement", args=[agreement.pk]),
        url_text=_("See the agreement"),
    )


def done(agreement: Agreement) -> Link:
    """What came of it, with its picture where there is one."""
    assert agreement.done_on, "what is done says when"
    picture = getattr(agreement, "picture", None)
    return Link(
        max(agreement.made_at, moment_of(agreement.done_on, datetime.time.min)),
        _("Done: %(what)s") % {"what": agreement.what},
        agreement.result,
        picture=picture,
        picture_url=reverse("agendas:agreement_picture", args=[agreement.pk, picture.width_for(640)]) if picture else "",
    )


def lessons_of(roots: Roots) -> QuerySet[Lesson]:
    """What people of the municipality learned at a placement: it became this wish, or belongs to its topic."""
    each = ({"became_wish__wish__in": roots.wishes}, {"became_topics__topic__in": roots.topics})
    ours = together(Lesson.objects.filter(**one) for one in each)
    return Lesson.objects.filter(pk__in=ours, stage=LessonStage.SHARED).annotate(place=last_name("area"))


def learned(wish: Wish, lesson: Lesson) -> Iterable[Link]:
    """Where, and what."""
    assert lesson.shared_at, "a shared lesson says when"
    place = lesson.place  # type: ignore[attr-defined] # annotated
    title = _("Learned at a placement in %(place)s") % {"place": place} if place else _("Learned at a placement")
    url = reverse("placements:lesson", args=[lesson.uuid])
    yield Link(lesson.shared_at, title, lesson.text, url=url, url_text=_("See what was learned"))


@dataclass(frozen=True)
class Part:
    """What a room adds: the things that belong to a wish, and the links that they make."""

    of: Callable[[Roots], QuerySet]
    links: Callable[[Wish, QuerySet], Iterable[Link]]


def each(links_of: Callable[[Wish, Any], Iterable[Link]]) -> Callable[[Wish, QuerySet], Iterable[Link]]:
    """The links of things that speak for themselves, one by one."""
    return lambda wish, things: (link for thing in things for link in links_of(wish, thing))


# Each costs a query only where there is something of it.
PARTS = (
    Part(meetings_of, each(talked)),
    Part(lessons_of, each(learned)),
    Part(plans_of, each(planned)),
    Part(budget_plans_of, each(voted)),
    Part(works_of, each(worked_on)),
    Part(money_of, each(promised)),
    Part(mentions_of, told_to_council),
)


def thread_of(wish: Wish, wishes: Collection[int] = ()) -> list[Link]:
    """All that happened with a wish, the first thing first. Four queries, two more with a topic, one for each part with something.

    `wishes` are the ids of `family_ids`, for who knows them; else they cost a query.
    """
    wishes = wishes or family_ids(wish)
    topics = topics_of(wishes)
    agreements = list(agreements_under(topics).select_related("picture")) if topics else []
    roots = Roots(wishes, [topic.pk for topic in topics], [agreement.pk for agreement in agreements])
    (there,) = Wish.objects.filter(pk=wish.pk).values_list(*(Exists(part.of(roots)) for part in PARTS))
    links = [*steps(wish), *topics_and_agreements(topics, agreements)]
    for part in (part for part, some in zip(PARTS, there, strict=True) if some):
        links += part.links(wish, part.of(roots))
    return sorted(links, key=lambda link: link.at)


def what_comes_next(wish: Wish, today: datetime.date) -> str:
    """In one or two sentences what somebody can expect now."""
    return " ".join([*answer_to_come(wish, today), str(NEXT[Stage(wish.stage)])])


def answer_to_come(wish: Wish, today: datetime.date) -> list[str]:
    """When who gave it gets an answer, as long as there is none."""
    if wish.answered_at or wish.stage not in (Stage.TOLD, Stage.SEEN):
        return []
    if wish.answer_by < today:
        return [_("The answer takes longer than we promised. We are sorry.")]
    day = date_format(wish.answer_by, "j F")
    return [_("Who told this wish gets an answer no later than %(day)s.") % {"day": day}]


NEXT: dict[Stage, Words] = {
    Stage.TOLD: gettext_lazy("We read the wish first."),
    Stage.SEEN: gettext_lazy("At a neighbourhood evening we choose together what we will do."),
    Stage.CHOSEN: gettext_lazy("We now agree who does what, and when."),
    Stage.BUSY: gettext_lazy("People are working on it. You read here when it is done."),
    Stage.DONE: gettext_lazy("It is done. Do you see something that is not right? Then tell us."),
    Stage.LATER: gettext_lazy("This wish is on the list for later. You read here when we start with it."),
    Stage.REFERRED: gettext_lazy("Somebody else takes this up. You read here what they do."),
    Stage.NOT_DONE: gettext_lazy("This will not happen. Do you want to talk about it? Call us or walk in."),
}
