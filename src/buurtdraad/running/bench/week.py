"""A week of use: the memory of a web process after very many requests, and the work that waits in the background done to its end."""

from collections.abc import Callable, Iterator, Sequence

from buurtdraad.running.bench.asking import Visitor
from buurtdraad.running.bench.measures import MEGABYTE, PRODUCT, UNCACHED, inside, worker_bytes
from buurtdraad.running.bench.processes import memory
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure
from buurtdraad.running.cluster import OWNER

MOST_MB, GROWTH = 150, 1.05
LOOKS = 10  # how often memory is read on the way
PUBLIC = ("/", "/buurten/", "/wensen/", "/initiatieven/", "/gedaan/", "/fonds/", "/budgetten/", "/voortgang/", "/open-data/")
SIGNED_IN = ("/mijn/", "/werk/", "/werk/fonds/", "/werk/wensen/", "/samenhang/")
ASKED = ("/api/v1/wensen", "/api/v1/werken", "/api/v1/onderwerpen", "/inloggen/")  # never kept
WISHES = 500  # given by people who hear by mail


def week_figures(product: Product, *, database: str, requests: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """On this city, which is a little larger afterwards."""
    yield from memory_figures(product, database=database, requests=requests, say=say)
    yield from waiting_figures(product, database=database, say=say)


def memory_figures(product: Product, *, database: str, requests: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """Memory of one web process: pages from the cache, pages anew, and pages for who signed in."""
    codes = inside(product, "areas", database=database).get("codes", [])
    sessions = inside(product, "sessions", database=database)
    paths = [*PUBLIC, *(f"/buurten/{code}/" for code in codes)]
    anew = [*ASKED, *(path + UNCACHED for path in paths)]
    say(f"{requests:,} requests to one worker")
    seen = []
    with product.serve(PRODUCT, database=database) as server, Visitor(server) as visitor:
        for look in range(LOOKS):
            turns = max(1, requests // LOOKS // 10)
            visitor.cost(paths, turns * 8)
            visitor.cost(anew, turns, X_Forwarded_For=f"10.1.0.{look + 1}")  # the API answers one only so often
            visitor.cost([*SIGNED_IN, *PUBLIC], turns, Cookie=f"sessionid={sessions.get('joris', '')}")
            seen.append(worker_bytes(server))
        shared = max(memory(pid, "RssFile") for pid in server.workers)
    yield Figure("memory of a web process at the end", seen[-1] / MEGABYTE, "MB", MOST_MB, note=as_line(seen))
    yield Figure("of it program files, which all processes share", shared / MEGABYTE, "MB")
    # The first looks fill the page cache, which has a size that it keeps to.
    yield Figure("the end beside a third of the way", seen[-1] / seen[LOOKS // 3], "times", GROWTH, note=f"{requests:,} requests")


def as_line(seen: Sequence[int]) -> str:
    return "on the way " + ", ".join(f"{one / MEGABYTE:.0f}" for one in seen)


def waiting_figures(product: Product, *, database: str, say: Callable[[str], None]) -> Iterator[Figure]:
    """What a week asks of the worker: mail to who gave wishes, and each task by the clock seven times."""
    say("work for the background")
    made = inside(product, "week", str(WISHES), database=database)
    if "waiting" not in made:
        yield Figure("work in the background", None, "", note=made["problem"])
        return
    say(f"{made['waiting']:,} jobs")
    ended = product.run("procrastinate", "worker", "--one-shot", "--delete-jobs=successful", role=OWNER, database=database)
    left = inside(product, "waiting", database=database)
    yield Figure("jobs that waited", made["waiting"], "")
    yield Figure("CPU of a job", ended.cpu_seconds * 1000 / max(1, made["waiting"]), "ms", note=f"{ended.seconds:.0f} s in all")
    yield Figure("memory of the worker, most", ended.peak_bytes / MEGABYTE, "MB")
    yield Figure("jobs that still wait", left["waiting"], "", 0, note="" if not ended.code else ended.problem)
    yield Figure("jobs that failed", left["failed"], "", 0, note=", ".join(left["names"]))
