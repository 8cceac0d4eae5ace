"""A back-up of a city, restored into an empty server: how long, how large, and whether every row is there."""

from collections.abc import Callable, Iterator

from buurtdraad.running.backup import postgres
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure
from buurtdraad.running.cluster import DATABASE, OWNER

MEGABYTE = 1_000_000


def restore_figures(product: Product, *, database: str, say: Callable[[str], None]) -> Iterator[Figure]:
    """Make the back-up, put it in a server that has nothing yet, and compare all tables of both."""
    file = product.folder / "city.backup"
    say("making a back-up")
    taken = product.run("backup", file, role=OWNER, database=database)
    if taken.code:
        yield Figure("back-up", None, "s", note=taken.problem)
        return
    yield Figure("back-up", taken.seconds, "s", note=f"{taken.cpu_seconds:.1f} s CPU of our process")
    yield Figure("size of the file", file.stat().st_size / MEGABYTE, "MB")
    say("restoring it into an empty server")
    with Product() as other:
        put = other.run("restore", file, role=OWNER)
        if put.code:
            yield Figure("restore", None, "s", note=put.problem)
            return
        yield Figure("restore", put.seconds, "s", note=f"{put.cpu_seconds:.1f} s CPU of our process")
        here, there = contents(product, database), contents(other, DATABASE)
    yield Figure("tables", len(here), "")
    yield Figure("rows", sum(rows for rows, _sum in here.values()), "")
    different = [name for name in sorted(here.keys() | there.keys()) if here.get(name) != there.get(name)]
    yield Figure("tables with other rows or another hash", len(different), "", 0, note=", ".join(different[:5]))


def contents(product: Product, database: str) -> dict[str, list]:
    with postgres.connect(product.cluster.url(OWNER, database)) as connection:
        return postgres.contents(connection)
