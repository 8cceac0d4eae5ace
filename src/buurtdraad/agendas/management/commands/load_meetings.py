"""`load_meetings`: meetings from a table."""

from pathlib import Path

from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.actions import system_person
from buurtdraad.agendas.ways_in.actions import import_meetings
from buurtdraad.lib.tables.command import TakesIn
from buurtdraad.lib.tables.reports import Report
from buurtdraad.lib.tables.spreadsheet import csv_of


class Command(TakesIn):
    help = (
        "Take in meetings from FILE: CSV or Excel. What is to come waits until somebody announces it; nobody gets a message."
        " Rows that are not right are named. The same file twice adds nothing; a page undoes it."
    )

    def take_in(self, path: Path, options: dict) -> Report:
        return import_meetings(
            csv_of(path.read_bytes()), name=path.name, reach=Reach(everywhere=True), by=system_person("load_meetings"),
            at=timezone.now(), dry_run=options["dry_run"],
        )  # fmt: skip
