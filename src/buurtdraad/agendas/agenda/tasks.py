"""Jobs of agendas."""

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.agendas.agenda import actions


@app.periodic(cron="30 6 * * *")
@app.task(queueing_lock="remind_owners")
def remind_owners(timestamp: int) -> None:
    """Every morning: ask who sees to an agreement whose date passed how it stands, once for each date."""
    actions.remind_owners(at=timezone.now())
