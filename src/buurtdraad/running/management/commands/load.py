"""`./run load`: the evening of the vote, on a throw-away copy: a hundred ballots a second and neighbours who browse."""

import json
import os
import signal
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.running.bench import paper
from buurtdraad.running.bench.city import stand
from buurtdraad.running.bench.evening import evening_figures
from buurtdraad.running.bench.large import size
from buurtdraad.running.bench.processes import PROC
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import table
from buurtdraad.running.cluster import ClusterBroken


class Command(BaseCommand):
    help = "Sends a hundred ballots a second while neighbours browse, then again with kill -9 of a web process and the database."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=int, default=300, help="How long each of the two evenings lasts (default 300).")
        parser.add_argument("--cores", type=int, default=2, help="On how many cores, the load itself included (default 2; 0: all).")
        parser.add_argument("--share", type=float, default=1.0, help="In this part of a large city (default 1).")
        parser.add_argument("--cluster", type=Path, metavar="FOLDER", help="Where the city stands, or is made and kept (see `bench city`).")
        parser.add_argument("--paper", type=Path, default=paper.PAPER, metavar="FILE", help="Where the figures are written.")
        parser.add_argument("--json", type=Path, metavar="FILE", help="Write the same figures to this file.")

    def handle(self, *args, **options):
        if not (PROC / "self" / "stat").exists():
            raise CommandError("The load reads CPU time from /proc, which only Linux has.")
        self.stdout.write(f"On {paper.machine()}.")
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        cores = os.sched_getaffinity(0)
        try:
            with Product(options["cluster"], kept=True) as product:
                cities = stand(product, options["share"], self.say)
                body = size(product, cities)
                product.cluster.stop()
                # All that is started from here on, the database too, shares these cores.
                os.sched_setaffinity(0, sorted(cores)[: options["cores"] or None])
                product.cluster.start()
                figures = list(evening_figures(product, database=cities.large, seconds=options["seconds"], say=self.say))
        except (ClusterBroken, RuntimeError) as problem:
            raise CommandError(f"The load could not go on: {problem}") from None
        finally:
            os.sched_setaffinity(0, cores)
            signal.signal(signal.SIGTERM, before)
        self.stdout.write(table(figures))
        if options["json"]:
            options["json"].write_text(json.dumps([figure.as_dict() for figure in figures], indent=1) + "\n")
        used = f"All of it, the load too, on {options['cores'] or len(cores)} cores."
        command = f"./run load --seconds {options['seconds']}" + ("" if options["share"] == 1 else f" --share {options['share']:g}")
        paper.write("load", command, f"{body} {used}\n\n{paper.of_figures(figures)}", paper=options["paper"])

    def say(self, words: str) -> None:
        self.stderr.write(f"load: {words} ...")
