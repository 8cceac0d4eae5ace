"""Asking the worker: to make the overview of coherence anew, and the files of a report."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from buurtdraad.reports.models import Report

JOB, FILES = "reports.prepare", "reports.files"


@transaction.atomic
def ask_anew() -> None:
    """Let the worker make it anew soon, once however often it is asked."""
    try:
        with transaction.atomic():
            app.configure_task(JOB, queueing_lock="prepare_coherence").defer()
    except AlreadyEnqueued:
        return


def ask_files(report: Report) -> None:
    """Let the worker make the files of a published report, once the transaction is over."""
    app.configure_task(FILES).defer(report=str(report.uuid))
