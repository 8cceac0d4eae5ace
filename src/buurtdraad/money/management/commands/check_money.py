"""`check_money`: whether pots and promises say what the ledger says."""

import sys

from django.core.management.base import BaseCommand

from buurtdraad.money.models import Entry
from buurtdraad.money.queries.ledger import differences


class Command(BaseCommand):
    help = "Adds up the ledger of pots again; ends with exit code 1 if a pot or a promise says otherwise."

    def handle(self, *args, **options):
        self.stdout.write(f"{Entry.objects.count()} lines in the ledger")
        found = differences()
        for one in found:
            self.stderr.write(f"DIFFERS  {one.thing} {one.what}: {one.kept}, the ledger says {one.ledger}")
        if found:
            sys.exit(1)
        self.stdout.write("Ledger and balances are the same.")
