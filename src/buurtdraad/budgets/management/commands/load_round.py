"""`load_round`: a real election from a Pabulib file, as a finished round that was voted elsewhere."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.budgets.actions.counted import count, winners_of
from buurtdraad.budgets.actions.files import load_round
from buurtdraad.budgets.queries.counted import counted_parts
from buurtdraad.budgets.tally.pabulib import Malformed, read
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area


class Command(BaseCommand):
    help = (
        "Loads an election from a Pabulib file (.pb) as a finished round of an area, and counts it. Exit code 2 for a file that is wrong."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE.pb", type=Path)
        parser.add_argument("--area", required=True, help="Code of the area under which it stands, such as GM0344.")

    def handle(self, *args, **options) -> None:
        area = Area.objects.filter(code=options["area"]).first()
        if area is None:
            raise CommandError(f"There is no area {options['area']}.")
        try:
            reading = read(options["file"])
        except Malformed as problem:
            self.stderr.write(str(problem))
            sys.exit(2)
        now = timezone.now()
        try:
            made = load_round(reading, area=area, by=system_person("load_round"), at=now)
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        count(made, at=now)
        one = counted_parts(made)[0]
        winners = winners_of(one)
        self.stdout.write(f"/budgetten/{made.slug}/: {one.ballots} ballots, {len(one.plans)} plans, {len(winners)} of them chosen.")
