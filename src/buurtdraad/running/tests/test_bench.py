import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from buurtdraad.agendas.wishes.models import Step, Wish
from buurtdraad.pages.tests.small_city import load_city
from buurtdraad.running.bench.actions.wishes import STAGES, make_wishes
from buurtdraad.running.bench.asking import Cost, Visitor, first_visit, median_cost
from buurtdraad.running.bench.processes import cpu_seconds, memory, stat_fields, tree
from buurtdraad.running.bench.product import Product
from buurtdraad.running.bench.report import Figure, table, times
from buurtdraad.running.bench.wishes import pages_of
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


def test_no_figure_is_set_beside_one_that_was_not_measured_or_was_too_small():
    assert [times(3, 2), times(0, 2), times(3, 0), times(3, None), times(None, 2)] == [1.5, 0, None, None, None]


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


def test_a_command_that_queried_waits_for_no_thread_of_its_pool(product):
    ended = product.run("shell", "-v0", "-c", "from django.db import connection; connection.cursor().execute('SELECT 1')")
    assert (ended.code, ended.problem) == (0, "no message")


def test_a_server_that_cannot_start_is_told_with_its_last_words(product):
    with pytest.raises(RuntimeError, match="did not answer"), product.serve("buurtdraad.nowhere:application"):
        pass


@pytest.mark.django_db
def test_the_wishes_of_the_bench_are_as_many_as_asked_and_whole(client):
    load_city()
    assert make_wishes(30, city="GM0344") == 30
    assert make_wishes(50, city="GM0344") == 20
    assert make_wishes(40, city="GM0344") == 0
    assert Wish.objects.on_site().count() == 50
    assert set(Wish.objects.values_list("stage", flat=True)) == set(STAGES)
    assert Step.objects.filter(stage="told").count() == 50
    assert {client.get(page.address).status_code for page in pages_of("BU03440101")} == {200}


def test_the_bench_of_wishes_says_what_it_does_not_know(capsys):
    with pytest.raises(CommandError, match="only `wishes`"):
        call_command("bench", "wensen")


@pytest.mark.slow
def test_the_bench_of_wishes_lays_two_sizes_side_by_side(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("BUURTDRAAD_SHARED", str(tmp_path))
    small = ("--sizes", "20", "40", "--requests", "3", "--cluster", str(folder.database))
    call_command("bench", "wishes", *small, "--json", str(tmp_path / "figures.json"))
    figures = {figure["name"]: figure for figure in json.loads((tmp_path / "figures.json").read_text())}
    assert figures["list, 20 wishes: queries"]["value"] == figures["list, 40 wishes: queries"]["value"]
    assert figures["map, 40 wishes: on the wire"]["verdict"] == "ok"
    assert figures["list: 40 beside 20"]["value"] > 0


@pytest.mark.slow
def test_the_bench_reports_what_it_cannot_measure_and_never_stops_halfway(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BUURTDRAAD_SHARED", str(tmp_path))
    small = ("--requests", "3", "--long", "100", "--cluster", str(folder.database))
    call_command("bench", *small, "--json", str(tmp_path / "figures.json"))
    figures = {figure["name"]: figure for figure in json.loads((tmp_path / "figures.json").read_text())}
    assert figures["bare Django template page"]["verdict"] == ""
    assert figures["memory of a worker after 100 requests"]["value"] > 0
    assert figures["loading Utrecht"]["verdict"] == "not measured"
    assert "is not here" in figures["loading Utrecht"]["note"]
    assert "bare Django template page" in capsys.readouterr().out
