"""A management command that takes in a file: what became of its rows, or in a sentence why nothing was taken in."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import Report, refused_lines


class TakesIn(BaseCommand):
    """Give it `take_in`. Rows that are refused are named and make the command end as failed; the others were taken in."""

    source = "file"  # the name of its argument

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(self.source, type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def take_in(self, path: Path, options: dict) -> Report:
        """Take in what is at this path. May raise `OSError`, `Refused` and `CommandError`."""
        raise NotImplementedError

    def handle(self, *args, **options) -> None:
        path: Path = options[self.source]
        try:
            report = self.take_in(path, options)
        except OSError as wrong:
            raise CommandError(f"{path} cannot be read: {wrong.strerror}") from None
        except Refused as refusal:
            raise CommandError(f"Nothing is loaded. {refusal}") from None
        self.stdout.write(f"{path.name}: {report}")
        if lines := refused_lines(report):
            raise CommandError(lines)
