"""`/werkwijze/` for everybody: the steps of now, where each area is in them, and older versions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.method.actions import versions as actions
from buurtdraad.method.models import Run, RunStep
from buurtdraad.method.queries.everywhere import everywhere
from buurtdraad.method.queries.versions import in_use
from buurtdraad.method.states import RunStage, StepStage

pytestmark = pytest.mark.django_db
ADDRESS = "/werkwijze/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def deed(noor):
    return {"by": noor, "at": timezone.now()}


@pytest.fixture
def first(deed):
    return actions.load_first(**deed)


@pytest.fixture
def run(areas, first):
    """Lets the method run in an area, at a step."""

    def begin(code, at=6, version=first, **facts):
        today = timezone.localdate()
        made = Run.objects.create(area=areas[code], version=version, started_on=today, **facts)
        for step in version.steps.all():
            stage = StepStage.DONE if step.number < at else StepStage.NOW if step.number == at else StepStage.TO_COME
            RunStep.objects.create(run=made, step=step, stage=stage, since_on=None if stage == StepStage.TO_COME else today)
        return made

    return begin


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_in_a_city_without_a_method_the_page_says_so(client, areas, prefix):
    page = client.get(prefix + ADDRESS)
    assert page.status_code == 200
    assert page.context["rows"] == []
    assert "buurt-empty" in page.text


def test_everybody_reads_each_step_in_plain_words(client, first):
    page = client.get(ADDRESS)
    text = page.text
    assert "In elke buurt nemen wij dezelfde 7 stappen." in text
    for words in (
        "3. Samen kiezen",
        "Kies mee wat het belangrijkst is.",
        "Meestal 3 tot 6 weken.",
        "minstens 3)",
        "Wijkadviseur",
        "Bewoners plakten stickers",
        "Wij zijn nog nergens begonnen",
    ):
        assert words in text, words


def test_each_area_stands_beside_the_steps(client, run):
    run("WK034403", at=6, differently="Wij beginnen met een maaltijd.", because="Daar komt iedereen.")
    paused = run("zuilen-oost", at=3, stage=RunStage.PAUSED, why="Verkiezingen")
    run("WK034402", at=1, stage=RunStage.ENDED, why="Klaar", ended_on=timezone.localdate())
    rows = client.get(ADDRESS).context["rows"]
    assert [(row.place, [cell.stage for cell in row.cells].index("now") + 1) for row in rows] == [("Overvecht", 6), ("Zuilen-Oost", 3)]
    assert [row.now.step.number for row in rows] == [6, 3]
    text = client.get(ADDRESS).text
    assert "<p>Wij beginnen met een maaltijd. Daar komt iedereen.</p>" in text
    assert "Staat stil" in text
    assert paused.why not in text


def test_on_a_small_screen_each_area_says_its_step_in_a_line(client, run):
    run("WK034403", at=3)
    page = client.get(ADDRESS).text
    assert "Stap 3 van 7: Samen kiezen" in page.partition('class="buurt-rows buurt-narrow"')[2]


def test_what_all_wishes_need_is_said_without_a_number(client, first):
    page = client.get(ADDRESS).text
    assert "Elke wens van deze ronde heeft een antwoord" in page
    assert "procent" not in page


def test_an_area_that_works_by_an_older_version_keeps_its_place(client, run, first, deed):
    run("WK034403", at=6)
    second = actions.draft_next(**deed)
    actions.take_out(second.steps.get(key="plannen"), **deed)
    actions.add_step(second, name="Vieren", purpose="Samen eten", **deed)
    actions.put_in_use(second, **deed)
    [row] = client.get(ADDRESS).context["rows"]
    assert [cell.stage if cell else None for cell in row.cells] == ["done"] * 4 + ["now", "to_come", None]
    assert "Niet hier" in client.get(ADDRESS).text


def test_all_areas_are_found_in_two_queries(run):
    steps = list(in_use().steps.all())
    for code in ("WK034403", "zuilen-oost", "BU03440241"):
        run(code)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            everywhere(steps)
        assert len(queries) == 2


def test_an_older_version_stays_to_be_read_with_the_difference(client, first, deed):
    second = actions.draft_next(**deed)
    actions.change_step(second.steps.get(key="plannen"), name="Afspreken", **deed)
    actions.put_in_use(second, what_is_new="Wij zeggen nu afspreken.", **deed)
    old, new = client.get(ADDRESS + "versie/1/"), client.get(ADDRESS + "versie/2/")
    assert "Zo werken wij niet meer." in old.text
    assert "Dit is de eerste versie." in old.text
    assert "Wij zeggen nu afspreken." in new.text
    assert [change.step.name for change in new.context["changes"]] == ["Afspreken"]
    assert "versie/1/" in client.get(ADDRESS).text


def test_a_draft_is_no_page_for_everybody(client, first, deed):
    actions.draft_next(**deed)
    assert client.get(ADDRESS + "versie/2/").status_code == 404


@pytest.mark.parametrize("number", ["0", "9", "99999999999999999999"])
def test_a_version_that_is_not_there_is_not_found(client, first, number):
    assert client.get(f"{ADDRESS}versie/{number}/").status_code == 404


def test_hostile_words_are_shown_as_words(client, first, deed, run):
    second = actions.draft_next(**deed)
    hostile = dict.fromkeys(["name", "purpose", "for_residents", "examples"], HOSTILE)
    actions.change_step(second.steps.get(key="plannen"), **hostile, **deed)
    actions.change_version(second, name=HOSTILE, text=HOSTILE, what_is_new=HOSTILE, **deed)
    actions.put_in_use(second, **deed)
    run("WK034403", version=second, differently=HOSTILE, because=HOSTILE)
    for path in (ADDRESS, ADDRESS + "versie/2/"):
        text = client.get(path).text
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text


def test_the_page_is_the_same_for_everybody_and_hears_of_a_new_version(client, first, deed):
    page = client.get(ADDRESS)
    assert page.shows_places == {"GM0344"}
    assert not page.cookies
    assert "csrf" not in page.text


def test_the_foot_of_each_page_leads_here(client, areas):
    assert f'href="{ADDRESS}"' in client.get("/buurtagenda/").text
