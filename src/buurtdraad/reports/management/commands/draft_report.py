"""`draft_report 2026-2`: draft the report about a half year, or draft it again."""

import datetime
import re

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.lib.refusal import Refused
from buurtdraad.reports.actions.drafting import draft
from buurtdraad.reports.queries.drafts import half_year_of

HALF_YEAR = re.compile(r"(\d{4})-([12])")


class Command(BaseCommand):
    help = "Draft the report to the council about a half year, such as 2026-2. What people wrote in a draft that is there stays."

    def add_arguments(self, parser) -> None:
        parser.add_argument("half_year", help="The year and 1 or 2: 2026-2.")

    def handle(self, *args, half_year: str, **options) -> None:
        asked = HALF_YEAR.fullmatch(half_year)
        if asked is None:
            raise CommandError(f"{half_year} is no half year; write one as 2026-2.")
        first, last = half_year_of(datetime.date(int(asked[1]), 1 if asked[2] == "1" else 7, 1))
        try:
            report = draft(from_on=first, until_on=last, by=system_person("draft_report"), at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Drafted: /werk/rapport/{report.slug}/")
