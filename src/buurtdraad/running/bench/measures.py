"""The figures of the bench, each with its goal."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management import get_commands

from buurtdraad.running.bench.asking import Visitor, first_visit, median_cost
from buurtdraad.running.bench.processes import cpu_seconds, memory
from buurtdraad.running.bench.product import Ended, Product, Server
from buurtdraad.running.bench.report import Figure, times
from buurtdraad.running.cluster import DATABASE

PRODUCT, BARE = "buurtdraad.wsgi:application", "buurtdraad.running.bare_page:application"
ROUNDS = 3
AREAS_LOOKED_AT = 60
RENDERS = 50
KEPT = (("list of neighbourhoods", "/buurten/"), ("home", "/"))
# Pages of the demo, as Django renders them.
NEAR = (
    ("working method", "/werkwijze/"),
    ("run of an area", "/werkwijze/zuilen-oost/"),
    ("who works here", "/wie-werkt-hier/zuilen-oost/"),
    ("agreements between partners", "/wijkakkoorden/"),
    ("placements", "/stages/"),
    ("plans of residents", "/initiatieven/"),
    ("fund", "/fonds/"),
    ("can I get money", "/fonds/check/"),
    ("who got money", "/fonds/register/"),
    ("money of an area", "/geld/zuilen-oost/"),
)
# Of the real boundaries, which do not name it.
YEAR = "2025"
MEGABYTE = 1_000_000
# A parameter that no view knows: such a page comes from Django each time.
UNCACHED = "?bench=1"


def all_figures(product: Product, *, requests: int, long: int, shared: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """Measure all, in turn. `requests` is the length of one run and `long` of the run that fills a worker's memory; `shared` holds
    real data, where there is any."""
    say("making a city")
    loaded = load_city(product, shared)
    say(f"serving it, {requests} requests a run")
    yield from boot(product)
    codes = inside(product, "areas").get("codes", [])
    yield from pages(product, codes, requests, note=loaded)
    say(f"{long:,} requests to one worker")
    yield from worker_memory(product, codes, long)
    say("loading Utrecht and the Netherlands from real files")
    yield from loads(product, shared)


# --- the city of the copy ----------------------------------------------------------------------------


def load_city(product: Product, shared: Path) -> str:
    """Fill the copy with the demo city, or with real boundaries where there is no demo. Returns what went wrong, or nothing."""
    product.migrate()
    if "load_demo" in get_commands():
        return why(product.run("load_demo"))
    file = shared / "data" / "places" / "buurten.geojson"
    if "load_places" in get_commands() and file.exists():
        return why(product.run("load_places", file, "--year", YEAR))
    return "there is no load_demo to make a city with"


def why(ended: Ended) -> str:
    return ended.problem if ended.code else ""


def inside(product: Product, part: str, *arguments: str, database: str = DATABASE) -> dict[str, Any]:
    """What a process with Django in it saw; with `problem` when it saw nothing."""
    ended = product.run("bench", "--inside", part, *arguments, database=database)
    return {"problem": ended.problem} if ended.code else json.loads(ended.output)


# --- pages ---------------------------------------------------------------------------------------------


def boot(product: Product) -> Iterator[Figure]:
    """CPU of one web process until it answered its first page."""
    with product.serve(PRODUCT) as server, Visitor(server) as visitor:
        visitor.get("/")
        yield Figure("boot of a web process", cpu_seconds(server.workers), "s", 2)


def pages(product: Product, codes: Sequence[str], requests: int, *, note: str) -> Iterator[Figure]:
    """The product's pages beside the bare page, in turns, the median of some rounds."""
    addresses = [f"/buurten/{code}/" for code in codes[:AREAS_LOOKED_AT]]
    with (
        product.serve(PRODUCT) as server,
        product.serve(BARE, ready="/") as bare_server,
        Visitor(server) as visitor,
        Visitor(bare_server) as bare,
    ):
        bare.cost(["/"], 200)
        bare_runs = [bare.cost(["/"], requests)]
        yield from first_renders(visitor, addresses, product, note)
        asked = inside(product, "queries_each", *(address for _, address in (*KEPT, *NEAR)))
        for name, address in [("neighbourhood", addresses[0] if addresses else "/buurten/-/"), *KEPT]:
            for unchanged in unchanged_page(name, address, visitor, requests):
                bare_runs.append(bare.cost(["/"], requests))
                bare_ms = bare_runs[-1].cpu_ms
                unchanged.ratio = times(unchanged.value, bare_ms)
                unchanged.goal = None if unchanged.value is None else bare_ms / 2
                yield unchanged
            if name != "neighbourhood":
                yield rendered_page(name, address, visitor, min(requests, RENDERS), asked.get(address))
        for name, address in NEAR:
            yield rendered_page(name, address, visitor, min(requests, RENDERS), asked.get(address))
        yield from signed_in(visitor, addresses, product)
        yield Figure("bare Django template page", median_cost(bare_runs).cpu_ms, "ms", ratio=1.0)
        yield whole_visit("home", "/", visitor)
        if addresses:
            yield whole_visit("neighbourhood", addresses[0], visitor)


