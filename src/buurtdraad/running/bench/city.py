"""The large city and the demo beside it: two databases in one folder that is kept, made once and used by each measurement after that."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from buurtdraad.running.bench.measures import why
from buurtdraad.running.bench.product import Product
from buurtdraad.running.cluster import DATABASE, OWNER

DEMO = DATABASE
FULL = 1.0
GOAL_S = 600


@dataclass(frozen=True)
class Cities:
    """The names of both databases, the share of a large city that the second is, and seconds by what was made, when it was."""

    demo: str
    large: str
    share: float
    took: dict[str, float]


def stand(product: Product, share: float, say: Callable[[str], None]) -> Cities:
    """Have both cities, with the tables of today. Raises `RuntimeError` when one cannot be made."""
    large = f"city_{round(share * 100_000)}"
    known = product.databases()
    product.bring_up_to_date(DEMO)
    if "demo_is_whole" not in known:
        say("making the demo city")
        demo = product.run("load_demo")
        if demo.code:
            raise RuntimeError(why(demo))
        product.run("bench", "--inside", "coherence", role=OWNER)
        # Its name says that the demo was loaded to its end; and it can be begun from again.
        product.at_server("CREATE DATABASE {} TEMPLATE {}", "demo_is_whole", DEMO)
    told = product.home / f"{large}.json"
    if large in known:
        product.bring_up_to_date(large)
    else:
        say(f"growing it to {share:.0%} of a large city")
        product.at_server("DROP DATABASE IF EXISTS {}", "half")
        product.at_server("CREATE DATABASE {} TEMPLATE {}", "half", DEMO)
        grown = product.run("bench", "--inside", "grow", str(share), role=OWNER, database="half")
        if grown.code:
            raise RuntimeError(f"the large city could not be made: {grown.problem}")
        told.write_text(json.dumps(json.loads(grown.output.splitlines()[-1]) | {"all": grown.seconds}))
        product.at_server("ALTER DATABASE {} RENAME TO {}", "half", large)
    for name in (DEMO, large):
        # Of each its own: a copy of the report of the demo would count the demo.
        said = product.run("bench", "--inside", "report", role=OWNER, database=name)
        if said.code:
            raise RuntimeError(f"the report of {name} could not be made: {said.problem}")
    return Cities(DEMO, large, share, json.loads(told.read_text()) if told.exists() else {})
