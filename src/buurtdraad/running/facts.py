"""What `/metrics` asks at the moment of a scrape: jobs, mail, seals, the database, memory and the version. Numbers only."""

import os
import platform
from collections.abc import Iterator

import django
import psutil
from django.db import Error, connection
from django.db.models import Count
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

import buurtdraad
from buurtdraad.audit.queries import unsealed
from buurtdraad.messages.queries import number_undelivered, waiting_mails
from buurtdraad.running.children import MARK

DATABASE = "SELECT pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())"


class Facts(Collector):
    """Everything that is asked; what needs the database is left out when it does not answer, and `buurtdraad_database_up` says so."""

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("buurtdraad_build", "What runs", value=versions())
        yield memory()
        try:
            found = [*database(), jobs(), *mail(), *seals()]
        except Error:
            found = []
        yield gauge("database_up", "Whether the database answers", 1 if found else 0)
        yield from found

    def describe(self) -> list[Metric]:
        return []


def gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"buurtdraad_{name}", said, value=value)


def versions() -> dict[str, str]:
    return {"version": buurtdraad.__version__, "python": platform.python_version(), "django": django.__version__}


def database() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(DATABASE)
        size, number = cursor.fetchone()
    yield gauge("database_bytes", "Size of the database on disk", size)
    yield gauge("database_connections", "Connections to the database, of everybody", number)


def jobs() -> Metric:
    found = GaugeMetricFamily("buurtdraad_jobs", "Jobs by queue and state: todo, doing, failed", labels=["queue", "state"])
    rows = ProcrastinateJob.objects.values_list("queue_name", "status").annotate(number=Count("pk")).order_by("queue_name", "status")
    for queue, state, number in rows:
        found.add_metric([queue, state], number)
    return found


def mail() -> Iterator[Metric]:
    number, since = waiting_mails()
    yield gauge("mail_waiting", "Mails that have still to leave", number)
    yield gauge("mail_waiting_seconds", "Age of the oldest of them", (timezone.now() - since).total_seconds() if since else 0)
    yield gauge("mail_undelivered", "Mails that nobody will get", number_undelivered().number)


def seals() -> Iterator[Metric]:
    number, since = unsealed()
    yield gauge("events_unsealed", "Events of the audit record that wait for their seal", number)
    yield gauge("events_unsealed_seconds", "Age of the oldest of them", (timezone.now() - since).total_seconds() if since else 0)


def memory() -> Metric:
    """Resident memory of each of our processes on this machine; without a supervisor only of this one."""
    found = GaugeMetricFamily("buurtdraad_process_memory_bytes", "Resident memory of our processes", labels=["process", "number"])
    numbers = {"web": 0, "worker": 0}
    for process in ours():
        try:
            kind = "worker" if "procrastinate" in process.cmdline() else "web"
            numbers[kind] += 1
            found.add_metric([kind, str(numbers[kind])], process.memory_info().rss)
        except psutil.Error:
            continue
    return found


def ours() -> list[psutil.Process]:
    """The processes of the supervisor that this one is a grandchild of: web server, its workers, the jobs worker."""
    here = psutil.Process()
    if not os.environ.get(MARK):
        return [here]
    try:
        children = psutil.Process(here.ppid()).parent()
        found = children.children(recursive=True) if children else [here]
        return sorted((one for one in found if not one.name().startswith("postgres")), key=lambda one: one.create_time())
    except psutil.Error:
        return [here]
