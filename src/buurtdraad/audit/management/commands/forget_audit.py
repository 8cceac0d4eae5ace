"""`forget_audit`: what the record no longer has to hold."""

import datetime
import re

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buurtdraad.audit.actions import forget
from buurtdraad.audit.queries import midnight


class Command(BaseCommand):
    help = "Drops the sealed events from before a month, as owner of the tables. Their seals stay, so that verify_audit still holds."

    def add_arguments(self, parser):
        parser.add_argument("--before", metavar="YYYY-MM", required=True, help="the first month that is kept")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args, **options):
        before, at = midnight(first_day(options["before"])), timezone.now()
        if before > at:
            raise CommandError(f"{options['before']} is still to come: nothing of it can be dropped.")
        if not (options["yes"] or agreed(options["before"])):
            raise CommandError("Nothing was dropped.")
        number = forget(before=before, at=at, channel="command")
        self.stdout.write(f"{number} events from before {options['before']} were dropped")


def first_day(month: str) -> datetime.date:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month) or month < "1990":
        raise CommandError(f"{month!r} is not a month such as 2020-01.")
    return datetime.date.fromisoformat(f"{month}-01")


def agreed(month: str) -> bool:
    try:
        return input(f"Drop all sealed events from before {month}, for ever? [y/N] ").strip().lower() in {"y", "yes", "j", "ja"}
    except EOFError:
        raise CommandError("There is nobody to ask. Add --yes.") from None
