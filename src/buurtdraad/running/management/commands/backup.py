"""`backup FILE`: database and uploads in one file."""

from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buurtdraad.running.backup import BackupRefused
from buurtdraad.running.backup.taking import back_up
from buurtdraad.running.home import find_home


class Command(BaseCommand):
    help = "Writes database and uploads to one new file that only its owner may read; the product may go on meanwhile."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, **options):
        target = options["file"].absolute()
        try:
            facts = back_up(target, url=settings.DATABASE_URL, uploads=find_home().uploads.resolve(), at=timezone.now())
        except (BackupRefused, OSError, psycopg.Error) as refusal:
            raise CommandError(" ".join(str(refusal).split())) from None
        rows = sum(rows for rows, _sum in facts["tables"].values())
        size = target.stat().st_size / 1_000_000
        self.stdout.write(f"{target}: {len(facts['tables'])} tables with {rows} rows, {len(facts['files']) - 1} uploads, {size:.1f} MB.")
