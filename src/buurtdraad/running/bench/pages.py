"""Every page of the product in the demo city and in a large one, side by side: queries, CPU of the app and the database, bytes."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from buurtdraad.running.bench.asking import Cost, Visitor, median_cost
from buurtdraad.running.bench.ballots import database_seconds
from buurtdraad.running.bench.city import Cities
from buurtdraad.running.bench.measures import BARE, PRODUCT, inside
from buurtdraad.running.bench.paper import rows
from buurtdraad.running.bench.product import Product

ROUNDS, AGAIN = 3, 3
# A page that is asked less often for what it costs: one round takes no more than this (milliseconds of CPU).
LONGEST_ROUND_MS = 400
GROWTH = 1.2
# A file holds all rows, so what it may cost grows with it (milliseconds of CPU for each MB).
FILE_MS_A_MB = 100
FILE = re.compile(r"\.(csv|geojson|xlsx|ics|atom|json|xml)$")
# Less than this is no growth, however many times it is: the clock of the system tells no less apart (milliseconds).
SAME_MS = 2.0
# CPU and queries of speed.md: for who is unknown, the page of an area, and for who signed in.
GOALS = {"visitor": (25, 12), "area": (40, 25), "signed in": (40, 15)}
# What a bare Django page costs on the machine for which these goals were set; on a slower one each page may cost as much more.
BARE_MS, BARE_PAGES = 0.40, 300
UNCACHED = "bench=1"
GROWS, MORE = "grows", "shows more"


class Asked(NamedTuple):
    """What one page cost in one city."""

    status: int
    queries: int | None
    cpu_ms: float
    database_ms: float
    bytes: int


@dataclass
class Page:
    """One page through one pair of eyes, in both cities."""

    pattern: str
    viewer: str
    path: str
    small: Asked
    large: Asked
    slower: float = field(default=1.0, kw_only=True)  # how many times as slow as that of the goals this machine is

    @property
    def growth(self) -> float | None:
        if min(self.small.cpu_ms, self.large.cpu_ms) <= 0:
            return None
        return self.large.cpu_ms / self.small.cpu_ms

    @property
    def shows_more(self) -> bool:
        """Whether it costs more because there is more on it: its bytes grew as much as its cost."""
        return (self.growth or 0) <= GROWTH * self.large.bytes / max(1, self.small.bytes)

    @property
    def marks(self) -> list[str]:
        """What is not as it should be; `MORE` is no fault, and says why a page costs more."""
        cpu: float
        cpu, queries = GOALS["area" if self.pattern == "/buurten/<area:code>/" else "visitor" if self.viewer == "visitor" else "signed in"]
        if FILE.search(self.pattern):
            cpu += FILE_MS_A_MB * self.large.bytes / 1_000_000
        found = []
        if (self.growth or 0) > GROWTH and self.large.cpu_ms - self.small.cpu_ms > SAME_MS:
            found.append(MORE if self.shows_more else GROWS)
        if (self.large.queries or 0) > (self.small.queries or 0):
            found.append("more queries")
        if self.large.cpu_ms > cpu * self.slower:
            found.append("slow")
        if (self.large.queries or 0) > queries:
            found.append("many queries")
        if (self.small.status, self.large.status) != (200, 200):
            found.append(f"answers {self.small.status} and {self.large.status}")
        return found


@dataclass
class Table:
    """All pages that were measured, and the addresses that could not be, with why."""

    pages: list[Page]
    without: dict[str, str]
    bare_ms: float


def measure(product: Product, cities: Cities, *, renders: int, only: str, say: Callable[[str], None]) -> Table:
    """Ask every page of the URL configuration in both cities. `only`: patterns that hold this text. Raises `RuntimeError`."""
    say("looking for a sample of every page")
    found = seen(inside(product, "samples", only, database=cities.demo))
    samples = [sample for sample in found["samples"] if only in sample[1]]
    say(f"asking {len(samples)} pages in both cities")
    file = product.folder / "samples.json"
    file.write_text(json.dumps(samples))
    seen_in = {name: seen(inside(product, "page_queries", str(file), database=name)) for name in (cities.demo, cities.large)}
    bare = [bare_page(product)]
    with (
        product.serve(PRODUCT, database=cities.demo) as one,
        product.serve(PRODUCT, database=cities.large) as other,
        Visitor(one) as small,
        Visitor(other) as large,
    ):
        both = [City(eyes, product, **facts) for eyes, facts in zip((small, large), seen_in.values(), strict=True)]
        pages = [page_of(sample, number, both, renders) for number, sample in enumerate(samples)]
    bare.append(bare_page(product))
    bare_ms = min(one.cpu_ms for one in bare)
    for page in pages:
        page.slower = max(1.0, bare_ms / BARE_MS)
    return Table(pages, {pattern: why for pattern, why in found["without"].items() if only in pattern}, bare_ms)


def bare_page(product: Product) -> Cost:
    """What a page of Django costs that does nothing, in these minutes."""
    with product.serve(BARE, ready="/") as server, Visitor(server) as visitor:
        visitor.cost(["/"], BARE_PAGES)
        return median_cost(visitor.cost(["/"], BARE_PAGES) for _ in range(ROUNDS))


def seen(answer: dict[str, Any]) -> dict[str, Any]:
    if "problem" in answer:
        raise RuntimeError(answer["problem"])
    return answer


def uncached(path: str) -> str:
    """The page as it is made anew. The API keeps nothing, and refuses a filter that it does not know."""
    return path if path.startswith("/api/") else f"{path}{'&' if '?' in path else '?'}{UNCACHED}"


@dataclass
class City:
    """One of both cities, served: who asks it, and what was seen inside."""

    eyes: Visitor
    product: Product
    queries: Sequence[int | None]
    sessions: Mapping[str, str]

    def asked(self, sample: Sequence[str], number: int, renders: int) -> Asked:
        """One page, rendered so many times in each of three rounds, fewer when it is heavy; of the app the median round."""
        _name, _pattern, viewer, path = sample
        # From an address of its own, for one may not ask the API this often.
        headers = {"X-Forwarded-For": f"10.0.{number // 250}.{1 + number % 250}"}
        if viewer in self.sessions:
            headers["Cookie"] = f"sessionid={self.sessions[viewer]}"
        address = uncached(path)
        once = self.eyes.cost([address], 2, **headers)
        renders = max(1, min(renders, int(LONGEST_ROUND_MS / max(1, once.cpu_ms))))
        before = database_seconds(self.product)
        costs = [self.eyes.cost([address], renders, **headers) for _ in range(ROUNDS)]
        # Less than before is not known: a process of the database ended meanwhile, and took its seconds along.
        database = max(0.0, database_seconds(self.product) - before) * 1000 / (renders * ROUNDS)
        cost: Cost = sorted(costs, key=lambda one: one.cpu_ms)[ROUNDS // 2]
        return Asked(cost.status, self.queries[number], cost.cpu_ms, database, cost.bytes)


def page_of(sample: Sequence[str], number: int, cities: Sequence[City], renders: int) -> Page:
    """One page in both cities, in turns; what seems to grow is asked again, longer."""
    _name, pattern, viewer, path = sample
    page = Page(pattern, viewer, path, *(city.asked(sample, number, renders) for city in cities))
    if GROWS in page.marks:
        page = Page(pattern, viewer, path, *(city.asked(sample, number, renders * AGAIN) for city in cities))
    return page


# --- the paper --------------------------------------------------------------------------------------

HEADINGS = ("Page", "Seen by", "Queries", "at large", "CPU, ms", "at large", "Database, ms", "at large", "kB", "at large", "Growth", "")

NUMBERS = range(2, 11)


def line(page: Page) -> tuple[str, ...]:
    small, large = page.small, page.large
    return (
        f"`{page.pattern}`", page.viewer, str(small.queries), str(large.queries), f"{small.cpu_ms:.1f}", f"{large.cpu_ms:.1f}",
        f"{small.database_ms:.1f}", f"{large.database_ms:.1f}", f"{small.bytes / 1000:.1f}", f"{large.bytes / 1000:.1f}",
        f"{page.growth:.2f}" if page.growth else "", ", ".join(page.marks),
    )  # fmt: skip


def in_short(table: Table, whole: str) -> str:
    """The section of the paper: how many, and what is marked."""
    marked = sorted((page for page in table.pages if set(page.marks) - {MORE}), key=lambda page: -page.large.cpu_ms)
    more = sum(page.marks == [MORE] for page in table.pages)
    patterns = {page.pattern for page in table.pages}
    reasons = counted(why.partition(":")[0] for why in table.without.values())
    return "\n\n".join(
        [
            f"{len(patterns)} addresses were asked through {len(table.pages)} pairs of eyes; the whole table is in [{whole}]({whole}).",
            f"A bare Django page cost {table.bare_ms:.2f} ms in the same minutes, and {BARE_MS:.2f} on the machine for which the goals are"
            " set: on a slower one each page may cost as much more.",
            "Not asked: " + "; ".join(f"{number} {why}" for why, number in reasons.items()) + "." if reasons else "",
            f"Marked: {len(marked)} of {len(table.pages)}. A page is marked when it costs over {GROWTH} times as much in the large city,"
            f" asks more queries there, or is beyond the goals of [speed](speed.md). {more} more cost more because there is more on them"
            " (their bytes grew as much), within those goals.",
            rows(HEADINGS, map(line, marked[:40]), numbers=NUMBERS),
        ]
    )


def in_full(table: Table) -> Iterator[str]:
    """Every page, by the first word of its address, and every address that was not asked."""
    yield "# Every page\n\nWritten by `./run bench city`; read [figures](figures.md) first. In the large city and in the demo beside it.\n"
    by_start: dict[str, list[Page]] = {}
    for page in table.pages:
        by_start.setdefault(page.pattern.split("/")[1] or "home", []).append(page)
    for start, pages in sorted(by_start.items()):
        yield f"## {start}\n\n{rows(HEADINGS, map(line, pages), numbers=NUMBERS)}\n"
    yield "## Not asked\n"
    yield rows(("Address", "Why"), ((f"`{pattern}`", why) for pattern, why in table.without.items())) + "\n"


def counted(words: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))
