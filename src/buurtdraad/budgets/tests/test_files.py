"""What anybody can fetch: the same bytes every day, as many ballots as on the screen, readable by other programs."""

import hashlib
import io
import json
import subprocess
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from pabulib.checker import Checker

from buurtdraad.budgets.actions.closing import close
from buurtdraad.budgets.actions.counted import count as count_round
from buurtdraad.budgets.models import Counted, FrozenBallot
from buurtdraad.budgets.queries import files
from buurtdraad.budgets.queries.counted import as_facts, election_of, result_from
from buurtdraad.budgets.states import BallotKind, Channel
from buurtdraad.budgets.tally.pabulib import read
from buurtdraad.budgets.tally.result import Purchase, Refusal, Result
from buurtdraad.budgets.tests.votes import cast, cast_all, chosen, over

pytestmark = pytest.mark.django_db


def frozen(make_round, ballots=((6, (1, 2)), (5, (3,)), (2, ())), **sheet):
    round_ = make_round(**over() | sheet)
    cast_all(round_, ballots)
    close(round_, at=timezone.now())
    return Counted.objects.select_related("part__round__sheet").get(part__round=round_)


def bytes_of(counted, name):
    made = files.MADE[name](counted)
    return made if isinstance(made, bytes) else b"".join(made)


def test_the_file_of_ballots_has_a_line_for_every_ballot_and_the_hash_that_was_published(make_round):
    counted = frozen(make_round)
    made = bytes_of(counted, files.BALLOTS)
    assert hashlib.sha256(made).hexdigest() == counted.ballots_hash
    lines = made.decode().splitlines()
    assert lines[0] == "id;plans;points"
    assert sorted(line.split(";", 1)[1] for line in lines[1:]) == ["1,2;1,1"] * 6 + ["3;1"] * 5 + [";"] * 2


def test_the_hashes_are_those_that_a_program_of_others_computes(make_round, tmp_path):
    counted = frozen(make_round)
    for name in (files.BALLOTS, files.PLANS, files.RULE, files.SUMS):
        (tmp_path / name).write_bytes(bytes_of(counted, name))
    assert subprocess.run(["sha256sum", "-c", files.SUMS], cwd=tmp_path, capture_output=True).returncode == 0
    assert hashlib.sha256((tmp_path / files.SUMS).read_bytes()).hexdigest() == counted.whole_hash


def test_every_file_is_checked_by_a_program_of_others_and_the_count_is_done_again_from_them(make_round, tmp_path):
    counted = frozen(make_round)
    count_round(counted.part.round, at=timezone.now())
    counted.refresh_from_db()
    for name in files.names_of(counted):
        (tmp_path / name).write_bytes(bytes_of(counted, name))
    checked = subprocess.run(["sha256sum", "-c", files.ALL_SUMS], cwd=tmp_path, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout.count(": OK")) == (0, len(files.MADE) - 1)
    told = io.StringIO()
    call_command("tally", str(tmp_path / files.PABULIB), sheet=str(tmp_path / files.RULE), json=True, stdout=told)
    published = json.loads((tmp_path / files.RESULT).read_text())["result"]
    assert json.loads(told.getvalue())["winners"] == [one["plan"] for one in published["purchases"]]


def test_the_files_are_the_same_in_every_language(make_round):
    counted = frozen(make_round)
    made = []
    for language in ("nl", "en", "nl-x-simpel"):
        with translation.override(language):
            made.append([bytes_of(counted, name) for name in files.MADE])
    assert made[0] == made[1] == made[2]


def test_a_hostile_title_is_only_text_in_a_spreadsheet_and_in_other_programs(make_round, tmp_path):
    round_ = make_round(**over())
    round_.plans.filter(number=1).update(title='=HYPERLINK("http://x");<script>\n"')
    cast_all(round_, [(12, (1,))])
    close(round_, at=timezone.now())
    counted = Counted.objects.select_related("part__round__sheet").get()
    assert b"'=HYPERLINK" in bytes_of(counted, files.PLANS)
    file = tmp_path / "a.pb"
    file.write_bytes(bytes_of(counted, files.PABULIB))
    assert {plan.id for plan in read(file).election.plans} == {"1", "2", "3"}


