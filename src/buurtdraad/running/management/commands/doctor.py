"""`doctor`: what is set, which versions run, and what is wrong."""

import sys

from django.core.management.base import BaseCommand

from buurtdraad.running.diagnosis import WRONG, examine


class Command(BaseCommand):
    help = "Says what is set, which versions run, and what is wrong; ends with exit code 1 if anything is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--clock", default="", metavar="URL", help="also compare the clock with the Date header of this https:// address"
        )

    def handle(self, *args, **options):
        wrong = 0
        for finding in examine(clock_of=options["clock"]):
            wrong += finding.verdict == WRONG
            self.stdout.write(f"{finding.verdict:6} {finding.subject}: {finding.said}")
            if finding.do:
                self.stdout.write(f"       → {finding.do}")
        if wrong:
            sys.exit(1)
