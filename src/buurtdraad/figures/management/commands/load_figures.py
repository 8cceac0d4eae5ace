"""`load_figures`: figures of areas, from a file or live from CBS."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.figures.actions import load
from buurtdraad.figures.sources import Read, odata3, odata4, open_file
from buurtdraad.figures.sources.mapping import read_mapping
from buurtdraad.lib.bad_source import nothing_is_loaded
from buurtdraad.lib.refusal import Refused


class Command(BaseCommand):
    help = "Load figures per area: a CSV, a Parquet file, recorded OData of CBS (file or folder), or live by --table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="file or folder")
        parser.add_argument("--mapping", type=Path, help="TOML or CSV that says which column is which indicator")
        parser.add_argument("--year", type=int, help="the year of the figures, where the source does not say it")
        parser.add_argument("--table", help="number of a table at CBS, for example 84799NED, to load live")
        parser.add_argument("--municipality", help="only this municipality of the table, for example GM0344")
        parser.add_argument("--v4", action="store_true", help="ask for the table by OData version 4")
        parser.add_argument("--all-columns", action="store_true", help="keep every column with numbers, hidden")
        parser.add_argument("--make-areas", action="store_true", help="make areas that are not known from their codes")

    def handle(self, *args, **options) -> None:
        if bool(options["file"]) == bool(options["table"]):
            raise CommandError("Give a file, or --table for a table of CBS.")
        try:
            source = self.opened(options)
            report = load(
                source.rows,
                origin=source.origin,
                by=system_person("load_figures"),
                at=timezone.now(),
                make_areas=options["make_areas"],
                progress=self.tell("values read"),
            )
        except Refused as refusal:
            self.stderr.write("")
            raise CommandError(nothing_is_loaded(refusal)) from None
        self.stderr.write("")
        self.stdout.write(f"{source.origin.source} {source.origin.table or source.origin.file}: {report}")

    def opened(self, options: dict) -> Read:
        if options["file"]:
            mapping = read_mapping(options["mapping"]) if options["mapping"] else None
            return open_file(options["file"], mapping=mapping, year=options["year"], all_columns=options["all_columns"])
        table, municipality, year = options["table"], options["municipality"], options["year"]
        if options["v4"]:
            return odata4.fetch(table, municipality, year=year, progress=self.tell("rows fetched"))
        return odata3.fetch(table, municipality, year=year, all_columns=options["all_columns"], progress=self.tell("rows fetched"))

    def tell(self, what: str):
        """Progress on stderr: over one line at a terminal, nothing elsewhere but the report."""
        if not sys.stderr.isatty():
            return None
        return lambda number: self.stderr.write(f"\r{number:,} {what}", ending="")
