"""`import_wishes`: wishes from a table, or from the export of another platform."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.actions import system_person
from buurtdraad.agendas.ways_in.actions import import_wishes
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import refused_lines
from buurtdraad.places.models import Area


class Command(BaseCommand):
    """The same file twice adds nothing; a page undoes it."""

    help = (
        "Take in wishes from FILE: CSV, Excel or JSON, also exports of Decidim, CONSUL, OpenStad and Go Vocal."
        " Rows that are not right are named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--area", metavar="CODE", help="where wishes are that name no neighbourhood")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args, **options) -> None:
        area = Area.objects.filter(code=options["area"]).first() if options["area"] else None
        if options["area"] and area is None:
            raise CommandError(f"There is no area {options['area']}.")
        try:
            found = import_wishes(
                options["file"].read_bytes(), name=options["file"].name, otherwise=area, reach=Reach(everywhere=True),
                by=system_person("import_wishes"), at=timezone.now(), dry_run=options["dry_run"],
            )  # fmt: skip
        except OSError as wrong:
            raise CommandError(f"{options['file']} cannot be read: {wrong.strerror}") from None
        except Refused as refusal:
            raise CommandError(f"Nothing is taken in. {refusal}") from None
        self.stdout.write(f"{options['file'].name}: {found.report}")
        if lines := refused_lines(found.report):
            raise CommandError(lines)
