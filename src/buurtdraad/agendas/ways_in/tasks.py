"""Jobs: destroying sounds that were left over."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.agendas.ways_in import actions


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="sweep_sounds")
def sweep_sounds(timestamp: int) -> None:
    """Every hour: a sound that no note names is destroyed."""
    actions.sweep(at=timezone.now())
