"""`load_challenges`: ambitions and challenges of a programme, from a file."""

from pathlib import Path

from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.challenges.actions import load_programme
from buurtdraad.lib.tables.command import TakesIn
from buurtdraad.lib.tables.reports import Report
from buurtdraad.lib.tables.spreadsheet import csv_of


class Command(TakesIn):
    help = "Load ambitions and challenges from a CSV or Excel file. Rows that are not right are named, and do not stop the others."

    def take_in(self, path: Path, options: dict) -> Report:
        content = csv_of(path.read_bytes())
        return load_programme(content, by=system_person("load_challenges"), at=timezone.now(), dry_run=options["dry_run"])
