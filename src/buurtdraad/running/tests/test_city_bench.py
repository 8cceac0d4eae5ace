"""The demo grown to a (very small) large city, the paper of figures, and the samples of every page."""

import json

import pytest
from django.core.management import call_command

from buurtdraad.lib.url_patterns import addresses
from buurtdraad.running.bench import paper
from buurtdraad.running.bench.actions.growing import Size
from buurtdraad.running.bench.actions.viewers import VIEWERS, VISITOR
from buurtdraad.running.bench.pages import Asked, Page
from buurtdraad.running.bench.report import Figure

TINY = ("--share", "0.002")


def page(small, large, queries=(5, 5), pattern="/wensen/", sizes=(1000, 1000)):
    asked = [Asked(200, number, cpu_ms, 1.0, size) for cpu_ms, number, size in zip((small, large), queries, sizes, strict=True)]
    return Page(pattern, "visitor", pattern, *asked)


def test_a_page_is_marked_when_it_grows_or_is_beyond_a_goal():
    assert page(10, 11).marks == []
    assert page(10, 15).marks == ["grows"]
    assert page(1, 2).marks == []  # less than the clock tells apart
    assert page(24, 27).marks == ["slow"]
    assert page(24, 27, pattern="/buurten/<area:code>/").marks == []
    assert page(10, 10, queries=(5, 8)).marks == ["more queries"]
    assert page(10, 10, queries=(13, 13)).marks == ["many queries"]


def test_on_a_slow_machine_a_page_may_cost_as_much_more_and_grows_no_more():
    seen = page(40, 45)
    assert seen.marks == ["slow"]
    seen.slower = 2.0
    assert seen.marks == []
    grown = page(40, 60)
    grown.slower = 3.0
    assert grown.marks == ["grows"]


def test_a_page_that_shows_more_is_told_from_one_that_grows():
    assert page(10, 20, sizes=(1000, 2000)).marks == ["shows more"]
    assert page(10, 20, sizes=(1000, 1100)).marks == ["grows"]
    assert page(10, 50, sizes=(1000, 5000)).marks == ["shows more", "slow"]


def test_a_file_may_cost_by_its_length():
    assert page(10, 120, sizes=(1000, 1_000_000), pattern="/geld.csv").marks == ["shows more"]
    assert page(10, 130, sizes=(1000, 1_000_000), pattern="/geld.csv").marks == ["shows more", "slow"]


def test_a_small_city_has_one_of_everything():
    size = Size().part(0.0001)
    assert (size.wishes, size.meetings, size.rounds) == (20, 20, 5)
    assert Size().part(1.0) == Size()


def test_each_command_writes_its_own_section_of_the_paper(tmp_path):
    file = tmp_path / "figures.md"
    paper.write("load", "./run load", "Old figures", paper=file)
    paper.write("city", "./run bench city", "A city", paper=file)
    paper.write("load", "./run load", "New figures", paper=file)
    text = file.read_text()
    assert "Old figures" not in text
    assert text.index("A city") < text.index("New figures")
    assert text.count("# Figures\n") == 1
    assert "commit" in text
    assert "cores" in text


def test_the_paper_tells_the_machine_and_never_its_name():
    import socket

    assert socket.gethostname() not in paper.machine()


def test_a_table_of_figures_shows_what_misses_its_goal():
    text = paper.of_figures([Figure("page", 3, "ms", 2), Figure("lost", 0, "", 0), Figure("load", None, "s", 1, "no file")])
    assert "| page | 3 ms | 2 ms | **misses** |" in text
    assert "| lost | 0 | 0 | ok |" in text
    assert "**not measured** | no file" in text


@pytest.mark.slow
def test_a_city_is_grown_once_and_every_page_of_it_is_asked(folder, tmp_path):
    """One tiny city for the pages, the week, the load and the back-up: making it is what takes long."""
    where = ("--cluster", str(folder.database), "--paper", str(tmp_path / "figures.md"), "--json", str(tmp_path / "figures.json"), *TINY)
    call_command("bench", "city", "--only", "/open-data/", "--renders", "1", *where)
    found = figures(tmp_path)
    assert found["/open-data/ by visitor"]["queries"] > 0
    assert found["making the city"]["value"] > 0
    whole = (tmp_path / "figures_pages.md").read_text()
    for one in addresses():
        if "/open-data/" in one.pattern:
            assert f"`{one.pattern}`" in whole

    call_command("bench", "restore", *where)
    found = figures(tmp_path)
    assert found["tables with other rows or another hash"]["value"] == 0
    assert found["rows"]["value"] > 10_000

    call_command("bench", "week", "--long", "200", *where)
    found = figures(tmp_path)
    assert found["jobs that waited"]["value"] > 0
    assert found["jobs that still wait"]["value"] == 0
    assert found["jobs that failed"]["value"] == 0

    call_command("load", "--seconds", "6", *where)
    found = figures(tmp_path)
    assert found["lost or doubled"]["value"] == 0
    assert found["a hundred a second: answers that were an error"]["value"] == 0
    assert found["a hundred a second: pages that failed"]["value"] == 0
    assert "with kill -9: without an answer" in found  # how many depends on how busy the machine is

    text = (tmp_path / "figures.md").read_text()
    assert text.count("<!-- /") == len(paper.SECTIONS)


def figures(place):
    return {one["name"]: one for one in json.loads((place / "figures.json").read_text())}


def test_everybody_through_whose_eyes_is_looked_is_of_the_cast():
    from buurtdraad.running.demo.cast import BY_SLUG

    assert set(VIEWERS) - {VISITOR} == set(BY_SLUG)
