"""A run moves to a newer version: shown first, and nothing is lost."""

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.method.actions.moving import CannotMove, move_run
from buurtdraad.method.actions.runs import NotSoNow, back_to, go_on, skip
from buurtdraad.method.models import CheckMet, Decision, Deviation, MethodVersion, Run, RunStep
from buurtdraad.method.queries.everywhere import everywhere
from buurtdraad.method.queries.moving import Becomes, difference_for, newer_version, next_of, runs_behind
from buurtdraad.method.queries.overview import columns, stands
from buurtdraad.method.queries.runs import left_behind, run_in, state_of
from buurtdraad.method.states import RunStage, StepStage, VersionStage
from buurtdraad.method.tests.small_method import NOW, THREE, TODAY, make_run, make_version, meet_all, newer, stages_of

pytestmark = pytest.mark.django_db
HERE = "/werk/werkwijze/gebied/WK034403/"


@pytest.fixture
def run(areas):
    return make_run(areas["WK034403"], make_version())


def path(code="WK034403"):
    return f"/werk/werkwijze/gebied/{code}/nieuwe-versie/"


def move(run, keys, by, **facts):
    return move_run(run, to=newer(run.version, keys, **facts), by=by, at=NOW)


def test_done_stays_done_now_stays_now_and_what_is_new_is_to_come(run, noor):
    moved = move(run, ("signal", "do", "picture", "choose", "learn"), noor)
    assert stages_of(moved) == {"signal": "done", "do": "to_come", "picture": "now", "choose": "to_come", "learn": "to_come"}
    assert moved.steps.get(step__key="picture").since_on == TODAY.fromordinal(TODAY.toordinal() - 7)
    assert Event.objects.get(verb="run.moved").payload == {"from": 1, "to": 2}


def test_when_the_present_step_is_gone_the_next_one_begins_and_the_old_one_stays_on_record(run, noor):
    moved = move(run, ("do", "signal", "choose"), noor)
    assert stages_of(moved) == {"do": "to_come", "signal": "done", "choose": "now"}
    assert moved.steps.get(step__key="choose").since_on == TODAY
    gone = moved.steps.get(step__key="picture")
    assert (gone.stage, gone.until_on, "versie 2" in gone.why) == (StepStage.SKIPPED, TODAY, True)


def test_when_nothing_follows_what_is_gone_the_first_new_step_begins(areas, noor):
    run = make_run(areas["WK034403"], make_version(), now=3)
    assert stages_of(move(run, ("signal", "picture", "do"), noor)) == {"signal": "done", "picture": "done", "do": "now"}


def test_when_all_is_done_no_step_begins(areas, noor):
    run = make_run(areas["WK034403"], make_version(), now=3)
    assert stages_of(move(run, ("signal", "picture"), noor)) == {"signal": "done", "picture": "done"}


def test_a_step_that_was_put_before_the_present_one_comes_next_and_the_page_says_so_first(signed_in, run, noor):
    to = newer(run.version, ("choose", "learn", "signal", "picture", "do"))
    assert next_of(difference_for(run, to)) == "Samen kiezen"
    assert "De volgende stap is hier dan: Samen kiezen." in signed_in(noor).get(path()).text
    moved = move_run(run, to=to, by=noor, at=NOW)
    meet_all(moved, noor)
    assert state_of(run_in("WK034403")).next.step.key == "choose"
    assert "Verder naar: Samen kiezen" in signed_in(noor).get(HERE).text
    keys = [go_on(moved, by=noor, at=NOW).step.key]
    while then := (meet_all(moved, noor), go_on(moved, by=noor, at=NOW))[1]:
        keys.append(then.step.key)
    assert keys == ["choose", "learn", "do"]


def test_when_all_was_done_the_first_new_step_begins(areas, noor):
    run = make_run(areas["WK034403"], make_version(), now=4)
    assert stages_of(move(run, ("do", *THREE), noor)) == {"do": "now"} | dict.fromkeys(THREE, "done")


