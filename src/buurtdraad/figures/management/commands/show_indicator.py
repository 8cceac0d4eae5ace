"""`show_indicator`: the municipality chooses which figures the public sees."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.figures.actions import NoSuchIndicator, show


class Command(BaseCommand):
    help = "Show an indicator on the pages and in open data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the indicator, for example bijstand")

    def handle(self, *args, **options) -> None:
        try:
            changed = show(options["code"], shown=True, by=system_person("show_indicator"), at=timezone.now())
        except NoSuchIndicator as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Done." if changed else "It was so already.")
