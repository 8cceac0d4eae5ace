"""`verify_round`: whether what was published of a round is what was frozen, and whether a second program counts the same."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buurtdraad.budgets.actions.counted import keep_verdict
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries.counted import counted_parts
from buurtdraad.budgets.queries.verifying import differences


class Command(BaseCommand):
    help = (
        "Computes the hashes of a closed round again and counts it with a second, slow program (some hundreds of voters: minutes; many "
        "thousands: hours). Writes down that it was the same. Ends with exit code 1 if anything differs."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("round", metavar="ROUND", help="The last part of its address: /budgetten/ROUND/")

    def handle(self, *args, **options) -> None:
        found = BudgetRound.objects.filter(slug=options["round"]).first()
        if found is None:
            raise CommandError(f"There is no round {options['round']}.")
        parts = counted_parts(found)
        if not parts or any(one.counted_at is None for one in parts):
            raise CommandError(f"{found} is not counted yet.")
        wrong = [flaw for one in parts for flaw in self.look_at(one)]
        if wrong:
            sys.exit(1)
        self.stdout.write("Nothing differs.")

    def look_at(self, one) -> list[str]:
        """One budget: say what it is and what is wrong with it."""
        self.stdout.write(f"{one.part}: {one.ballots} ballots, SHA-256 {one.whole_hash}")
        wrong = differences(one)
        for flaw in wrong:
            self.stderr.write(f"DIFFERS  {flaw}")
        if one.verified_at is None:
            keep_verdict(one, wrong, at=timezone.now())
        if not one.part.frozen.exists() and one.ballots:
            self.stdout.write("The ballots are past their time: nothing can be counted again.")
        return wrong
