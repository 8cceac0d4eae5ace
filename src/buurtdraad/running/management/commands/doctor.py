"""`doctor`: what is set, which versions run, and what is wrong."""

import sys

from django.core.management.base import BaseCommand

from buurtdraad.running.diagnosis import WRONG, examine


class Command(BaseCommand):
    help = "Says what is set, which versions run, and what is wrong; ends with exit code 1 if anything is."

    def handle(self, *args, **options):
        wrong = 0
        for finding in examine():
            wrong += finding.verdict == WRONG
            self.stdout.write(f"{finding.verdict:6} {finding.subject}: {finding.said}")
        if wrong:
            sys.exit(1)
