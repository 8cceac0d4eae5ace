"""Jobs: sending one mail with ever longer waits between attempts, and the mails that collect."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from buurtdraad.messages import actions
from buurtdraad.messages.rules import wait_after
from buurtdraad.messages.states import Kind, Rhythm, Stage

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MORNING = 7
MONDAY = 0


class StillWaiting(Exception):  # noqa: N818
    """The mail did not leave; the worker tries again later."""


class LongerAndLonger(BaseRetryStrategy):
    """A minute, five, half an hour, hours; then it is enough."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        seconds = wait_after(job.attempts + 1) if isinstance(exception, StillWaiting) else None
        return RetryDecision(retry_in={"seconds": seconds}) if seconds else None


@app.task(name=actions.mailing.SEND, retry=LongerAndLonger())
def send(mail: int) -> None:
    """Send one mail. Raises `StillWaiting`, on which it is tried again."""
    sent = actions.deliver(mail, at=timezone.now())
    if sent and sent.stage == Stage.WAITING:
        raise StillWaiting(sent.problem)


@app.task(name="messages.post", pass_context=True)
def post(context: JobContext, *, to: str, subject: str, text: str, html: str = "", kind: str = Kind.ACCOUNT, language: str = "nl") -> None:
    """Put a mail on its way for a room below this one, which defers this job by its name. Run twice it makes one mail."""
    actions.send_mail(
        to, kind=kind, subject=subject, text=text, html=html, language=language, once=f"job:{context.job.id}", at=timezone.now()
    )


# The worker knows hours of UTC only: 7 o'clock in Amsterdam is one of these two.
@app.periodic(cron="0 5,6 * * *")
@app.task(queueing_lock="send_digests")
def send_digests(timestamp: int) -> None:
    """At seven in the morning what was chosen once a day, on Mondays also what was chosen once a week."""
    at = timezone.now()
    if is_morning(timestamp):
        actions.send_digests(Rhythm.DAILY, at=at)
        if is_monday(timestamp):
            actions.send_digests(Rhythm.WEEKLY, at=at)


def is_morning(timestamp: int) -> bool:
    """Whether this moment (seconds since 1970) is in the hour from seven in Amsterdam, in summer and in winter."""
    return datetime.datetime.fromtimestamp(timestamp, AMSTERDAM).hour == MORNING


def is_monday(timestamp: int) -> bool:
    """Whether it is Monday in Amsterdam."""
    return datetime.datetime.fromtimestamp(timestamp, AMSTERDAM).weekday() == MONDAY
