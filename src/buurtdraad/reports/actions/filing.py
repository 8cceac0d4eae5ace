"""The PDF and the Word file of a published report: made once, by the worker, and kept with the uploads.

What is kept is found by the hash of the report and how many corrections it has: both never go back, so a file never has to be replaced.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from buurtdraad.lib.uploads.keeping import folder
from buurtdraad.reports.documents import MADE_AS, document_of
from buurtdraad.reports.models import Report
from buurtdraad.reports.queries.content import frozen_content
from buurtdraad.reports.states import ReportStage


def place_of(report: Report, ending: str) -> Path:
    """Where a file of a published report is kept. Raises `ImproperlyConfigured` where the process has no data folder."""
    return folder() / "reports" / f"{report.digest}-{report.errata.count()}.{ending}"


def file_files(report: Report) -> None:
    """Make each file that is not there yet. Written beside its place and moved there whole. Nothing for a report that is not published."""
    if report.stage != ReportStage.PUBLISHED:
        return
    for ending in MADE_AS:
        place = place_of(report, ending)
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = place.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(document_of(report, frozen_content(report), ending, "reports:figure"))
        fresh.replace(place)


def kept_file(report: Report, ending: str) -> bytes | None:
    """A file that was kept; None where the worker did not make it yet, or this process has no data folder."""
    try:
        place = place_of(report, ending)
    except ImproperlyConfigured:
        return None
    return place.read_bytes() if place.is_file() else None
