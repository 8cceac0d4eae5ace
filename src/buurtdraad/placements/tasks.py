"""The jobs of this room; procrastinate finds jobs only here."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.placements.actions import feelings, offering, training


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="ask_after_shifts")
def ask_after_shifts(timestamp: int) -> None:
    """Every hour: ask who was there in a shift that is over how it was, once; the codes of long ago go."""
    feelings.ask_after_shifts(at=timezone.now())
    feelings.drop_old_codes(at=timezone.now())


@app.periodic(cron="20 7-19 * * *")
@app.task(queueing_lock="remind_of_shifts")
def remind_of_shifts(timestamp: int) -> None:
    """By day only: two days before a shift, who is expected reads where it is and what the house rules are."""
    offering.remind(at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="hold_shifts")
def hold_shifts(timestamp: int) -> None:
    """What ended has been: the host is asked who was there."""
    offering.hold(at=timezone.now())


@app.periodic(cron="15 6-19 * * *")
@app.task(queueing_lock="remind_of_training")
def remind_of_training(timestamp: int) -> None:
    """By day only. What begins tomorrow morning is told this morning."""
    training.remind(at=timezone.now())
