"""Sealing, every minute."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.audit.actions import seal


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_events")
def seal_events(timestamp: int) -> None:
    """Seal what happened since the last time, in batches."""
    while seal(at=timezone.now()):
        pass
