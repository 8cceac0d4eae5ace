"""`export_audit`: the record of what happened, for who keeps it elsewhere or looks into it with tools of their own."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.audit.models import Event
from buurtdraad.audit.queries import as_lines


class Command(BaseCommand):
    help = "Writes all events as lines of JSON, just as they are sealed; - as FILE writes them to standard output."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args, **options):
        lines = as_lines(Event.objects.order_by("id"))
        if options["file"] == "-":
            for line in lines:
                self.stdout.write(line, ending="")
            return
        path = Path(options["file"])
        if path.exists():
            raise CommandError(f"{path} is there already. Choose another name.")
        try:
            number = written(path, lines)
        except OSError as problem:
            raise CommandError(f"{path} cannot be written: {problem.strerror}.") from None
        self.stdout.write(f"{number} events written to {path}")


def written(path: Path, lines) -> int:
    """Write all lines, readable for the owner of the file only; a file that is not whole never gets the name. Returns how many."""
    number = 0
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            for line in lines:
                file.write(line)
                number += 1
            file.flush()
            os.fsync(file.fileno())
            # Unlike a rename this fails when somebody made a file of that name meanwhile.
            os.link(file.name, path)
        finally:
            Path(file.name).unlink()
    return number
