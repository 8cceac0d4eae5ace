"""`load_meetings`: meetings from a table."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.actions import system_person
from buurtdraad.agendas.ways_in.actions import import_meetings
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import refused_lines
from buurtdraad.lib.tables.spreadsheet import csv_of


class Command(BaseCommand):
    help = (
        "Take in meetings from FILE: CSV or Excel. What is to come waits until somebody announces it; nobody gets a message."
        " Rows that are not right are named. The same file twice adds nothing; a page undoes it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args, **options) -> None:
        file: Path = options["file"]
        try:
            report = import_meetings(
                csv_of(file.read_bytes()), name=file.name, reach=Reach(everywhere=True), by=system_person("load_meetings"),
                at=timezone.now(), dry_run=options["dry_run"],
            )  # fmt: skip
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}") from None
        except Refused as refusal:
            raise CommandError(f"Nothing is taken in. {refusal}") from None
        self.stdout.write(f"{file.name}: {report}")
        if lines := refused_lines(report):
            raise CommandError(lines)
