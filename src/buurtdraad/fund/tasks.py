"""The jobs of this room; procrastinate finds jobs only here."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.fund.actions import after_due, due, rounds
from buurtdraad.fund.outbox.actions import bring_due


# handling
@app.periodic(cron="45 6-18 * * *")
@app.task(queueing_lock="see_to_days_of_applications")
def see_to_days_of_applications(timestamp: int) -> None:
    """By day only: remind of questions, and go on where the last day to answer went by."""
    due.see_to_days(at=timezone.now())


# after
@app.periodic(cron="15 7 * * *")
@app.task(queueing_lock="see_to_days_after_decisions")
def see_to_days_after_decisions(timestamp: int) -> None:
    """Once a day: ask and remind of what was done with the money, and close what is finished."""
    after_due.see_to_days(at=timezone.now())


# rounds
@app.periodic(cron="30 0 * * *")
@app.task(queueing_lock="see_to_days_of_rounds")
def see_to_days_of_rounds(timestamp: int) -> None:
    """Just after midnight: open and close rounds by their day, and round off those in which everything was decided."""
    rounds.see_to_days(at=timezone.now())


# case system
@app.periodic(cron="* * * * *")
@app.task(queueing_lock="bring_cases")
def bring_cases(timestamp: int) -> None:
    """Each minute: bring to the case system what waits. The rows are the queue, so a run that is lost loses nothing."""
    bring_due(at=timezone.now())
