"""Counting what was frozen, explaining it, counting it again, and what stays whatever happens afterwards."""

import datetime
import io
import json
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from buurtdraad.accounts.models import DutyHeld
from buurtdraad.accounts.own.actions import erase
from buurtdraad.audit.models import Event
from buurtdraad.budgets import keys
from buurtdraad.budgets.actions.closing import close, close_due, destroy_votes
from buurtdraad.budgets.actions.counted import NotFrozen, count, count_due, verify, verify_due
from buurtdraad.budgets.actions.files import LoadedBefore, load_round
from buurtdraad.budgets.models import BudgetRound, Counted, FrozenBallot
from buurtdraad.budgets.queries import files
from buurtdraad.budgets.queries.counted import explanation_of, result_of
from buurtdraad.budgets.queries.explaining import story_of
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tally.pabulib import read
from buurtdraad.budgets.tests.votes import cast_all, over

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
PABULIB = """META
key;value
description;Top Idee
country;Netherlands
unit;Ergens
instance;2024
num_projects;3
num_votes;4
budget;10000
vote_type;approval
rule;equalshares/add1
date_begin;20.11.2024
date_end;30.11.2024
PROJECTS
project_id;cost;votes;name
A-1;6000;3;=Speeltuin
B-2;5000;2;Bankjes
C-3;4000;1;Bomen
VOTES
voter_id;vote
1;A-1
2;A-1,B-2
3;A-1,B-2
4;C-3
"""


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.VOTING_KEYS = tmp_path / "keys"


def closed(make_round, ballots=((6, (1, 2)), (5, (3,)), (2, ())), **sheet):
    round_ = make_round(**over() | sheet)
    cast_all(round_, ballots)
    return close(round_, at=timezone.now())


def counted(make_round, *args, **sheet):
    round_ = closed(make_round, *args, **sheet)
    count(round_, at=timezone.now())
    return round_


def test_a_closed_round_is_counted_and_explained(make_round):
    round_ = counted(make_round)
    part = round_.parts.get()
    result, told = result_of(part), explanation_of(part.counted)
    assert set(result.winners) == {"1", "3"}
    assert result.voters == 11
    assert result.endowment_start == Fraction(1_000_000, 11)
    assert {story.plan for story in told.stories if story.lost} == {"2"}
    assert part.counted.beside["rule"]["kind"] == "greedy"
    assert Event.objects.filter(verb="budget_round.counted").count() == 1


def test_what_supporters_paid_adds_up_to_the_cost_exactly(make_round):
    part = counted(make_round).parts.get()
    for story in explanation_of(part.counted).stories:
        if story.won:
            assert story.won.full * (story.won.price or 0) + story.won.rest_total == story.cost


def test_who_lost_reads_what_was_lacking_and_where_the_money_went(make_round):
    story = story_of(counted(make_round).parts.get().counted)
    lost = story.others[0]
    assert (lost.number, lost.votes) == (2, "6 stemmen")
    assert lost.taken[0][:2] == (1, "1. Plan 1")
    assert any("5.000" in line for line in lost.lines)
    assert [told.number for told in story.winners] in ([1, 3], [3, 1])
    assert story.beside
    assert sum(number for _label, number in story.spread) == 100


def test_nothing_is_counted_before_the_round_is_closed(make_round):
    with pytest.raises(NotFrozen):
        count(make_round(), at=timezone.now())
    with pytest.raises(NotFrozen):
        verify(closed(make_round), at=timezone.now())


def test_a_round_without_a_voter_has_no_winner_and_a_story(make_round):
    round_ = counted(make_round, [])
    story = story_of(round_.parts.get().counted)
    assert (story.winners, story.steps, story.spread) == ([], [], [])
    assert verify(round_, at=timezone.now())


def test_of_plans_for_one_spot_one_wins_and_the_other_says_so(make_round):
    round_ = make_round(costs=("1000", "1000"), **over())
    spot = round_.spots.create(name="Het plein")
    round_.plans.update(spot=spot)
    cast_all(round_, [(12, (1, 2))])
    close(round_, at=timezone.now())
    count(round_, at=timezone.now())
    counted_ = round_.parts.get().counted
    assert counted_.rule["exclusions"] == [["1", "2"]]
    story = story_of(counted_)
    assert len(story.winners) == 1
    assert story.winners[0].title in story.others[0].lines[0]


@pytest.mark.parametrize("kind", ["greedy", "phragmen"])
def test_the_other_rules_are_told_too_and_have_equal_shares_beside_them(make_round, kind):
    round_ = counted(make_round, rule={"version": 1, "kind": kind})
    story = story_of(round_.parts.get().counted)
    assert len(story.winners) + len(story.others) == 3
    assert all(told.lines for told in (*story.winners, *story.others))
    assert story.beside
    assert verify(round_, at=timezone.now())


# --- a second time -------------------------------------------------------------------------------


def test_a_second_program_finds_the_same_and_then_the_key_is_gone(make_round, django_capture_on_commit_callbacks):
    round_ = counted(make_round)
    keys.make_key(round_)
    with django_capture_on_commit_callbacks(execute=True):
        assert verify(round_, at=timezone.now())
    assert Counted.objects.get().verified_at
    with pytest.raises(keys.NoKey):
        keys.key_of(round_)


def test_a_key_that_a_crash_left_behind_goes_the_next_minute(make_round):
    round_ = counted(make_round)
    keys.make_key(round_)
    verify(round_, at=timezone.now())  # its transaction does not end here: the file is still there
    assert keys.key_of(round_)
    verify_due(at=timezone.now())
    with pytest.raises(keys.NoKey):
        keys.key_of(round_)


