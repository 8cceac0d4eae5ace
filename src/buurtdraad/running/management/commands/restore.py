"""`restore FILE`: put a back-up in the place of the database and the uploads."""

from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from buurtdraad.running.backup import BackupRefused
from buurtdraad.running.backup.restoring import restore
from buurtdraad.running.home import find_home


class Command(BaseCommand):
    help = "Restores a back-up, compares rows, sums and seals, and only then puts it in the place of what is there."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Also when the database is not empty: what is in it goes.")

    def handle(self, *args, **options):
        source = options["file"].absolute()
        try:
            found = restore(
                source,
                url=settings.DATABASE_URL,
                uploads=find_home().uploads,
                replace=options["replace"],
                say=lambda line: self.stderr.write(f"{line} ..."),
            )
        except (BackupRefused, OSError, psycopg.Error) as refusal:
            raise CommandError(" ".join(str(refusal).split())) from None
        for name, rows in found.tables.items():
            self.stdout.write(f"{rows:>10}  {name}")
        self.stdout.write(f"Restored: {len(found.tables)} tables, {sum(found.tables.values())} rows, {found.files} uploads. All as it was.")
        for line in found.to_do:
            self.stdout.write(line)
