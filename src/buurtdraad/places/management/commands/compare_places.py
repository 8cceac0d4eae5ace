"""`compare_places`: what became of neighbourhoods between two years."""

import datetime
from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.places.actions import save_changes
from buurtdraad.places.queries import overlaps
from buurtdraad.places.rules import what_became


class Command(BaseCommand):
    """Lists changes by the land that areas share; `--save` keeps them, so that figures and agreements follow."""

    help = "List which neighbourhoods stayed, were renamed, recoded, split or joined, or had a border moved, between two years."

    def add_arguments(self, parser):
        parser.add_argument("from_year", type=int)
        parser.add_argument("to_year", type=int)
        parser.add_argument("--municipality", metavar="GM0344", help="only the old neighbourhoods of this municipality")
        parser.add_argument("--save", action="store_true", help="keep the changes")

    def handle(self, *args, from_year, to_year, municipality, save, **options):
        shared, old, new = overlaps(from_year, to_year, municipality=municipality)
        for year, names in ((from_year, old), (to_year, new)):
            if not names:
                raise CommandError(f"There are no neighbourhoods with official boundaries for {year}: load them first.")
        changes = what_became(shared, old=old, new=new)
        for change in changes:
            if change.kind != "unchanged":
                told = f"{old[change.from_code]} -> {new[change.to_code]}"
                self.stdout.write(f"{change.kind:13} {change.from_code} -> {change.to_code}  {change.share:6.1%}  {told}")
        for code in sorted(set(old) - {change.from_code for change in changes}):
            self.stdout.write(f"{'gone':13} {code}  {old[code]}")
        counted = Counter(change.kind for change in changes)
        self.stdout.write(", ".join(f"{number} {kind}" for kind, number in sorted(counted.items())) or "no land in common")
        if save:
            kept = save_changes(changes, year=to_year, by=None, at=datetime.datetime.now(datetime.UTC))
            self.stdout.write(f"{kept} changes saved")
