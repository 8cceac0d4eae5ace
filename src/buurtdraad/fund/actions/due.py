"""What the clock does by itself: a reminder before the last day to answer, and what happens when that day went by."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from django.utils import timezone

from buurtdraad.fund.actions import hearing, questions
from buurtdraad.fund.models import Question, View
from buurtdraad.lib.by_the_clock import each

# So many days before the last day to answer who asked is reminded, once.
REMIND_DAYS = datetime.timedelta(days=3)


def see_to_days(*, at: datetime.datetime) -> int:
    """Remind, lapse and go on, where a day asks for it; how many."""
    return each(asked_for(at))


def asked_for(at: datetime.datetime) -> Iterator[Callable[[], object]]:
    """The deeds of this day, each kind looked up when its turn comes."""
    today = timezone.localdate(at)
    related = ("application__initiative__area", "application__contact")
    asked = Question.objects.filter(answered_at=None, lapsed_at=None).select_related(*related)
    soon = asked.filter(reminded_at=None, answer_by__gte=today, answer_by__lte=today + REMIND_DAYS)
    # Who has only some days is not reminded on the day itself.
    for question in soon.filter(asked_at__lt=at - REMIND_DAYS):
        yield partial(questions.remind, question, at=at)
    for question in asked.filter(answer_by__lt=today):
        yield partial(questions.lapse, question, at=at)
    for view in View.objects.filter(given_at=None, waived_at=None, give_by__lt=today):
        yield partial(hearing.waive, view, by=None, at=at)
