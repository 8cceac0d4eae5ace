"""Reminders a day before, and meetings that have been."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.agendas.meetings import actions


@app.periodic(cron="10 6-19 * * *")
@app.task(queueing_lock="remind_of_meetings")
def remind_of_meetings(timestamp: int) -> None:
    """By day only: nobody is called or mailed at night. What begins tomorrow morning was told this morning."""
    actions.remind(at=timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="hold_meetings")
def hold_meetings(timestamp: int) -> None:
    actions.hold(at=timezone.now())
