"""`verify_audit`: whether the record of what happened is whole."""

import sys

from django.core.management.base import BaseCommand

from buurtdraad.audit.queries import unsealed, verify


class Command(BaseCommand):
    help = "Recomputes all seals of the audit record; ends with exit code 1 if an event was altered, added or removed."

    def handle(self, *args, **options):
        verdict = verify()
        self.stdout.write(f"{verdict.events} sealed events under {verdict.seals} seals")
        if verdict.dropped:
            self.stdout.write(f"{verdict.dropped} seals of events that are no longer kept")
        number, since = unsealed()
        self.stdout.write(f"{number} events not sealed yet" + (f", the oldest of {since:%Y-%m-%d %H:%M} UTC" if since else ""))
        if verdict.last_hash:
            self.stdout.write(f"last seal: {verdict.last_hash}")
        for flaw in verdict.altered:
            self.stderr.write(f"ALTERED  {flaw}")
        if verdict.altered:
            sys.exit(1)
        self.stdout.write("Nothing was altered.")