def unchanged_page(name: str, address: str, visitor: Visitor, requests: int) -> Iterator[Figure]:
    """A page from the cache, and the same for who has it already."""
    first = visitor.cost([address], 20)
    if first.status != 200:
        yield Figure(f"{name}, unchanged", None, "ms", note=f"{address} answers {first.status}")
        return
    etag = first.headers.get("etag")
    if etag is None:
        yield Figure(f"{name}, unchanged", None, "ms", note=f"{address} does not come from the cache")
        return
    cost = median_cost(visitor.cost([address], requests) for _ in range(ROUNDS))
    yield Figure(f"{name}, unchanged", cost.cpu_ms, "ms", wire=cost.bytes)
    cost = median_cost(visitor.cost([address], requests, If_None_Match=etag) for _ in range(ROUNDS))
    yield Figure(f"{name}, for who has it ({cost.status})", cost.cpu_ms, "ms", wire=cost.bytes)


def first_renders(visitor: Visitor, addresses: Sequence[str], product: Product, note: str) -> Iterator[Figure]:
    """Neighbourhood pages that nobody asked for yet, after two that loaded the templates."""
    name = "neighbourhood, first render"
    if len(addresses) < 3:
        yield Figure(name, None, "ms", 25, note or "no neighbourhoods are loaded")
        return
    warm = visitor.cost(addresses[:2], 2)
    if warm.status != 200:
        yield Figure(name, None, "ms", 25, f"{addresses[0]} answers {warm.status}")
        return
    cost = visitor.cost(addresses[2:], len(addresses) - 2)
    asked = inside(product, "queries", *addresses[:5]).get("unknown")
    yield Figure(name, cost.cpu_ms, "ms", 25, queries=asked, wire=cost.bytes)
    yield Figure(f"{name}: queries", asked, "", 12)


def rendered_page(name: str, address: str, visitor: Visitor, renders: int, queries: int | None) -> Figure:
    """A page by Django, each time anew."""
    cost = visitor.cost([address + UNCACHED], renders)
    if cost.status != 200:
        return Figure(f"{name}, rendered", None, "ms", 25, f"{address} answers {cost.status}")
    return Figure(f"{name}, rendered", cost.cpu_ms, "ms", 25, queries=queries)


def signed_in(visitor: Visitor, addresses: Sequence[str], product: Product) -> Iterator[Figure]:
    """The neighbourhood page for somebody with a session."""
    seen: dict[str, Any] = inside(product, "queries", *addresses[:5]) if addresses else {"problem": "no neighbourhoods are loaded"}
    session = seen.get("session")
    if session is None:
        yield Figure("neighbourhood, signed in", None, "ms", 40, seen.get("problem", "nobody is there to sign in"))
        return
    cost = visitor.cost(addresses, 60, Cookie=f"sessionid={session}")
    reached = cost.status == 200
    yield Figure(
        "neighbourhood, signed in", cost.cpu_ms if reached else None, "ms", 40, f"answers {cost.status}", queries=seen["signed_in"]
    )


def whole_visit(name: str, address: str, visitor: Visitor) -> Figure:
    """All bytes of a first visit, pictures that are not icons apart."""
    visitor.start_anew()
    status = visitor.get(address)[0].status
    if status != 200:
        return Figure(f"first visit, {name}", None, "kB", 100, f"{address} answers {status}")
    sizes = first_visit(visitor, address)
    biggest = ", ".join(f"{path} {size / 1000:.1f}" for path, size in sorted(sizes.items(), key=lambda pair: -pair[1])[:4])
    return Figure(f"first visit, {name}", sum(sizes.values()) / 1000, "kB", 100, note=biggest)


