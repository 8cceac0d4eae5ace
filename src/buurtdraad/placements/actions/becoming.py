"""What a shared lesson leads to: a wish, a place in a topic, a proposal to change a step. The thread stays in both directions."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.models import Topic, Wish
from buurtdraad.agendas.wishes.actions import Given, give
from buurtdraad.agendas.wishes.states import Channel
from buurtdraad.lib.refusal import Refused
from buurtdraad.method.actions.lessons import learn
from buurtdraad.placements.actions.records import write_down
from buurtdraad.placements.models import Lesson, LessonStep, LessonTopic, LessonWish
from buurtdraad.placements.states import LessonStage
from buurtdraad.places.models import Area


class CannotBecome(Refused):
    """The lesson is not shared, or became this already."""


@transaction.atomic
def to_wish(lesson: Lesson, *, text: str, area: Area, by: Person, at: datetime.datetime) -> Wish:
    """A wish, as a note of staff: the adviser of the area decides whether it stands on the site. Raises `CannotBecome`."""
    hold(lesson)
    if LessonWish.objects.filter(lesson=lesson).exists():
        raise CannotBecome(_("This lesson is a wish already."))
    wish = give(Given(text, area, channel=Channel.DOOR), contact=None, by=by, at=at)
    LessonWish.objects.create(lesson=lesson, wish=wish)
    note("lesson.became_wish", lesson, by=by, at=at, payload={"wish": wish.reference})
    return wish


@transaction.atomic
def to_topic(lesson: Lesson, topic: Topic, *, by: Person, at: datetime.datetime) -> None:
    """It belongs to a topic of an agenda, and stands in the thread of its wishes. Raises `CannotBecome`."""
    hold(lesson)
    try:
        with transaction.atomic():
            LessonTopic.objects.create(lesson=lesson, topic=topic)
    except IntegrityError:
        raise CannotBecome(_("This lesson belongs to that topic already.")) from None
    note("lesson.put_in_topic", lesson, by=by, at=at, payload={"topic": topic.pk})


@transaction.atomic
def from_topic(lesson: Lesson, topic: Topic, *, by: Person, at: datetime.datetime) -> None:
    """It does not belong to this topic after all. A second time changes nothing."""
    if LessonTopic.objects.filter(lesson=lesson, topic=topic).delete()[0]:
        note("lesson.taken_from_topic", lesson, by=by, at=at, payload={"topic": topic.pk})


@transaction.atomic
def to_step(lesson: Lesson, *, step_key: str, next_time: str, by: Person, at: datetime.datetime) -> None:
    """A lesson of the method: what to do otherwise at a step (empty: in the whole method). Raises `CannotBecome` and `SomebodyInIt`."""
    hold(lesson)
    if LessonStep.objects.filter(lesson=lesson).exists():
        raise CannotBecome(_("This lesson is a proposal for the method already."))
    proposal = learn(None, step_key=step_key, happened=lesson.text, next_time=next_time, sure=True, by=by, at=at)
    LessonStep.objects.create(lesson=lesson, proposal=proposal)
    note("lesson.became_proposal", lesson, by=by, at=at, payload={"step": step_key})


def hold(lesson: Lesson) -> None:
    """Of two at once the second waits, and sees what the first did."""
    if not Lesson.objects.select_for_update().filter(pk=lesson.pk, stage=LessonStage.SHARED).exists():
        raise CannotBecome(_("Share the lesson first."))


def note(verb: str, lesson: Lesson, *, by: Person, at: datetime.datetime, payload: dict) -> None:
    write_down(verb, lesson.thing, by=by, at=at, public=True, area=lesson.area, payload=payload)