def test_what_differs_is_kept_for_staff_and_the_key_stays(make_round):
    round_ = counted(make_round)
    keys.make_key(round_)
    result = Counted.objects.get().result
    Counted.objects.update(result=result | {"cost": 1})
    assert not verify(round_, at=timezone.now())
    assert "Cost: 1" in Counted.objects.get().differs
    assert keys.key_of(round_)
    assert Event.objects.filter(verb="budget_round.count_differs").exists()


def test_the_clock_closes_counts_and_checks(make_round):
    round_ = make_round(**over())
    cast_all(round_, [(12, (1, 2))])
    assert (close_due(at=timezone.now()), count_due(at=timezone.now()), verify_due(at=timezone.now())) == (1, 1, 1)
    assert (close_due(at=timezone.now()), count_due(at=timezone.now()), verify_due(at=timezone.now())) == (0, 0, 0)
    assert Counted.objects.get(part__round=round_).verified_at


def test_verify_round_says_that_nothing_differs_and_where_something_does(make_round):
    round_ = counted(make_round)
    out = io.StringIO()
    call_command("verify_round", round_.slug, stdout=out)
    assert "Nothing differs." in out.getvalue()
    assert Counted.objects.get().verified_at
    other = counted(make_round)
    Counted.objects.filter(part__round=other).update(result=Counted.objects.get(part__round=other).result | {"cost": 1})
    wrong = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_round", other.slug, stdout=out, stderr=wrong)
    assert ended.value.code == 1
    assert "DIFFERS" in wrong.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_round", "geen-ronde")


def test_screen_files_and_a_count_of_the_published_files_have_the_same_totals(make_round, tmp_path, client):
    round_ = counted(make_round, [(6, (1, 2)), (5, (3,)), (4, (2,)), (2, ())])
    one = Counted.objects.select_related("part__round__sheet").get()
    for name in (files.PABULIB, files.RULE):
        made = files.MADE[name](one)
        (tmp_path / name).write_bytes(made if isinstance(made, bytes) else b"".join(made))
    out = io.StringIO()
    call_command("tally", str(tmp_path / files.PABULIB), "--sheet", str(tmp_path / files.RULE), "--json", stdout=out)
    theirs = json.loads(out.getvalue())
    assert theirs["winners"] == list(result_of(one.part).winners)
    assert one.ballots == len(one.receipts.splitlines()) == one.turnout["voted"] == FrozenBallot.objects.count() == 17
    page = client.get(f"/budgetten/{round_.slug}/uitslag/").text
    assert "17 mensen stemden." in page
    assert "2 mensen kozen niets." in page
    by_name = io.StringIO()
    call_command("tally", round_.slug, "--json", stdout=by_name)
    assert json.loads(by_name.getvalue())["winners"] == theirs["winners"]
    with pytest.raises(CommandError):
        call_command("tally", "geen-ronde")


# --- what stays ----------------------------------------------------------------------------------


def test_result_and_files_stay_byte_for_byte_when_people_are_erased_and_votes_are_destroyed(make_round, hamid, kees):
    round_ = make_round(**over())
    cast_all(round_, [(6, (1, 2)), (5, (3,)), (2, ())])
    close(round_, at=timezone.now(), by=hamid)
    count(round_, at=timezone.now())
    verify(round_, at=timezone.now())
    row = Counted.objects.values().get()

    def made():
        one = Counted.objects.select_related("part__round__sheet").get()
        return {name: b"".join([found] if isinstance(found := files.MADE[name](one), bytes) else found) for name in files.MADE}

    before = made()
    DutyHeld.objects.filter(person=hamid).delete()
    for person in (kees, hamid):
        erase(person, at=timezone.now())
    assert made() == before
    BudgetRound.objects.update(final_on=timezone.localdate() - 200 * DAY)
    assert destroy_votes([round_.pk], on=timezone.localdate()) == 1
    after = made()
    # The list of all hashes names what can be fetched now.
    gone = (*files.OF_BALLOTS, files.ALL_SUMS)
    assert {name: after[name] for name in after if name not in gone} == {name: before[name] for name in before if name not in gone}
    assert Counted.objects.values().get() == row
    assert files.BALLOTS not in files.names_of(Counted.objects.get())


# --- from elsewhere ------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    (tmp_path / "a.pb").write_text(PABULIB)
    return tmp_path / "a.pb"


def test_a_real_election_is_loaded_as_a_finished_round(file, areas, hamid):
    made = load_round(read(file), area=areas["BU03440241"], by=hamid, at=timezone.now())
    count(made, at=timezone.now())
    assert (made.stage, made.elsewhere, made.year) == (RoundStage.DONE, "Ergens 2024", 2024)
    assert FrozenBallot.objects.count() == 4
    assert [plan.number for plan in made.plans.all()] == [10, 11, 12]
    assert [plan.title for plan in made.plans.all()] == ["=Speeltuin", "Bankjes", "Bomen"]
    assert verify(made, at=timezone.now())
    with pytest.raises(LoadedBefore):
        load_round(read(file), area=areas["BU03440241"], by=hamid, at=timezone.now())


def test_the_command_loads_it_and_says_what_is_wrong_with_a_file(file, areas, tmp_path):
    out, wrong = io.StringIO(), io.StringIO()
    call_command("load_round", str(file), "--area", "BU03440241", stdout=out)
    assert "4 ballots, 3 plans" in out.getvalue()
    (tmp_path / "b.pb").write_text(PABULIB.replace("4;C-3", "4;Z-9"))
    with pytest.raises(SystemExit) as ended:
        call_command("load_round", str(tmp_path / "b.pb"), "--area", "BU03440241", stderr=wrong)
    assert ended.value.code == 2
    assert "b.pb:" in wrong.getvalue()
    with pytest.raises(CommandError):
        call_command("load_round", str(file), "--area", "BU99999999")
    assert BudgetRound.objects.count() == 1
