"""The evening of the vote: a hundred ballots a second and neighbours who browse; then the same with `kill -9` in the middle."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count

from buurtdraad.running.bench.ballots import A_SECOND, RESPAWN, WORKERS, burst, kept
from buurtdraad.running.bench.measures import PRODUCT, inside
from buurtdraad.running.bench.processes import cpu_seconds
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure

NEIGHBOURS, PAUSE, SLOWEST_S = 20, 2, 1  # seconds: nobody reads a page faster
VOTE = "vote"


@dataclass
class Neighbours:
    """People who read pages meanwhile. Use as `with Neighbours(port, pages)`; who gets no answer asks again."""

    port: int
    pages: list[str]
    seconds: list[float] = field(default_factory=list)
    wrong: Counter = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Neighbours":
        self.threads = [threading.Thread(target=self.read, args=(number,), daemon=True) for number in range(NEIGHBOURS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(timeout=30)

    def read(self, number: int) -> None:
        """One neighbour: a page, a pause, the next page."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            for turn in count(number * 7):
                if self.over.wait(PAUSE):
                    return
                began = time.monotonic()
                # Every third page comes from Django, as for who signed in.
                page = self.pages[turn % len(self.pages)] + ("?bench=1" if turn % 3 == 0 else "")
                try:
                    connection.request("GET", page)
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status != 200:
                        self.wrong[str(answer.status)] += 1
                except (OSError, HTTPException):
                    connection.close()
                    self.wrong["no answer"] += 1
                self.seconds.append(time.monotonic() - began)

    def figures(self, name: str, *, broken: bool) -> Iterator[Figure]:
        waited = sorted(self.seconds) or [0.0]
        note = ", ".join(f"{number} x {what}" for what, number in self.wrong.items())
        yield Figure(f"{name}: a page for a neighbour, slowest of a hundred", waited[int(len(waited) * 0.99)], "s",
                     None if broken else SLOWEST_S, note=f"{len(self.seconds):,} pages")  # fmt: skip
        yield Figure(f"{name}: pages that failed", sum(self.wrong.values()), "", None if broken else 0, note=note)


def evening_figures(product: Product, *, database: str, seconds: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """A calm evening and a broken one, on a copy of this database, which is gone afterwards."""
    product.at_server("DROP DATABASE IF EXISTS {}", VOTE)
    product.at_server("CREATE DATABASE {} TEMPLATE {}", VOTE, database)
    try:
        yield from both_evenings(product, seconds, say)
    finally:
        product.at_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", VOTE)


def both_evenings(product: Product, seconds: int, say: Callable[[str], None]) -> Iterator[Figure]:
    number = A_SECOND * seconds
    say(f"making a round with {2 * number:,} codes")
    made = inside(product, "ballots", str(2 * number), database=VOTE)
    if "codes" not in made:
        yield Figure("ballots", None, "", note=made["problem"])
        return
    codes = inside(product, "areas", database=VOTE).get("codes", [])
    pages = ["/", "/buurten/", "/budgetten/", "/budgetten/bench/", *(f"/buurten/{code}/" for code in codes[:30])]
    answered: dict[str, list[str]] = {}
    for first, broken in ((0, False), (number, True)):
        name = "with kill -9" if broken else "a hundred a second"
        say(f"{A_SECOND} ballots a second for {seconds} seconds" + (", and kill -9 in the middle" if broken else ""))
        with product.serve(PRODUCT, workers=WORKERS, options=RESPAWN, database=VOTE) as server:
            before, began = cpu_seconds(server.processes), time.monotonic()
            with Neighbours(server.port, pages) as neighbours:
                yield from burst(product, server, codes_of(made, first, number), answered, broken=broken)
            took, used = time.monotonic() - began, cpu_seconds(server.processes) - before
        yield from neighbours.figures(name, broken=broken)
        if not broken:
            yield Figure(f"{name}: cores that the web processes kept busy", used / took, "")
    yield from kept(product, answered, database=VOTE)


def codes_of(made: dict, first: int, number: int) -> list[str]:
    return made["codes"][first : first + number]