def test_what_is_done_and_gone_stays_done_on_record(run, noor):
    moved = move(run, ("picture", "choose"), noor)
    assert moved.steps.get(step__key="signal").stage == StepStage.DONE
    assert stages_of(moved) == {"picture": "now", "choose": "to_come"}


def test_checks_decisions_and_what_deviates_go_along(run, noor):
    meet_all(run, noor)
    old = run.steps.get(stage=StepStage.NOW).step
    facts = {"run": run, "step": old, "on": TODAY, "by": noor.uuid}
    Deviation.objects.create(what="Twee avonden", why="De wijk is groot", **facts)
    Decision.objects.create(what="Door", decided_by="De stuurgroep", **facts)
    moved = move(run, ("signal", "picture"), noor)
    new = moved.version.steps.get(key="picture")
    assert CheckMet.objects.get().exit_check.step == new
    assert {Deviation.objects.get().step, Decision.objects.get().step} == {new}


def test_a_step_that_comes_back_in_a_later_version_begins_anew_and_the_old_one_is_kept(run, noor):
    moved = move(run, ("signal", "picture"), noor)
    again = move(moved, ("signal", "picture", "choose"), noor)
    assert stages_of(again)["choose"] == "to_come"
    assert RunStep.objects.filter(run=run, step__key="choose").count() == 2


def test_the_difference_is_shown_as_it_is_done(run):
    to = newer(run.version, ("signal", "do", "choose"), names={"signal": "Kijken"})
    found = difference_for(run, to)
    assert [(one.name, one.becomes) for one in found] == [
        ("Kijken", Becomes.STAYS), ("Doen", Becomes.NEW), ("Samen kiezen", Becomes.BEGINS), ("Foto van de wijk", Becomes.GONE)
    ]  # fmt: skip
    assert found[0].was_called == "Signaleren"


def test_only_to_the_version_in_use_and_only_once(run, noor):
    older = run.version
    to = newer(older)
    moved = move_run(run, to=to, by=noor, at=NOW)
    for version in (to, older, make_version(3, stage=VersionStage.DRAFT)):
        with pytest.raises(CannotMove):
            move_run(moved, to=version, by=noor, at=NOW)


def test_a_run_that_ended_does_not_move(run, noor):
    Run.objects.filter(pk=run.pk).update(stage=RunStage.ENDED, why="Klaar", ended_on=TODAY)
    run.refresh_from_db()
    assert newer_version(run) is None
    with pytest.raises(CannotMove):
        move_run(run, to=newer(run.version), by=noor, at=NOW)


def test_areas_with_an_older_version_are_known(run, areas, noor):
    assert not runs_behind().exists()
    to = newer(run.version)
    assert [one.place for one in runs_behind()] == ["Overvecht"]
    assert not runs_behind({"WK034402"}).exists()
    move_run(run, to=to, by=noor, at=NOW)
    assert not runs_behind().exists()


def test_samira_sees_what_changes_and_moves_her_area(signed_in, run, samira):
    client = signed_in(samira)
    assert "al met de nieuwste versie" in client.get(path()).text
    newer(run.version, ("signal", "picture", "do"))
    page = client.get(path())
    assert "Samen kiezen" in page.text
    assert run.version.number == 1
    assert client.post(path(), {"number": "2"}).status_code == 302
    assert Run.objects.get().version.number == 2
    assert client.post(path(), {"number": "2"}).status_code == 422


def test_another_version_than_was_shown_is_not_taken(signed_in, run, samira):
    second = newer(run.version)
    newer(second)
    for number in ("2", "9", "x", ""):
        assert signed_in(samira).post(path(), {"number": number}).status_code == 422
    assert Run.objects.get().version.number == 1
    assert MethodVersion.objects.count() == 3


