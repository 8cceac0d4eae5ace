"""The worklist of the fund with few and with many requests for money, side by side."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from buurtdraad.running.bench.asking import Visitor, median_cost
from buurtdraad.running.bench.measures import PRODUCT, ROUNDS, inside, load_city
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure
from buurtdraad.running.cluster import OWNER

SIZES = (1_000, 20_000)
RENDERS = 40
GROWTH = 1.2
GOAL_MS = 40
PAGES = {"worklist": "/werk/fonds/", "worklist, late ones": "/werk/fonds/?lijst=late", "what waits": "/werk/"}


def fund_figures(product: Product, *, sizes: Sequence[int] = SIZES, shared: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """Each page at each number of requests: CPU of the server, and queries. Nobody shares these pages, so each is made anew."""
    say("making a city")
    note = load_city(product, shared)
    first: dict[str, float] = {}
    for size in sizes:
        say(f"making {size:,} requests for money")
        made = product.run("bench", "--inside", "fund", str(size), role=OWNER)
        if made.code:
            yield Figure(f"{size:,} requests", None, "", note=made.problem or note)
            return
        seen = inside(product, "fund_pages", *PAGES.values())
        with product.serve(PRODUCT) as server, Visitor(server) as visitor:
            for name, address in PAGES.items():
                cookie = f"sessionid={seen['session']}"
                visitor.cost([address], 5, Cookie=cookie)
                cost = median_cost(visitor.cost([address], RENDERS, Cookie=cookie) for _ in range(ROUNDS))
                reached = cost.status == 200
                note = "" if reached else f"answers {cost.status}"
                asked = seen["queries"][address]
                yield Figure(f"{name}, {size:,} requests", cost.cpu_ms if reached else None, "ms", GOAL_MS, note, queries=asked)
                if name in first:
                    yield Figure(f"{name}: {sizes[-1]:,} beside {sizes[0]:,}", cost.cpu_ms / first[name], "times", GROWTH)
                first.setdefault(name, cost.cpu_ms)
