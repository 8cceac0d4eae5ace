"""`load_demo`: Utrecht's neighbourhoods, real figures of 2020 and 2025, six working areas, and the invented cast."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from buurtdraad.running.demo.actions import AnotherCity, load_demo


class Command(BaseCommand):
    help = "Load the demo city: Utrecht's neighbourhoods and figures, and an invented cast."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("This is no demo: the example city comes only where DEMO is on, with the embedded database.")
        try:
            load_demo(say=self.stderr.write)
        except AnotherCity as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("The demo city is loaded.")
