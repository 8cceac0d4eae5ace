"""The jobs of this room; procrastinate finds jobs only here."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.budgets.actions import closing, counted, proposing, rounds, shuffling, tracking


# sheet
@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="see_to_days_of_budget_rounds")
def see_to_days_of_budget_rounds(timestamp: int) -> None:
    """Every five minutes: rounds go to their next step by the days of their rules."""
    rounds.see_to_days(at=timezone.now())


# proposals
@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="forget_unconfirmed_budget_plans")
def forget_unconfirmed_budget_plans(timestamp: int) -> None:
    """Every night: plans of which nobody pressed the button in the mail."""
    proposing.forget_unconfirmed(at=timezone.now())


# codes
@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="shuffle_ballots")
def shuffle_ballots(timestamp: int) -> None:
    """Every ten minutes: how ballots lie in their table tells nothing of who voted when."""
    shuffling.shuffle()


# counting
@app.periodic(cron="* * * * *")
@app.task(queueing_lock="close_and_count_budget_rounds", lock="close_and_count_budget_rounds")
def close_and_count(timestamp: int) -> None:
    """Every minute: close what is over and count it; after a crash it goes on where it was."""
    closing.close_due(at=timezone.now())
    counted.count_due(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="verify_budget_rounds", lock="verify_budget_rounds")
def verify_budget_rounds(timestamp: int) -> None:
    """Every minute: let the second program count what was counted."""
    counted.verify_due(at=timezone.now())


# after
@app.periodic(cron="50 6 * * *")
@app.task(queueing_lock="see_to_chosen_plans")
def see_to_chosen_plans(timestamp: int) -> None:
    """Once a day: round off chosen plans that are finished, and rounds of which all are."""
    tracking.see_to_plans(at=timezone.now())
