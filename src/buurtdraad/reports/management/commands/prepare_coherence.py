"""`prepare_coherence`: cells, findings and measures of coherence, made now."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from buurtdraad.reports.actions.preparing import prepare


class Command(BaseCommand):
    help = "Make the overview of coherence anew: cells, findings and measures. The worker does this every hour."

    def handle(self, *args, **options) -> None:
        made = prepare(timezone.now())
        self.stdout.write(
            f"{made.cells} cells, {made.found} new findings, {made.solved} solved, {made.measures} measures, {made.seconds:.1f} s CPU."
        )
