"""Casting votes: what one ballot costs, a hundred a second, and the same while a web process and the database are killed.

Who gets no answer sends the same ballot again, as a person does: the same code gives the same ballot, so nothing can be doubled.
"""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import psutil

from buurtdraad.running.bench.measures import PRODUCT, inside
from buurtdraad.running.bench.processes import cpu_seconds, tree
from buurtdraad.running.bench.product import Product, Server
from buurtdraad.running.bench.report import Figure
from buurtdraad.running.cluster import DATABASE

A_SECOND, AT_ONCE, WORKERS, SINGLE = 100, 50, 2, 300
PATH = "/stemmen/bench/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
APP_MS, DATABASE_MS, SLOWEST_S = 5, 2, 1
PATIENCE = 60  # seconds in which who gets no answer tries again
RESPAWN = ("--respawn-failed-workers", "--respawn-interval", "0.5")


@dataclass
class Load:
    """Voters that send their ballots: who got an answer, and after how many seconds from the moment they were due."""

    port: int
    answered: dict[str, list[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    again: int = 0
    wrong: Counter = field(default_factory=Counter)
    place: threading.local = field(default_factory=threading.local)
    opened: list[HTTPConnection] = field(default_factory=list)

    def connection(self) -> HTTPConnection:
        """The connection of this thread, with a token for its forms."""
        if getattr(self.place, "open", None) is None:
            self.place.open = HTTPConnection("127.0.0.1", self.port, timeout=20)
            self.opened.append(self.place.open)
            self.place.open.request("GET", PATH)
            answer = self.place.open.getresponse()
            page = answer.read().decode()
            self.place.cookie = answer.headers["Set-Cookie"].partition(";")[0]
            self.place.token = TOKEN.search(page)[1]  # type: ignore[index]
        return self.place.open

    def send(self, code: str, step: str, plans: Sequence[str] = ()) -> int:
        """One form, and the status of its answer. Raises what a broken connection raises."""
        open_ = self.connection()
        facts = [
            ("csrfmiddlewaretoken", self.place.token),
            ("code", code),
            ("step", step),
            ("parts", "1"),
            *(("part-1", plan) for plan in plans),
        ]
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.place.cookie}
        open_.request("POST", PATH, urlencode(facts), headers)
        answer = open_.getresponse()
        answer.read()
        return answer.status

    def cast(self, code: str, plans: list[str], due: float) -> None:
        """Send a ballot when it is due, until it has an answer."""
        time.sleep(max(0.0, due - time.monotonic()))
        while time.monotonic() < due + PATIENCE:
            try:
                status = self.send(code, "cast", plans)
                if status == 200:
                    self.answered[code] = plans
                    self.seconds.append(time.monotonic() - due)
                    return
                self.wrong[str(status)] += 1
            except (OSError, HTTPException, TypeError):
                self.wrong["no answer"] += 1
                self.drop()
            self.again += 1
            time.sleep(0.2)

    def drop(self) -> None:
        if open_ := getattr(self.place, "open", None):
            open_.close()
        self.place.open = None

    def close(self) -> None:
        """Every connection of every thread."""
        for one in self.opened:
            one.close()

    def slowest(self, share: float) -> float:
        """So many seconds at most waited this share."""
        return sorted(self.seconds)[int(len(self.seconds) * share)] if self.seconds else 0.0


def plans_of(number: int) -> list[str]:
    """Three plans, other ones for each voter."""
    return [str(1 + (number * 7 + turn * 11) % 30) for turn in range(3)]


def ballot_figures(product: Product, *, seconds: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """CPU of one ballot, a hundred a second for so many seconds, and that with `kill -9` in the middle."""
    say("making a round with codes")
    product.migrate()
    number = A_SECOND * seconds
    made = inside(product, "ballots", str(2 * number + 2 * SINGLE))
    if "codes" not in made:
        yield Figure("ballots", None, "", note=made["problem"])
        return
    codes = made["codes"]
    answered: dict[str, list[str]] = {}
    say(f"{SINGLE} ballots one after another")
    with product.serve(PRODUCT) as server:
        yield from one_by_one(product, server, codes[: 2 * SINGLE], answered)
    for first, broken in ((2 * SINGLE, False), (2 * SINGLE + number, True)):
        say(f"{A_SECOND} a second for {seconds} seconds" + (", and kill -9 in the middle" if broken else ""))
        with product.serve(PRODUCT, workers=WORKERS, options=RESPAWN) as server:
            yield from burst(product, server, codes[first : first + number], answered, broken=broken)
    yield from kept(product, answered)


def one_by_one(product: Product, server: Server, codes: list[str], answered: dict[str, list[str]]) -> Iterator[Figure]:
    """CPU of the app and of the database for the ballot alone, and for all steps from the code on."""
    load = Load(server.port)
    for name, steps, some in (("a ballot", ("cast",), codes[:SINGLE]), ("a whole visit", ("begin", "look", "cast"), codes[SINGLE:])):
        for step in steps:
            load.send(some[0], step, plans_of(0))
        before = cpu_seconds(server.processes), database_seconds(product)
        for number, code in enumerate(some):
            for step in steps:
                load.send(code, step, plans_of(number))
            answered[code] = plans_of(number)
        app, database = cpu_seconds(server.processes) - before[0], database_seconds(product) - before[1]
        load.drop()
        goals = (APP_MS, DATABASE_MS) if steps == ("cast",) else (None, None)
        yield Figure(f"{name}: CPU of the app", app * 1000 / len(some), "ms", goals[0])
        yield Figure(f"{name}: CPU of the database", database * 1000 / len(some), "ms", goals[1])


def burst(product: Product, server: Server, codes: list[str], answered: dict[str, list[str]], *, broken: bool) -> Iterator[Figure]:
    """All these ballots, each due at its moment. `broken`: in the middle a web process is killed, and then the database."""
    load, began = Load(server.port), time.monotonic() + 1
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, code in enumerate(codes):
            pool.submit(load.cast, code, plans_of(number), began + number / A_SECOND)
        if broken:
            time.sleep(1 + len(codes) / A_SECOND / 3)
            psutil.Process(server.workers[-1]).kill()
            time.sleep(len(codes) / A_SECOND / 3)
            kill_database(product)
    load.close()
    answered |= load.answered
    name = "with kill -9" if broken else "a hundred a second"
    note = f"{load.again} sent again" if load.again else ""
    yield Figure(f"{name}: slowest of a hundred", load.slowest(0.99), "s", None if broken else SLOWEST_S, note=note)
    yield Figure(f"{name}: half of the ballots", load.slowest(0.5), "s")
    wrong = ", ".join(f"{number} x {what}" for what, number in load.wrong.items())
    yield Figure(f"{name}: answers that were an error", sum(load.wrong.values()), "", None if broken else 0, note=wrong)
    yield Figure(f"{name}: without an answer", len(codes) - len(load.answered), "", 0, note=f"of {len(codes):,}")


def kill_database(product: Product) -> None:
    """`kill -9` of PostgreSQL and all its processes, and a start anew, as the supervisor does."""
    postmaster = product.cluster.postmaster()
    assert postmaster is not None
    every = [postmaster, *postmaster.children(recursive=True)]
    for process in every:
        process.kill()
    psutil.wait_procs(every, timeout=20)
    product.cluster.start()


def kept(product: Product, answered: dict[str, list[str]], *, database: str = DATABASE) -> Iterator[Figure]:
    """Whether every ballot that got an answer is there as it was sent, and no other."""
    file = product.folder / "answered.json"
    file.write_text(json.dumps(answered))
    found = inside(product, "ballots_kept", str(file), database=database)
    if "lost" not in found:
        yield Figure("lost or doubled", None, "", note=found["problem"])
        return
    # Who got no answer in time may have a ballot all the same; sent again it is the same one.
    unheard = max(0, found["ballots"] - len(answered))
    note = f"{found['ballots']:,} ballots" + (f", {unheard} of them without an answer to who sent it" if unheard else "")
    yield Figure("lost or doubled", found["lost"] + found["uneven"], "", 0, note=note)


def database_seconds(product: Product) -> float:
    """CPU of the database so far, with all its processes."""
    postmaster = product.cluster.postmaster()
    return cpu_seconds(tree(postmaster.pid)) if postmaster else 0.0
