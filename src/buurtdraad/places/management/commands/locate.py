"""`locate`: the neighbourhood at a point."""

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.places.queries import ancestors, area_at


class Command(BaseCommand):
    """Answers as the pages do."""

    help = "Tell which neighbourhood a point (latitude and longitude in degrees) lies in."

    def add_arguments(self, parser):
        parser.add_argument("latitude", type=float)
        parser.add_argument("longitude", type=float)
        parser.add_argument("--year", type=int, help="the year; without it the last one")

    def handle(self, *args, latitude, longitude, year, **options):
        here = area_at(latitude, longitude, year)
        if here is None:
            raise CommandError("That point lies in no neighbourhood that is loaded.")
        above = ", ".join(place.name for place in reversed(ancestors(here.area.code, here.year)))
        self.stdout.write(f"{here.area.code} {here.name} ({above}), {here.year}")
