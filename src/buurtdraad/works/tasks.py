"""Jobs of municipal work: the question to owners at the start of a month."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.lib.monthly import asks_on
from buurtdraad.messages.tasks import is_morning
from buurtdraad.works.actions.confirming import ask_everybody


# The worker knows hours of UTC only: 7 o'clock in Amsterdam is one of these two.
@app.periodic(cron="0 5,6 1-7 * *")
@app.task(queueing_lock="ask_owners_of_works")
def ask_owners_of_works(timestamp: int) -> None:
    """On the first working day of the month at seven: each owner gets one mail with all their sheets. Twice makes no second."""
    at = timezone.now()
    if is_morning(timestamp) and asks_on(timezone.localdate(at)):
        ask_everybody(at=at)
