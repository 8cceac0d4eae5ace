"""`./run bench`: what a page costs, side by side with a bare Django page, on a throw-away copy of the product."""

import json
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.running.bench.ballots import ballot_figures
from buurtdraad.running.bench.fund import fund_figures
from buurtdraad.running.bench.large import city_figures
from buurtdraad.running.bench.measures import all_figures
from buurtdraad.running.bench.meeting import burst
from buurtdraad.running.bench.paper import PAPER
from buurtdraad.running.bench.processes import PROC
from buurtdraad.running.bench.product import PACKAGE_ROOT, Product
from buurtdraad.running.bench.report import Figure, table
from buurtdraad.running.bench.tally import tally_figures
from buurtdraad.running.bench.wishes import SIZES, wish_figures
from buurtdraad.running.cluster import ClusterBroken

OF_A_CITY = (["city"], ["week"], ["restore"])
PARTS = ("wishes", "meeting", "fund", "tally", "ballots", "city", "week", "restore")


class Command(BaseCommand):
    help = "Measures CPU, queries, bytes and memory on a throw-away copy, and says which goals are reached."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--requests", type=int, default=4000, help="Requests in one run (default 4000).")
        parser.add_argument("--long", type=int, help="Requests after which memory is looked at (default 10,000; of `week` 100,000).")
        parser.add_argument("--json", type=Path, metavar="FILE", help="Write the same figures to this file.")
        parser.add_argument("--sizes", type=int, nargs=2, default=SIZES, metavar="N", help="Numbers of wishes to lay side by side.")
        parser.add_argument("--seconds", type=int, default=300, help="Of `ballots`: how long a hundred a second come (default 300).")
        parser.add_argument("--share", type=float, default=1.0, help="Of `city`, `week` and `restore`: this part of a large city.")
        parser.add_argument("--renders", type=int, default=10, help="Of `city`: renders of a page in one of three rounds (default 10).")
        parser.add_argument("--only", default="", metavar="TEXT", help="Of `city`: only addresses that hold this text.")
        parser.add_argument("--paper", type=Path, default=PAPER, metavar="FILE", help="Where the figures of a city are written.")
        parser.add_argument(
            "--cluster",
            type=Path,
            metavar="FOLDER",
            help="A stopped database to measure in instead of a new one; of a city it is made when it is not there, and kept.",
        )
        # For the processes that the bench itself starts.
        parser.add_argument("--inside", metavar="PART", help="Only used by the bench itself.")
        parser.add_argument(
            "arguments",
            nargs="*",
            metavar="|".join(PARTS),
            help="Only the pages of wishes, few and many side by side; a full room; the worklist of the fund; the count; votes;"
            " every page in a large city; a week of use of it; or its back-up and restore.",
        )

    def handle(self, *args, **options):
        if options["inside"]:
            from buurtdraad.running.bench import inside  # noqa: PLC0415 (only the processes of the bench need it)

            self.stdout.write(json.dumps(inside.PARTS[options["inside"]](options["arguments"])))
            return
        if not (PROC / "self" / "stat").exists():
            raise CommandError("The bench reads CPU time from /proc, which only Linux has.")
        if options["arguments"] and (len(options["arguments"]) > 1 or options["arguments"][0] not in PARTS):
            raise CommandError(f"The bench measures everything, or only `{'`, `'.join(PARTS[:-1])}` or `{PARTS[-1]}`.")
        # Whoever ends the bench ends its cluster and servers too.
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        shared = Path(os.environ.get("BUURTDRAAD_SHARED") or PACKAGE_ROOT.parent.parent / "shared")
        try:
            if options["arguments"] == ["tally"]:
                figures = list(tally_figures(shared=shared, say=self.say))
            else:
                with Product(options["cluster"], kept=options["arguments"][:1] in OF_A_CITY) as product:
                    facts = {"requests": options["requests"], "shared": shared, "say": self.say}
                    figures = list(self.asked(product, options, facts))
        except (ClusterBroken, RuntimeError) as problem:
            raise CommandError(f"The bench could not go on: {problem}") from None
        finally:
            signal.signal(signal.SIGTERM, before)
        self.stdout.write(table(figures))
        if options["json"]:
            options["json"].write_text(json.dumps([figure.as_dict() for figure in figures], indent=1) + "\n")

    def asked(self, product: Product, options: dict, facts: dict) -> Iterable[Figure]:
        """The figures that were asked for."""
        if options["arguments"] in OF_A_CITY:
            return city_figures(product, options["arguments"][0], options, say=self.say)
        if options["arguments"] == ["meeting"]:
            return burst(product, say=self.say)
        if options["arguments"] == ["ballots"]:
            return ballot_figures(product, seconds=options["seconds"], say=self.say)
        if options["arguments"] == ["fund"]:
            return fund_figures(product, shared=facts["shared"], say=self.say)
        if options["arguments"] == ["wishes"]:
            return wish_figures(product, sizes=options["sizes"], **facts)
        return all_figures(product, long=options["long"] or 10_000, **facts)

    def say(self, words: str) -> None:
        self.stderr.write(f"bench: {words} ...")
