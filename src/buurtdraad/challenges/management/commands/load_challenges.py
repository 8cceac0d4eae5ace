"""`load_challenges`: ambitions and challenges of a programme, from a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.challenges.actions import load_programme
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import refused_lines
from buurtdraad.lib.tables.spreadsheet import csv_of


class Command(BaseCommand):
    help = "Load ambitions and challenges from a CSV. Rows that are not right are named, and do not stop the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args, **options) -> None:
        try:
            content = csv_of(options["file"].read_bytes())
            report = load_programme(content, by=system_person("load_challenges"), at=timezone.now(), dry_run=options["dry_run"])
        except OSError as wrong:
            raise CommandError(f"{options['file']} cannot be read: {wrong.strerror}") from None
        except Refused as refusal:
            raise CommandError(f"Nothing is loaded. {refusal}") from None
        self.stdout.write(f"{options['file'].name}: {report}")
        if lines := refused_lines(report):
            raise CommandError(lines)
