"""`new_city`: from a code to an empty city."""

import fcntl
import io
import json
import urllib.request

import pytest
from django.core.management import CommandError, call_command

from buurtdraad.figures.models import Measurement
from buurtdraad.lib.tests.stand_ins import service
from buurtdraad.places.models import Area, Kind
from buurtdraad.places.sources import pdok
from buurtdraad.places.tests.shapes import collection, feature
from buurtdraad.running.management.commands import new_city

CODE = "GM0344"
FIGURES = "code,a_inw\nBU03440101,1200\nBU03440102,800\n"


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("BUURTDRAAD_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def boundaries(tmp_path):
    file = tmp_path / "boundaries.geojson"
    file.write_text(json.dumps(collection(feature(1), feature(2))))
    return file


def made(code=CODE, **options):
    said = io.StringIO()
    call_command("new_city", code, stdout=said, stderr=said, **options)
    return said.getvalue()


@pytest.mark.django_db
def test_a_file_gives_the_city_and_what_to_do_next(home, boundaries):
    said = made(file=boundaries)
    assert Area.objects.filter(kind=Kind.NEIGHBOURHOOD).count() == 2
    assert f"Utrecht ({CODE}) stands, with 2 neighbourhoods" in said
    for words in (f"CITY_CODE={CODE}", "make_administrator", "/werk/taken/", "load_method"):
        assert words in said


@pytest.mark.django_db
def test_figures_come_along_from_their_file(home, boundaries, tmp_path):
    figures = tmp_path / "figures.csv"
    figures.write_text(FIGURES)
    assert "2 new" in made(file=boundaries, figures=figures)
    assert Measurement.objects.count() == 2


@pytest.mark.django_db
def test_live_the_newest_year_that_is_there_is_loaded(home, monkeypatch):
    def answer(path, params, origin):
        if path.startswith(f"/{this}/"):
            return 404, {"Content-Type": "application/json"}, b"{}"
        found = [feature(number, jaar=None) for number in (1, 2, 3)]
        return 200, {"Content-Type": "application/geo+json"}, json.dumps(collection(*found, links=[], numberReturned=3)).encode()

    this = new_city.timezone.localdate().year
    with service(answer) as running:
        monkeypatch.setitem(pdok.read.__kwdefaults__, "service", running.origin + "{year}/")
        said = made()
    assert f"trying {this - 1}" in said
    assert "with 3 neighbourhoods" in said


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["0344", "gm0344", "GM344", "BU03440101", "GM03440; DROP"])
def test_what_is_no_code_of_a_municipality_is_refused(home, code):
    with pytest.raises(CommandError, match="such as GM0344"):
        made(code)


@pytest.mark.django_db
def test_another_municipality_than_that_of_the_file_is_refused_and_leaves_nothing(home, boundaries):
    with pytest.raises(CommandError, match="holds no area of GM0363"):
        made("GM0363", file=boundaries)
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_a_database_that_holds_a_city_is_refused(home, boundaries):
    made(file=boundaries)
    with pytest.raises(CommandError, match="already"):
        made("GM0363", file=boundaries)


@pytest.mark.django_db
def test_a_folder_that_is_being_served_is_refused(home, boundaries):
    with (home / "serving").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="is being served"):
            made(file=boundaries)


@pytest.mark.slow
def test_the_next_start_serves_the_empty_city_and_no_example(folder, boundaries):
    ended = folder.command("new_city", CODE, "--file", str(boundaries))
    assert ended.returncode == 0, ended.stderr
    run = folder.serve(DEMO="").ready()
    assert "/demo/" not in run.output
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/", timeout=60) as answer:
        page = answer.read().decode()
    assert "Utrecht" in page
