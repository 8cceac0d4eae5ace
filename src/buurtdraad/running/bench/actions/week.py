"""What a week asks of the worker: mail to who gave a wish, and each task by the clock, once for every day. Only for measuring."""

import datetime
import time

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.accounts.actions import system_person
from buurtdraad.agendas.wishes.actions import Given, give
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area, Kind

DAY = 86_400


def make_week(wishes: int) -> int:
    """Give wishes of neighbours who hear by mail, and ask for every task of the clock for seven days; how many jobs wait."""
    by, at = system_person("bench"), timezone.now()
    areas = list(Area.objects.filter(kind=Kind.NEIGHBOURHOOD).order_by("code"))
    for number, contact in enumerate(Contact.objects.filter(name__startswith="Buur ", person__isnull=False).order_by("pk")[:wishes]):
        given = Given(f"Graag een bank op de hoek van straat {number}", areas[number % len(areas)])
        give(given, contact=contact, by=by, at=at - datetime.timedelta(minutes=number), showing=Showing.SHOWN)
    now = int(time.time())
    for periodic in app.periodic_registry.periodic_tasks.values():
        for day in range(7):
            # A lock of its own: the worker was away, and all seven days wait.
            periodic.task.configure(queueing_lock=f"{periodic.task.name}-{day}").defer(timestamp=now - day * DAY)
    return waiting()["waiting"]


def waiting() -> dict:
    """Jobs that wait or run, and those that failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now()"
        )
        left = cursor.fetchone()[0]
        cursor.execute("SELECT DISTINCT task_name FROM procrastinate_jobs WHERE status = 'failed' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        return {"waiting": left, "failed": cursor.fetchone()[0], "names": names}
