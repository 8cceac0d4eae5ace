"""`bench city`, `bench week` and `bench restore`: what is measured in a large city, and written in `docs/figures.md`."""

from collections.abc import Callable, Iterable
from typing import Any

import psycopg

from buurtdraad.running.bench import pages, paper
from buurtdraad.running.bench.city import GOAL_S, Cities, stand
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure
from buurtdraad.running.bench.restoring import restore_figures
from buurtdraad.running.bench.week import week_figures
from buurtdraad.running.cluster import OWNER

COUNTED = {
    "wishes": "agendas_wish", "meetings": "agendas_meeting", "plans of residents": "initiatives_initiative",
    "requests for money": "fund_application", "works": "works_work", "rounds": "budgets_budgetround",
    "ballots": "budgets_frozenballot", "ballots of who votes now": "budgets_ballot", "events on record": "audit_event",
}  # fmt: skip


def city_figures(product: Product, part: str, options: dict[str, Any], *, say: Callable[[str], None]) -> list[Figure]:
    """Have the city stand, measure one part of it, and write that in the paper."""
    cities = stand(product, options["share"], say)
    command = f"./run bench {part}" + ("" if cities.share == 1 else f" --share {cities.share:g}")
    if options["only"]:
        command += f" --only {options['only']}"
    if part == "city":
        figures = made_figures(product, cities)
        paper.write("city", command, size(product, cities) + "\n\n" + paper.of_figures(figures), paper=options["paper"])
        table = pages.measure(product, cities, renders=options["renders"], only=options["only"], say=say)
        whole = options["paper"].with_name("figures_pages.md")
        paper.write("pages", command, pages.in_short(table, whole.name), paper=options["paper"])
        whole.write_text("\n".join(pages.in_full(table)))
        return [*figures, *page_figures(table.pages)]
    if part == "week":
        figures = list(week_figures(product, database=cities.large, requests=requests(options), say=say))
    else:
        figures = list(restore_figures(product, database=cities.large, say=say))
    paper.write(part, command, size(product, cities) + "\n\n" + paper.of_figures(figures), paper=options["paper"])
    return figures


def requests(options: dict[str, Any]) -> int:
    return options["long"] or 100_000


def made_figures(product: Product, cities: Cities) -> list[Figure]:
    """How long the making took, where it was made now, and the size of both."""
    took = cities.took.get("all")
    with psycopg.connect(product.cluster.url(OWNER, cities.large)) as connection:
        stored = {
            name: (connection.execute("SELECT pg_database_size(%s)", [name]).fetchone() or [0])[0] / 1e6
            for name in (cities.demo, cities.large)
        }
    return [
        Figure("making the city", took, "s", GOAL_S),
        *(Figure(f"making it: {name}", seconds, "s") for name, seconds in cities.took.items() if name != "all"),
        Figure("the demo, stored", stored[cities.demo], "MB"),
        Figure("the large city, stored", stored[cities.large], "MB"),
    ]


def size(product: Product, cities: Cities) -> str:
    """In a sentence, what there is of what."""
    with psycopg.connect(product.cluster.url(OWNER, cities.large)) as connection:
        numbers = {name: (connection.execute(f"SELECT count(*) FROM {table}").fetchone() or [0])[0] for name, table in COUNTED.items()}  # noqa: S608 (names of ours)
    said = ", ".join(f"{number:,} {name}" for name, number in numbers.items())
    return f"The city has {400_000 * cities.share:,.0f} inhabitants, made of the demo: {said}."


def page_figures(measured: Iterable[pages.Page]) -> Iterable[Figure]:
    """A line for each page, for the terminal and for `--json`."""
    for page in measured:
        note = ", ".join(page.marks)
        yield Figure(
            f"{page.pattern} by {page.viewer}", page.large.cpu_ms, "ms", None, note, page.growth, page.large.queries, page.large.bytes
        )
