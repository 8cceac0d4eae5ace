"""'Zo doen wij het hier' on the page of an area; and what waits for whom of the method."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.conftest import areas  # noqa: F401
from buurtdraad.messages.tests.conftest import city_with_a_name, joris, samira  # noqa: F401
from buurtdraad.method.actions.lessons import learn
from buurtdraad.method.conftest import noor  # noqa: F401
from buurtdraad.method.models import Run
from buurtdraad.method.states import RunStage
from buurtdraad.method.tests.small_method import NOW, make_run, make_version, newer
from buurtdraad.pages import work
from buurtdraad.pages.following.how_we_work import how_we_work
from buurtdraad.places.queries import area_page

pytestmark = pytest.mark.django_db
EVERYWHERE = "Op de buurtavond kiezen we samen."
TWO = {"differently": "Wij houden twee avonden.", "because": "De wijk is groot."}


@pytest.fixture
def page_of(client):
    return lambda code: " ".join(client.get(f"/buurten/{code}/").text.split())


@pytest.fixture
def version(areas):  # noqa: F811
    return make_version()


def test_a_neighbourhood_shows_its_own_run_then_that_of_its_working_area_then_that_of_its_district(areas, version):  # noqa: F811
    page = area_page("BU03440241")
    assert how_we_work(page) is None
    for code in ("WK034402", "zuilen-oost", "BU03440241"):
        make_run(areas[code], version)
        assert how_we_work(page).run.area.code == code
    assert how_we_work(page).in_place == ""


def test_a_larger_place_shows_its_own_run_alone(areas, version):  # noqa: F811
    make_run(areas["zuilen-oost"], version), make_run(areas["BU03440241"], version)
    assert how_we_work(area_page("WK034402")) is None
    assert how_we_work(area_page("GM0344")) is None
    assert how_we_work(area_page("BU03440242")).in_place == "Zuilen-Oost"


def test_the_page_tells_the_step_since_when_what_is_different_and_what_one_can_do(page_of, areas, version):  # noqa: F811
    make_run(areas["zuilen-oost"], version, **TWO)
    page = page_of("BU03440241")
    for words in ("Zo doen wij het hier", "Foto van de wijk", "sinds", *TWO.values(), "Kom op de buurtavond.", "heel Zuilen-Oost"):
        assert words in page
    assert EVERYWHERE not in page


def test_without_a_run_the_page_tells_what_holds_everywhere(page_of, areas, version):  # noqa: F811
    make_run(areas["WK034403"], version)
    page = page_of("BU03440241")
    assert EVERYWHERE in page
    assert "Zo doen wij het hier" in page


def test_a_run_that_stands_still_says_why_and_one_that_ended_is_not_there(page_of, areas, version):  # noqa: F811
    run = Run.objects.filter(pk=make_run(areas["WK034403"], version).pk)
    run.update(stage=RunStage.PAUSED, why="Wij wachten op een nieuw buurthuis.")
    assert "Wij wachten op een nieuw buurthuis." in page_of("WK034403")
    run.update(stage=RunStage.ENDED, ended_on=timezone.localdate())
    assert EVERYWHERE in page_of("WK034403")


def test_hostile_sentences_stay_words(page_of, areas, version):  # noqa: F811
    make_run(areas["WK034403"], version, differently="<script>alert(1)</script>", because='"><img src=x onerror=alert(1)>')
    page = page_of("WK034403")
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_it_takes_two_queries_however_many_runs(areas, version):  # noqa: F811
    page, counts = area_page("BU03440241"), []
    for codes in (("WK034402",), ("zuilen-oost", "BU03440241")):
        for code in codes:
            make_run(areas[code], version)
        with CaptureQueriesContext(connection) as asked:
            how_we_work(page)
        counts.append(len(asked))
    assert counts == [2, 2]


# --- what waits -------------------------------------------------------------------------------------


def titles(person):
    return [item.title for item in work.waiting_for(person, on=timezone.localdate()).items]


def test_who_runs_an_area_is_told_of_a_newer_version_and_the_programme_manager_of_open_lessons(areas, version, samira, joris, noor):  # noqa: F811
    run = make_run(areas["WK034403"], version)
    assert titles(noor) == titles(samira) == []
    learn(run, happened="Het was druk", next_time="Twee avonden", by=samira, at=NOW)
    newer(version)
    assert titles(samira) == ["Een nieuwere versie van de werkwijze: Overvecht"]
    assert sorted(titles(noor)) == ["Een nieuwere versie van de werkwijze: Overvecht", "Lessen om over te beslissen: 1"]
    assert titles(joris) == []