def test_a_round_of_nine_ballots_gives_no_ballots_away(make_round):
    counted = frozen(make_round, ballots=[(9, (1,))])
    assert set(files.names_of(counted)) == set(files.MADE) - set(files.OF_BALLOTS)


def test_where_channels_weigh_a_channel_of_nine_gives_no_ballots_away(make_round):
    round_ = make_round(rule={"version": 1, "weights": [["meeting", "2"]]}, **over())
    cast_all(round_, [(20, (1,))], weighed=True)
    cast_all(round_, [(9, (1,))], channel=Channel.MEETING, weighed=True)
    close(round_, at=timezone.now())
    assert files.BALLOTS not in files.names_of(Counted.objects.get())


def test_equal_ballots_are_counted_once_with_their_number_and_plans_taken_back_count_for_nothing(make_round):
    round_ = make_round(**over())
    cast_all(round_, [(6, (1, 2)), (5, (3,)), (2, ())])
    round_.plans.filter(number=2).update(stage="withdrawn", why="Wij verhuizen.")
    close(round_, at=timezone.now())
    election = election_of(round_.parts.get())
    assert [(plan.id, plan.cost) for plan in election.plans] == [("1", 300_000), ("3", 400_000)]
    assert election.budget == 1_000_000
    ballots = election.ballots
    places = [tuple(ballots.marks[ballots.starts[row] : ballots.starts[row + 1]]) for row in range(len(ballots))]
    assert sorted(zip(places, ballots.numbers, strict=True)) == [((), 2), ((0,), 6), ((1,), 5)]


def test_a_result_is_read_back_as_it_was_written():
    made = Result(
        purchases=(Purchase("12", 898_200, "equal-shares", rho=Fraction(1, 87)),), refusals=(Refusal("3", "excluded", "12"),),
        cost=898_200, voters=Fraction(332), endowment_start=Fraction(10_000_000, 332), endowment_end=Fraction(52_888, 83), steps=336,
    )  # fmt: skip
    assert result_from(json.loads(json.dumps(as_facts(made)))) == made


@pytest.mark.parametrize("kind", BallotKind.values)
def test_the_checker_of_pabulib_accepts_every_kind_of_ballot(make_round, tmp_path, kind):
    round_ = make_round(ballot=kind, most_marks=3, points=10, costs=("3000", "5000", "4000"), **over())
    marks = {"choose": {"1": 1, "3": 1}, "basket": {"1": 1, "2": 1}, "points": {"1": 7, "2": 3}, "rank": {"2": 3, "1": 2}}[kind]
    for _each in range(12):
        cast(round_, {"1": marks})
    cast(round_, chosen())
    close(round_, at=timezone.now())
    file = tmp_path / "round.pb"
    call_command("export_round", round_.slug, str(file))
    report = Checker().process_files([file.read_text()])
    assert report["metadata"]["invalid"] == 0, report


def test_an_export_reads_back_as_the_same_election(make_round, tmp_path):
    counted = frozen(make_round)
    file = tmp_path / "round.pb"
    call_command("export_round", counted.part.round.slug, str(file))
    ours, theirs = election_of(counted.part), read(file).election
    assert sorted((plan.id, plan.cost * ours.scale // theirs.scale) for plan in theirs.plans) == [
        (plan.id, plan.cost) for plan in ours.plans
    ]
    assert sum(theirs.ballots.numbers) == 11


def test_ballots_of_a_round_that_is_not_closed_are_not_given_out(make_round, tmp_path):
    round_ = make_round(**over())
    cast(round_, chosen(1))
    for words in ((round_.slug, str(tmp_path / "a.pb")), ("geen-ronde", str(tmp_path / "a.pb"))):
        with pytest.raises(CommandError):
            call_command("export_round", *words)
    assert not list(tmp_path.iterdir())


def test_ids_of_frozen_ballots_are_random(make_round):
    counted = frozen(make_round)
    ids = [one.id for one in FrozenBallot.objects.filter(part=counted.part)]
    assert {one.version for one in ids} == {4}
