"""Jobs: making the overview of coherence anew, the files of a report and how it stands today, and the Friday mail to aldermen."""

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from buurtdraad.messages.tasks import AMSTERDAM, is_morning
from buurtdraad.reports.actions.asking import FILES, JOB
from buurtdraad.reports.actions.filing import file_files
from buurtdraad.reports.actions.preparing import prepare
from buurtdraad.reports.actions.standing import keep_today
from buurtdraad.reports.actions.telling import tell_aldermen
from buurtdraad.reports.models import Report

FRIDAY = 4


@app.periodic(cron="10 * * * *")
@app.task(name=JOB, queueing_lock="prepare_coherence")
def prepare_coherence(timestamp: int | None = None) -> None:
    """Every hour, and when a page asks because what it shows is too old."""
    prepare(timezone.now())


@app.task(name=FILES)
def make_files(report: str) -> None:
    """The PDF and the Word file of a report that was published or corrected, and how its numbers stand today."""
    for found in Report.objects.filter(uuid=report).defer("lists"):
        file_files(found)
        keep_today(found, timezone.now())


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="count_reports")
def count_reports(timestamp: int) -> None:
    """At night: how the numbers of each report stand today, of a draft too."""
    for found in Report.objects.light():
        keep_today(found, timezone.now())


# The worker knows hours of UTC only: 7 o'clock in Amsterdam is one of these two.
@app.periodic(cron="0 5,6 * * 5")
@app.task(queueing_lock="tell_aldermen")
def send_friday(timestamp: int) -> None:
    """On Friday at seven in the morning: what comes on the site in the week after. Twice makes no second mail."""
    if is_morning(timestamp) and datetime.datetime.fromtimestamp(timestamp, AMSTERDAM).weekday() == FRIDAY:
        tell_aldermen(at=timezone.now())
