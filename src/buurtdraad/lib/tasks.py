"""Forgetting what the limits no longer need, every hour."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.lib import limits


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forget_limits")
def forget_limits(timestamp: int) -> None:
    limits.forget_old(at=timezone.now())
