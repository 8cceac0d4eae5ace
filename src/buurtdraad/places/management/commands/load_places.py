"""`load_places`: areas and their boundaries, from a file or live."""

import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from buurtdraad.lib.bad_source import nothing_is_loaded
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.actions import load
from buurtdraad.places.sources import any_file, pdok

SHOWN = 20


class Command(BaseCommand):
    """All of a source or nothing of it; the same source twice changes nothing."""

    help = (
        "Load neighbourhoods, districts and the municipality with their boundaries: from FILE (GeoJSON, GeoPackage, or a CSV of"
        " code,name,parent,lat,lon), or live from PDOK with --municipality and --year."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a .geojson, .geojson.gz, .gpkg or .csv file")
        parser.add_argument("--municipality", default="", metavar="GM0344", help="only this municipality; without FILE: live from PDOK")
        parser.add_argument("--year", type=int, help="the year that the areas stood so; without it the one that the file names")

    def handle(self, *args, file, municipality, year, **options):
        if file is None and not (municipality and year):
            raise CommandError("Give a FILE, or --municipality and --year to load live from PDOK.")
        try:
            self.tell(f"Reading {file or 'from PDOK'}...")
            if file is not None:
                rows = any_file.read(file, municipality=municipality, municipality_name=settings.CITY_NAME)
            else:
                rows = pdok.read(municipality, year, told=self.tell)
            self.tell(f"{len(rows)} areas read; checking, drawing and loading...")
            report = load(rows, year=year, by=None, at=datetime.datetime.now(datetime.UTC))
        except Refused as refusal:
            raise CommandError(nothing_is_loaded(refusal)) from None
        for note in report.notes:
            self.tell(note)
        self.stdout.write(
            f"{report.year}: {len(report.new)} new, {len(report.changed)} changed, {len(report.gone)} gone, {report.unchanged} unchanged"
        )
        for code, what in list(report.changed.items())[:SHOWN]:
            self.stdout.write(f"  changed {code}: {', '.join(what)}")
        for code in report.gone[:SHOWN]:
            self.stdout.write(f"  gone {code}")

    def tell(self, line: str) -> None:
        """Progress, beside the report."""
        self.stderr.write(line, self.style.NOTICE)
        self.stderr.flush()
