import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from buurtdraad.running.bench.asking import Cost, Visitor, first_visit, median_cost
from buurtdraad.running.bench.processes import cpu_seconds, memory, stat_fields, tree
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure, table
from buurtdraad.running.cluster import APP


def test_a_figure_says_whether_its_goal_is_reached():
    verdicts = [Figure("a", value, "ms", goal).verdict for value, goal in [(1, 2), (2, 2), (3, 2), (3, None), (None, 2)]]
    assert verdicts == ["ok", "ok", "miss", "", "not measured"]


def test_the_table_holds_every_figure_and_why_one_is_missing():
    text = table([Figure("page", 0.0412, "ms", 0.2, ratio=0.1, queries=3, wire=12345), Figure("load", None, "s", 10, "no such file")])
    first, second = text.splitlines()[2:]
    assert first.split() == ["page", "0.041", "ms", "0.200", "ms", "ok", "0.100", "3", "12,345"]
    assert "not measured" in second
    assert second.endswith("no such file")


def test_the_tree_of_a_process_counts_the_cpu_of_its_children():
    busy = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ninput()"
    child = subprocess.Popen([sys.executable, "-c", busy], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        child.stdout.readline()
        assert child.pid in tree(os.getpid())
        assert cpu_seconds([child.pid]) >= 0.2
        assert memory(child.pid) > 1_000_000
    finally:
        child.communicate(b"\n")
    assert stat_fields(child.pid) == []
    assert cpu_seconds([child.pid]) == 0


def test_the_median_of_an_unlucky_run_is_not_the_unlucky_one():
    assert median_cost([Cost(cpu_ms, 200, {}, 0) for cpu_ms in (9, 1, 2)]).cpu_ms == 2


@pytest.fixture(scope="module")
def product():
    with Product() as product:
        yield product
    assert not product.folder.exists()


def test_the_copy_never_meets_the_data_of_the_city(product, monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BUURTDRAAD_HOME", "CACHE_URL"):
        monkeypatch.setenv(name, "postgresql://the-city")
    assert "the-city" not in " ".join(product.environment().values())
    assert product.environment()["DATABASE_URL"].startswith(f"postgresql://{APP}:")


def test_a_command_on_the_copy_tells_how_it_ended(product):
    good, bad = product.run("check"), product.run("migrate", "nowhere")
    assert (good.code, bad.code) == (0, 1)
    assert "'nowhere'" in bad.problem
    assert good.peak_bytes > 1_000_000
    assert good.cpu_seconds > 0


def test_the_bare_page_is_served_and_its_cost_read(product):
    with product.serve("buurtdraad.running.bare_page:application", ready="/") as server, Visitor(server) as visitor:
        cost = visitor.cost(["/"], 50)
        assert cost.status == 200
        assert cost.cpu_ms >= 0
        assert first_visit(visitor, "/") == {"/": cost.bytes}
        assert len(server.workers) >= 1


def test_a_server_that_cannot_start_is_told_with_its_last_words(product):
    with pytest.raises(RuntimeError, match="did not answer"), product.serve("buurtdraad.nowhere:application"):
        pass


@pytest.mark.slow
def test_the_bench_reports_what_it_cannot_measure_and_never_stops_halfway(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BUURTDRAAD_SHARED", str(tmp_path))
    call_command("bench", "--requests", "20", "--json", str(tmp_path / "figures.json"))
    figures = {figure["name"]: figure for figure in json.loads((tmp_path / "figures.json").read_text())}
    assert figures["bare Django template page"]["value"] > 0
    assert figures["memory of a worker after 10,000 requests"]["value"] > 0
    assert figures["loading Utrecht"]["verdict"] == "not measured"
    assert "is not here" in figures["loading Utrecht"]["note"]
    assert "bare Django template page" in capsys.readouterr().out
