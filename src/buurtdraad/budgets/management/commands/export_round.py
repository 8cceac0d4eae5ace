"""`export_round`: the frozen ballots of a round as a Pabulib file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.budgets.models import BudgetRound, Counted
from buurtdraad.budgets.queries.counted import counted_parts
from buurtdraad.budgets.queries.files import pabulib


class Command(BaseCommand):
    help = "Writes the ballots of a closed round as a Pabulib file (.pb)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("round", metavar="ROUND", help="The last part of its address: /budgetten/ROUND/")
        parser.add_argument("file", metavar="FILE.pb", type=Path)
        parser.add_argument("--part", type=int, default=1, help="Which budget of the round, counted from 1.")

    def handle(self, *args, **options) -> None:
        one = self.asked(options["round"], options["part"])
        try:
            with options["file"].open("wb") as file:
                file.writelines(pabulib(one))
        except OSError as problem:
            raise CommandError(f"{options['file']}: {problem.strerror}.") from problem
        self.stdout.write(f"{options['file']}: {one.ballots - one.blank} ballots, {len(one.plans)} plans.")

    def asked(self, slug: str, number: int) -> Counted:
        found = BudgetRound.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"There is no round {slug}.")
        parts = counted_parts(found)
        if not parts:
            raise CommandError(f"{found} is not closed: its ballots are secret.")
        if not 1 <= number <= len(parts):
            raise CommandError(f"{found} has {len(parts)} budgets.")
        if not parts[number - 1].part.frozen.exists():
            raise CommandError(f"There are no ballots of {found}: nobody voted, or they are past their time.")
        return parts[number - 1]
