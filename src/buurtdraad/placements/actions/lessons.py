"""Sharing a lesson: told by who was there, read by somebody else, and only then seen by everybody.

What was read is what is shared: the reader's form carries a mark of the words, so a text that changed meanwhile is read again.
"""

import datetime
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.personal import NEVER_ON_SITE, personal
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import tell
from buurtdraad.messages.states import Kind
from buurtdraad.placements.access import may_read_lesson
from buurtdraad.placements.actions.after import was_there
from buurtdraad.placements.actions.records import write_down
from buurtdraad.placements.models import Lesson, Placement, SimplerRule
from buurtdraad.placements.states import LESSON_MOVES, LessonStage, Theme
from buurtdraad.places.models import Area


class AboutSomebody(Refused):
    """A number, an address or an account never goes into a lesson."""


class ToldAlready(Refused):
    """The same words from the same person about the same placement."""


class ReadAgain(Refused):
    """It is another text than the one that was read, or who reads it wrote it."""


@dataclass(frozen=True)
class Told:
    """What somebody learned. `rule` and `proposal` come together, or not at all."""

    text: str
    theme: Theme
    area: Area | None = None
    rule: str = ""
    proposal: str = ""

    @property
    def all_words(self) -> str:
        return "\n".join((self.text, self.rule, self.proposal))


@transaction.atomic
def share(placement: Placement | None, told: Told, *, department: str = "", by: Person, at: datetime.datetime) -> Lesson:
    """Tell a lesson; somebody else reads it before others see it. Without a placement for what was learned elsewhere.

    Raises `NotThere` for another's placement, and `AboutSomebody`.
    """
    if placement:
        was_there(placement, by)
    check(told)
    if Lesson.objects.filter(writer=by, placement=placement, text=told.text).exclude(stage=LessonStage.WITHDRAWN).exists():
        raise ToldAlready(_("You told this already. You find it on your own page."))
    lesson = Lesson.objects.create(
        placement=placement,
        writer=by,
        area=told.area,
        department=placement.department if placement else department,
        theme=told.theme,
        text=told.text,
        made_at=at,
    )
    keep_rule(lesson, told)
    write_down("lesson.told", lesson.thing, by=by, at=at)
    return lesson


@transaction.atomic
def tell_again(lesson: Lesson, told: Told, *, by: Person, at: datetime.datetime) -> None:
    """A lesson that came back, in other words; it is read again. Raises `WrongStage`, `AboutSomebody`, or `ReadAgain` for another's."""
    if lesson.writer_id != by.pk:
        raise ReadAgain(_("Only who wrote it changes it."))
    check(told)
    move(lesson, LessonStage.TO_READ, moves=LESSON_MOVES)
    Lesson.objects.filter(pk=lesson.pk).update(text=told.text, theme=told.theme, area=told.area)
    keep_rule(lesson, told)
    write_down("lesson.told_again", lesson.thing, by=by, at=at)


def keep_rule(lesson: Lesson, told: Told) -> None:
    if told.rule:
        SimplerRule.objects.update_or_create(lesson=lesson, defaults={"rule": told.rule, "proposal": told.proposal})
    else:
        SimplerRule.objects.filter(lesson=lesson).delete()


def check(told: Told) -> None:
    if personal(told.all_words) & NEVER_ON_SITE:
        raise AboutSomebody(_("Take out phone numbers, e-mail addresses, account numbers and number plates."))


def mark_of(lesson: Lesson) -> str:
    """Short, the same for the same words: what was read is what is shared."""
    rule = SimplerRule.objects.filter(lesson=lesson).first()
    words = "\0".join((lesson.text, lesson.theme, str(lesson.area_id), rule.rule if rule else "", rule.proposal if rule else ""))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@transaction.atomic
def read_lesson(lesson: Lesson, *, yes: bool, was: str, why: str = "", by: Person, at: datetime.datetime) -> None:
    """Share a lesson, or give it back with a reason (`why`) to who wrote it, who hears it. `was` is the mark of what was read.

    Raises `ReadAgain` for other words and for one's own lesson, and `WrongStage` when somebody else was first.
    """
    held = Lesson.objects.select_for_update(of=("self",)).select_related("area", "writer").get(pk=lesson.pk)
    if not may_read_lesson(by, held):
        raise ReadAgain(_("Somebody else reads what you wrote yourself."))
    if was != mark_of(held):
        raise ReadAgain(_("The text changed meanwhile. Read it again."))
    facts = {"shared_at": at, "why_back": ""} if yes else {"why_back": why}
    Lesson.objects.filter(pk=held.pk, stage=held.stage).update(**facts)
    move(held, LessonStage.SHARED if yes else LessonStage.BACK, moves=LESSON_MOVES)
    write_down("lesson.shared" if yes else "lesson.given_back", held.thing, by=by, at=at, public=yes, area=held.area)
    if held.writer:
        tell_writer(held, yes=yes, why=why, by=by, at=at)
    lesson.refresh_from_db()


def tell_writer(lesson: Lesson, *, yes: bool, why: str, by: Person, at: datetime.datetime) -> None:
    assert lesson.writer
    tell(
        lesson.writer,
        kind=Kind.WORK,
        subject=gettext_lazy("Your lesson is shared") if yes else gettext_lazy("Your lesson comes back to you"),
        body=gettext_lazy("Everybody can read it now. Your name does not stand with it.")
        if yes
        else format_lazy("{lesson}\n\n{why}", lesson=lesson.text, why=why),
        link=f"/stages/lessen/{lesson.uuid}/" if yes else f"/stages/lessen/{lesson.uuid}/wijzigen/",
        by=by.uuid,
        at=at,
    )


@transaction.atomic
def withdraw(lesson: Lesson, *, by: Person, at: datetime.datetime) -> None:
    """Nobody reads it any more: by who wrote it, or by who organises, where somebody can be recognised after all. Raises `WrongStage`."""
    was_shared = lesson.stage == LessonStage.SHARED
    move(lesson, LessonStage.WITHDRAWN, moves=LESSON_MOVES)
    write_down("lesson.withdrawn", lesson.thing, by=by, at=at, public=was_shared, area=lesson.area)
