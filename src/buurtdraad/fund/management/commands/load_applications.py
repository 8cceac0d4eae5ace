"""`load_applications`: requests for money from an older system, from a table."""

from pathlib import Path

from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.fund.older.actions import take_in
from buurtdraad.lib.tables.command import TakesIn
from buurtdraad.lib.tables.reports import Report
from buurtdraad.lib.tables.spreadsheet import csv_of


class Command(TakesIn):
    help = (
        "Take in requests from an older system: CSV or Excel. What ended there becomes history, what still runs goes on here."
        " Nobody gets a message. Rows that are not right are named, and do not stop the others."
    )

    def take_in(self, path: Path, options: dict) -> Report:
        content = csv_of(path.read_bytes())
        return take_in(content, by=system_person("load_applications"), at=timezone.now(), dry_run=options["dry_run"])
