"""The jobs of this room; procrastinate finds jobs only here."""

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from buurtdraad.messages.rules import wait_after
from buurtdraad.messages.senders import NotNow
from buurtdraad.method.actions import pulse as actions
from buurtdraad.method.actions import runs

# --- runs -------------------------------------------------------------------------------------------


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="count_checks_again")
def count_checks_again(timestamp: int) -> None:
    """Every night: count again what exit checks that were met are about, so that a list shows what the data contradict."""
    runs.count_again()


# --- the pulse --------------------------------------------------------------------------------------


class LongerAndLonger(BaseRetryStrategy):
    """As mails do: a minute, five, half an hour, hours; then it is enough."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        seconds = wait_after(job.attempts + 1) if isinstance(exception, NotNow) else None
        return RetryDecision(retry_in={"seconds": seconds}) if seconds else None


@app.task(name=actions.ASK, retry=LongerAndLonger())
def ask(*, pulse: int, group: str, to: str) -> None:
    """Mail one link of the pulse. It knows an address and makes the code itself, so no row ever holds both."""
    actions.mail_link(pulse, group=group, to=to, at=timezone.now())


@app.periodic(cron="10 7 * * *")
@app.task(queueing_lock="ask_pulses")
def ask_pulses(timestamp: int) -> None:
    """Every morning: mail the links of a pulse whose first day has come, once."""
    actions.ask_pulses(at=timezone.now())
