"""`load_openstad`: ideas, votes and areas from an export of OpenStad."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.budgets.actions.openstad import load_openstad
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.lib.tables.command import TakesIn
from buurtdraad.lib.tables.reports import Report


class Command(TakesIn):
    help = (
        "Take in an export of OpenStad: a FOLDER with resources.json (or ideas.json), and perhaps votes.json, areas.json and"
        " comments.json, as its API gives them. Nothing of users is read. The same export twice changes nothing."
    )
    source = "folder"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="TOML or JSON: what becomes of areas, statuses and projects")
        parser.add_argument("--round", metavar="SLUG", help="the round of which ideas become plans, where the mapping says so")

    def take_in(self, path: Path, options: dict) -> Report:
        found = BudgetRound.objects.filter(slug=options["round"]).first() if options["round"] else None
        if options["round"] and found is None:
            raise CommandError(f"There is no round {options['round']}.")
        report, comments = load_openstad(
            path, mapping=options["mapping"], round_=found, by=system_person("load_openstad"), at=timezone.now(),
            dry_run=options["dry_run"],
        )  # fmt: skip
        if comments:
            self.stdout.write(f"{comments} comments are left out: they are of people who gave them to another platform.")
        return report