@pytest.mark.parametrize("duty", list(Duty))
def test_who_works_in_the_area_moves_it_and_nobody_else(client, areas, run, duty):
    newer(run.version)
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034403"])
    sign_in(client, person)
    may = duty in {Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.PROGRAMME_MANAGER}
    assert client.get(path()).status_code == (200 if may else 403)
    assert client.post(path(), {"number": "2"}).status_code == (302 if may else 403)


def test_an_adviser_of_elsewhere_does_not_move_it_and_without_a_run_there_is_nothing(signed_in, run, joris):
    newer(run.version)
    assert signed_in(joris).get(path()).status_code == 403
    assert signed_in(joris).get(path("WK034402")).status_code == 404


# --- what an older version had ------------------------------------------------------------------------


def test_a_step_that_the_version_has_no_more_stays_on_record_at_the_bottom_and_nothing_is_done_with_it(signed_in, client, run, noor):
    moved = move(run, ("signal", "choose"), noor)
    state, (gone,) = state_of(run_in("WK034403")), left_behind(moved)
    assert [one.step.key for one in state.steps] == ["signal", "choose"]
    assert (state.number, gone.step.key) == (2, "picture")
    for page in (client.get("/werkwijze/WK034403/"), signed_in(noor).get(HERE)):
        last = page.text.index("Uit een vorige versie")
        assert page.text.index("Foto van de wijk", last)
        assert "stap 2 van 2" in page.text.lower()
    assert f"stap/{gone.pk}/" not in page.text
    assert signed_in(noor).get(f"{HERE}stap/{gone.pk}/terug/").status_code == 404
    with pytest.raises(NotSoNow):
        back_to(moved, gone, why="Toch", by=noor, at=NOW)


def test_the_page_of_a_run_shows_its_step_once_when_that_comes_back_in_a_later_version(run, areas, noor):
    move(move(run, ("signal", "picture"), noor), ("signal", "picture", "choose"), noor)
    assert [one.step.key for one in state_of(run_in("WK034403")).steps] == ["signal", "picture", "choose"]
    (row,) = everywhere(list(Run.objects.get().version.steps.all()))
    assert [cell.stage for cell in row.cells] == ["done", "now", "to_come"]
    assert [cell.stage for cell in stands(columns(), on=TODAY)[0].cells] == ["done", "now", "to_come"]


def test_the_page_of_a_run_leads_who_carries_it_out_to_the_newer_version_and_all_staff_to_writing_a_lesson(signed_in, run, samira, joris):
    assert path() not in signed_in(samira).get(HERE).text
    newer(run.version)
    page = signed_in(samira).get(HERE).text
    assert f'href="{path()}"' in page
    assert "/werk/werkwijze/lessen/nieuw/?gebied=WK034403&amp;stap=picture" in page
    page = signed_in(joris).get(HERE).text
    assert "Versie 2 van de werkwijze is nu in gebruik." in page
    assert path() not in page
    assert "lessen/nieuw/?gebied=WK034403" in page


def test_when_a_run_changes_the_pages_of_its_area_of_what_holds_it_and_of_what_lies_in_it_are_made_anew(run, areas, noor):
    move(run, ("signal", "choose"), noor)
    meet_all(run, noor)
    go_on(run, by=noor, at=NOW)
    holds, lies_in = {"WK034403", "GM0344"}, {"BU03440321"}
    for verb in ("run.moved", "run.went_on"):
        assert holds | lies_in <= set(Event.objects.get(verb=verb).touches), verb


def test_a_neighbourhood_shows_the_new_step_of_the_run_around_it_at_once(client, run, noor, django_capture_on_commit_callbacks):
    def shown():
        return client.get("/buurten/BU03440321/").text

    assert "Foto van de wijk" in shown()
    with django_capture_on_commit_callbacks(execute=True):
        skip(run, run.steps.get(stage=StepStage.NOW), why="Dit was er al.", by=noor, at=NOW)
    assert "Samen kiezen" in shown()
    assert "Foto van de wijk" not in shown()
