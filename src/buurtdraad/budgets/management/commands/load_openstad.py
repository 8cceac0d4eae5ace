"""`load_openstad`: ideas, votes and areas from an export of OpenStad."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.budgets.actions.openstad import load_openstad
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import refused_lines


class Command(BaseCommand):
    help = (
        "Take in an export of OpenStad: a FOLDER with resources.json (or ideas.json), and perhaps votes.json, areas.json and"
        " comments.json, as its API gives them. Nothing of users is read. The same export twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="TOML or JSON: what becomes of areas, statuses and projects")
        parser.add_argument("--round", metavar="SLUG", help="the round of which ideas become plans, where the mapping says so")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args, **options) -> None:
        found = BudgetRound.objects.filter(slug=options["round"]).first() if options["round"] else None
        if options["round"] and found is None:
            raise CommandError(f"There is no round {options['round']}.")
        try:
            report, comments = load_openstad(
                options["folder"], mapping=options["mapping"], round_=found, by=system_person("load_openstad"), at=timezone.now(),
                dry_run=options["dry_run"],
            )  # fmt: skip
        except OSError as wrong:
            raise CommandError(f"{options['folder']} cannot be read: {wrong.strerror}") from None
        except Refused as refusal:
            raise CommandError(f"Nothing is taken in. {refusal}") from None
        self.stdout.write(f"{options['folder'].name}: {report}")
        if comments:
            self.stdout.write(f"{comments} comments are left out: they are of people who gave them to another platform.")
        if lines := refused_lines(report):
            raise CommandError(lines)
