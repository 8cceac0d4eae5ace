"""The pages of wishes with few and with many of them, side by side with the bare page."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from buurtdraad.running.bench.asking import Cost, Visitor, median_cost
from buurtdraad.running.bench.measures import BARE, PRODUCT, ROUNDS, inside, load_city
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure, times
from buurtdraad.running.cluster import OWNER

SIZES = (1_000, 100_000)
RENDERS = 40
# At the larger number a page may cost so many times as much.
GROWTH = 1.2


class Page(NamedTuple):
    """One page, with its goals: CPU of a first render (milliseconds), queries, and bytes on the wire where there is a goal for them."""

    name: str
    address: str
    cpu_ms: float = 30
    queries: int = 12
    wire: int | None = None

    @property
    def anew(self) -> str:
        """An address of the same page that the cache does not know."""
        return f"{self.address}{'&' if '?' in self.address else '?'}bench=1"


def pages_of(code: str) -> list[Page]:
    """The pages that people see of wishes; `code` is a neighbourhood that has some."""
    return [
        Page("list", "/wensen/"),
        Page("list of one area", f"/wensen/?buurt={code}"),
        Page("search", "/wensen/?q=bank"),
        Page("map", "/wensen/kaart/", wire=60_000),
        Page("one wish", "/wensen/BN-7/"),
        Page("what was done", "/gedaan/"),
        Page("area", f"/buurten/{code}/", cpu_ms=40, queries=25),
        Page("home", "/"),
    ]


def wish_figures(product: Product, *, sizes: Sequence[int], requests: int, shared: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """Measure each page at each number of wishes; `requests` is the length of a run of an unchanged page."""
    say("making a city")
    note = load_city(product, shared)
    code = next(iter(inside(product, "areas").get("codes", [])), "")
    first: dict[str, float] = {}
    for size in sizes:
        say(f"making {size:,} wishes")
        made = product.run("bench", "--inside", "wishes", str(size), role=OWNER)
        if made.code or not code:
            yield Figure(f"{size:,} wishes", None, "", note=note or made.problem or "no neighbourhoods are loaded")
            return
        say(f"asking their pages, {requests} requests a run")
        for page, unchanged, rendered in costs(product, pages_of(code), requests):
            name = f"{page.name}, {size:,} wishes"
            if unchanged:
                unchanged.name = f"{name}, unchanged"
                yield unchanged
            rendered.name = f"{name}, first render"
            yield rendered
            yield Figure(f"{name}: queries", rendered.queries, "", page.queries)
            if page.wire:
                yield Figure(f"{name}: on the wire", rendered.wire, "bytes", page.wire)
            if rendered.value and page.name in first:
                yield Figure(f"{page.name}: {sizes[-1]:,} beside {sizes[0]:,}", rendered.value / first[page.name], "times", GROWTH)
            elif rendered.value:
                first[page.name] = rendered.value


def costs(product: Product, pages: Sequence[Page], requests: int) -> Iterator[tuple[Page, Figure | None, Figure]]:
    """Each page unchanged (None for one that is never kept) and rendered anew, in turns with the bare page."""
    with (
        product.serve(PRODUCT) as server,
        product.serve(BARE, ready="/") as bare_server,
        Visitor(server) as visitor,
        Visitor(bare_server) as bare,
    ):
        bare.cost(["/"], 200)
        asked = inside(product, "queries_each", *(page.anew for page in pages))
        for page in pages:
            bare_ms = bare.cost(["/"], requests).cpu_ms
            yield (
                page,
                kept_page(page, visitor, requests, bare_ms),
                rendered_page(page, visitor, min(requests, RENDERS), bare_ms, asked.get(page.anew)),
            )


def kept_page(page: Page, visitor: Visitor, requests: int, bare_ms: float) -> Figure | None:
    """A page from the cache: at most half the bare page."""
    if "etag" not in visitor.cost([page.address], 5).headers:
        return None
    cost = median_cost(visitor.cost([page.address], requests) for _ in range(ROUNDS))
    return beside_bare(cost, bare_ms, goal=bare_ms / 2)


def rendered_page(page: Page, visitor: Visitor, renders: int, bare_ms: float, queries: int | None) -> Figure:
    """A page by Django, each time anew."""
    visitor.cost([page.anew], 5)
    cost = median_cost(visitor.cost([page.anew], renders) for _ in range(ROUNDS))
    figure = beside_bare(cost, bare_ms, goal=page.cpu_ms)
    figure.queries = queries
    return figure


def beside_bare(cost: Cost, bare_ms: float, *, goal: float) -> Figure:
    reached = cost.status == 200
    note = "" if reached else f"answers {cost.status}"
    return Figure("", cost.cpu_ms if reached else None, "ms", goal, note, ratio=times(cost.cpu_ms, bare_ms), wire=cost.bytes)
