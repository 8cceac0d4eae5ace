"""How easy asking is: the minutes of each screen, and what people say of it afterwards, without their name."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from buurtdraad.fund.models import Application, Ease, Step
from buurtdraad.fund.states import Channel

# Who leaves a screen open for longer did something else in between.
LONGEST = datetime.timedelta(minutes=30)


@transaction.atomic
def note_step(application: Application, name: str, *, opened_at: datetime.datetime | None, at: datetime.datetime) -> None:
    """A screen was saved. It counts the time since it was opened, of a known moment only; no deed, so nothing in the record."""
    seconds = 0 if opened_at is None else int(min(max(at - opened_at, datetime.timedelta(0)), LONGEST).total_seconds())
    step, _new = Step.objects.get_or_create(application=application, name=name)
    Step.objects.filter(pk=step.pk).update(seconds=F("seconds") + seconds, times=F("times") + 1, saved_at=at)


@transaction.atomic
def say(how: int, words: str, *, channel: Channel | str, at: datetime.datetime) -> Ease:
    """What somebody said about applying, 1 (hard) to 5 (easy): kept without person, request or time of day."""
    return Ease.objects.create(how=how, words=words, channel=channel, given_on=timezone.localdate(at))
