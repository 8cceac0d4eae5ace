"""`import_wishes`: wishes from a table, or from the export of another platform."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.actions import system_person
from buurtdraad.agendas.ways_in.actions import import_wishes
from buurtdraad.lib.tables.command import TakesIn
from buurtdraad.lib.tables.reports import Report
from buurtdraad.places.models import Area


class Command(TakesIn):
    """The same file twice adds nothing; a page undoes it."""

    help = (
        "Take in wishes from FILE: CSV, Excel or JSON, also exports of Decidim, CONSUL, OpenStad and Go Vocal."
        " Rows that are not right are named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--area", metavar="CODE", help="where wishes are that name no neighbourhood")

    def take_in(self, path: Path, options: dict) -> Report:
        area = Area.objects.filter(code=options["area"]).first() if options["area"] else None
        if options["area"] and area is None:
            raise CommandError(f"There is no area {options['area']}.")
        return import_wishes(
            path.read_bytes(), name=path.name, otherwise=area, reach=Reach(everywhere=True),
            by=system_person("import_wishes"), at=timezone.now(), dry_run=options["dry_run"],
        ).report  # fmt: skip
