"""The jobs of initiatives."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.initiatives.actions import evidence


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="destroy_signature_lists")
def destroy_signature_lists(timestamp: int) -> None:
    """Every night: the files of lists with signatures go once nobody can object any more."""
    evidence.destroy_files(at=timezone.now())