def worker_memory(product: Product, codes: Sequence[str], requests: int) -> Iterator[Figure]:
    """Resident memory of a worker after so many requests, one in ten of them past the cache."""
    first = requests // 10
    paths = ["/", "/buurten/", *(f"/buurten/{code}/" for code in codes)]
    mixed = [path + (UNCACHED if turn == 0 else "") for turn in range(10) for path in paths]
    with product.serve(PRODUCT) as server, Visitor(server) as visitor:
        visitor.cost(mixed, first)
        early = worker_bytes(server)
        last = visitor.cost(mixed, requests - first)
        late = worker_bytes(server)
    yield Figure(
        f"memory of a worker after {requests:,} requests",
        late / MEGABYTE,
        "MB",
        150,
        note=f"after {first:,}: {early / MEGABYTE:.0f} MB; the last answered {last.status}",
    )


def worker_bytes(server: Server) -> int:
    return max(memory(pid) for pid in server.workers)


# --- real files ------------------------------------------------------------------------------------------


def loads(product: Product, shared: Path) -> Iterator[Figure]:
    """Loading a city and the country, each into a database of its own; then a point among all polygons."""
    places, national = shared / "data" / "places", shared / "data" / "national"
    yield load_utrecht(product, places)
    product.make_database("country")
    drawn = command(product, "load_places", national / "buurten_2016_vereenvoudigd.geojson.gz", database="country")
    yield Figure("loading 12,198 polygons", drawn.seconds if not drawn.code else None, "s", note=used(drawn))
    yield point(product, drawn)
    table = national / "kwb_2020_84799NED_TypedDataSet.parquet"
    filled = command(product, "load_figures", table, "--year", "2020", "--make-areas", "--all-columns", database="country")
    reached = not filled.code
    yield Figure("loading the national table", filled.seconds if reached else None, "s", 60, used(filled))
    yield Figure("the same, peak memory", filled.peak_bytes / MEGABYTE if reached else None, "MB", 1000, used(filled))


def load_utrecht(product: Product, places: Path) -> Figure:
    """Boundaries and two tables, one after the other, seconds by the clock."""
    product.make_database("city")
    steps: list[tuple[str, Path, *tuple[str | Path, ...]]] = [
        ("load_places", places / "buurten.geojson", "--year", YEAR),
        ("load_figures", places / "kwb_2020.csv", "--year", "2020"),
        ("load_figures", places / "kwb_2025.csv", "--year", YEAR),
    ]
    ended = [command(product, *step, database="city") for step in steps]
    failed = next((one for one in ended if one.code), None)
    if failed:
        return Figure("loading Utrecht", None, "s", 10, used(failed))
    cpu = sum(one.cpu_seconds for one in ended)
    return Figure("loading Utrecht", sum(one.seconds for one in ended), "s", 10, note=f"{cpu:.1f} s CPU, three commands")


def point(product: Product, drawn: Ended) -> Figure:
    """A point to its neighbourhood among all of the country."""
    seen: dict[str, Any] = {"problem": used(drawn)} if drawn.code else inside(product, "points", database="country")
    if "ms" not in seen:
        return Figure("point to neighbourhood", None, "ms", 1, seen["problem"])
    note = f"among {seen['polygons']:,} polygons; {seen['found']} of {seen['asked']} points found"
    return Figure("point to neighbourhood", seen["ms"], "ms", 1, note)


def command(product: Product, name: str, file: Path, *options: str | Path, database: str) -> Ended:
    """Run a loader on a real file; a failure that says so when the file or the loader is not there."""
    if not file.exists():
        return nothing(f"{file.name} is not here")
    if name not in get_commands():
        return nothing(f"there is no {name} yet")
    return product.run(name, file, *options, database=database)


def nothing(problem: str) -> Ended:
    return Ended(code=1, output="", problem=problem, seconds=0, cpu_seconds=0, peak_bytes=0)


def used(ended: Ended) -> str:
    return ended.problem if ended.code else f"{ended.cpu_seconds:.1f} s CPU"
