"""`./run bench`: what a page costs, side by side with a bare Django page, on a throw-away copy of the product."""

import json
import os
import signal
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.running.bench.measures import all_figures
from buurtdraad.running.bench.processes import PROC
from buurtdraad.running.bench.product import PACKAGE_ROOT, Product
from buurtdraad.running.bench.report import table
from buurtdraad.running.cluster import ClusterBroken


class Command(BaseCommand):
    help = "Measures CPU, queries, bytes and memory on a throw-away copy, and says which goals are reached."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--requests", type=int, default=4000, help="Requests in one run (default 4000).")
        parser.add_argument("--json", type=Path, metavar="FILE", help="Write the same figures to this file.")
        # For the processes that the bench itself starts.
        parser.add_argument("--inside", metavar="PART", help="Only used by the bench itself.")
        parser.add_argument("arguments", nargs="*", help="Only used by the bench itself.")

    def handle(self, *args, **options):
        if options["inside"]:
            from buurtdraad.running.bench.inside import PARTS  # noqa: PLC0415 (only the processes of the bench need it)

            self.stdout.write(json.dumps(PARTS[options["inside"]](options["arguments"])))
            return
        if not (PROC / "self" / "stat").exists():
            raise CommandError("The bench reads CPU time from /proc, which only Linux has.")
        # Whoever ends the bench ends its cluster and servers too.
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        shared = Path(os.environ.get("BUURTDRAAD_SHARED") or PACKAGE_ROOT.parent.parent / "shared")
        try:
            with Product() as product:
                figures = list(all_figures(product, requests=options["requests"], shared=shared, say=self.say))
        except (ClusterBroken, RuntimeError) as problem:
            raise CommandError(f"The bench could not go on: {problem}") from None
        finally:
            signal.signal(signal.SIGTERM, before)
        self.stdout.write(table(figures))
        if options["json"]:
            options["json"].write_text(json.dumps([figure.as_dict() for figure in figures], indent=1) + "\n")

    def say(self, words: str) -> None:
        self.stderr.write(f"bench: {words} ...")
