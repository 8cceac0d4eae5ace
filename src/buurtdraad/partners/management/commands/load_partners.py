"""`load_partners`: organisations that the city works with, from a file."""

from pathlib import Path

from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.lib.tables.command import TakesIn
from buurtdraad.lib.tables.reports import Report
from buurtdraad.lib.tables.spreadsheet import csv_of
from buurtdraad.partners.actions import load_partners


class Command(TakesIn):
    help = "Load partner organisations from a CSV or Excel file. Rows that are not right are named, and do not stop the others."

    def take_in(self, path: Path, options: dict) -> Report:
        content = csv_of(path.read_bytes())
        return load_partners(content, by=system_person("load_partners"), at=timezone.now(), dry_run=options["dry_run"])
