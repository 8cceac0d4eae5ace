"""`propose_destruction`: the monthly list of what is past its time."""

import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.destruction.actions import propose
from buurtdraad.pages.destruction.kinds import due


class Command(BaseCommand):
    help = "Lists what is past its retention period; nothing is destroyed before an administrator approves the list."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="Look as if it were this day (2026-12-01); today without it.")

    def handle(self, *args, **options):
        on = options["on"] or timezone.localdate()
        made = propose(due(on), on=on, by=system_person("propose_destruction"), at=timezone.now())
        if made is None:
            self.stdout.write("Nothing is past its time.")
            return
        for line in made.lines.all():
            self.stdout.write(f"{line.proposed:>8}  {line.kind} ({line.retention_class})")
        self.stdout.write("An administrator approves this on /werk/vernietigen/.")
