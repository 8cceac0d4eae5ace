"""Taking away what somebody has here after a placement, and what is past its time."""

import datetime
from collections.abc import Collection

from django.db import transaction

from buurtdraad.accounts.models import Person
from buurtdraad.placements.models import HostFeedback, Lesson, Reflection, SimplerRule, Thanks
from buurtdraad.placements.own.queries import past
from buurtdraad.placements.states import RULE_STAYS, LessonStage

# Others never saw these.
NOT_SHARED = (LessonStage.TO_READ, LessonStage.BACK, LessonStage.WITHDRAWN)


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """What was kept for oneself, thanks, and what was never shared go. A shared lesson stays, without who wrote it, and so does a rule."""
    Reflection.objects.filter(placement__person=person).delete()
    Thanks.objects.filter(placement__person=person).delete()
    forget_not_shared(list(Lesson.objects.filter(writer=person).values_list("pk", flat=True)))
    # With the placement one would still know whose it was.
    Lesson.objects.filter(writer=person).update(writer=None, placement=None)
    SimplerRule.objects.filter(owner=person).update(owner=None)


@transaction.atomic
def forget_writers(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who wrote a lesson of long ago; one that was never shared goes altogether. Returns how many."""
    due = list(past.writers_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    forget_not_shared(due)
    Lesson.objects.filter(pk__in=due).update(writer=None, placement=None)
    return len(due)


def forget_not_shared(ids: Collection[int]) -> None:
    """Destroy what others do not read; of a rule that stays on the site only the words of the lesson go."""
    unread = Lesson.objects.filter(pk__in=ids, stage__in=NOT_SHARED)
    unread.exclude(rule__stage__in=RULE_STAYS).delete()
    unread.update(text="-")


@transaction.atomic
def destroy_thanks(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy words of thanks."""
    return past.thanks_due(on).filter(pk__in=ids).delete()[0]


@transaction.atomic
def forget_feedback(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget the words of hosts."""
    due = list(past.feedback_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return HostFeedback.objects.filter(pk__in=due).update(words="")
