"""`load_demo`: Utrecht's neighbourhoods, real figures of 2020 and 2025, six working areas, and the invented cast."""

from django.core.management.base import BaseCommand

from buurtdraad.running.demo.actions import load_demo


class Command(BaseCommand):
    help = "Load the demo city: Utrecht's neighbourhoods and figures, and an invented cast."

    def handle(self, *args, **options):
        load_demo(say=self.stderr.write)
        self.stdout.write("The demo city is loaded.")
